import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { crossValidate } from './evaluate.js';
import { createCoder, trainCoding, type Coder, type TrainedCoding } from './coder.js';
import { findCodingIndex, readCodingIndex, type CodingIndex } from './coding-index.js';
import { foldsOf } from './folds.js';
import { openCoder } from './model-store.js';
import { titleKey } from './normalise.js';
import { titlesIn } from './titles-file.js';

const places = ['خانه', 'کارخانه', 'کارگاه', 'شهر', 'روستا', 'بندر', 'مدرسه', 'بیمارستان'];
const trades = [
  ['7411', 'برق\u200cكار'],
  ['7115', 'نجار'],
  ['8322', 'راننده'],
  ['5120', 'آشپز'],
] as const;

const titles = [
  'isco08_code,title_fa',
  ...trades.flatMap(([code, trade]) => places.map((place) => `${code},${trade} ${place}`)),
  '7411,سیم\u200cكش',
  '7412,سیم كش',
  '7411,سیمکش',
  '74,کارکنان برق',
];
const names = [
  'code,level,title_en,title_fa',
  '7411,4,Building Electricians,برق‌کاران ساختمان',
  '7115,4,Carpenters,نجاران',
];

let directory: string;
let index: CodingIndex;
let trained: TrainedCoding;
let coder: Coder;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'karnama-coding-'));
  await writeFile(join(directory, 'job-titles-isco08-fa.csv'), titles.join('\n'));
  await writeFile(join(directory, 'isco08.csv'), names.join('\n'));
  index = await findCodingIndex('isco08', [join(directory, 'nowhere'), directory]);
  trained = await trainCoding(index);
  coder = await createCoder(index, trained);
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('an index', () => {
  it('keeps titles of 4-digit codes, and the names of codes as examples and labels', () => {
    expect(index.examples.filter(({ name }) => name !== true)).toHaveLength(
      trades.length * places.length + 3,
    );
    expect(index.examples.filter(({ name }) => name === true).map(({ code }) => code)).toEqual([
      '7411',
      '7115',
    ]);
    expect(index.labels.get('7115')).toEqual({ fa: 'نجاران', en: 'Carpenters' });
  });

  it('that is nowhere is an error that says what to do', async () => {
    await expect(findCodingIndex('isic4', [directory])).rejects.toMatchObject({
      code: 'no-coding-index',
      mend: expect.stringContaining('KARNAMA_CODING_INDEX_DIR'),
    });
    await expect(readCodingIndex('isco08', join(directory, 'x.csv'))).rejects.toMatchObject({
      code: 'no-coding-index',
      mend: expect.stringContaining('--index'),
    });
  });

  it('without titles of two codes is refused', async () => {
    const file = join(directory, 'poor.csv');
    await writeFile(file, 'code,title\n7411,برق‌کار\n');
    await expect(readCodingIndex('isco08', file)).rejects.toMatchObject({ code: 'bad-coding-index' });
  });
});

