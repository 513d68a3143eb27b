import {
  CheckpointMoved,
  partsOf,
  whole,
  type Checkpoint,
  type Generation,
  type Part,
  type Projection,
} from '@karnama/cells';
import type { PoolClient } from 'pg';

/** The checkpoint of a generation stands in its own row; where it has several parts, in a row for each. */
type Row = {
  position: string;
  epoch: number;
  events: string;
  repeats: string;
  last_position: string | null;
  last_event: string | null;
  /** Of a generation's own row. */
  status?: string;
};

const columns = 'position::text, epoch, events::text, repeats::text, last_position::text, last_event';

/**
 * Position of a generation's own row while it has several parts: a program that knows nothing of parts finds
 * its checkpoint moved, whatever it was.
 */
const elsewhere = -1n;

/** The rows of a part or of all, in the order of parts. @throws CheckpointMoved when the generation is gone */
const rowsOf = async (
  client: PoolClient,
  { projection, number, parts }: Generation,
  part: Part | undefined,
  lock = '',
): Promise<readonly Row[]> => {
  const { name } = projection;
  if (part !== undefined && part.parts !== parts) throw new CheckpointMoved(name);
  const { rows } =
    parts === 1
      ? await client.query<Row>(
          `SELECT ${columns}, status FROM cells.generation
           WHERE projection = $1 AND number = $2 AND parts = 1 ${lock}`,
          [name, number],
        )
      : await client.query<Row>(
          `SELECT ${columns} FROM cells.generation_part
           WHERE projection = $1 AND number = $2 AND parts = $3 AND ($4::int IS NULL OR part = $4)
           ORDER BY part ${lock}`,
          [name, number, parts, part?.part ?? null],
        );
  if (rows.length !== (part === undefined ? parts : 1)) throw new CheckpointMoved(name);
  return rows;
};

const checkpointIn = ({ position, epoch, events, repeats, last_position, last_event }: Row): Checkpoint => ({
  position: BigInt(position),
  epoch,
  events: BigInt(events),
  repeats: BigInt(repeats),
  last:
    last_position === null || last_event === null
      ? null
      : { position: BigInt(last_position), id: last_event },
});

const valuesOf = ({ position, epoch, events, repeats, last }: Checkpoint): (string | null)[] => [
  ...[position, epoch, events, repeats].map(String),
  last?.position.toString() ?? null,
  last?.id ?? null,
];

/** What all parts together have counted. */
const together = (rows: readonly Row[]): Checkpoint => {
  const all = rows.map(checkpointIn);
  const lowest = all.reduce((low, one) => (one.position < low.position ? one : low));
  if (all.length === 1) return lowest;
  return {
    ...lowest,
    events: all.reduce((sum, { events }) => sum + events, 0n),
    repeats: all.reduce((sum, { repeats }) => sum + repeats, 0n),
    parts: all.map(({ position }) => position),
  };
};

/** How far a part has come, or all together. @throws CheckpointMoved when the generation is gone */
export const readCheckpoint = async (
  client: PoolClient,
  generation: Generation,
  part?: Part,
): Promise<Checkpoint> => together(await rowsOf(client, generation, part));

/** What is told when it is locked. */
export type Locked = {
  readonly checkpoint: Checkpoint;
  /** It has no roll-ups yet. One in several parts was in use before it was split. */
  readonly isBuilding: boolean;
};

const locked = async (client: PoolClient, generation: Generation, part?: Part): Promise<Locked> => {
  const rows = await rowsOf(client, generation, part, 'FOR NO KEY UPDATE');
  return { checkpoint: together(rows), isBuilding: rows[0]?.status === 'building' };
};

/**
 * Until the end of the transaction nobody else moves the checkpoint of the part. No other part may be locked
 * behind it. @throws CheckpointMoved when the generation is gone: told before its tables are missed
 */
export const lockPart = (client: PoolClient, generation: Generation, part: Part): Promise<Locked> =>
  locked(client, generation, part);

/**
 * Whether the generation is being built: nobody but its builder knows of it then, and those that share the
 * work write side by side. It stays, whatever they do, until the end of the transaction.
 */
export const isBuilding = async (
  client: PoolClient,
  { projection, number }: Generation,
): Promise<boolean> => {
  const { rows } = await client.query<{ status: string }>(
    'SELECT status FROM cells.generation WHERE projection = $1 AND number = $2 FOR KEY SHARE',
    [projection.name, number],
  );
  return rows[0]?.status === 'building';
};

/**
 * The generation for oneself: locks all parts, always in their order and before anything else, so that no two
 * wait for each other. @throws CheckpointMoved when the generation is gone
 */
export const lockParts = (client: PoolClient, generation: Generation): Promise<Locked> =>
  locked(client, generation);

/** The places at which the parts of a checkpoint stand, each once. */
export const placesOf = ({ position, parts = [position] }: Checkpoint): readonly bigint[] => [
  ...new Set(parts),
];

/** Compare-and-set. @throws CheckpointMoved when the part's checkpoint is not at `from` any more */
export const advanceCheckpoint = async (
  client: PoolClient,
  { projection, number, parts }: Generation,
  { part }: Part,
  from: Checkpoint,
  to: Checkpoint,
): Promise<void> => {
  const [table, own] =
    parts === whole.parts ? ['generation', []] : ['generation_part', [String(parts), String(part)]];
  const { rowCount } = await client.query(
    `UPDATE cells.${table}
     SET position = $4, epoch = $5, events = $6, repeats = $7, last_position = $8, last_event = $9
     WHERE projection = $1 AND number = $2 AND position = $3
       AND ${own.length === 0 ? 'parts = 1' : 'parts = $10 AND part = $11'}`,
    [projection.name, String(number), String(from.position), ...valuesOf(to), ...own],
  );
  if (rowCount !== 1) throw new CheckpointMoved(projection.name);
};

/** Puts a checkpoint in place for a generation of so many parts, instead of what there was. */
export const placeCheckpoint = async (
  client: PoolClient,
  { projection, number, parts }: Generation,
  at: Checkpoint,
): Promise<void> => {
  const own = [projection.name, number];
  await client.query('DELETE FROM cells.generation_part WHERE projection = $1 AND number = $2', own);
  await client.query(
    `UPDATE cells.generation SET position = $3, epoch = $4, events = $5, repeats = $6, last_position = $7,
       last_event = $8, parts = $9 WHERE projection = $1 AND number = $2`,
    [...own, ...valuesOf(parts === whole.parts ? at : { ...at, position: elsewhere }), parts],
  );
  if (parts === whole.parts) return;
  for (const { part } of partsOf(parts))
    await client.query(
      `INSERT INTO cells.generation_part
         (projection, number, position, epoch, events, repeats, last_position, last_event, parts, part)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [...own, ...valuesOf(part === 0 ? at : { ...at, events: 0n, repeats: 0n }), parts, part],
    );
};

/** In how many parts the generation in use is counted; 1 when there is none. */
export const partsInUse = async (
  client: Pick<PoolClient, 'query'>,
  { name }: Projection,
): Promise<number> => {
  const { rows } = await client.query<{ parts: number }>(
    "SELECT parts FROM cells.generation WHERE projection = $1 AND status = 'active'",
    [name],
  );
  return rows[0]?.parts ?? 1;
};
