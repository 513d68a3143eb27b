import { secondsBuckets, type Metrics, type Observe } from '@karnama/nest';
import type { DataAnswer, IndicatorService, StatisticsService } from '@karnama/statistics';

/** Tells the time when the rows have ended, however they end. */
const timedRows = async function* (
  rows: DataAnswer['rows'],
  ended: (outcome: string) => void,
): DataAnswer['rows'] {
  let outcome = 'cut';
  try {
    yield* rows;
    outcome = 'answered';
  } catch (error) {
    outcome = 'failed';
    throw error;
  } finally {
    ended(outcome);
  }
};

const timed = async (
  statistics: StatisticsService,
  request: Parameters<StatisticsService['data']>[0],
  observe: Observe,
): Promise<DataAnswer> => {
  const began = performance.now();
  const known = statistics.dataflows().some(({ code }) => code === request.dataflow);
  const ended = (outcome: string): void =>
    observe({ dataflow: known ? request.dataflow : 'unknown', outcome }, (performance.now() - began) / 1000);
  try {
    const answer = await statistics.data(request);
    return { ...answer, rows: timedRows(answer.rows, ended) };
  } catch (error) {
    ended('refused');
    throw error;
  }
};

/** The same service; the time of each question is taken from its arrival to its last row. */
export const timedStatistics = (statistics: StatisticsService, metrics: Metrics): StatisticsService => {
  const observe = metrics.histogram(
    'karnama_query_seconds',
    'Time of a question about figures, from its arrival to the last row',
    ['dataflow', 'outcome'],
    secondsBuckets,
  );
  return { ...statistics, data: (request) => timed(statistics, request, observe) };
};

/** The same service; the time of each question to an indicator is taken. */
export const timedIndicators = (indicators: IndicatorService, metrics: Metrics): IndicatorService => {
  const observe = metrics.histogram(
    'karnama_indicator_seconds',
    'Time of a question to an indicator, from its arrival to the last figure',
    ['indicator', 'outcome'],
    secondsBuckets,
  );
  const known = new Set(indicators.list().map(({ code }) => code));
  return {
    ...indicators,
    data: async (request) => {
      const began = performance.now();
      const ended = (outcome: string): void =>
        observe(
          { indicator: known.has(request.indicator) ? request.indicator : 'unknown', outcome },
          (performance.now() - began) / 1000,
        );
      try {
        const answer = await indicators.data(request);
        ended('answered');
        return answer;
      } catch (error) {
        ended('refused');
        throw error;
      }
    },
  };
};
