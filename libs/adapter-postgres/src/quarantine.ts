import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type {
  ListedNote,
  QuarantinedOriginal,
  QuarantinedRecord,
  QuarantineNote,
  QuarantineQuery,
  QuarantineStore,
} from '@karnama/intake';
import { KarnamaError } from '@karnama/kernel';
import type { Database } from './database.js';

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

/** format (1 byte) · nonce · tag · ciphertext; bound to its event, so that originals cannot be exchanged. */
const sealed = (key: Buffer, eventId: string, original: QuarantinedOriginal): Buffer => {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(eventId));
  const text = Buffer.concat([cipher.update(JSON.stringify(original), 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), text]);
};

const unsealed = (key: Buffer, eventId: string, bytes: Buffer): QuarantinedOriginal => {
  try {
    if (bytes[0] !== FORMAT) throw new Error(`format ${bytes[0]} is not known`);
    const nonce = bytes.subarray(1, 1 + NONCE);
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG })
      .setAAD(Buffer.from(eventId))
      .setAuthTag(bytes.subarray(1 + NONCE, 1 + NONCE + TAG));
    const text = Buffer.concat([decipher.update(bytes.subarray(1 + NONCE + TAG)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as QuarantinedOriginal;
  } catch (cause) {
    throw new KarnamaError(
      'quarantine-unreadable',
      `the original of ${eventId} cannot be decrypted`,
      'use the key that it was kept with',
      { cause },
    );
  }
};

type Row = {
  number: string;
  event_id: string;
  agency: string;
  contract: string;
  topic: string;
  partition: number;
  source_offset: string;
  received_at: string;
  submission: string | null;
  file: string | null;
  line: number | null;
  problems: QuarantineNote['problems'];
};

const NOTE =
  'number, event_id, agency, contract, topic, partition, source_offset, received_at, submission, file, line, problems';

const noteOf = (row: Row): QuarantineNote => ({
  eventId: row.event_id,
  agency: row.agency,
  contract: row.contract,
  source: { topic: row.topic, partition: row.partition, offset: row.source_offset },
  receivedAt: row.received_at,
  submission: row.submission,
  file: row.file,
  line: row.line,
  problems: row.problems,
});

const INSERT = `
  INSERT INTO quarantine_record
    (event_id, agency, contract, topic, partition, source_offset, received_at, submission, file, line, problems, original)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::bigint[],
    $7::text[], $8::text[], $9::text[], $10::int[], $11::json[], $12::bytea[])
  ON CONFLICT (event_id) DO NOTHING`;

const columnsOf = (records: readonly QuarantinedRecord[], key: Buffer): unknown[] => [
  records.map((record) => record.eventId),
  records.map((record) => record.agency),
  records.map((record) => record.contract),
  records.map((record) => record.source.topic),
  records.map((record) => record.source.partition),
  records.map((record) => record.source.offset),
  records.map((record) => record.receivedAt),
  records.map((record) => record.submission),
  records.map((record) => record.file),
  records.map((record) => record.line),
  records.map((record) => JSON.stringify(record.problems)),
  records.map((record) => sealed(key, record.eventId, record.original)),
];

const LIST = `
  SELECT ${NOTE} FROM quarantine_record
  WHERE number > $1
    AND ($2::text IS NULL OR agency = $2)
    AND ($3::text IS NULL OR contract = $3)
    AND ($4::text IS NULL OR submission = $4)
  ORDER BY number LIMIT $5`;

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/**
 * Quarantine in PostgreSQL. Originals are encrypted with AES-256-GCM under `key` (32 bytes), each with a
 * random nonce and tied to its event id. @throws KarnamaError `bad-key` when the key has another length
 */
export const postgresQuarantine = (database: Database, key: Buffer): QuarantineStore => {
  if (key.length !== 32) throw new KarnamaError('bad-key', 'the quarantine key must have 32 bytes');
  return {
    put: async (records) => {
      if (records.length === 0) return;
      await database.withClient((client) => client.query(INSERT, columnsOf(records, key)));
    },
    list: async ({
      after,
      agency,
      contract,
      submission,
      limit,
    }: QuarantineQuery): Promise<readonly ListedNote[]> => {
      const values = [after, agency ?? null, contract ?? null, submission ?? null, limit];
      const { rows } = await database.withClient((client) => client.query<Row>(LIST, values));
      return rows.map((row) => ({ ...noteOf(row), number: BigInt(row.number) }));
    },
    get: async (eventId) => {
      if (!isUuid(eventId)) return undefined;
      const query = `SELECT ${NOTE}, original FROM quarantine_record WHERE event_id = $1`;
      const { rows } = await database.withClient((client) =>
        client.query<Row & { original: Buffer }>(query, [eventId]),
      );
      const [row] = rows;
      return row && { ...noteOf(row), original: unsealed(key, row.event_id, row.original) };
    },
  };
};
