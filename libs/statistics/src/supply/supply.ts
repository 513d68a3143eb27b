import type { CellGroup, CellQuery, CellStore } from '@karnama/cells';
import { formatMonth, type Calendar } from '@karnama/kernel';
import { keptDataflow } from '../catalogue.js';
import { deliveriesBetween } from '../indicators/deliveries.js';
import { over, rounded, times, whole } from '../indicators/rational.js';
import { knowledgeAt, type History } from '../knowledge.js';
import type { Knowledge } from '../request.js';

/** What one agency sent under one contract, as known at a release or now. */
export type Sender = {
  readonly agency: string;
  readonly contract: string;
  /** Records that the ledger tells of: accepted + quarantined. */
  readonly received: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** Quarantined records by the code of their first problem, most frequent first. */
  readonly problems: readonly { readonly code: string; readonly records: number }[];
  /** How the labour facts came; null for a contract that brings none. */
  readonly delivery: SenderDelivery | null;
};

export type SenderDelivery = {
  /** First versions told within a month of their day, and those told later. */
  readonly onTime: number;
  readonly late: number;
  /** Late first versions in percent of all first versions, with two decimals; null when there are none. */
  readonly lateShare: string | null;
  readonly corrections: number;
  readonly withdrawals: number;
  /** The newest month of declaration. */
  readonly last: string | null;
};

export type Supply = {
  readonly knowledge: Knowledge;
  /** The newest month of declaration of anybody. */
  readonly horizon: string | null;
  readonly senders: readonly Sender[];
};

export type SupplyService = {
  /** @throws KarnamaError `unknown-release`, `unknown-position`; `unavailable` while a release is still being counted */
  supply(asKnownAt: string): Promise<Supply>;
};

export type SupplyOptions = {
  readonly store: CellStore;
  readonly releases: History['releases'];
  readonly closings?: History['closings'];
  readonly calendar: Calendar;
};

/** What every agency sent, worked out from the cells of intake and delivery. */
export const createSupply = (options: SupplyOptions): SupplyService => ({
  supply: (asKnownAt) => supplyAt(options, asKnownAt),
});

type Outcomes = { accepted: number; readonly problems: Map<string, number> };

const nameOf = (agency: unknown, contract: unknown): string => `${String(agency)}/${String(contract)}`;

const supplyAt = async (
  { store, releases, closings, calendar }: SupplyOptions,
  asKnownAt: string,
): Promise<Supply> => {
  const intake = await store.open(keptDataflow('INTAKE', calendar).projection);
  const delivery = await store.open(keptDataflow('DELIVERY', calendar).projection);
  const past = { releases, closings, calendar };
  const knowledge = await knowledgeAt(store, [intake, delivery], past, asKnownAt);
  const through = asKnownAt === 'latest' ? undefined : knowledge.epoch;
  const outcomes = await outcomesIn(store.query(intake, asked('INTAKE', 'outcome', through)));
  const last = await lastMonthsIn(store.query(delivery, asked('DELIVERY', 'month', through)));
  const delivered = await deliveriesBetween(store, calendar, 0, knowledge.epoch);
  const deliveries = new Map(delivered.map((one) => [nameOf(one.agency, one.contract), one]));
  const names = [...new Set([...outcomes.keys(), ...deliveries.keys()])].sort();
  return {
    knowledge,
    horizon: last.size === 0 ? null : formatMonth(Math.max(...last.values())),
    senders: names.map((name) => {
      const [agency = '', contract = ''] = name.split('/');
      const found = deliveries.get(name);
      return {
        agency,
        contract,
        ...balanceOf(outcomes.get(name)),
        delivery: found === undefined ? null : deliveryOf(found, last.get(name)),
      };
    }),
  };
};

/** Records by sender and one thing more, up to an epoch. */
const asked = (dataflow: string, more: string, maxEpoch: number | undefined): CellQuery => ({
  dataflow,
  time: 'effective',
  by: ['agency', 'contract', more],
  where: {},
  measures: ['records'],
  ...(maxEpoch === undefined ? {} : { maxEpoch }),
});

/** What became of the records of each sender. */
const outcomesIn = async (groups: AsyncIterable<CellGroup>): Promise<ReadonlyMap<string, Outcomes>> => {
  const found = new Map<string, Outcomes>();
  for await (const { group, measures } of groups) {
    const [agency, contract, outcome] = group;
    const name = nameOf(agency, contract);
    const own = found.get(name) ?? { accepted: 0, problems: new Map<string, number>() };
    found.set(name, own);
    const records = Number(measures[0] ?? 0n);
    if (outcome === 'ACCEPTED') own.accepted += records;
    else own.problems.set(String(outcome), (own.problems.get(String(outcome)) ?? 0) + records);
  }
  return found;
};

/** The newest month of declaration of each sender. */
const lastMonthsIn = async (groups: AsyncIterable<CellGroup>): Promise<ReadonlyMap<string, number>> => {
  const last = new Map<string, number>();
  for await (const { group, measures } of groups) {
    const [agency, contract, month] = group;
    if ((measures[0] ?? 0n) <= 0n) continue;
    const name = nameOf(agency, contract);
    last.set(name, Math.max(last.get(name) ?? 0, Number(month)));
  }
  return last;
};

const balanceOf = (
  outcomes: Outcomes | undefined,
): Pick<Sender, 'received' | 'accepted' | 'quarantined' | 'problems'> => {
  const { accepted = 0, problems = new Map<string, number>() } = outcomes ?? {};
  const quarantined = [...problems.values()].reduce((sum, records) => sum + records, 0);
  return {
    received: accepted + quarantined,
    accepted,
    quarantined,
    problems: [...problems]
      .map(([code, records]) => ({ code, records }))
      .sort((a, b) => b.records - a.records || (a.code < b.code ? -1 : 1)),
  };
};

const deliveryOf = (
  { onTime, late, corrections, withdrawals }: Omit<SenderDelivery, 'lateShare' | 'last'>,
  last: number | undefined,
): SenderDelivery => {
  const all = BigInt(onTime + late);
  return {
    onTime,
    late,
    lateShare: all === 0n ? null : rounded(over(times(whole(100), whole(BigInt(late))), whole(all)), 2),
    corrections,
    withdrawals,
    last: last === undefined ? null : formatMonth(last),
  };
};