describe('coding', () => {
  it('takes the code of the index, however the title is typed', () => {
    for (const typed of ['برق\u200cکار خانه', 'برقكار  خانه', 'برق کار خانه']) {
      const { suggestions, needsPerson } = coder.code(typed);
      expect(suggestions[0]).toEqual({
        code: '7411',
        label: { fa: 'برق‌کاران ساختمان', en: 'Building Electricians' },
        confidence: 1,
        found: 'index',
      });
      expect(
        suggestions.slice(1).every(({ found, confidence }) => found === 'classifier' && confidence === 0),
      ).toBe(true);
      expect(needsPerson).toBe(false);
    }
  });

  it('gives every code of the index for a title that has several, and leaves it to a person', () => {
    const { suggestions, needsPerson } = coder.code('سیم کش');
    expect(suggestions.slice(0, 2).map(({ code, found }) => [code, found])).toEqual([
      ['7411', 'index'],
      ['7412', 'index'],
    ]);
    expect(suggestions[0]?.confidence).toBeCloseTo(2 / 3);
    expect(needsPerson).toBe(true);
  });

  it('classifies what the index does not have', () => {
    const { suggestions } = coder.code('نجار ساختمان');
    expect(suggestions[0]).toMatchObject({ code: '7115', found: 'classifier' });
    expect(new Set(suggestions.map(({ code }) => code)).size).toBe(suggestions.length);
  });

  it('names no label where the index came without one', () => {
    expect(coder.code('راننده خانه').suggestions[0]).toMatchObject({ code: '8322', label: null });
  });

  it('leaves to a person what is below the threshold, and nothing at it', () => {
    const confidence = coder.code('نجار ساختمان').suggestions[0]?.confidence ?? 0;
    expect(confidence).toBeGreaterThan(0);
    expect(coder.code('نجار ساختمان', { threshold: confidence }).needsPerson).toBe(false);
    expect(coder.code('نجار ساختمان', { threshold: confidence + 1e-9 }).needsPerson).toBe(true);
  });

  it('gives as many suggestions as asked for', () => {
    expect(coder.code('نجار ساختمان', { top: 2 }).suggestions).toHaveLength(2);
    expect(coder.code('سیم کش', { top: 1 }).suggestions).toHaveLength(1);
  });

  it.each(['', ' \u200c ', 'zzz'])('suggests nothing for %j and asks a person', (text) => {
    expect(coder.code(text)).toEqual({ text, suggestions: [], needsPerson: true });
  });

  it('trains the same model from the same index', async () => {
    const again = await trainCoding(index);
    expect(Buffer.compare(Buffer.from(again.linear), Buffer.from(trained.linear))).toBe(0);
    expect(again.calibration).toEqual(trained.calibration);
  });

  it('keeps the model for exactly this index, and trains anew for a damaged or another one', async () => {
    const models = join(directory, 'models');
    expect((await openCoder(index, models)).trained).toBe(true);
    const kept = await openCoder(index, models);
    expect(kept.trained).toBe(false);
    expect(kept.coder.code('نجار ساختمان')).toEqual(coder.code('نجار ساختمان'));
    expect((await openCoder({ ...index, digest: 'another' }, models)).trained).toBe(true);
  });
});

describe('cross-validation', () => {
  it('never learns an unseen title under another spelling, and judges every title once', () => {
    const folds = foldsOf(index.examples, 4, 3);
    for (const { learnt, unseen } of folds) {
      const known = new Set(learnt.map(({ title }) => titleKey(title)));
      expect(unseen.filter(({ title }) => known.has(titleKey(title)))).toEqual([]);
    }
    const judged = folds.flatMap(({ unseen }) => unseen);
    expect(judged).toHaveLength(index.examples.filter(({ name }) => name !== true).length);
    expect(folds).toEqual(foldsOf(index.examples, 4, 3));
    expect(folds).not.toEqual(foldsOf(index.examples, 4, 4));
  });

  it('gives every title its suggestions with a confidence', async () => {
    const judged = await crossValidate(index, { folds: 2, seed: 1 });
    expect(judged).toHaveLength(trades.length * places.length + 3);
    for (const { suggestions } of judged)
      for (const { confidence } of suggestions) {
        expect(confidence).toBeGreaterThan(0);
        expect(confidence).toBeLessThan(1);
      }
  });
});

describe('a file of titles', () => {
  it('gives its first column without the heading, empty fields too', async () => {
    const file = join(directory, 'titles.csv');
    await writeFile(file, 'title,id\r\n"آشپز، خانه",1\r\n,2\r\nنجار,3\r\n');
    const read: string[] = [];
    for await (const title of titlesIn(file)) read.push(title);
    expect(read).toEqual(['آشپز، خانه', '', 'نجار']);
  });

  it('that is not there is an error with a mend', async () => {
    await expect(titlesIn(join(directory, 'none.csv')).next()).rejects.toMatchObject({
      code: 'titles-unreadable',
    });
  });
});
