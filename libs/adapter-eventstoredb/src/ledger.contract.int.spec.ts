import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe } from '@jest/globals';
import {
  ledgerContract,
  ledgerInSharedStore,
  startEventStoreStandIn,
  type EventStoreStandIn,
} from '@karnama/conformance';
import { eventStoreLedger } from './ledger.js';

describe.each([
  ['BatchAppend', true],
  ['Append, as nodes without BatchAppend', false],
])('with %s', (way, batchAppend) => {
  let server: EventStoreStandIn;
  beforeAll(async () => {
    // beyond 2^53, so that a position that went through a number would show
    server = await startEventStoreStandIn({ batchAppend, firstPosition: 2n ** 53n + 1n });
  });
  afterAll(() => server.stop());

  ledgerContract(`EventStoreDB stand-in, ${way}`, async () => {
    server.control.forget();
    const ledger = eventStoreLedger({ url: server.url });
    return { ledger, close: () => ledger.close() };
  });
});

/** A real server is not emptied between tests, so the suite runs behind whatever is in it. */
const sharedStore = async (url: string) => {
  const ledger = eventStoreLedger({ url });
  return {
    ledger: await ledgerInSharedStore(ledger, `conformance-${randomUUID()}-`),
    close: () => ledger.close(),
  };
};

describe('in a store that holds other events', () => {
  let server: EventStoreStandIn;
  beforeAll(async () => {
    server = await startEventStoreStandIn();
  });
  afterAll(() => server.stop());
  ledgerContract('EventStoreDB stand-in, shared store', () => sharedStore(server.url));
});

const real = process.env['KARNAMA_EVENTSTOREDB_URL'];
if (real !== undefined) ledgerContract('EventStoreDB server', () => sharedStore(real));
