import type { RecordSource } from '@karnama/kernel';

/** Records of one contract of an agency that entities are known by. */
export type DeliveredRecords = {
  readonly agency: string;
  readonly contract: string;
  /** Entities with at least one such record. */
  readonly entities: number;
  readonly records: number;
  /** Of these, records that their agency withdrew: they count nothing any more, and tell why. */
  readonly withdrawn: number;
  /** Of these, records whose newest version came behind the position that was asked about; null when none was. */
  readonly since: number | null;
};

type Counts = { -readonly [K in keyof DeliveredRecords]: DeliveredRecords[K] };

/** Counts the records of entities by agency and contract. */
export type DeliveryCounter = {
  add(sources: readonly RecordSource[]): void;
  counts(): readonly DeliveredRecords[];
};

/** @param since position in the ledger: records that came behind it are counted apart */
export const deliveryCounter = (since?: bigint): DeliveryCounter => {
  const feeds = new Map<string, Counts>();
  const countsOf = (agency: string, contract: string): Counts => {
    const name = `${agency}/${contract}`;
    const known = feeds.get(name);
    if (known !== undefined) return known;
    const made: Counts = {
      agency,
      contract,
      entities: 0,
      records: 0,
      withdrawn: 0,
      since: since === undefined ? null : 0,
    };
    feeds.set(name, made);
    return made;
  };
  return {
    add: (sources) => {
      const met = new Set<Counts>();
      for (const { agency, contract, position, withdrawn } of sources) {
        const counts = countsOf(agency, contract);
        if (!met.has(counts)) counts.entities++;
        met.add(counts);
        counts.records++;
        if (withdrawn) counts.withdrawn++;
        if (since !== undefined && BigInt(position) > since) counts.since = (counts.since ?? 0) + 1;
      }
    },
    counts: () =>
      [...feeds.values()].sort((a, b) =>
        a.agency === b.agency ? (a.contract < b.contract ? -1 : 1) : a.agency < b.agency ? -1 : 1,
      ),
  };
};
