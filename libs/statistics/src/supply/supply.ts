import type { CellQuery, CellStore } from '@karnama/cells';
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
  const [intake, delivery] = (['INTAKE', 'DELIVERY'] as const).map((code) => keptDataflow(code, calendar));
  if (intake === undefined || delivery === undefined) throw new Error('the catalogue has no intake');
  const generations = await Promise.all([store.open(intake.projection), store.open(delivery.projection)]);
  const knowledge = await knowledgeAt(store, generations, { releases, closings, calendar }, asKnownAt);
  const known = asKnownAt === 'latest' ? {} : { maxEpoch: knowledge.epoch };
  const ask = (dataflow: string, by: readonly string[]): CellQuery => ({
    dataflow,
    time: 'effective',
    by,
    where: {},
    measures: ['records'],
    ...known,
  });
  const outcomes = new Map<string, Outcomes>();
  for await (const { group, measures } of store.query(
    generations[0],
    ask('INTAKE', ['agency', 'contract', 'outcome']),
  )) {
    const [agency, contract, outcome] = group;
    const name = nameOf(agency, contract);
    const found = outcomes.get(name) ?? { accepted: 0, problems: new Map<string, number>() };
    outcomes.set(name, found);
    const records = Number(measures[0] ?? 0n);
    if (outcome === 'ACCEPTED') found.accepted += records;
    else found.problems.set(String(outcome), (found.problems.get(String(outcome)) ?? 0) + records);
  }
  const last = new Map<string, number>();
  for await (const { group, measures } of store.query(
    generations[1],
    ask('DELIVERY', ['agency', 'contract', 'month']),
  )) {
    const [agency, contract, month] = group;
    if ((measures[0] ?? 0n) <= 0n) continue;
    const name = nameOf(agency, contract);
    last.set(name, Math.max(last.get(name) ?? 0, Number(month)));
  }
  const deliveries = new Map(
    (await deliveriesBetween(store, calendar, 0, knowledge.epoch)).map((one) => [
      nameOf(one.agency, one.contract),
      one,
    ]),
  );
  const names = [...new Set([...outcomes.keys(), ...deliveries.keys()])].sort();
  return {
    knowledge,
    horizon: last.size === 0 ? null : formatMonth(Math.max(...last.values())),
    senders: names.map((name) => {
      const [agency = '', contract = ''] = name.split('/');
      const delivered = deliveries.get(name);
      return {
        agency,
        contract,
        ...balanceOf(outcomes.get(name)),
        delivery: delivered === undefined ? null : deliveryOf(delivered, last.get(name)),
      };
    }),
  };
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
