import { createHash } from 'node:crypto';
import type { Delivery, Webhook } from '@karnama/adapter-postgres';
import { entriesOf, type ToldRelease } from '@karnama/api';
import type { IndicatorService, Release } from '@karnama/statistics';

/** A UUID of version 8 that follows from the parts: a delivery that is made again is the same one. */
const idOf = (...parts: readonly string[]): string => {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.subarray(0, 16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

type Series = Pick<Webhook, 'id' | 'indicator' | 'area' | 'freq'>;

const told = async (
  indicators: IndicatorService,
  { indicator, area, freq }: Series,
  release: Release,
): Promise<ToldRelease> => {
  const summary = indicators.list().find(({ code }) => code === indicator);
  const where = area === null ? {} : { area: [area] };
  const by = (summary?.requiredDimensions ?? []).filter((dimension) => !(dimension in where));
  const known = { asKnownAt: release.name, definedAt: release.name };
  const request = { indicator, freq, where, by, ...known, change: ['previous'] as const };
  return { release, rows: (await indicators.data(request)).rows };
};

/**
 * What a release has to tell the webhook, compared with the release before it: one message for each kind of
 * event, none when nothing happened.
 * @throws KarnamaError `unavailable` while the release is still being counted
 */
export const deliveriesOf = async (
  indicators: IndicatorService,
  webhook: Series,
  release: Release,
  before: Release | undefined,
): Promise<readonly Delivery[]> => {
  const earlier = before === undefined ? [] : [await told(indicators, webhook, before)];
  const entries = entriesOf([...earlier, await told(indicators, webhook, release)]);
  return entries
    .filter((entry) => entry.release.name === release.name)
    .map(({ kind, figures }) => {
      const id = idOf(webhook.id, release.name, kind);
      const { indicator, area, freq } = webhook;
      return {
        id,
        event: kind,
        body: JSON.stringify({ id, event: kind, indicator, area, freq, release, figures }),
      };
    });
};
