import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { quarantineContract, usePostgres } from '@karnama/conformance';
import type { QuarantinedRecord } from '@karnama/intake';
import { openDatabase, type Database } from './database.js';
import { postgresQuarantine } from './quarantine.js';

const secret: QuarantinedRecord = {
  eventId: '0b7a4c1e-5d2f-5a3b-8c4d-000000000001',
  agency: 'labour-ministry',
  contract: 'movements',
  source: { topic: 'karnama.labour-ministry.movements', partition: 0, offset: '0' },
  receivedAt: '2026-02-01T08:00:00.000Z',
  submission: null,
  file: null,
  line: null,
  problems: [{ code: 'invalid-json', field: null, value: null }],
  original: { key: '0012345678', value: 'Maryam Mirzakhani', headers: { note: 'Kerman' } },
};

describe('on a real server', () => {
  const postgres = usePostgres();

  quarantineContract('PostgreSQL', async () => {
    const database = await openDatabase(await postgres.freshDatabase());
    return { store: postgresQuarantine(database, randomBytes(32)), close: database.close };
  });

  const opened = async (work: (database: Database) => Promise<void>): Promise<void> => {
    const database = await openDatabase(await postgres.freshDatabase());
    try {
      await work(database);
    } finally {
      await database.close();
    }
  };

  it(
    'nothing that was sent stands readable in the database',
    () =>
      opened(async (database) => {
        await postgresQuarantine(database, randomBytes(32)).put([secret]);
        const { rows } = await database.withClient((client) =>
          client.query<{ all: string; original: Buffer }>(
            'SELECT q::text AS all, original FROM quarantine_record q',
          ),
        );
        for (const part of ['Maryam', '0012345678', 'Kerman']) {
          expect(rows[0]?.all).not.toContain(part);
          expect(rows[0]?.all).not.toContain(Buffer.from(part).toString('hex'));
        }
      }),
    60_000,
  );

  it(
    'an original is unreadable under another key, under another event, and when it was changed',
    () =>
      opened(async (database) => {
        const key = randomBytes(32);
        const store = postgresQuarantine(database, key);
        await store.put([secret, { ...secret, eventId: '0b7a4c1e-5d2f-5a3b-8c4d-000000000002' }]);
        const unreadable = { code: 'quarantine-unreadable' };
        await expect(postgresQuarantine(database, randomBytes(32)).get(secret.eventId)).rejects.toMatchObject(
          unreadable,
        );
        const change = (sql: string) => database.withClient((client) => client.query(sql));
        await change(
          `UPDATE quarantine_record SET original = (SELECT original FROM quarantine_record WHERE number = 2) WHERE number = 1`,
        );
        await expect(store.get(secret.eventId)).rejects.toMatchObject(unreadable);
        await change(
          `UPDATE quarantine_record SET original = set_byte(original, 40, get_byte(original, 40) # 1) WHERE number = 2`,
        );
        await expect(store.get('0b7a4c1e-5d2f-5a3b-8c4d-000000000002')).rejects.toMatchObject(unreadable);
        expect(() => postgresQuarantine(database, randomBytes(16))).toThrow('32 bytes');
      }),
    60_000,
  );
});
