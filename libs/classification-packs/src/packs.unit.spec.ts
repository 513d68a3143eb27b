import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ancestorAt,
  areas,
  codeAt,
  codesOfLevel,
  educationLevels,
  labelIn,
  leadsTo,
  majorGroupOf,
  majorGroups,
  recode,
  sectionOf,
  sections,
  skillFamilies,
  type ClassificationPack,
  type Code,
} from '@karnama/classifications';
import { parseMonth } from '@karnama/kernel';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPacks, readPack, type Packs } from './index.js';

const shipped = fileURLToPath(new URL('../../../packs', import.meta.url));
const known = (list: readonly Code[]): readonly Code[] => list.filter(({ code }) => !code.endsWith('_U'));
const sizes = (pack: ClassificationPack): readonly number[] =>
  pack.levels.map((level) => codesOfLevel(pack, level).length);

let packs: Packs;
beforeAll(async () => {
  packs = await loadPacks(shipped);
});

describe('the packs that are shipped', () => {
  it('have the sizes that the classifications have', () => {
    const found = packs.classifications.map((pack) => [pack.name, pack.version, ...sizes(pack)]);
    expect(found).toEqual([
      ['areas-ir', '1', 1, 31],
      ['isced2011', '2011', 9, 21],
      ['isco08', '2008', 10, 43, 130, 436],
      ['isco08-ir', '1', 10, 42, 129, 420],
      ['isic4', '2008', 21, 88, 238, 419],
      ['isic4-ir', '1', 21, 88, 234, 415, 185],
    ]);
  });

  it('have for every code a parent that it extends', () => {
    for (const pack of packs.classifications)
      for (const { code, parent, level } of pack.codes.values()) {
        expect(parent === undefined).toBe(level === pack.levels[0]);
        if (parent === undefined || pack.name === 'areas-ir') continue;
        if (pack.name.startsWith('isic4') && parent.length === 1)
          expect(sectionOf(`ISIC4:${code}`)).toBe(parent);
        else if (pack.name === 'isced2011' && parent === '0') expect(code).toMatch(/^0[123]$/);
        else expect(code.slice(0, -1)).toBe(parent);
      }
  });

  it('have names in both languages, without Arabic letters, soft hyphens or stray spaces', () => {
    for (const pack of packs.classifications)
      for (const { code, name } of pack.codes.values()) {
        expect([code, name.fa]).toEqual([
          code,
          expect.stringMatching(/^[^\u064a\u0643\u0660-\u06690-9\u00ad]+$/),
        ]);
        for (const text of [name.fa, name.en])
          expect([code, text]).toEqual([code, expect.not.stringMatching(/ {2}|^[ \u200c]|[ \u200c]$/)]);
      }
  });

  it.each([
    ['isic4', 'section', sections],
    ['isic4-ir', 'section', sections],
    ['isco08', 'major-group', majorGroups],
    ['isco08-ir', 'major-group', majorGroups],
    ['isced2011', 'level', educationLevels],
  ])('%s has every %s of the code list under the same name', (name, level, list) => {
    const found = codesOfLevel(packs.classification(name), level);
    expect(Object.fromEntries(found.map((code) => [code.code, code.name]))).toEqual(
      Object.fromEntries(known(list).map((code) => [code.code, code.name])),
    );
  });

  it('areas-ir has the country and the provinces of the code list under the same names', () => {
    const found = [...packs.classification('areas-ir').codes.values()];
    const listed = known(areas).filter(({ code }) => code.startsWith('IR'));
    expect(found.map(({ code, name, parent, level }) => ({ code, name, parent, level }))).toEqual(
      listed.map(({ code, name, parent, level }) => ({ code, name, parent, level })),
    );
  });

  it('name finer codes than the code lists do', () => {
    expect(labelIn(packs.classification('isco08'), 'ISCO08:7212').en).toBe('Welders and flame cutters');
    expect(labelIn(packs.classification('isic4'), 'ISIC4:1071').en).toBe('Manufacture of bakery products');
    expect(ancestorAt(packs.classification('isic4'), '1071', 'section')?.code).toBe('C');
  });

  it('know a province only from the month on in which it was made', () => {
    const provinces = packs.classification('areas-ir');
    expect(codeAt(provinces, 'IR-30', parseMonth('1389-03'))).toBeUndefined();
    expect(codeAt(provinces, 'IR-30', parseMonth('1389-04'))?.name.en).toBe('Alborz');
    expect(codeAt(provinces, 'IR-23', parseMonth('1389-03'))?.name.en).toBe('Tehran');
  });
});

