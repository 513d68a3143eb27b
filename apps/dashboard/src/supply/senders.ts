import type { IndicatorRow } from '../indicator-api.js';
import type { Told } from '../panel/told.js';
import type { Sender, StatusByTopic } from './supply-api.js';

/** Records of one sender; `unexplained` is known only where the channel itself was asked. */
export type Balance = Pick<Sender, 'agency' | 'contract' | 'accepted' | 'quarantined' | 'problems'> & {
  readonly received: number;
  readonly unexplained: number | undefined;
};

/** What the channel took in beside what the ledger tells of it, the largest sender first. */
export const balancesOf = (
  senders: readonly Sender[],
  topics: StatusByTopic['topics'],
): readonly Balance[] => {
  const byName = new Map((topics ?? []).map((one) => [one.topic.split('.').slice(1).join('/'), one]));
  return senders
    .map(({ agency, contract, received, accepted, quarantined, problems }) => {
      const channel = byName.get(`${agency}/${contract}`);
      return {
        agency,
        contract,
        accepted,
        quarantined,
        problems,
        received: channel?.received ?? received,
        unexplained: channel?.unexplained,
      };
    })
    .sort(
      (a, b) =>
        b.received - a.received || (`${a.agency}/${a.contract}` < `${b.agency}/${b.contract}` ? -1 : 1),
    );
};

/** A sender of labour facts. */
export type Deliverer = Sender & { readonly delivery: NonNullable<Sender['delivery']> };

/** Senders of labour facts by their share of late records, the latest first. */
export const latestFirst = (senders: readonly Sender[]): readonly Deliverer[] =>
  senders
    .filter((sender): sender is Deliverer => sender.delivery !== null)
    .sort(
      (a, b) =>
        Number(b.delivery.lateShare ?? -1) - Number(a.delivery.lateShare ?? -1) ||
        b.delivery.late - a.delivery.late ||
        (`${a.agency}/${a.contract}` < `${b.agency}/${b.contract}` ? -1 : 1),
    );

/** The newest figure of each agency and contract, by `<agency>/<contract>`. */
export const newestBySender = (told: Told | undefined): ReadonlyMap<string, IndicatorRow> => {
  const rows = new Map<string, IndicatorRow>();
  for (const row of told?.rows ?? [])
    if (row.value !== null) rows.set(`${row['agency'] ?? ''}/${row['contract'] ?? ''}`, row);
  return rows;
};
