export { usePostgres, type TestPostgres } from './postgres.js';
export { cellStoreContract, type CellStoreHarness } from './cell-store.contract.js';
export { ledgerContract, type LedgerHarness } from './ledger.contract.js';
