import type { Dataflow } from '@karnama/cells';
import {
  formatDay,
  formatMonth,
  parseDay,
  type EventMetadata,
  type Json,
  type RecordedEvent,
} from '@karnama/kernel';
import { personRegister, type PersonState } from './person-state.js';

/*
 * Records of one person for the specs of dataflows: days are written in either calendar, each record has an
 * identity of its own unless one is given.
 */

type Fields = Record<string, Json>;
export type GivenRecord = {
  readonly type: string;
  readonly data: Fields;
  readonly metadata: Partial<EventMetadata>;
};

const parties = (spell: string): Fields => ({
  spell,
  person: 'p',
  establishment: 'w',
  enterprise: 'e',
  reportedOn: '2025-05-01',
});
const attributes: Fields = {
  area: 'IR-23',
  industry: 'ISIC4:1071',
  occupation: 'ISCO08:7212',
  contractType: 'permanent',
  weeklyHours: 4400,
  monthlyWage: null,
};
const gregorian = (day: string): string => formatDay(parseDay(day));

const given = (type: string, data: Fields, metadata: Partial<EventMetadata> = {}): GivenRecord => ({
  type,
  data,
  metadata,
});

export const started = (spell: string, day: string, more: Fields = {}): GivenRecord =>
  given('EmploymentStarted', {
    ...parties(spell),
    ...attributes,
    startDay: gregorian(day),
    sex: 'F',
    birthMonth: null,
    ...more,
  });

export const changed = (spell: string, day: string, more: Fields): GivenRecord =>
  given('EmploymentChanged', { ...parties(spell), ...attributes, day: gregorian(day), ...more });

export const ended = (spell: string, lastDay: string, reason: string | null = null): GivenRecord =>
  given('EmploymentEnded', { ...parties(spell), lastDay: gregorian(lastDay), reason });

export const paid = (spell: string, month: string, wage: number): GivenRecord =>
  given('WageReported', { ...parties(spell), month, wage });

/** The record under an identity of its own, as a version of it. */
export const as = (record: GivenRecord, recordId: string, recordVersion = 1): GivenRecord => ({
  ...record,
  metadata: { recordId, recordVersion },
});

export const withdrawn = (recordId: string): GivenRecord =>
  given('EmploymentRecordWithdrawn', { ...parties(''), contract: 'records', recordId });

export const eventOf = ({ type, data, metadata }: GivenRecord, at: number): RecordedEvent => ({
  id: '00000000-0000-5000-8000-000000000001',
  type,
  data,
  metadata: {
    schemaVersion: 1,
    receivedAt: '2026-02-01T00:00:00.000Z',
    agency: 'insurance',
    contract: type === 'EmploymentRecordWithdrawn' ? 'withdrawals' : 'records',
    recordId: `record ${String(at).padStart(3, '0')}`,
    recordVersion: 1,
    ...metadata,
  },
  stream: 'feed',
  revision: BigInt(at),
  position: BigInt(at + 1),
});

/** What is known of the person after these records. */
export const known = (...records: readonly GivenRecord[]): PersonState =>
  records.reduce(
    (state, record, at) => personRegister.evolve(state, eventOf(record, at)),
    personRegister.initial,
  );

/** What a state contributes, summed by month and cell: `1403-01 IR-23 C` → the measures that are not 0, and the units. */
export const cellsOf = (
  dataflow: Dataflow<PersonState>,
  state: PersonState,
): Record<string, Record<string, number>> => {
  const cells: Record<string, Record<string, number>> = {};
  for (const { month, declared, codes, measures, units } of dataflow.contributions(state)) {
    if (declared !== month || codes.length !== dataflow.dimensions.length) throw new Error('misplaced');
    const cell = (cells[`${formatMonth(month)} ${codes.join(' ')}`] ??= {});
    dataflow.measures.forEach(({ code }, i) => (cell[code] = (cell[code] ?? 0) + (measures[i] as number)));
    cell['units'] = (cell['units'] ?? 0) + units;
  }
  return Object.fromEntries(
    Object.entries(cells)
      .map(
        ([key, sums]) =>
          [
            key,
            Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0)) as Record<
              string,
              number
            >,
          ] as const,
      )
      .filter(([, sums]) => Object.keys(sums).length > 0),
  );
};
