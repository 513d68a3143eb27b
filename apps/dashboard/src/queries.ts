import { QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLive } from './live/use-live.js';
import {
  addressOf,
  Problem,
  readJson,
  type Answer,
  type Dataflow,
  type DataflowSummary,
  type Question,
  type Release,
  type Status,
} from './api.js';

/** A refusal stays a refusal; only a failure to get an answer is worth a second try. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: 60_000,
        retry: (failures, error) => failures < 1 && !(error instanceof Problem && error.status < 500),
        retryDelay: 500,
      },
    },
  });

export const dataflowsQuery = queryOptions({
  queryKey: ['dataflows'],
  queryFn: ({ signal }) =>
    readJson<{ dataflows: readonly DataflowSummary[] }>('api/dataflows', signal).then(
      (body) => body.dataflows,
    ),
});

export const releasesQuery = queryOptions({
  queryKey: ['releases'],
  queryFn: ({ signal }) =>
    readJson<{ releases: readonly Release[] }>('api/releases', signal).then((body) => body.releases),
});

export const dataflowQuery = (code: string) =>
  queryOptions({
    queryKey: ['dataflow', code],
    queryFn: ({ signal }) => readJson<Dataflow>(`api/dataflows/${encodeURIComponent(code)}`, signal),
  });

export const dataQuery = (question: Question) =>
  queryOptions({
    queryKey: ['data', question],
    queryFn: ({ signal }) => readJson<Answer>(addressOf(question), signal),
  });

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => readJson<Status>('api/status', signal),
});

/** While news come by themselves the status is looked at seldom; without them it stands in for them. */
const statusEveryMs = { live: 120_000, alone: 15_000 } as const;

/** Events of the ledger that the slowest projection has not counted yet. */
export const lagOf = (status: Status): number =>
  status.projections.reduce((most, projection) => Math.max(most, Number(projection.lag)), 0);

const stampOf = (status: Status): string =>
  [status.epoch, status.releases, ...status.projections.map((projection) => projection.position)].join(' ');

/**
 * State of intake and counting. Where no news come it is read again and again, and when something new was
 * counted, so are the figures.
 */
export const useStatus = () => {
  const client = useQueryClient();
  const live = useLive().link === 'open';
  const status = useQuery({
    ...statusQuery,
    refetchInterval: live ? statusEveryMs.live : statusEveryMs.alone,
  });
  const stamp = status.data === undefined ? undefined : stampOf(status.data);
  const seen = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (stamp === undefined) return;
    if (!live && seen.current !== undefined && seen.current !== stamp)
      for (const key of ['data', 'dataflow', 'indicator', 'releases', 'revisions'])
        void client.invalidateQueries({ queryKey: [key] });
    seen.current = stamp;
  }, [client, live, stamp]);
  return status;
};
