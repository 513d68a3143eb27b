/** Projectors killed while they share one projection, whose parts become more and fewer meanwhile. */
import { eventually, pause } from './wait.mjs';

/** The projection that is split: the one that counts the records that are published. */
export const SPLIT = 'movements';

const PROJECTORS = ['projector-1', 'projector-2'];
const ATTEMPTS = 6;

/** Two and three in turns: what was a part is none any more, and most entities are in another one. */
const otherThan = (parts) => (parts === 2 ? 3 : 2);

/** How many parts a projector keeps up: 0 while it seeks its first one, undefined before it does. */
const heldBy = async ({ apps }, name) => {
  const url = apps.urlOf(name, 'metrics');
  if (url === undefined) return undefined;
  const samples = await (await fetch(`${url}/metrics`)).text();
  const held = new RegExp(`^karnama_projection_held\\{.*projection="${SPLIT}".*\\} (\\d+)$`, 'm').exec(
    samples,
  );
  return held === null ? undefined : Number(held[1]);
};

const heldByEach = (stack) =>
  Promise.all(PROJECTORS.map((name) => heldBy(stack, name).catch(() => undefined)));

/** Whether every part is kept up, and every projector has one. */
const isShared = async (stack, parts) => {
  const held = await heldByEach(stack);
  return held.every((count) => count > 0) && held.reduce((sum, count) => sum + count) === parts;
};

const split = async (stack, parts) => {
  await (await stack.stores()).split(SPLIT, parts);
  return parts;
};

/** Until each part has counted something that it had not when this was called. */
const untilEachCounts = async (stack) => {
  const stores = await stack.stores();
  const before = (await stores.checkpoint(SPLIT)).parts;
  await eventually('every part counted on', async () =>
    (await stores.checkpoint(SPLIT)).parts.every((position, part) => position > before[part]),
  );
};

/**
 * Until the projectors share the projection. One that came back too late has found every part taken, and gets
 * one only when the projection is split otherwise.
 * @returns the number of parts then
 */
const untilShared = async (stack, before) => {
  const areSeeking = async () => (await heldByEach(stack)).every((count) => count !== undefined);
  await eventually(`every projector seeking ${SPLIT}`, areSeeking);
  let parts = before;
  for (let attempt = 1; !(await isShared(stack, parts)); attempt++) {
    if (attempt > ATTEMPTS) throw new Error(`${SPLIT} was split ${ATTEMPTS} times, and never shared`);
    parts = await split(stack, otherThan(parts));
    await eventually('shared', () => isShared(stack, parts), 8_000).catch(() => undefined);
  }
  await untilEachCounts(stack);
  return parts;
};

/**
 * `rounds` times: one projector is killed while both share the projection, then the other one, who may have
 * taken over by then or not, while the projection is being split otherwise.
 */
export const killWhileSplit = async ({ stack, kill, random, afterSettling, problem }, { rounds }) => {
  const killSurely = (name) => eventually(`${name} killed`, async () => kill(name));
  let parts = 1;
  for (let round = 1; round <= rounds; round++) {
    parts = await untilShared(stack, parts);
    await pause(random.between(0, 600));
    const first = random.pick(PROJECTORS);
    await killSurely(first);
    await pause(random.between(0, 2_500));
    const splitting = split(stack, otherThan(parts));
    // its failure is told when it is awaited
    splitting.catch(() => undefined);
    await pause(random.between(0, 200));
    await killSurely(PROJECTORS.find((name) => name !== first));
    parts = await splitting;
  }
  afterSettling(async () => {
    const { parts: judged = [] } = await (await stack.stores()).checkpoint(SPLIT);
    if (judged.length !== parts) problem(`${SPLIT} was judged in ${judged.length} parts, not in ${parts}`);
    // the next fault finds it whole, as it does when it is repeated alone
    await split(stack, 1);
  });
};
