export { memoryCellStore } from './cell-store.js';
