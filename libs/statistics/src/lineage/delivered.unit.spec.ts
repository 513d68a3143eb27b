import { describe, expect, it } from '@jest/globals';
import type { RecordSource } from '@karnama/kernel';
import { deliveryCounter } from './delivered.js';

const source = (contract: string, position: string, withdrawn = false): RecordSource => ({
  agency: 'a',
  contract,
  recordId: position,
  version: 1,
  position,
  withdrawn,
});

describe('records behind a figure', () => {
  it('are counted by agency and contract, entities once for each', () => {
    const counter = deliveryCounter(10n);
    counter.add([source('starts', '3'), source('starts', '11'), source('ends', '12', true)]);
    counter.add([source('starts', '10')]);
    expect(counter.counts()).toEqual([
      { agency: 'a', contract: 'ends', entities: 1, records: 1, withdrawn: 1, since: 1 },
      { agency: 'a', contract: 'starts', entities: 2, records: 3, withdrawn: 0, since: 1 },
    ]);
  });

  it('are not told apart by a position that nobody asked about', () => {
    const counter = deliveryCounter();
    counter.add([source('starts', '3')]);
    expect(counter.counts()[0]?.since).toBeNull();
  });
});
