import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Addresses that are told when an indicator is released, revised or turns its sign, and what is still to be
 * told. `told_epoch` moves together with the deliveries it stands for, so that none is lost or made twice.
 */
export class Webhooks1764000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook (
        id uuid PRIMARY KEY,
        url text NOT NULL,
        indicator text COLLATE "C" NOT NULL,
        area text COLLATE "C",
        freq text COLLATE "C" NOT NULL,
        secret text NOT NULL,
        allow_private boolean NOT NULL,
        added_at timestamptz NOT NULL,
        told_epoch integer NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE webhook_delivery (
        id uuid PRIMARY KEY,
        webhook_id uuid NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
        event text COLLATE "C" NOT NULL,
        body text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL,
        delivered_at timestamptz,
        failure text
      )`);
    await runner.query(
      'CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE delivered_at IS NULL',
    );
    await runner.query('CREATE INDEX webhook_delivery_of ON webhook_delivery (webhook_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_delivery');
    await runner.query('DROP TABLE webhook');
  }
}
