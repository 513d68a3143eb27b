import type { IndicatorAnswer, IndicatorService } from '@karnama/statistics';
import type { BatchQuestion } from './batch-parameters.js';
import { writeIndicator } from './indicator-format.js';

/** Answers of several indicators to one question, all as known at one epoch. */
export type BatchAnswer = {
  readonly knowledge: IndicatorAnswer['knowledge'];
  readonly answers: readonly IndicatorAnswer[];
};

/** How often the question is put again when a release was cut while it was being answered. */
const attempts = 3;

/**
 * @throws KarnamaError as `IndicatorService.data`: one figure that cannot be given refuses the whole
 */
export const answerBatch = async (
  indicators: IndicatorService,
  question: BatchQuestion,
): Promise<BatchAnswer> => {
  for (let attempt = 1; ; attempt++) {
    const answers = await askAll(indicators, question);
    const knowledge = answers.reduce(
      (least, { knowledge: one }) => (one.epoch < least.epoch ? one : least),
      answers[0]?.knowledge ?? { release: question.request.asKnownAt, epoch: 0 },
    );
    if (attempt === attempts || answers.every(({ knowledge: { epoch } }) => epoch === knowledge.epoch))
      return { knowledge, answers };
  }
};

const askAll = (
  indicators: IndicatorService,
  { indicators: listed, request }: BatchQuestion,
): Promise<readonly IndicatorAnswer[]> => {
  const first = new Map(indicators.list().map(({ code, frequencies }) => [code, frequencies[0]]));
  return indicators.dataOf(
    listed.map(({ code, freq }) => ({
      ...request,
      indicator: code,
      freq: freq ?? request.freq ?? first.get(code) ?? 'M',
    })),
  );
};

/** The answer as JSON text: each figure exactly as the indicator by itself tells it. */
export const writeBatch = ({ knowledge, answers }: BatchAnswer): string =>
  `{"knowledge":${JSON.stringify(knowledge)},"answers":[\n${answers.map((one) => writeIndicator('json', one).trimEnd()).join(',\n')}\n]}\n`;
