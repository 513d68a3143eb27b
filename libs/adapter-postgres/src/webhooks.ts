import type { Database } from './database.js';

/** An address that is told of the events of one series of an indicator. */
export type Webhook = {
  readonly id: string;
  readonly url: string;
  readonly indicator: string;
  readonly area: string | null;
  readonly freq: 'M' | 'Q' | 'A';
  /** What messages are signed with. */
  readonly secret: string;
  /** Whether an address of a private network is meant. */
  readonly allowPrivate: boolean;
  readonly addedAt: Date;
  /** Releases up to this epoch have been made into deliveries. */
  readonly toldEpoch: number;
};

/** How a webhook fares: deliveries made, those still due, and why the last attempt failed. */
export type WebhookStanding = Webhook & {
  readonly delivered: number;
  readonly due: number;
  readonly failure: string | null;
};

/** One message; its id is the same at every attempt. */
export type Delivery = {
  readonly id: string;
  readonly event: string;
  readonly body: string;
};

export type DueDelivery = Delivery & { readonly attempts: number; readonly webhook: Webhook };

export type WebhookStore = {
  add(webhook: Webhook): Promise<void>;
  /** In the order they were added. */
  list(): Promise<readonly WebhookStanding[]>;
  /** Takes a webhook away with all that it was still to be told. False when there is none of that id. */
  remove(id: string): Promise<boolean>;
  /**
   * Keeps what is to be delivered and how far the webhook has been told, at one moment. False, and nothing is
   * kept, when another process was faster or the webhook is gone.
   */
  enqueue(
    webhook: Pick<Webhook, 'id' | 'toldEpoch'>,
    epoch: number,
    deliveries: readonly Delivery[],
    now: Date,
  ): Promise<boolean>;
  /**
   * Takes the longest due delivery for an attempt. No other process is given it before `until`: after that the
   * attempt counts as lost, and the delivery is due again.
   */
  take(now: Date, until: Date): Promise<DueDelivery | undefined>;
  delivered(id: string, now: Date): Promise<void>;
  failed(id: string, failure: string, dueAt: Date): Promise<void>;
};

type WebhookRow = {
  id: string;
  url: string;
  indicator: string;
  area: string | null;
  freq: Webhook['freq'];
  secret: string;
  allow_private: boolean;
  added_at: Date;
  told_epoch: number;
};

const webhookIn = (row: WebhookRow): Webhook => ({
  id: row.id,
  url: row.url,
  indicator: row.indicator,
  area: row.area,
  freq: row.freq,
  secret: row.secret,
  allowPrivate: row.allow_private,
  addedAt: row.added_at,
  toldEpoch: row.told_epoch,
});

const INSERT = `
  INSERT INTO webhook (id, url, indicator, area, freq, secret, allow_private, added_at, told_epoch)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;

const LIST = `
  SELECT w.*,
    (SELECT count(*)::int FROM webhook_delivery d WHERE d.webhook_id = w.id AND delivered_at IS NOT NULL) AS delivered,
    (SELECT count(*)::int FROM webhook_delivery d WHERE d.webhook_id = w.id AND delivered_at IS NULL) AS due,
    (SELECT failure FROM webhook_delivery d
      WHERE d.webhook_id = w.id AND delivered_at IS NULL AND failure IS NOT NULL ORDER BY due_at DESC LIMIT 1) AS failure
  FROM webhook w ORDER BY added_at, id`;

const ENQUEUE = `
  INSERT INTO webhook_delivery (id, webhook_id, event, body, due_at) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (id) DO NOTHING`;

const TAKE = `
  UPDATE webhook_delivery d SET attempts = attempts + 1, due_at = $2
  FROM webhook w
  WHERE w.id = d.webhook_id AND d.id = (
    SELECT id FROM webhook_delivery WHERE delivered_at IS NULL AND due_at <= $1
    ORDER BY due_at, id FOR UPDATE SKIP LOCKED LIMIT 1)
  RETURNING d.id AS delivery_id, d.event, d.body, d.attempts, w.*`;

/** Webhooks and their deliveries in PostgreSQL: nothing is lost over a restart. */
export const postgresWebhooks = (database: Database): WebhookStore => ({
  add: (webhook) =>
    database.withClient(async (client) => {
      const { id, url, indicator, area, freq, secret, allowPrivate, addedAt, toldEpoch } = webhook;
      await client.query(INSERT, [id, url, indicator, area, freq, secret, allowPrivate, addedAt, toldEpoch]);
    }),
  list: () =>
    database.withClient(async (client) => {
      const { rows } = await client.query<
        WebhookRow & { delivered: number; due: number; failure: string | null }
      >(LIST);
      return rows.map((row) => ({
        ...webhookIn(row),
        delivered: row.delivered,
        due: row.due,
        failure: row.failure,
      }));
    }),
  remove: (id) =>
    database.withClient(async (client) => {
      const { rowCount } = await client.query('DELETE FROM webhook WHERE id = $1', [id]);
      return rowCount === 1;
    }),
  enqueue: ({ id, toldEpoch }, epoch, deliveries, now) =>
    database.transaction(async (client) => {
      const moved = await client.query(
        'UPDATE webhook SET told_epoch = $3 WHERE id = $1 AND told_epoch = $2',
        [id, toldEpoch, epoch],
      );
      if (moved.rowCount !== 1) return false;
      for (const { id: delivery, event, body } of deliveries)
        await client.query(ENQUEUE, [delivery, id, event, body, now]);
      return true;
    }),
  take: (now, until) =>
    database.withClient(async (client) => {
      const { rows } = await client.query<
        WebhookRow & { delivery_id: string; event: string; body: string; attempts: number }
      >(TAKE, [now, until]);
      const [row] = rows;
      if (row === undefined) return undefined;
      const { delivery_id: id, event, body, attempts } = row;
      return { id, event, body, attempts, webhook: webhookIn(row) };
    }),
  delivered: (id, now) =>
    database.withClient(async (client) => {
      await client.query('UPDATE webhook_delivery SET delivered_at = $2, failure = NULL WHERE id = $1', [
        id,
        now,
      ]);
    }),
  failed: (id, failure, dueAt) =>
    database.withClient(async (client) => {
      await client.query('UPDATE webhook_delivery SET failure = $2, due_at = $3 WHERE id = $1', [
        id,
        failure,
        dueAt,
      ]);
    }),
});
