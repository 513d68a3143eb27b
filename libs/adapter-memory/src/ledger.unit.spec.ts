import { ledgerContract } from '@karnama/conformance';
import { memoryLedger } from './ledger.js';

ledgerContract('memory', async () => ({ ledger: memoryLedger(), close: async () => undefined }));
