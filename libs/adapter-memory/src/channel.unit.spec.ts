import { channelContract } from '@karnama/conformance';
import { memoryChannel } from './channel.js';

channelContract('memory', async () => ({
  channel: memoryChannel({ retryMs: 5 }),
  close: async () => undefined,
}));

channelContract('memory, several partitions', async () => ({
  channel: memoryChannel({ partitions: 4, retryMs: 5 }),
  close: async () => undefined,
}));
