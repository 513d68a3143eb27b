import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The registry of projections' generations. The tables of a generation follow from its dataflows'
 * definitions and are made by the cell store when it begins one.
 */
export class Cells1764000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA cells');
    await runner.query(`
      CREATE TABLE cells.generation (
        projection text NOT NULL,
        number int NOT NULL,
        status text NOT NULL CHECK (status IN ('building', 'finished', 'active')),
        -- what it was built from: register and dataflow versions, dimensions, measures, roll-ups
        definition json NOT NULL,
        position bigint NOT NULL DEFAULT 0,
        epoch int NOT NULL DEFAULT 1,
        events bigint NOT NULL DEFAULT 0,
        repeats bigint NOT NULL DEFAULT 0,
        -- the last event that was counted: a ledger restored from an older backup is recognised by it
        last_position bigint,
        last_event uuid,
        PRIMARY KEY (projection, number)
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE UNIQUE INDEX one_active_generation ON cells.generation (projection) WHERE status = 'active'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA cells CASCADE');
  }
}
