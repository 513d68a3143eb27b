import { labelPlace, type LabelPlace } from './label-place.js';
import { areaOf, pathOf, ringOfPoints, ringsOfPath, simplified, type Rings } from './outlines.js';

/** A province as it is drawn: its land, its islands (empty without any), and where its name stands; in units of the view box. */
export type DrawnProvince = {
  readonly code: string;
  readonly path: string;
  readonly islands: string;
  readonly label: LabelPlace;
};

/** A sea, and where its name stands. */
export type DrawnSea = {
  readonly name: 'caspian' | 'gulf';
  readonly path: string;
  readonly label: LabelPlace;
};

/** All that is drawn, in a view box from 0 0; provinces by their codes. */
export type DrawnCountry = {
  readonly width: number;
  readonly height: number;
  readonly provinces: readonly DrawnProvince[];
  readonly seas: readonly DrawnSea[];
};

/** The package's names of the provinces, and the codes of the areas of the same name. */
export const provinceCodes: Readonly<Record<string, string>> = {
  markazi: 'IR-00',
  gilan: 'IR-01',
  mazandaran: 'IR-02',
  azerbaijansharghi: 'IR-03',
  azerbaijangharbi: 'IR-04',
  kermanshah: 'IR-05',
  khuzestan: 'IR-06',
  fars: 'IR-07',
  kerman: 'IR-08',
  khorasanrazavi: 'IR-09',
  esfehan: 'IR-10',
  svab: 'IR-11',
  kordestan: 'IR-12',
  hamedan: 'IR-13',
  chvab: 'IR-14',
  lorestan: 'IR-15',
  ilam: 'IR-16',
  kvab: 'IR-17',
  bushehr: 'IR-18',
  zanjan: 'IR-19',
  semnan: 'IR-20',
  yazd: 'IR-21',
  hormozgan: 'IR-22',
  tehran: 'IR-23',
  ardebil: 'IR-24',
  ghom: 'IR-25',
  ghazvin: 'IR-26',
  golestan: 'IR-27',
  khorasanshomali: 'IR-28',
  khorasanjunubi: 'IR-29',
  alborz: 'IR-30',
};

/** The package draws islands apart; each belongs to a province. */
const islandProvinces: Readonly<Record<string, string>> = {
  khark: 'IR-18',
  kish: 'IR-22',
  hormoz: 'IR-22',
  gheshm: 'IR-22',
  lark: 'IR-22',
  lavan: 'IR-22',
  faror: 'IR-22',
  hendorabi: 'IR-22',
  hengam: 'IR-22',
  siri: 'IR-22',
  abumusa: 'IR-22',
  tonbebozorg: 'IR-22',
  tonbekuchak: 'IR-22',
};

const seaNames: Readonly<Record<string, DrawnSea['name']>> = { khazar: 'caspian', khalijefars: 'gulf' };

/** Half a pixel of a map as wide as a card: what is left out is not seen. */
const tolerance = 0.7;

/** Height of a line of a name, in units of the drawing. */
const nameHeight = 30;

/** Seas are wide: their names stand away from the coast. */
const seaNameHeight = 80;

type Shape = { readonly name: string; readonly persianName: string; readonly rings: Rings };

class WrongPackage extends Error {
  constructor(problem: string) {
    super(
      `The drawing of the provinces is not as expected: ${problem} (see docs/adr/0022-province-boundaries.md)`,
    );
  }
}

const shapesOf = (source: string, list: string): readonly Shape[] => {
  const found = new RegExp(`^var ${list} = \\[\\{$([\\s\\S]*?)^\\}\\];$`, 'm').exec(source)?.[1];
  if (found === undefined) throw new WrongPackage(`no list “${list}”`);
  return found.split(/^\}, \{$/m).map((entry) => {
    const said = (key: string): string | undefined =>
      new RegExp(`^ {2}${key}: "([^"]*)"`, 'm').exec(entry)?.[1];
    const [name, persianName, path, points] = [said('name'), said('persianName'), said('d'), said('points')];
    if (name === undefined || persianName === undefined)
      throw new WrongPackage(`a shape of “${list}” has no name`);
    if (path === undefined && points === undefined) throw new WrongPackage(`“${name}” has no outline`);
    const rings = path === undefined ? ringOfPoints(points ?? '') : ringsOfPath(path);
    if (!rings.flat(2).every(Number.isFinite)) throw new WrongPackage(`“${name}” has what is no number`);
    if (!rings.some((ring) => areaOf(ring) > 0)) throw new WrongPackage(`“${name}” encloses nothing`);
    return { name, persianName, rings };
  });
};

/** All of `expected` exactly once, and nothing else. */
const checkNames = (what: string, shapes: readonly Shape[], expected: readonly string[]): void => {
  const names = shapes.map(({ name }) => name);
  const missing = expected.filter((name) => !names.includes(name));
  const unknown = names.filter((name, at) => !expected.includes(name) || names.indexOf(name) !== at);
  if (names.length !== expected.length || missing.length > 0 || unknown.length > 0)
    throw new WrongPackage(
      `${names.length} ${what} instead of ${expected.length}; missing: ${missing.join(', ') || 'none'}; ` +
        `unknown or twice: ${unknown.join(', ') || 'none'}`,
    );
};

const checkCodes = (): void => {
  const codes = Object.values(provinceCodes).sort();
  const expected = Array.from({ length: 31 }, (_, at) => `IR-${String(at).padStart(2, '0')}`);
  if (codes.join() !== expected.join())
    throw new WrongPackage(`the codes of the areas are ${codes.join(', ')}`);
};

/** The Persian names by which the package calls the provinces, by area code. */
export const persianNamesIn = (source: string): ReadonlyMap<string, string> =>
  new Map(
    shapesOf(source, 'iransStatesProperties').map(({ name, persianName }) => [
      provinceCodes[name] ?? name,
      persianName,
    ]),
  );

/**
 * The provinces and seas out of the text of the package `iran-map` (its program is not run).
 * @throws {Error} unless there are exactly the 31 provinces, 2 seas and 13 islands that are known here
 */
export const readIranMap = (source: string): DrawnCountry => {
  checkCodes();
  const [width, height] = (/viewBox: "0 0 ([\d.]+) ([\d.]+)"/.exec(source) ?? []).slice(1).map(Number);
  if (width === undefined || height === undefined) throw new WrongPackage('no view box');
  const lands = shapesOf(source, 'iransStatesProperties');
  const seas = shapesOf(source, 'iransSeasProperties');
  const islands = shapesOf(source, 'iransIslandsProperties');
  checkNames('provinces', lands, Object.keys(provinceCodes));
  checkNames('seas', seas, Object.keys(seaNames));
  checkNames('islands', islands, Object.keys(islandProvinces));
  return {
    width,
    height,
    provinces: lands
      .map(({ name, rings }): DrawnProvince => {
        const code = provinceCodes[name] ?? '';
        const own = islands.filter((island) => islandProvinces[island.name] === code);
        return {
          code,
          path: pathOf(simplified(rings, tolerance), 1),
          // the smallest is one unit wide
          islands: own.map((island) => pathOf(island.rings, 10)).join(''),
          label: labelPlace(rings, nameHeight),
        };
      })
      .sort((a, b) => (a.code < b.code ? -1 : 1)),
    seas: seas.map(({ name, rings }) => ({
      name: seaNames[name] ?? 'gulf',
      path: pathOf(simplified(rings, tolerance), 1),
      // an island is no place for the name of its sea
      label: labelPlace([...rings, ...islands.flatMap((island) => island.rings)], seaNameHeight),
    })),
  };
};
