export { usePostgres, type TestPostgres } from './postgres.js';
export { cellStoreContract, type CellStoreHarness } from './cell-store.contract.js';
export { ledgerContract, type LedgerHarness } from './ledger.contract.js';
export { channelContract, type ChannelHarness } from './channel.contract.js';
export { quarantineContract, type QuarantineHarness } from './quarantine.contract.js';
export { fedEvent, recorded } from './feed.js';
