import { setTimeout as pause } from 'node:timers/promises';
import type { DueDelivery, WebhookStore } from '@karnama/adapter-postgres';
import { KarnamaError, messageOf } from '@karnama/kernel';
import type { IndicatorService } from '@karnama/statistics';
import { deliveriesOf } from './deliveries.js';
import { send, timeoutMs } from './send.js';

export type Telling = {
  readonly store: WebhookStore;
  readonly indicators: IndicatorService;
  readonly now: () => Date;
  readonly log: (line: string) => void;
};

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** Waiting after the first, second, … attempt; the last one again and again: nothing is given up. */
const waits: readonly number[] = [10 * seconds, minutes, 5 * minutes, 15 * minutes, hours, 3 * hours];

/** How long to wait after so many attempts that failed. */
export const waitAfter = (attempts: number): number =>
  waits[Math.min(attempts, waits.length) - 1] ?? (waits.at(-1) as number);

/** Longer than an attempt can take. */
const attemptMs = 3 * timeoutMs;

const isUncounted = (error: unknown): boolean =>
  error instanceof KarnamaError && error.code === 'unavailable';

/** Makes the releases that were cut since into deliveries. A release that is still being counted waits. */
export const enqueueNews = async ({ store, indicators, now, log }: Telling): Promise<void> => {
  const releases = await indicators.releases();
  for (const webhook of await store.list()) {
    let { toldEpoch } = webhook;
    try {
      for (const [at, release] of releases.entries()) {
        if (release.epoch <= toldEpoch) continue;
        const deliveries = await deliveriesOf(indicators, webhook, release, releases[at - 1]);
        if (!(await store.enqueue({ id: webhook.id, toldEpoch }, release.epoch, deliveries, now()))) break;
        toldEpoch = release.epoch;
      }
    } catch (error) {
      // one that cannot be told must not keep the others from it
      if (!isUncounted(error)) log(`webhook ${webhook.id}: ${messageOf(error)}`);
    }
  }
};

const attempt = async ({ store, now, log }: Telling, delivery: DueDelivery): Promise<void> => {
  try {
    await send(delivery.webhook, delivery);
  } catch (error) {
    const failure = messageOf(error).slice(0, 500);
    log(`webhook ${delivery.webhook.id}: delivery ${delivery.id} failed: ${failure}`);
    await store.failed(delivery.id, failure, new Date(now().getTime() + waitAfter(delivery.attempts)));
    return;
  }
  await store.delivered(delivery.id, now());
};

/** Sends everything that is due, one after the other. Each message is sent at least once. */
export const deliverDue = async (telling: Telling, signal?: AbortSignal): Promise<void> => {
  const { store, now } = telling;
  while (signal?.aborted !== true) {
    const delivery = await store.take(now(), new Date(now().getTime() + attemptMs));
    if (delivery === undefined) return;
    await attempt(telling, delivery);
  }
};

/** Looks for new releases and due deliveries until the signal aborts. */
export const tellWebhooks = async (telling: Telling, signal: AbortSignal, everyMs = 5000): Promise<void> => {
  while (!signal.aborted) {
    await enqueueNews(telling);
    await deliverDue(telling, signal);
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
};
