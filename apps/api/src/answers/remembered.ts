import type { IndicatorAnswer, IndicatorRequest, IndicatorService } from '@karnama/statistics';

/**
 * Answers by their question, the last used ones kept. Who asks while an answer is under way is given that
 * one; a failure, and what is not worth its room, is not kept.
 */
export const memory = <T>(
  most: number,
  worth: (answer: T) => boolean = () => true,
): ((question: unknown, answer: () => Promise<T>) => Promise<T>) => {
  const kept = new Map<string, Promise<T>>();
  return (question, answer) => {
    const key = JSON.stringify(question);
    const found = kept.get(key) ?? answer();
    kept.delete(key);
    kept.set(key, found);
    const forget = (): void => {
      if (kept.get(key) === found) kept.delete(key);
    };
    found.then((told) => (worth(told) ? undefined : forget()), forget);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return found;
  };
};

/** Answers kept; a series of a page is some ten kilobytes. */
const mostAnswers = 1_000;

/** An answer of more rows is worked out each time: keeping it would cost more memory than it is worth. */
const mostRows = 2_000;

/** Answers to questions that were asked together, and how many of these may be kept as one. */
const mostBatches = 100;
const mostTogether = 40;

/**
 * The same indicators, an answer worked out once for all who ask it, until one of the projections that it
 * is made of has counted on. Many open pages that look again at the same time cost little more than one.
 */
export const rememberedIndicators = (service: IndicatorService): IndicatorService => {
  const keep = memory<IndicatorAnswer>(mostAnswers, ({ rows }) => rows.length <= mostRows);
  const stampOf = (dataflows: readonly string[]): Promise<string> =>
    service.stamp([...new Set([...dataflows, 'DELIVERY', 'INTAKE'])]);
  const data = async (request: IndicatorRequest): Promise<IndicatorAnswer> => {
    const summary = service.list().find(({ code }) => code === request.indicator);
    if (summary === undefined) return service.data(request);
    return keep([await stampOf(summary.dataflows), request], () => service.data(request));
  };
  const keepMany = memory<readonly IndicatorAnswer[]>(
    mostBatches,
    (answers) => answers.reduce((sum, { rows }) => sum + rows.length, 0) <= mostRows,
  );
  const dataOf = async (requests: readonly IndicatorRequest[]): Promise<readonly IndicatorAnswer[]> => {
    if (requests.length > mostTogether) return service.dataOf(requests);
    const codes = new Set(requests.map(({ indicator }) => indicator));
    const dataflows = service.list().flatMap((one) => (codes.has(one.code) ? one.dataflows : []));
    return keepMany([await stampOf(dataflows), requests], () => service.dataOf(requests));
  };
  return { ...service, data, dataOf };
};
