import { afterEach, beforeEach, describe } from '@jest/globals';
import type { Channel } from '@karnama/intake';
import { channelConsumeContract } from './channel-consume.contract.js';
import { channelPublishContract } from './channel-publish.contract.js';

export type ChannelHarness = { readonly channel: Channel; readonly close: () => Promise<void> };

/**
 * Proves that an adapter keeps every promise of the port `Channel`. `open` gives an empty channel of
 * its own each time, with short pauses before a redelivery.
 */
export const channelContract = (adapter: string, open: () => Promise<ChannelHarness>): void => {
  describe(`Channel contract: ${adapter}`, () => {
    let harness: ChannelHarness;
    beforeEach(async () => {
      harness = await open();
    }, 60_000);
    afterEach(() => harness.close(), 60_000);

    const channel = () => harness.channel;
    channelPublishContract(channel);
    channelConsumeContract(channel);
  });
};
