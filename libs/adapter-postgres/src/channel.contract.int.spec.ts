import { afterAll, beforeAll, describe } from '@jest/globals';
import { channelContract, usePostgres } from '@karnama/conformance';
import { postgresChannel } from './channel.js';
import { openDatabase, type Database } from './database.js';

describe('on a real server', () => {
  const postgres = usePostgres();
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase());
  }, 60_000);
  afterAll(() => database.close());

  const open = (partitions: number) => async () => {
    await database.dataSource.query(
      'TRUNCATE channel_topic, channel_partition, channel_batch, channel_producer RESTART IDENTITY',
    );
    return { channel: postgresChannel(database, { partitions, retryMs: 20 }), close: async () => undefined };
  };

  channelContract('PostgreSQL', open(1));
  channelContract('PostgreSQL, several partitions', open(4));
});
