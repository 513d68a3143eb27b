import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sums bigints as bigints, where `sum` makes numerics of them: half the time for the same figures. A sum that
 * is out of range is an error (22003), as the cast of the numeric would be; of no rows it is null, as `sum` is.
 */
export class CellsTotal1764000600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE AGGREGATE cells.total(bigint) (SFUNC = int8pl, STYPE = bigint, COMBINEFUNC = int8pl, PARALLEL = SAFE)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP AGGREGATE cells.total(bigint)');
  }
}
