import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  openDatabase,
  postgresCellStore,
  postgresChannel,
  postgresLedger,
  postgresQuarantine,
  type Database,
} from '@karnama/adapter-postgres';
import { catchUp } from '@karnama/cells';
import { usePostgres } from '@karnama/conformance';
import { describeProblem, isNationalId, latinDigits, loadContracts, type Contract } from '@karnama/contracts';
import { newestPseudonyms, publishFile, runIntake, type ChannelRecord } from '@karnama/intake';
import type { Json } from '@karnama/kernel';
import { createLog } from '@karnama/nest';
import { projections } from '@karnama/statistics';

const schemas = new URL('../../../schemas/contracts/', import.meta.url);
const contracts = await loadContracts(schemas.pathname);

type Fields = Readonly<Record<string, Json>>;

/** The check digit, worked out apart from the code under test by trying all ten. */
const idFrom = (nine: string): string =>
  Array.from({ length: 10 }, (_, digit) => `${nine}${digit}`).find(isNationalId) ?? '';

/** National ids that are used nowhere else; every third begins with zeros. */
const newIds = () => {
  const used: string[] = [];
  return {
    used,
    next: (): string => {
      const number = (used.length * 104_729 + 31_415_927) % 1_000_000_000;
      const id = idFrom(String(used.length % 3 === 0 ? number % 10_000_000 : number).padStart(9, '0'));
      used.push(id);
      return id;
    },
  };
};
const ids = newIds();

const inScript = (text: string, digits: string): string =>
  text.replace(/\d/g, (digit) => digits[Number(digit)] ?? '');
const persian = (text: string): string => inScript(text, '۰۱۲۳۴۵۶۷۸۹');
const arabic = (text: string): string => inScript(text, '٠١٢٣٤٥٦٧٨٩');

/** Ways in which people write one. */
const forms: readonly ((id: string) => string)[] = [
  (id) => id,
  persian,
  arabic,
  (id) => `${id.slice(0, 3)}-${id.slice(3, 9)}-${id.slice(9)}`,
  (id) => persian(`${id.slice(0, 3)} ${id.slice(3, 9)} ${id.slice(9)}`),
  (id) => [...id].join(' '),
];

const goodOf = (contract: Contract): readonly Fields[] => {
  const folder = new URL(`${contract.agency}/${contract.name}/v${contract.version}/examples/good/`, schemas);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Fields);
};

const isPersonal = (name: string, value: Json | undefined): boolean =>
  typeof value === 'string' && (name === 'national_id' || isNationalId(latinDigits(value)));

/** The record with persons of its own, in one script or another. */
const ofNewPersons = (record: Fields, write: (id: string) => string): Fields =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      isPersonal(name, value) && name !== 'workshop' ? write(ids.next()) : value,
    ]),
  );

/** Where ten bare digits may be what is meant: nothing can tell that they are somebody's. */
const holdTenDigits = ['workshop', 'predecessor', 'successor', 'wage', 'monthly_wage', 'value'];

/** The record with a person in the wrong place: every field in turn, as name and as value, bare and nested. */
const misplaced = (record: Fields): readonly unknown[] => {
  const own = ofNewPersons(record, (id) => id);
  const person = Object.entries(own).find(([name, value]) => isPersonal(name, value))?.[1];
  const written = forms.map((form) => form(ids.next()));
  return [
    ...Object.keys(record).flatMap((name) => [
      ...written.map((text) => ({ ...own, [name]: holdTenDigits.includes(name) ? `${text} ` : text })),
      { ...own, [name]: [written[0]] },
      { ...own, [name]: { id: written[1] } },
    ]),
    // but when they are those of the record's own person it shows
    ...['workshop', 'wage', 'monthly_wage']
      .filter((name) => name in record && person !== undefined)
      .map((name) => ({ ...own, [name]: person ?? null })),
    ...written.flatMap((text) => [
      { ...own, [text]: text },
      { ...own, father_name: `Rostam ${text}` },
      text,
      [text],
    ]),
  ];
};

