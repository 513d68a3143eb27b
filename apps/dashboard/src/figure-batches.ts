import { Problem, readJson } from './api.js';
import { indicatorAddress, type IndicatorAnswer, type IndicatorQuestion } from './indicator-api.js';
import { batchAddress, type BatchAnswer } from './panel/batch.js';

type Waiting = {
  readonly question: IndicatorQuestion;
  readonly signal: AbortSignal;
  readonly resolve: (answer: IndicatorAnswer | Promise<IndicatorAnswer>) => void;
  readonly reject: (error: unknown) => void;
};

/** As many as the API takes in one question. */
const most = 40;

const waiting = new Map<string, Waiting[]>();

/** Questions that differ in nothing but the indicator and its frequency can be asked as one. */
const keyOf = ({ by, area, from, to, asKnownAt }: IndicatorQuestion): string =>
  JSON.stringify([by, area, from, to, asKnownAt]);

const askAlone = ({ question, signal }: Waiting): Promise<IndicatorAnswer> =>
  readJson<IndicatorAnswer>(indicatorAddress(question), signal);

const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const askTogether = async (group: readonly Waiting[]): Promise<void> => {
  const [first] = group;
  if (first === undefined) return;
  const { indicator: _, freq: __, ...common } = first.question;
  const indicators = group.map(({ question }) => `${question.indicator}@${question.freq}`);
  try {
    const { answers } = await readJson<BatchAnswer>(batchAddress({ ...common, indicators }));
    for (const [at, one] of group.entries()) {
      one.resolve(answers[at] ?? askAlone(one));
      // a page of figures drawn at once would keep the reader's keys waiting
      if (at % 3 === 2) await aMoment();
    }
  } catch (error) {
    // one figure that cannot be given refuses the whole: then each is asked for itself
    for (const one of group) {
      if (error instanceof Problem) one.resolve(askAlone(one));
      else one.reject(error);
    }
  }
};

const send = (key: string): void => {
  const group = waiting.get(key) ?? [];
  waiting.delete(key);
  const alive = group.filter(({ signal }) => !signal.aborted);
  for (const one of group) if (!alive.includes(one)) one.reject(one.signal.reason);
  const [only] = alive;
  if (alive.length === 1 && only !== undefined) return only.resolve(askAlone(only));
  for (let at = 0; at < alive.length; at += most) void askTogether(alive.slice(at, at + most));
};

/**
 * The answer to a question. Those that are asked in the same moment and differ only in the indicator go to the API
 * as one: a page of tiles then costs two questions instead of two for each tile.
 */
export const readFigures = (question: IndicatorQuestion, signal: AbortSignal): Promise<IndicatorAnswer> =>
  new Promise((resolve, reject) => {
    const key = keyOf(question);
    const group = waiting.get(key);
    const one: Waiting = { question, signal, resolve, reject };
    if (group !== undefined) {
      group.push(one);
      return;
    }
    waiting.set(key, [one]);
    queueMicrotask(() => send(key));
  });
