import { queryOptions } from '@tanstack/react-query';
import { readJson, type Status } from '../api.js';

/** What one agency sent under one contract. */
export type Sender = {
  readonly agency: string;
  readonly contract: string;
  readonly received: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly problems: readonly { readonly code: string; readonly records: number }[];
  readonly delivery: {
    readonly onTime: number;
    readonly late: number;
    readonly lateShare: string | null;
    readonly corrections: number;
    readonly withdrawals: number;
    readonly last: string | null;
  } | null;
};

export type Supply = {
  readonly knowledge: { readonly release: string; readonly epoch: number };
  readonly horizon: string | null;
  readonly senders: readonly Sender[];
};

/** The state with its balance by topic, `karnama.<agency>.<contract>`, where the server tells it. */
export type StatusByTopic = Status & {
  readonly topics?: readonly {
    readonly topic: string;
    readonly received: number;
    readonly unexplained: number;
  }[];
};

export const supplyQuery = (asKnownAt: string) =>
  queryOptions({
    queryKey: [asKnownAt === 'latest' ? 'data' : 'settled', 'supply', asKnownAt],
    staleTime: asKnownAt === 'latest' ? 15_000 : Infinity,
    queryFn: ({ signal }) => readJson<Supply>(`api/supply?${new URLSearchParams({ asKnownAt })}`, signal),
  });
