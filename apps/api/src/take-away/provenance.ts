import { createHash } from 'node:crypto';
import { dayOf, formatDay } from '@karnama/kernel';
import type { DataAnswer, DataValue, IndicatorAnswer, Knowledge, Release } from '@karnama/statistics';
import { hashOfSeries } from '@karnama/vintages';
import { csvLine } from '../answers/answer-format.js';

/** Where the figures of an answer come from: which knowledge, and what exactly was told. */
export type Provenance = {
  /** Null: what is known now, or was known on a day, which is no release. */
  readonly release: string | null;
  /** Gregorian form of the day at whose end the figures were known; null unless a day was asked for. */
  readonly day: string | null;
  readonly epoch: number;
  /** ISO 8601 instant at which the release was cut. */
  readonly cutAt: string | null;
  /** The ledger was counted at least up to here; null for a release, whose end is that of its epoch. */
  readonly position: string | null;
  /** SHA-256 of the figures, as hex digits. */
  readonly hash: string;
};

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** Content hash of figures of an indicator, in the form that releases are sealed in. */
export const hashOfIndicator = ({ freq, rows }: IndicatorAnswer): string =>
  hashOfSeries(
    rows.map(({ period, codes, value, reason }) => ({
      freq,
      period,
      codes,
      value,
      ...(reason === undefined ? {} : { reason }),
    })),
    sha256,
  );

/** Content hash of figures of several indicators: in the same form, with the indicator as the code. */
export const hashOfProfile = (answers: readonly IndicatorAnswer[]): string =>
  hashOfSeries(
    answers.flatMap(({ indicator, freq, rows }) =>
      rows.map(({ period, value, reason }) => ({
        freq,
        period,
        codes: [indicator],
        value,
        ...(reason === undefined ? {} : { reason }),
      })),
    ),
    sha256,
  );

/** Content hash of figures of a dataflow: that of their plain CSV form, byte by byte. */
export const hashOfData = (
  { by, measures }: Pick<DataAnswer, 'by' | 'measures'>,
  rows: readonly (readonly DataValue[])[],
): string => sha256(csvLine([...by, ...measures]) + rows.map(csvLine).join(''));

/** @param position how far the ledger was counted when the answer was made */
export const provenanceOf = (
  { release: name, epoch }: Knowledge,
  releases: readonly Release[],
  position: string | null,
  hash: string,
): Provenance => {
  const nothing = { release: null, day: null, epoch, cutAt: null, position: null, hash };
  if (name === 'latest') return { ...nothing, position };
  const cut = releases.find((release) => release.name === name);
  if (cut !== undefined) return { ...nothing, release: name, cutAt: cut.cutAt };
  const day = dayOf(name);
  return day === undefined ? { ...nothing, release: name } : { ...nothing, day: formatDay(day) };
};

/** What was known, as the API is asked for it. */
export const knowledgeName = ({ release, day }: Provenance): string => release ?? day ?? 'latest';
