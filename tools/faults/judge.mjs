/** Whether everything is right, once everything is quiet. */
import { feedOf } from '@karnama/intake';
import { figuresOf, identityOf } from './records.mjs';
import { SPLIT } from './splitting.mjs';
import { eventually } from './wait.mjs';

const partitionOf = (place) => {
  const at = place.lastIndexOf('/');
  return { topic: place.slice(0, at), partition: Number(place.slice(at + 1)) };
};

/** What is still behind: the partitions that are not taken in, then the projections that are not at the head. */
const behind = async (stack, stores) => {
  const waiting = [];
  for (const [place, end] of await stack.ends()) {
    const { topic, partition } = partitionOf(place);
    const at = await stores.takenIn(feedOf(topic, partition, stack.prefix).stream);
    if (at !== end) waiting.push(`${place} is taken in up to ${at} of ${end}`);
  }
  if (waiting.length > 0) return waiting;
  const head = await stores.head();
  for (const [name, position] of await stores.checkpoints())
    if (position < head) waiting.push(`${name} is at ${position} of ${head}`);
  return waiting;
};

/** Until all records are in the ledger and counted. */
export const untilSettled = async (stack, withinMs) => {
  let waiting = [];
  const look = async () => {
    waiting = await behind(stack, await stack.stores());
    if (waiting.length > 0) throw new Error(waiting.join('; '));
    return true;
  };
  await eventually('settled', look, withinMs);
};

/** Each offset of each partition once in the ledger, in the stream of its feed; acknowledged records as published. */
const balance = (stack, ends, events) => {
  let [lost, doubled] = [0, 0];
  const problems = [];
  const seen = new Set();
  for (const [place, end] of ends) {
    const { topic, partition } = partitionOf(place);
    const { stream } = feedOf(topic, partition, stack.prefix);
    for (let offset = 0; offset < end; offset++) {
      const key = `${place}/${offset}`;
      const found = events.get(key) ?? [];
      seen.add(key);
      if (found.length === 0 && lost++ < 3) problems.push(`lost: ${key}`);
      if (found.length > 1 && doubled++ < 3) problems.push(`doubled: ${key}`);
      if (found.some((event) => event.stream !== stream)) problems.push(`${key} stands in a foreign stream`);
    }
  }
  for (const key of events.keys()) if (!seen.has(key)) problems.push(`${key} is in the ledger alone`);
  for (const [key, n] of stack.acknowledged) {
    const [event] = events.get(key) ?? [];
    if (!seen.has(key) && lost++ < 3) problems.push(`acknowledged, and not in the topic: ${key}`);
    const { recordId, recordVersion } = identityOf(n);
    if (event !== undefined && (event.recordId !== recordId || event.recordVersion !== recordVersion))
      problems.push(`${key} is not record ${n}`);
  }
  return { lost, doubled, problems: problems.slice(0, 8) };
};

/** Each event once in what has been counted. One that is counted again changes no cell: only this number tells. */
const counts = async (stores, events) => {
  const told = [...events.values()].flat().filter(({ type }) => type !== 'RecordQuarantined').length;
  const { events: counted } = await stores.checkpoint(SPLIT);
  return counted === BigInt(told) ? [] : [`${SPLIT} has counted ${counted} events, not ${told}`];
};

const json = async (url) => {
  const answer = await fetch(url);
  if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`);
  return answer.json();
};

/** What the API publishes against what was published. */
const publishedFigures = async (stack, records, events) => {
  const { intake, projections } = await json(`${stack.api()}/api/status`);
  const quarantined = [...events.values()].filter(([{ type }]) => type === 'RecordQuarantined').length;
  const problems = [];
  const expect = (what, found, wanted) => {
    if (found !== wanted) problems.push(`${what} is ${found}, not ${wanted}`);
  };
  expect('received', intake.received, records);
  expect('accepted + quarantined', intake.accepted + intake.quarantined, records);
  expect('quarantined', intake.quarantined, quarantined);
  for (const { name, lag } of projections) expect(`lag of ${name}`, lag, 0);
  const { rows } = await json(`${stack.api()}/api/data/MOVEMENTS?measure=hires,separations`);
  const wanted = figuresOf(stack.published);
  expect('hires', rows[0]?.hires ?? 0, wanted.hires);
  expect('separations', rows[0]?.separations ?? 0, wanted.separations);
  return problems;
};

/**
 * The verdict over everything that this stack has taken in since it was started.
 * @returns {Promise<{ records: number, lost: number, doubled: number, differing: number, problems: string[] }>}
 */
export const judge = async (stack, settleMs) => {
  const problems = [];
  await untilSettled(stack, settleMs).catch((error) => problems.push(error.message));
  const stores = await stack.stores();
  const ends = await stack.ends();
  const events = await stores.eventsBySource();
  const records = [...ends.values()].reduce((sum, end) => sum + end, 0);
  const { differing, differences } = await stores.recount().catch((error) => {
    problems.push(`no recount: ${error.message}`);
    return { differing: 0, differences: [] };
  });
  const { lost, doubled, problems: unbalanced } = balance(stack, ends, events);
  problems.push(...unbalanced, ...differences.map((cell) => `differs: ${cell.table} ${cell.cell}`));
  problems.push(...(await counts(stores, events)));
  const published = () => publishedFigures(stack, records, events).catch((error) => [error.message]);
  const isRight = async () => (await published()).length === 0;
  // the API may be starting just now
  await eventually('the API right', isRight, problems.length > 0 ? 1_000 : 20_000).catch(async () =>
    problems.push(...(await published())),
  );
  return { records, lost, doubled, differing, problems };
};
