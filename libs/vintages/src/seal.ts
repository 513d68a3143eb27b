/** One line of a published series: frequency, period, codes, then the figure or why there is none. */
export type SealedRow = {
  readonly freq: string;
  readonly period: string;
  readonly codes: readonly string[];
  readonly value: string | null;
  readonly reason?: string;
};

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The one form in which a series is hashed: RFC 4180 without a header, lines in the order given. */
export const canonicalSeries = (rows: readonly SealedRow[]): string =>
  rows
    .map(({ freq, period, codes, value, reason }) =>
      [freq, period, ...codes, value ?? '', reason ?? ''].map(field).join(',').concat('\r\n'),
    )
    .join('');

/** Content hash of a published series. @param sha256 hex digest of a text in UTF-8 */
export const hashOfSeries = (rows: readonly SealedRow[], sha256: (text: string) => string): string =>
  sha256(canonicalSeries(rows));

/** Content hashes of all series of a release, by indicator. */
export type Hashes = Readonly<Record<string, string>>;

export type SealCheck = {
  readonly name: string;
  readonly checked: number;
  /** Series that are other than they were when the release was sealed. */
  readonly differing: readonly string[];
  /** Indicators that the catalogue does not have any more. */
  readonly missing: readonly string[];
};

/** Compares the series of a release as they are now with its seal. Indicators added since are not looked at. */
export const checkSeal = (name: string, sealed: Hashes, now: Hashes): SealCheck => {
  const codes = Object.keys(sealed).sort();
  return {
    name,
    checked: codes.length,
    differing: codes.filter((code) => now[code] !== undefined && now[code] !== sealed[code]),
    missing: codes.filter((code) => now[code] === undefined),
  };
};
