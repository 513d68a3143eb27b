import { majorGroupOf, sectionOf, stateOf, unknown } from '@karnama/classifications';
import type { JobAttributes } from '@karnama/registers';

/** The finest cell of a job on a day. */
export type JobCell = {
  readonly area: string;
  readonly industry: string;
  readonly sex: string;
  /** area, industry, occupation, sex, age, contract: the cell of JOBS. */
  readonly codes: readonly string[];
  /** area, industry, sex, age: the cell of PERSONS and STABLE_JOBS. */
  readonly coarse: readonly string[];
};

/** What attributes come to in the codes of the dimensions. */
export type Place = {
  readonly area: string;
  readonly industry: string;
  readonly occupation: string;
  readonly contract: string;
};

/*
 * Cells are looked up for every job at every change of age and attributes, over and over for the same few:
 * each is made once and kept.
 */
const mostCells = 200_000;

/** The place of a job with these attributes. @throws KarnamaError `unknown-area` */
export const placeOf = ({ area, industry, occupation, contractType }: JobAttributes): Place => ({
  area: stateOf(area),
  industry: sectionOf(industry),
  occupation: majorGroupOf(occupation),
  contract: contractType ?? unknown,
});

const cells = new Map<string, JobCell>();
const interned = new Map<string, readonly string[]>();

/** The same array for the same few codes: what follows then compares and adds up cells without reading them. */
export const sameArray = (...codes: readonly string[]): readonly string[] => {
  const key = codes.join(' ');
  const known = interned.get(key);
  if (known !== undefined) return known;
  interned.set(key, codes);
  return codes;
};

/** The cell of a place, sex and age band. Nearly always the same object for the same cell. */
export const jobCell = (place: Place, stated: 'M' | 'F' | null, age: string): JobCell => {
  const { area, industry, occupation, contract } = place;
  const sex = stated ?? unknown;
  const key = `${area} ${industry} ${occupation} ${sex} ${age} ${contract}`;
  const known = cells.get(key);
  if (known !== undefined) return known;
  if (cells.size >= mostCells) cells.clear();
  const codes = [area, industry, occupation, sex, age, contract];
  const cell = { area, industry, sex, codes, coarse: sameArray(area, industry, sex, age) };
  cells.set(key, cell);
  return cell;
};

/** Whether two cells have the same codes; quick where they are the same array, as they nearly always are. */
export const isSameCell = (a: readonly string[], b: readonly string[]): boolean =>
  a === b || (a.length === b.length && a.every((code, i) => code === b[i]));
