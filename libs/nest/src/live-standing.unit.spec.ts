import { expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { partsOf } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import { movementsProjection } from '@karnama/statistics';
import { liveStandingOf } from './live-standing.js';

it('tells of another state as soon as any part of a projection has moved', async () => {
  const [ledger, cells] = [memoryLedger(), memoryCellStore()];
  const total = { area: 'IR', month: '1404-01', hires: 1, separations: 0 };
  const events = [fedEvent(1, 'MovementTotalDeclared', total)];
  await ledger.append([{ stream: 'feed_a_b-0', expected: 'any', events }]);
  const tell = liveStandingOf({ ledger, cells, projections: [movementsProjection] });
  const states = async () => (await tell()).projections.map(({ position, state }) => [position, state]);
  await tell();
  await cells.resplit(await cells.open(movementsProjection), 2);
  const generation = await cells.open(movementsProjection);
  const told = [await states()];
  for (const part of partsOf(2)) {
    const from = await cells.checkpoint(generation, part);
    await cells.transact(generation, (tx) => tx.advance(from, { ...from, position: 1n }), part);
    told.push(await states());
  }
  expect(told).toEqual([[['0', '1/1/0,0']], [['0', '1/1/1,0']], [['1', '1/1/1,1']]]);
});