const headersOf = (
  contract: Contract,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => ({
  contract: contract.name,
  'contract-version': '1',
  ...more,
});

/** Records with a person in each header in turn. */
const inHeaders = (contract: Contract, record: Fields): readonly ChannelRecord[] =>
  forms.flatMap((form) => {
    const value = JSON.stringify(ofNewPersons(record, (id) => id));
    const names = ['record-id', 'submission', 'file', 'line', 'record-version', 'contract', 'problems'];
    const problems = JSON.stringify([
      { code: 'bad-month', field: form(ids.next()), value: form(ids.next()) },
    ]);
    return [
      ...names.map((name) => ({
        key: null,
        value,
        headers: headersOf(contract, { [name]: form(ids.next()) }),
      })),
      { key: null, value: '{', headers: headersOf(contract, { file: `${form(ids.next())}.csv`, line: '7' }) },
      { key: null, value: '{', headers: headersOf(contract, { 'record-id': `a\n${form(ids.next())}` }) },
      { key: form(ids.next()), value, headers: headersOf(contract, { problems }) },
    ];
  });

const recordsOf = (contract: Contract): readonly ChannelRecord[] => {
  const good = goodOf(contract);
  const sent = good.flatMap((record, n) =>
    forms.slice(0, 3).map((form, m) => ({
      key: null,
      value: JSON.stringify(ofNewPersons(record, form)),
      headers: headersOf(contract, { 'record-id': `${contract.name}-${n}-${m}` }),
    })),
  );
  const refused = misplaced(good[0] ?? {}).map((value) => ({
    key: null,
    value: JSON.stringify(value),
    headers: headersOf(contract, {}),
  }));
  const corrected = sent.map((record) => ({
    ...record,
    headers: { ...record.headers, 'record-version': '2' },
  }));
  return [...sent, ...sent, ...corrected, ...refused, ...inHeaders(contract, good[0] ?? {})];
};

/** Finds an id in any script, with a blank, point or dash between any of its digits. */
const finder = (wanted: readonly string[]): ((text: string) => readonly string[]) => {
  const known = new Set(wanted);
  return (text) => {
    const found = new Set<string>();
    // overlapping runs: an id may begin inside a longer row of digits
    for (const [, run = ''] of latinDigits(text).matchAll(/(?=((?:\d[-. _\u200c]?){9}\d))/g)) {
      const digits = run.replace(/\D/g, '');
      if (known.has(digits)) found.add(digits);
    }
    return [...found];
  };
};

/** Every column of every table, as text. */
const tablesOf = async (database: Database): Promise<ReadonlyMap<string, string>> =>
  database.withClient(async (client) => {
    const { rows: columns } = await client.query<{ place: string; name: string }>(`
      SELECT format('%I.%I', table_schema, table_name) AS place, column_name AS name
        FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`);
    const contents = new Map<string, string>();
    for (const { place, name } of columns) {
      const { rows } = await client.query<{ all: string | null }>(
        `SELECT string_agg("${name}"::text, E'\\n') AS all FROM ${place}`,
      );
      contents.set(`${place}.${name}`, rows[0]?.all ?? '');
    }
    return contents;
  });

describe('a national id that was sent', () => {
  const postgres = usePostgres();
  const directory = mkdtempSync(join(tmpdir(), 'karnama-privacy-'));
  const lines: string[] = [];
  const told: string[] = [];
  let database: Database;
  let tables: ReadonlyMap<string, string>;
  let find: (text: string) => readonly string[];

  const tell = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      told.push(JSON.stringify(await work()) ?? '');
    } catch (error) {
      told.push(String(error), JSON.stringify(error));
    }
  };

  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase());
    const log = createLog({
      app: 'privacy',
      worker: '1',
      level: 'debug',
      destination: { write: (line) => void lines.push(line) },
    });
    const channel = postgresChannel(database, {
      onGivenUp: (topic, partition, error) =>
        log.error('a partition was given up', { topic, partition, error }),
    });
    const ledger = postgresLedger(database);
    const quarantine = postgresQuarantine(database, Buffer.alloc(32, 3));
    const pseudonymOf = newestPseudonyms([{ version: 1, master: Buffer.alloc(32, 5) }]);

    let published = 0;
    for (const contract of contracts.all.filter(({ agency }) => agency !== 'labour-ministry')) {
      const records = recordsOf(contract);
      published += await channel.publish(`karnama.${contract.agency}.${contract.name}`, records);
    }
    const [strange] = contracts.all;
    if (strange !== undefined)
      published += await channel.publish(
        'karnama.someone.else',
        inHeaders(strange, { national_id: ids.next() }),
      );

    // files: with a header, without one, and with persons in the header's names
    const starts = contracts.newest('employment-starts');
    if (starts === undefined) throw new Error('no contract');
    const rows = Array.from(
      { length: 5 },
      () => `s-1,${ids.next()},0183630045,${ids.next()},1404-01-01,IR-23,1404-02-01`,
    );
    const columns = 'spell,national_id,workshop,enterprise_id,start_day,area,reported_on';
    const wrong = [`${ids.next()},${ids.next()}`, `s-1,"${ids.next()}`];
    const files = {
      'good.csv': [columns, ...rows, ...wrong],
      'headless.csv': rows,
      'strange.csv': [`${columns},${ids.next()},${persian(ids.next())}`, ...rows.map((row) => `${row},1,2`)],
      'twice.csv': [`${columns},${rows[0]?.split(',')[1]},${rows[0]?.split(',')[1]}`, ...rows],
    };
    for (const [name, content] of Object.entries(files)) {
      const path = join(directory, name);
      writeFileSync(path, `${content.join('\n')}\n`);
      await tell(() => publishFile({ path, contract: starts, dryRun: true }));
      await tell(async () => {
        const outcome = await publishFile({ path, contract: starts, channel });
        published += outcome.published;
        return outcome;
      });
    }

    let taken = 0;
    const done = new AbortController();
    await runIntake({
      channel,
      ledger,
      contracts,
      pseudonymOf,
      quarantine,
      signal: done.signal,
      onBatch: (report) => {
        log.debug('taken in', {
          ...report,
          correlation: `${report.topic}/${report.partition}@${report.next}`,
        });
        taken += report.accepted + report.quarantined;
        if (taken >= published) done.abort();
      },
    });
    expect(taken).toBe(published);

    const store = postgresCellStore(database);
    for (const projection of projections) await catchUp(store, ledger, await store.open(projection), 5000);

    for (const note of await quarantine.list({ after: 0n, limit: 100_000 })) {
      told.push(
        JSON.stringify(note, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      );
      const mends = contracts.newest(note.contract)?.mends;
      told.push(JSON.stringify(note.problems.map((problem) => describeProblem(problem, mends))));
    }
    tables = await tablesOf(database);
    find = finder(ids.used);
  }, 300_000);

  afterAll(async () => {
    await database.close();
    rmSync(directory, { recursive: true });
  });

  it('stands in the channel, which holds what agencies sent as they sent it: so the search does find', () => {
    const channel = [...tables]
      .filter(([place]) => place.startsWith('public.channel_'))
      .map(([, text]) => text);
    const found = new Set(channel.flatMap((text) => find(text)));
    expect(ids.used.length).toBeGreaterThan(3000);
    expect(new Set(ids.used).size).toBe(ids.used.length);
    // what was only in files that were refused whole never came into the channel
    expect(found.size / ids.used.length).toBeGreaterThan(0.98);
  });

  it('stands in no other table: not in the ledger, the states, the cells or the notes of quarantine', () => {
    const others = [...tables].filter(([place]) => place !== 'public.channel_batch.records');
    const places = others.map(([place]) => place);
    expect(places).toEqual(
      expect.arrayContaining([
        'public.ledger_event.data',
        'public.ledger_event.metadata',
        'public.quarantine_record.problems',
      ]),
    );
    for (const [place, text] of others) expect([place, find(text)]).toEqual([place, []]);
  });

  it('is in ledger and states as the pseudonym of its person', () => {
    const pseudonyms = (text: string): number => new Set(text.match(/[pr]1_[a-z2-7]{26}/g)).size;
    expect(pseudonyms(tables.get('public.ledger_event.data') ?? '')).toBeGreaterThan(300);
    expect(pseudonyms(tables.get('public.ledger_event.metadata') ?? '')).toBeGreaterThan(100);
    const states = [...tables].filter(([place]) => /state/.test(place)).map(([, text]) => text);
    expect(pseudonyms(states.join('\n'))).toBeGreaterThan(100);
  });

  it('stands in no log line, error, listing or explanation', () => {
    expect(lines.length).toBeGreaterThan(30);
    expect(told.length).toBeGreaterThan(1000);
    for (const text of [...lines, ...told]) expect([text, find(text)]).toEqual([text, []]);
  });
});
