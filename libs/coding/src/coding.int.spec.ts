import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learn } from './classifier.js';
import type { Coder } from './coder.js';
import { findCodingIndex, indexFileOf, type CodingIndex } from './coding-index.js';
import { foldsOf } from './folds.js';
import { openCoder } from './model-store.js';

const indexes = resolve(
  process.env['KARNAMA_CODING_INDEX_DIR'] ??
    fileURLToPath(new URL('../../../../shared/data/ir-classifications', import.meta.url)),
);
const present = existsSync(join(indexes, indexFileOf('isco08')));
const withIndexes = present ? describe : describe.skip;
if (!present)
  process.stderr.write(`no indexes of titles in ${indexes}: coding of the real ones is skipped\n`);

const MINUTES = 60_000;

/** The parts of unseen titles of one fold of five whose code comes first, and among the first five. */
const accuracyOn = async (index: CodingIndex): Promise<{ first: number; amongFive: number }> => {
  const [fold] = foldsOf(index.examples, 5, 1);
  const { learnt, unseen } = fold ?? { learnt: [], unseen: [] };
  const classifier = await learn(learnt);
  const places = unseen.map(({ code, title }) =>
    classifier.candidates(title, 5).findIndex((candidate) => candidate.code === code),
  );
  return {
    first: places.filter((place) => place === 0).length / places.length,
    amongFive: places.filter((place) => place >= 0).length / places.length,
  };
};

withIndexes('coding of the titles of a statistical office', () => {
  let models: string;
  let coder: Coder;

  beforeAll(async () => {
    models = await mkdtemp(join(tmpdir(), 'karnama-models-'));
    ({ coder } = await openCoder(await findCodingIndex('isco08', [indexes]), models));
  }, 10 * MINUTES);

  afterAll(() => rm(models, { recursive: true, force: true }));

  it('codes a welder that no line of the index names', () => {
    const { suggestions } = coder.code('جوشکار برق');
    expect(suggestions[0]).toMatchObject({ code: '7212', found: 'classifier' });
    expect(suggestions[0]?.label?.en).toBe('Welders and Flame Cutters');
    expect(suggestions).toHaveLength(5);
  });

  it('takes the code of the index for a title that it has', () => {
    expect(coder.code('برقکار ساختمان').suggestions[0]).toMatchObject({ code: '7411', found: 'index' });
  });

  // activities take twice as long to learn: `npm run evaluate:coding` measures both
  it(
    'does not get worse on unseen titles of jobs',
    async () => {
      const accuracy = await accuracyOn(await findCodingIndex('isco08', [indexes]));
      expect(accuracy.first).toBeGreaterThan(0.66);
      expect(accuracy.amongFive).toBeGreaterThan(0.85);
    },
    10 * MINUTES,
  );
});
