import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A generation may be counted in several parts, each by a process of its own. One that is not split keeps its
 * checkpoint in its own row, as before.
 */
export class CellsParts1764000500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE cells.generation ADD parts int NOT NULL DEFAULT 1 CHECK (parts > 0)');
    await runner.query(`
      CREATE TABLE cells.generation_part (
        projection text NOT NULL,
        number int NOT NULL,
        -- the number of parts belongs to the key: who counts one of two does not find one of three
        parts int NOT NULL,
        part int NOT NULL CHECK (part >= 0 AND part < parts),
        position bigint NOT NULL,
        epoch int NOT NULL,
        events bigint NOT NULL,
        repeats bigint NOT NULL,
        last_position bigint,
        last_event uuid,
        PRIMARY KEY (projection, number, parts, part),
        FOREIGN KEY (projection, number) REFERENCES cells.generation ON DELETE CASCADE
      ) WITH (fillfactor = 50)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE cells.generation_part');
    await runner.query('ALTER TABLE cells.generation DROP COLUMN parts');
  }
}
