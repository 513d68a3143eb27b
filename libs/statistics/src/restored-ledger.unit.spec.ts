import { describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { catchUp, rebuild, runProjector } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import type { Ledger } from '@karnama/ledger';
import { movementsProjection } from './dataflows/movements.js';

const total = (hires: number) => ({ area: 'IR', month: '1404-01', hires, separations: 0 });

const append = (ledger: Ledger, number: number, hires: number) =>
  ledger.append([
    {
      stream: 'feed_a_b-0',
      expected: 'any',
      events: [fedEvent(number, 'MovementTotalDeclared', total(hires))],
    },
  ]);

describe('a ledger restored from an older backup', () => {
  const restored = async () => {
    const [before, after, store] = [memoryLedger(), memoryLedger(), memoryCellStore()];
    for (const ledger of [before, after]) await append(ledger, 1, 10);
    await append(before, 2, 20);
    await catchUp(store, before, await store.open(movementsProjection), 10);
    return { after, store };
  };

  it('is refused by the projector, not stepped over, when it ends before the checkpoint', async () => {
    const { after, store } = await restored();
    const signal = AbortSignal.timeout(10_000);
    const running = runProjector({ store, ledger: after, projection: movementsProjection, signal });
    await expect(running).rejects.toMatchObject({ code: 'ledger-restored' });
  });

  it('is refused too when it has grown past the checkpoint with other events', async () => {
    const { after, store } = await restored();
    await append(after, 3, 30);
    await append(after, 4, 40);
    const counting = catchUp(store, after, await store.open(movementsProjection), 10);
    await expect(counting).rejects.toMatchObject({ code: 'ledger-restored' });
  });

  it('is counted anew by a rebuild, also when it is shorter than what was counted', async () => {
    const { after, store } = await restored();
    const fresh = await rebuild(store, after, movementsProjection);
    expect((await store.open(movementsProjection)).number).toBe(fresh.number);
    expect((await store.checkpoint(fresh)).position).toBe(1n);
  });
});
