import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Ledger } from '@karnama/ledger';
import { ledgerAppendContract } from './ledger-append.contract.js';
import { ledgerReadContract } from './ledger-read.contract.js';
import { ledgerSubscribeContract } from './ledger-subscribe.contract.js';

export type LedgerHarness = { readonly ledger: Ledger; readonly close: () => Promise<void> };

/**
 * Proves that an adapter keeps every promise of the port `Ledger`. `open` gives an empty ledger of
 * its own each time.
 */
export const ledgerContract = (adapter: string, open: () => Promise<LedgerHarness>): void => {
  describe(`Ledger contract: ${adapter}`, () => {
    let harness: LedgerHarness;
    beforeEach(async () => {
      harness = await open();
    }, 60_000);
    afterEach(() => harness.close(), 60_000);

    it('is empty in the beginning', async () => {
      const { ledger } = harness;
      expect(await ledger.head()).toBe(0n);
      expect(await ledger.readAll(0n, {}, 10)).toEqual({ events: [], position: 0n, caughtUp: true });
      expect(await ledger.readStream('nothing-here', 0n, 10)).toEqual([]);
      expect(await ledger.lastEvent('nothing-here')).toBeUndefined();
    });

    const ledger = () => harness.ledger;
    ledgerAppendContract(ledger);
    ledgerReadContract(ledger);
    ledgerSubscribeContract(ledger);
  });
};
