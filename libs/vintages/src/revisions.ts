/** What was published for one period: exact decimal text, one entry for each release, null where there was none. */
export type PublishedPeriod = { readonly period: string; readonly values: readonly (string | null)[] };

/** How far first figures lie from the last ones. Means are decimal text with two decimals more than the figures. */
export type RevisionSummary = {
  /** Periods with a first figure and a later one. */
  readonly n: number;
  /** Why nothing else is told: fewer than so many periods say little. */
  readonly suppressed: boolean;
  /** Mean of last less first: its sign tells the bias. */
  readonly meanRevision: string | null;
  readonly meanAbsoluteRevision: string | null;
  /** Sum of the absolute revisions in percent of the sum of the absolute last figures; two decimals. */
  readonly relativeMeanAbsoluteRevision: string | null;
  /** Share, in percent, of changes from period to period whose direction turned around; two decimals. */
  readonly signChanges: string | null;
};

/** Below so many periods nothing is told of revisions but their number. */
export const leastPeriods = 8;

/** Whole number of units of 10^−decimals of decimal text. */
const units = (text: string, decimals: number): bigint => {
  const [integer = '0', fraction = ''] = text.split('.');
  return BigInt(`${integer}${fraction.padEnd(decimals, '0').slice(0, decimals)}`);
};

/** n / d as decimal text, rounded half away from zero; null when d is 0. */
const quotient = (n: bigint, d: bigint, decimals: number): string | null => {
  if (d === 0n) return null;
  const scale = 10n ** BigInt(decimals);
  const size = (2n * (n < 0n ? -n : n) * scale + d) / (2n * d);
  const digits = size.toString().padStart(decimals + 1, '0');
  const sign = n < 0n && size !== 0n ? '-' : '';
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

const size = (n: bigint): bigint => (n < 0n ? -n : n);

type Figure = { readonly value: bigint; readonly release: number };

type Row = { readonly values: readonly (bigint | null)[]; readonly first: Figure; readonly last: Figure };

/** First and last figure of a period; undefined when there was none. */
const rowOf = ({ values }: PublishedPeriod, decimals: number): Row | undefined => {
  const exact = values.map((value) => (value === null ? null : units(value, decimals)));
  const figures = exact.flatMap((value, release) => (value === null ? [] : [{ value, release }]));
  const [first, last] = [figures[0], figures.at(-1)];
  return first === undefined || last === undefined ? undefined : { values: exact, first, last };
};

/** Change on the period before, both as told at the release of the figure. */
const changeAt = (figure: Figure, before: Row | undefined): bigint | undefined => {
  const earlier = before?.values[figure.release];
  return earlier === undefined || earlier === null ? undefined : figure.value - earlier;
};

/** How many of the changes from one period to the next can be compared, and how many of them turned around. */
const turnsIn = (
  rows: readonly (Row | undefined)[],
): { readonly compared: bigint; readonly turned: bigint } => {
  let [compared, turned] = [0n, 0n];
  rows.forEach((row, i) => {
    if (row === undefined || row.first.release === row.last.release) return;
    const [first, last] = [changeAt(row.first, rows[i - 1]), changeAt(row.last, rows[i - 1])];
    if (first === undefined || last === undefined) return;
    compared += 1n;
    if (first * last < 0n) turned += 1n;
  });
  return { compared, turned };
};

/**
 * What is told of the revisions of a series: the triangle of its periods and releases in a few figures.
 * @param periods in their order, without gaps
 * @param decimals of the published figures
 */
export const revisionsOf = (periods: readonly PublishedPeriod[], decimals: number): RevisionSummary => {
  const rows = periods.map((period) => rowOf(period, decimals));
  const revised = rows.filter((row) => row !== undefined && row.first.release < row.last.release) as Row[];
  const n = revised.length;
  if (n < leastPeriods)
    return {
      n,
      suppressed: true,
      meanRevision: null,
      meanAbsoluteRevision: null,
      relativeMeanAbsoluteRevision: null,
      signChanges: null,
    };
  let [sum, absolute, level] = [0n, 0n, 0n];
  for (const { first, last } of revised) {
    sum += last.value - first.value;
    absolute += size(last.value - first.value);
    level += size(last.value);
  }
  const { compared, turned } = turnsIn(rows);
  const unit = 10n ** BigInt(decimals);
  return {
    n,
    suppressed: false,
    meanRevision: quotient(sum, BigInt(n) * unit, decimals + 2),
    meanAbsoluteRevision: quotient(absolute, BigInt(n) * unit, decimals + 2),
    relativeMeanAbsoluteRevision: quotient(100n * absolute, level, 2),
    signChanges: quotient(100n * turned, compared, 2),
  };
};
