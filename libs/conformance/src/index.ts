export { usePostgres, type TestPostgres } from './postgres.js';
export { cellStoreContract, type CellStoreHarness } from './cell-store.contract.js';
export { ledgerContract, type LedgerHarness } from './ledger.contract.js';
export { numbersOf, range, sampleRecords, startConsumer, type RunningConsumer } from './channel-samples.js';
export { channelContract, type ChannelHarness } from './channel.contract.js';
export { quarantineContract, type QuarantineHarness } from './quarantine.contract.js';
export { fedEvent, recorded } from './feed.js';
export {
  startEventStoreStandIn,
  type EventStoreControl,
  type EventStoreStandIn,
  type EventStoreStandInOptions,
} from './eventstoredb/stand-in.js';
export type { AppendFault, ReadFault, SubscriptionFault } from './eventstoredb/faults.js';
export { describeWithKafka, useKafka, whyNoKafka, type TestKafka, type TestKafkaOptions } from './kafka.js';
export { ledgerInSharedStore } from './eventstoredb/ledger-in-shared-store.js';
export { chromiumPath, hasChromium, launchChromium } from './browser.js';
export {
  startTokenEndpoint,
  unsignedToken,
  type TokenEndpoint,
  type TokenEndpointOptions,
  type TokenRequest,
} from './token-endpoint.js';
