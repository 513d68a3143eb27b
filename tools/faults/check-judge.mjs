/**
 * What is wrong on purpose: a judge that misses any of it is worth nothing. `npm run test:faults -- --check-judge`
 * brings these about instead of the faults, and expects each to be seen.
 */
import { SPLIT } from './splitting.mjs';
import { pause } from './wait.mjs';

const published = async (producer, more) => {
  const before = producer.published();
  while (producer.published() < before + more) await pause(100);
};

/** One row changed, in the middle of the work. */
const change =
  (statement) =>
  async ({ stack, producer }) => {
    await published(producer, 500);
    const { database } = await stack.stores();
    const { rowCount } = await database.withClient((client) => client.query(statement));
    if (rowCount !== 1) throw new Error('nothing was changed');
    await published(producer, 500);
  };

/** The same for one of two parts. */
const changePart = (statement) => async (context) => {
  const stores = await context.stack.stores();
  await stores.split(SPLIT, 2);
  await change(`UPDATE cells.generation_part ${statement} WHERE projection = '${SPLIT}' AND part = 1`)(
    context,
  );
};

const onlyOnce = { quick: [{}], full: [{}], settleMs: 10_000 };

/** `sees`: the column of the table that must not be 0, or what one of the problems must say. */
export const WRONGS = [
  {
    name: 'lost-event',
    title: 'an event is gone',
    sees: 'lost',
    bring: change('DELETE FROM ledger_event WHERE position = 100'),
  },
  {
    name: 'doubled-event',
    title: 'an event is there twice',
    sees: 'doubled',
    bring: change(`
      INSERT INTO ledger_event
      SELECT 1000000, stream_id, 1000000, type_id, gen_random_uuid(), data, metadata
        FROM ledger_event WHERE position = 100`),
  },
  {
    name: 'wrong-cell',
    title: 'a cell is one too high',
    sees: 'differing',
    bring: change(`
      UPDATE cells.cell_movements_1 SET m_hires = m_hires + 1
       WHERE ctid = (SELECT ctid FROM cells.cell_movements_1 LIMIT 1)`),
  },
  {
    name: 'skipped-events',
    title: 'a checkpoint has passed events',
    sees: 'differing',
    bring: change(`
      UPDATE cells.generation SET position = position + 50
       WHERE projection = 'intake' AND status = 'active'`),
  },
  {
    name: 'part-skips',
    title: 'a part has passed events',
    sees: 'differing',
    bring: changePart('SET position = position + 50'),
  },
  {
    name: 'part-repeats',
    title: 'a part has counted events twice',
    sees: /has counted \d+ events, not/,
    bring: changePart('SET position = position - 50'),
  },
].map((wrong) => ({ ...wrong, ...onlyOnce }));

const isSeen = ({ problems, ...row }, sees) =>
  sees instanceof RegExp ? problems.some((problem) => sees.test(problem)) : row[sees] > 0;

/** The verdict turned round: what was planted must have been seen. */
export const seenOf = (row) => {
  const { sees } = WRONGS.find(({ title }) => title === row.title);
  return { ...row, verdict: isSeen(row, sees) ? 'passed' : 'FAILED' };
};
