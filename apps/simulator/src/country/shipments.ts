import { formatMonth, type Month } from '@karnama/kernel';
import { randomOf, type Random } from '../random.js';
import { shapes, valueOf, withdrawalValueOf } from './contract-values.js';
import type { Country } from './options.js';
import type { SimulatedRecord } from './records.js';

/** One delivery of one record: what goes into the channel of an agency's contract. */
export type Shipment = {
  readonly agency: string;
  readonly contract: string;
  /** Deliveries of one record keep their order. */
  readonly key: string;
  /** JSON text; of broken records, text that no contract admits. */
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** Damage that every contract must notice. */
const damaged = (random: Random, value: Readonly<Record<string, unknown>>): string => {
  const choice = random.between(1, 4);
  if (choice === 1) return JSON.stringify({ ...value, reported_on: '1404-13-01' });
  if (choice === 2) return JSON.stringify({ ...value, reported_on: undefined });
  if (choice === 3) return JSON.stringify({ ...value, no_such_field: 'x' });
  const text = JSON.stringify(value);
  return text.slice(0, random.between(10, text.length - 1));
};

/** A shipment while it waits for its month. */
export type Parcel = readonly [agency: string, contract: string, id: string, version: number, value: string];

/** What goes into the channel in a month. */
export const shipmentIn =
  ({ seed }: Country, month: Month) =>
  ([agency, contract, id, version, value]: Parcel): Shipment => ({
    agency,
    contract,
    key: id,
    value,
    headers: {
      contract,
      'contract-version': '1',
      'record-id': id,
      'record-version': String(version),
      submission: `simulated-${seed}-${agency}-${formatMonth(month)}`,
    },
  });

/** Every delivery of a record with the month it happens in. */
export function* parcelsOf(
  country: Country,
  { agency, id, versions, withdrawal, broken }: SimulatedRecord,
): Generator<readonly [month: Month, parcel: Parcel]> {
  if (broken !== null && broken.month <= country.last) {
    const { contract } = shapes[broken.fact.kind];
    const random = randomOf(country.seed, Number(id.slice(1, 6)), Number(id.slice(6)));
    const text = damaged(random, valueOf(agency, broken.fact, broken.reported));
    yield [broken.month, [agency, contract, id, 1, text]];
  }
  for (const { version, fact, reported, delivered } of versions) {
    if (delivered.length === 0) continue;
    const value = JSON.stringify(valueOf(agency, fact, reported));
    const { contract } = shapes[fact.kind];
    const parcel: Parcel = [agency, contract, id, version, value];
    for (const month of delivered) yield [month, parcel];
  }
  const [first] = versions;
  if (withdrawal === null || first === undefined) return;
  const value = JSON.stringify(withdrawalValueOf(agency, first.fact, id, withdrawal.reported));
  const { withdrawal: contract } = shapes[first.fact.kind];
  const parcel: Parcel = [agency, contract, withdrawal.id, 1, value];
  for (const month of withdrawal.delivered) yield [month, parcel];
}
