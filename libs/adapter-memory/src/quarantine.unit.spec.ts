import { quarantineContract } from '@karnama/conformance';
import { memoryQuarantine } from './quarantine.js';

quarantineContract('memory', async () => ({ store: memoryQuarantine(), close: async () => undefined }));
