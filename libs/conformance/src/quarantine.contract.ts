import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { QuarantinedRecord, QuarantineStore } from '@karnama/intake';

export type QuarantineHarness = { readonly store: QuarantineStore; readonly close: () => Promise<void> };

const idOf = (n: number): string => `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`;

const refused = (n: number, more: Partial<QuarantinedRecord> = {}): QuarantinedRecord => ({
  eventId: idOf(n),
  agency: 'br-mte',
  contract: 'movements',
  source: {
    topic: 'karnama.br-mte.movements',
    partition: 3,
    offset: String(9_007_199_254_740_993n + BigInt(n)),
  },
  receivedAt: '2026-02-01T08:00:00.123Z',
  submission: 'a1',
  file: 'روزانه.csv',
  line: n,
  problems: [{ code: 'unknown-area', field: 'area', value: 'x#' }],
  original: { key: null, value: `{"area":"X${n}\\u0000"}\u0000😀`, headers: { line: String(n) } },
  ...more,
});

/** Proves that an adapter keeps the promises of the port `QuarantineStore`. `open` gives an empty one. */
export const quarantineContract = (adapter: string, open: () => Promise<QuarantineHarness>): void => {
  describe(`QuarantineStore contract: ${adapter}`, () => {
    let harness: QuarantineHarness;
    beforeEach(async () => {
      harness = await open();
    }, 60_000);
    afterEach(() => harness.close(), 60_000);
    const numbersOf = async (query: object): Promise<readonly (number | null)[]> =>
      (await harness.store.list({ after: 0n, limit: 100, ...query })).map(({ line }) => line);

    it('gives a record back as it was sent', async () => {
      const tombstone = refused(2, {
        original: { key: 'k', value: null, headers: {} },
        submission: null,
        file: null,
        line: null,
      });
      await harness.store.put([refused(1), tombstone]);
      expect(await harness.store.get(idOf(1))).toEqual(refused(1));
      expect(await harness.store.get(idOf(2))).toEqual(tombstone);
    });

    it('knows nothing of what was never put', async () => {
      expect(await harness.store.get(idOf(1))).toBeUndefined();
      expect(await harness.store.get('no id at all')).toBeUndefined();
      await harness.store.put([]);
      expect(await numbersOf({})).toEqual([]);
    });

    it('keeps a record that is put again once, as it first was', async () => {
      await harness.store.put([refused(1)]);
      await harness.store.put([refused(1, { agency: 'other' }), refused(2)]);
      expect(await numbersOf({})).toEqual([1, 2]);
      expect((await harness.store.get(idOf(1)))?.agency).toBe('br-mte');
    });

    it('lists in the order of arrival, page by page, without the originals', async () => {
      await harness.store.put([refused(3), refused(1)]);
      await harness.store.put([refused(2)]);
      const [first, ...rest] = await harness.store.list({ after: 0n, limit: 2 });
      expect([first?.line, ...rest.map(({ line }) => line)]).toEqual([3, 1]);
      expect(first).not.toHaveProperty('original');
      const { original: _original, ...note } = refused(3);
      expect(first).toEqual({ ...note, number: first?.number });
      expect(await numbersOf({ after: rest[0]?.number ?? 0n })).toEqual([2]);
    });

    it('lists one agency, contract or submission alone', async () => {
      await harness.store.put([
        refused(1, { agency: 'labour-ministry' }),
        refused(2, { contract: 'movement-totals' }),
        refused(3, { submission: 'b2' }),
      ]);
      expect(await numbersOf({ agency: 'br-mte' })).toEqual([2, 3]);
      expect(await numbersOf({ contract: 'movements' })).toEqual([1, 3]);
      expect(await numbersOf({ agency: 'br-mte', submission: 'a1' })).toEqual([2]);
    });
  });
};
