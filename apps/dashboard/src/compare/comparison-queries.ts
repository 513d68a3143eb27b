import { queryOptions } from '@tanstack/react-query';
import { readJson } from '../api.js';
import { isSettled } from '../indicator-queries.js';
import {
  comparisonAddress,
  type ComparisonQuestion,
  type KnowledgeComparison,
  type Position,
} from './comparison-api.js';

export const comparisonQuery = (question: ComparisonQuestion) => {
  const settled = isSettled(question.from) && isSettled(question.to);
  return queryOptions({
    queryKey: [settled ? 'settled' : 'data', 'changes', question],
    staleTime: settled ? Infinity : 60_000,
    queryFn: ({ signal }) => readJson<KnowledgeComparison>(comparisonAddress(question), signal),
  });
};

/** What a position stands for. */
export const positionQuery = (position: string) =>
  queryOptions({
    queryKey: ['position', position],
    queryFn: ({ signal }) => readJson<Position>(`api/knowledge/${encodeURIComponent(position)}`, signal),
  });
