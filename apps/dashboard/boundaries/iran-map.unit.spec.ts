import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { tilePlaces } from '../src/map/tile-grid.js';
import { persianNamesIn, readIranMap, type DrawnCountry } from './iran-map.js';
import { areaOf, ringsOfPath, type Point } from './outlines.js';
import { iranMapSource } from './installed-drawing.js';

/** Names as they are compared: abbreviations written out, one spelling of each letter. */
const compared = (name: string): string =>
  name
    .replace(/^آذ\. ?/, 'آذربایجان ')
    .replace(/^خ\. ?/, 'خراسان ')
    .replaceAll('گ', 'ک')
    .replace(/ استان$/, '');

const codes = tilePlaces.map(({ code }) => code).sort();

describe('the drawing of the provinces', () => {
  let source: string;
  let country: DrawnCountry;

  beforeAll(async () => {
    source = await iranMapSource();
    country = readIranMap(source);
  });

  const boxOf = (code: string) => {
    const points = ringsOfPath(country.provinces.find((one) => one.code === code)?.path ?? '').flat();
    const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
    return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
  };

  it('has the thirty-one areas of the classification, once each, under their own names', async () => {
    expect(country.provinces.map(({ code }) => code)).toEqual(codes);
    const names = persianNamesIn(source);
    const pack = await readFile(new URL('../../../packs/areas-ir/1/codes.yaml', import.meta.url), 'utf8');
    for (const { code, short } of tilePlaces) {
      const name = compared(names.get(code) ?? '');
      expect([code, name.startsWith(compared(short.fa))]).toEqual([code, true]);
      const own = new RegExp(`^'${code}':\\n(?: {2}.*\\n)*? {2}fa: (.*)$`, 'm').exec(pack)?.[1] ?? '';
      expect([code, compared(own)]).toEqual([code, name]);
    }
  });

  it('has outlines of numbers within its view box, every one of some size', () => {
    for (const { code, path, islands, label } of country.provinces) {
      expect([code, /NaN|undefined|e/.test(path + islands)]).toEqual([code, false]);
      for (const [x, y] of ringsOfPath(path + islands).flat()) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(country.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(country.height);
      }
      expect(areaOf(ringsOfPath(path)[0] ?? [])).toBeGreaterThan(1_000);
      expect(Object.values(label).every((value) => Number.isInteger(value) && value > 0)).toBe(true);
    }
  });

  it('has every island of the package at Bushehr and Hormozgan', () => {
    const islands = country.provinces.flatMap(({ code, islands }) =>
      islands === '' ? [] : [[code, ringsOfPath(islands).length]],
    );
    expect(islands).toEqual([
      ['IR-18', 1],
      ['IR-22', 12],
    ]);
  });

  it('has the two seas, with names that stand in them', () => {
    expect(country.seas.map(({ name }) => name)).toEqual(['caspian', 'gulf']);
    for (const { label } of country.seas) expect(label.room).toBeGreaterThan(180);
  });

  it('has the provinces where they lie', () => {
    const middle = (code: string): Point => {
      const { left, right, top, bottom } = boxOf(code);
      return [(left + right) / 2, (top + bottom) / 2];
    };
    const isWestOf = (a: string, b: string) =>
      expect([a, b, middle(a)[0] < middle(b)[0]]).toEqual([a, b, true]);
    const isNorthOf = (a: string, b: string) =>
      expect([a, b, middle(a)[1] < middle(b)[1]]).toEqual([a, b, true]);
    isWestOf('IR-30', 'IR-23'); // Alborz, Tehran
    isWestOf('IR-23', 'IR-20'); // Semnan
    isNorthOf('IR-23', 'IR-25'); // Qom
    isWestOf('IR-26', 'IR-30'); // Qazvin
    isNorthOf('IR-28', 'IR-09'); // the Khorasans
    isNorthOf('IR-09', 'IR-29');
    isNorthOf('IR-14', 'IR-17'); // Chaharmahal, Kohgiluyeh
    isWestOf('IR-06', 'IR-14'); // Khuzestan
    isWestOf('IR-04', 'IR-03'); // the Azerbaijans
  });

  it('has Tabas in South Khorasan, as since 1391/10/24', () => {
    // Tabas lies west of all of Sistan and as far west as the middle of Kerman
    expect(boxOf('IR-29').left).toBeLessThan(boxOf('IR-08').left + 80);
    expect(boxOf('IR-21').right).toBeLessThan(boxOf('IR-29').right - 150);
  });

  it.each([
    ['a province less', (text: string) => text.replace('name: "ghom"', 'name: "tehran"'), 'missing: ghom'],
    [
      'an island unknown',
      (text: string) => text.replace('name: "kish"', 'name: "kisch"'),
      'unknown or twice: kisch',
    ],
    [
      'no seas',
      (text: string) => text.replace('iransSeasProperties = [', 'seas = ['),
      'no list “iransSeasProperties”',
    ],
    [
      'an outline of words',
      (text: string) => text.replace(/ d: "M[\d.]+,[\d.]+/, ' d: "M'),
      'do not come out even',
    ],
    ['no view box', (text: string) => text.replaceAll('viewBox', 'box'), 'no view box'],
  ])('is refused with %s', (_, change, problem) => {
    expect(() => readIranMap(change(source))).toThrow(problem);
  });
});
