import { cellStoreContract } from '@karnama/conformance';
import { memoryCellStore } from './cell-store.js';

cellStoreContract('memory', async () => ({ store: memoryCellStore(), close: async () => undefined }));