describe('the tables that are shipped', () => {
  it('put every code of ISIC Rev.4 into the section that the figures put it in', () => {
    const table = packs.correspondence('isic4-to-sections');
    for (const { code, level } of packs.classification('isic4').codes.values())
      if (level !== 'section') expect(recode(table, code).code).toBe(sectionOf(`ISIC4:${code}`));
  });

  it('put occupations of CBO 2002 into the major group that the figures put them in', () => {
    const table = packs.correspondence('cbo2002-to-isco08-major');
    for (const code of [...'0123456789'].map((digit) => `${digit}13505`).concat('782510', '999999', '999205'))
      expect([code, recode(table, code).code]).toEqual([code, majorGroupOf(`CBO2002:${code}`)]);
    expect(recode(table, '999999')).toMatchObject({ code: '_U', reason: 'no-target' });
  });

  it('list for every skill family the occupations it leads to', () => {
    const { targets } = packs.correspondence('skill-family-to-isco08');
    const families = skillFamilies.filter(({ code }) => code !== '_U');
    expect(Object.fromEntries(targets)).toEqual(
      Object.fromEntries(families.map(({ code, occupations }) => [code, occupations])),
    );
    for (const [family, occupations] of targets)
      for (const occupation of occupations) expect(leadsTo(family, occupation)).toBe(true);
  });

  it.each([
    ['isic4-ir-to-isic4', 'isic4-ir', 'isic4'],
    ['isco08-ir-to-isco08', 'isco08-ir', 'isco08'],
  ])('%s recodes every code within its first level, and to itself what both have', (name, from, to) => {
    const table = packs.correspondence(name);
    const [source, target] = [packs.classification(from), packs.classification(to)];
    expect([...table.targets.keys()]).toEqual([...source.codes.keys()]);
    const top = (pack: ClassificationPack, code: string) =>
      ancestorAt(pack, code, pack.levels[0] ?? '')?.code;
    for (const [code, targets] of table.targets) {
      expect(targets.length).toBeGreaterThan(0);
      for (const one of targets) expect(top(target, one)).toBe(top(source, code));
      if (target.codes.has(code)) expect(targets).toContain(code);
    }
  });

  it('leave a code undecided that the Iranian edition has joined', () => {
    expect(recode(packs.correspondence('isco08-ir-to-isco08'), '5224')).toEqual({
      code: '_U',
      reason: 'ambiguous',
      candidates: ['5221', '5222', '5223'],
    });
    expect(recode(packs.correspondence('isic4-ir-to-isic4'), '01110')).toEqual({
      code: '0111',
      reason: null,
    });
  });
});

