import { expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import { partsOf } from '@karnama/cells';
import { createIndicators } from './service.js';
import { keptDataflow } from '../catalogue.js';

it('says of another state as soon as any part of a projection has moved', async () => {
  const store = memoryCellStore();
  const { stamp } = createIndicators({ store, releases: async () => [], calendar: 'jalali' });
  const { projection } = keptDataflow('JOBS', 'jalali');
  await store.resplit(await store.open(projection), 2);
  const generation = await store.open(projection);
  const stamps = [await stamp(['JOBS'])];
  for (const part of partsOf(2)) {
    const from = await store.checkpoint(generation, part);
    await store.transact(generation, (tx) => tx.advance(from, { ...from, position: 3n }), part);
    stamps.push(await stamp(['JOBS']));
  }
  expect(stamps).toEqual(['0,0', '3,0', '3,3'].map((at) => `${projection.name}/1@${at}/1`));
});
