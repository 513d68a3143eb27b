import { useMemo } from 'react';
import type { BatchQuestion } from './batch.js';
import { cutTo } from './told.js';
import type { Topic } from './topic.js';
import { useBatch, type Batch } from './use-batch.js';

/** What a topic's indicators tell: all of it, and what of it lies in the range that the address asks for. */
export const useTold = (
  { page, catalogue }: Pick<Topic, 'page' | 'catalogue'>,
  question: Omit<BatchQuestion, 'asKnownAt'>,
): Batch & { readonly whole: Batch['told'] } => {
  const { from, to } = page.url;
  const batch = useBatch(question, page, catalogue);
  const { told } = batch;
  const cut = useMemo(() => (told === undefined ? undefined : cutTo(told, from, to)), [told, from, to]);
  return { ...batch, told: cut, whole: told };
};