describe("a country's own packs", () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'karnama-packs-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  let number = 0;
  /** A fresh folder of packs with these files in it. */
  const holding = async (files: Record<string, string>): Promise<string> => {
    const place = join(dir, String(++number));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(place, name)), { recursive: true });
      await writeFile(join(place, name), content);
    }
    return place;
  };

  const head = (more = '') => `kind: classification
name: trades
version: '1'
scheme: T1
title: { fa: پیشه‌ها, en: Trades }
source: ours
levels: [group, trade]
${more}`;
  const codes = `'7': { fa: هفت, en: Seven, pt: Sete }\n'72': { parent: '7', fa: دو, en: Two, from: 1400-01 }\n`;
  const trades = { 'trades/1/pack.yaml': head(), 'trades/1/codes.yaml': codes };
  const table = (more: string) => ({
    'own/1/pack.yaml': `kind: correspondence
name: own
version: '1'
source_pack: trades
target_pack: trades
title: { fa: جدول, en: Table }
match: exact
source: ours
`,
    'own/1/table.yaml': more,
  });

  it('are read from folders of their own', async () => {
    const own = await loadPacks(await holding({ ...trades, ...table(`'72': ['7']\n`) }));
    const pack = own.classification('trades');
    expect(pack).toMatchObject({ scheme: 'T1', source: 'ours', valid: { from: null, to: null } });
    expect(pack.codes.get('7')?.name).toEqual({ fa: 'هفت', en: 'Seven', pt: 'Sete' });
    expect(pack.codes.get('72')).toMatchObject({
      level: 'trade',
      valid: { from: parseMonth('1400-01'), to: null },
    });
    expect(recode(own.correspondence('own'), '72')).toEqual({ code: '7', reason: null });
  });

  it('stand beside those that are shipped', async () => {
    const place = await holding(trades);
    await cp(shipped, place, { recursive: true });
    const all = await loadPacks(place);
    expect(all.classifications).toHaveLength(packs.classifications.length + 1);
  });

  it('have versions, of which the last that holds in a month is taken', async () => {
    const version = (number: number, more: string) => ({
      [`trades/${number}/pack.yaml`]: head(more).replace("'1'", `'${number}'`),
      [`trades/${number}/codes.yaml`]: codes,
    });
    const own = await loadPacks(
      await holding({
        ...version(2, 'to: 1400-01'),
        ...version(10, 'from: 1400-01\nto: 1405-01'),
      }),
    );
    const versionAt = (month?: string) =>
      own.classification('trades', month === undefined ? undefined : parseMonth(month)).version;
    expect([versionAt('1399-12'), versionAt('1400-01'), versionAt()]).toEqual(['2', '10', '10']);
    expect(() => own.classification('trades', parseMonth('1405-01'))).toThrow(
      expect.objectContaining({ code: 'unknown-pack' }),
    );
    expect(() => own.correspondence('trades')).toThrow(expect.objectContaining({ code: 'unknown-pack' }));
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'a code twice',
      { ...trades, 'trades/1/codes.yaml': `${codes}'7': { fa: هفت, en: Seven }\n` },
      /codes\.yaml: .*unique/,
    ],
    [
      'a parent that is not there',
      { ...trades, 'trades/1/codes.yaml': `'82': { parent: '8', fa: دو, en: Two }\n` },
      /codes\.yaml: .*82 lies in 8/,
    ],
    [
      'a code that YAML takes for a number',
      { ...trades, 'trades/1/codes.yaml': `7: { fa: هفت, en: Seven }\n` },
      /code 7 must be text/,
    ],
    [
      'a parent that YAML takes for a number',
      { ...trades, 'trades/1/codes.yaml': `${codes}'71': { parent: 7, fa: دو, en: Two }\n` },
      /code 71: parent must be text/,
    ],
    ['no English name', { ...trades, 'trades/1/codes.yaml': `'7': { fa: هفت }\n` }, /code 7: en is missing/],
    [
      'an unknown field',
      { ...trades, 'trades/1/pack.yaml': head('since: 2000-01') },
      /unknown field "since"/,
    ],
    [
      'an unknown field of a code',
      { ...trades, 'trades/1/codes.yaml': `'7': { fa: هفت, en: Seven, de: Sieben }\n` },
      /code 7: unknown field "de"/,
    ],
    [
      'a month that is none',
      { ...trades, 'trades/1/pack.yaml': head('from: 1400-13') },
      /pack\.yaml: .*1400-13/,
    ],
    [
      'a code without fields',
      { ...trades, 'trades/1/codes.yaml': `'7': Seven\n` },
      /must be a list of fields/,
    ],
    ['no codes', { 'trades/1/pack.yaml': head() }, /codes\.yaml: /],
    [
      'a kind that is none',
      { ...trades, 'trades/1/pack.yaml': head().replace('classification', 'list') },
      /kind is "list"/,
    ],
    [
      'a folder of another name',
      { 'jobs/1/pack.yaml': head(), 'jobs/1/codes.yaml': codes },
      /trades 1 does not belong/,
    ],
    [
      'a folder of another version',
      { 'trades/2/pack.yaml': head(), 'trades/2/codes.yaml': codes },
      /trades 1 does not belong/,
    ],
    [
      'a way to match that is none',
      {
        ...trades,
        ...table(`'72': ['7']\n`),
        'own/1/pack.yaml': table('')['own/1/pack.yaml'].replace('exact', 'near'),
      },
      /match is "near"/,
    ],
    ['a target that its pack has not', { ...trades, ...table(`'72': ['9']\n`) }, /no pack has a code 9/],
    ['a source that its pack has not', { ...trades, ...table(`'73': ['7']\n`) }, /no pack has a code 73/],
    ['targets that are no list', { ...trades, ...table(`'72': '7'\n`) }, /code 72 must be a list/],
    ['a pack that is not there', table(`'72': ['7']\n`), /there is no pack trades/],
  ])('are refused with %s', async (_, files, message) => {
    await expect(loadPacks(await holding(files))).rejects.toMatchObject({
      code: 'broken-pack',
      message: expect.stringMatching(message),
    });
  });

  it('are missed where there are none', async () => {
    await expect(loadPacks(join(dir, 'nowhere'))).rejects.toMatchObject({ code: 'no-packs' });
    await mkdir(join(dir, 'empty'));
    await expect(loadPacks(join(dir, 'empty'))).rejects.toMatchObject({ code: 'no-packs' });
    await expect(readPack(join(dir, 'nowhere'))).rejects.toMatchObject({ code: 'broken-pack' });
  });
});
