import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Refused records. What an agency sent stands in `original` only, encrypted; the rest says where it
 * came from and why it was refused, with masked values. `number` is the order of arrival.
 */
export class Quarantine1764000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE quarantine_record (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id uuid NOT NULL UNIQUE,
        agency text COLLATE "C" NOT NULL,
        contract text COLLATE "C" NOT NULL,
        topic text COLLATE "C" NOT NULL,
        partition integer NOT NULL,
        source_offset bigint NOT NULL,
        received_at text COLLATE "C" NOT NULL,
        submission text COLLATE "C",
        file text,
        line integer,
        problems json NOT NULL,
        original bytea NOT NULL
      )`);
    await runner.query('CREATE INDEX quarantine_of_agency ON quarantine_record (agency, contract, number)');
    await runner.query('CREATE INDEX quarantine_of_submission ON quarantine_record (submission, number)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE quarantine_record');
  }
}
