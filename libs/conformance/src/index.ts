export { usePostgres, type TestPostgres } from './postgres.js';
export { cellStoreContract, type CellStoreHarness } from './cell-store.contract.js';
