import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import { memoryChannel } from '@karnama/adapter-memory';
import { loadContracts, type Contract } from '@karnama/contracts';
import { Unavailable } from '@karnama/kernel';
import type { Channel, ReceivedRecord } from './channel.js';
import { publishFile, type FileDelivery, type FileOutcome } from './file-gateway.js';
import { compileMapping, mappingForContract } from './mapping.js';
import type { Progress } from './progress.js';

const contracts = await loadContracts(new URL('../../../schemas/contracts', import.meta.url).pathname);
const movements = contracts.find('movements', 1) as Contract;
const totals = contracts.find('movement-totals', 1) as Contract;

const folder = mkdtempSync(join(tmpdir(), 'karnama-files-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (content: string | Buffer, name = 'records.csv'): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const topic = 'karnama.labour-ministry.movements';
const header = 'effective_month,declared_month,direction,area\n';
const row = '1404-09,1404-10,hire,IR-23\n';

/** Everything that a channel holds of a topic, in order. */
const heldBy = async (channel: Channel, of = topic): Promise<readonly ReceivedRecord[]> => {
  const held: ReceivedRecord[] = [];
  const ends = (await channel.topics(of)).flatMap(({ partitions }) => partitions.map(({ end }) => end));
  const total = Number(ends.reduce((a, b) => a + b, 0n));
  if (total === 0) return held;
  const done = new AbortController();
  await channel.consume(
    {
      topicPrefix: of,
      limit: 1000,
      start: async () => 0n,
      handle: async ({ records }) => {
        held.push(...records);
        if (held.length === total) done.abort();
      },
    },
    done.signal,
  );
  return held;
};

const publish = (content: string | Buffer, channel: Channel, more: Partial<FileDelivery> = {}) =>
  publishFile({ path: fileOf(content), contract: movements, channel, ...more });

describe('a file', () => {
  it('is published row by row, each known by digest and physical line', async () => {
    const channel = memoryChannel();
    const content = `\ufeff${header}${row}\n${row}`;
    const digest = createHash('sha256').update(content).digest('hex');
    const outcome = await publish(content, channel);
    expect(outcome).toEqual({
      submission: digest,
      topic,
      rows: 2,
      published: 2,
      alreadyThere: 0,
      refused: 0,
      problems: [],
    });
    expect((await heldBy(channel)).map(({ key, value, headers }) => ({ key, value, headers }))).toEqual(
      [2, 4].map((line) => ({
        key: null,
        value: '{"effective_month":"1404-09","declared_month":"1404-10","direction":"hire","area":"IR-23"}',
        headers: {
          contract: 'movements',
          'contract-version': '1',
          'record-id': `${digest.slice(0, 32)}:${line}`,
          submission: digest,
          file: 'records.csv',
          line: String(line),
        },
      })),
    );
  });

  it('twice, also under another name or compressed, adds nothing', async () => {
    const channel = memoryChannel();
    await publish(header + row + row, channel);
    const again = await publishFile({
      path: fileOf(gzipSync(header + row + row), 'other.txt'),
      contract: movements,
      channel,
    });
    expect(again).toMatchObject({ rows: 2, published: 0, alreadyThere: 2 });
    expect(await heldBy(channel)).toHaveLength(2);
  });

  it('of another agency goes to the topic of that agency', async () => {
    const outcome = await publish(header + row, memoryChannel(), { agency: 'tvto' });
    expect(outcome.topic).toBe('karnama.tvto.movements');
    await expect(publish(header + row, memoryChannel(), { agency: 'TVTO' })).rejects.toMatchObject({
      code: 'bad-topic',
    });
  });

  it('through a mapping goes to the agency and contract of the mapping', async () => {
    const mapping = compileMapping(
      'name: one\nagency: br-mte\ncontract: movements\nfields: { area: { constant: BR }, direction: { column: d, translate: { "1": hire } } }',
    );
    const channel = memoryChannel();
    expect(await publish('d\n1\n2\n', channel, { mapping })).toMatchObject({
      topic: 'karnama.br-mte.movements',
      rows: 2,
      published: 2,
      refused: 1,
      problems: [{ line: 3, problems: [{ code: 'untranslated-value', field: 'd', value: '#' }] }],
    });
    const [good, bad] = await heldBy(channel, 'karnama.br-mte.movements');
    expect(good?.headers).not.toHaveProperty('problems');
    expect(JSON.parse(good?.value ?? '')).toEqual({ area: 'BR', direction: 'hire' });
    expect(JSON.parse(bad?.value ?? '')).toEqual({ columns: ['d'], text: '2', length: 1 });
    expect(JSON.parse(bad?.headers['problems'] ?? '')).toHaveLength(1);
  });

  it('of NDJSON is published line by line as it stands', async () => {
    const channel = memoryChannel();
    const content = '{"kind":"on-time","area":"BR"}\n\nno json\n';
    expect(await publishFile({ path: fileOf(content), contract: totals, channel })).toMatchObject({
      rows: 2,
      published: 2,
    });
    const held = await heldBy(channel, 'karnama.labour-ministry.movement-totals');
    expect(held.map(({ value, headers }) => [value, headers['line']])).toEqual([
      ['{"kind":"on-time","area":"BR"}', '1'],
      ['no json', '3'],
    ]);
  });
});

describe('rows that cannot be read', () => {
  it('are published with their problem and what stood there; none is dropped', async () => {
    const channel = memoryChannel();
    const content = Buffer.concat([
      Buffer.from(`${header}a,b\n${row}1,2,3,4,5\n"open,2\nx\u0000,2,3,4\nS`),
      Buffer.from([0xe3]),
      Buffer.from(`o,2,3,4\n${'z'.repeat(10_000_000)},2,3,4\n${row}`),
    ]);
    const outcome = await publish(content, channel);
    const held = await heldBy(channel);
    expect(outcome).toMatchObject({ rows: 8, published: 8, refused: 6 });
    expect(
      held.map(({ headers }) => [
        headers['line'],
        headers['problems'] && (JSON.parse(headers['problems']) as { code: string }[])[0]?.code,
      ]),
    ).toEqual([
      ['2', 'wrong-number-of-fields'],
      ['3', undefined],
      ['4', 'wrong-number-of-fields'],
      ['5', 'bad-quoting'],
      ['6', 'control-character'],
      ['7', 'undecodable-bytes'],
      ['8', 'too-large'],
      ['9', undefined],
    ]);
    expect(JSON.parse(held[5]?.value ?? '')).toMatchObject({
      base64: Buffer.from([0x53, 0xe3, ...Buffer.from('o,2,3,4')]).toString('base64'),
    });
    expect(JSON.parse(held[6]?.value ?? '')).toMatchObject({ length: 10_000_006 });
    for (const { value } of held) expect(value?.length).toBeLessThan(50_000);
  });
});

describe('a file is refused before anything is published when', () => {
  const refused = async (
    content: string | Buffer,
    code: string,
    more: Partial<FileDelivery> = {},
  ): Promise<void> => {
    const channel = memoryChannel();
    await expect(publish(content, channel, more)).rejects.toMatchObject({ code });
    expect(await channel.topics('')).toEqual([]);
  };
  it('it lacks a column', () => refused('area,direction\nIR,hire\n', 'missing-columns'));
  it('it has a column that the contract has not', () => refused(`salary,${header}`, 'unknown-columns'));
  it('it is empty', () => refused('', 'empty-file'));
  it('it is UTF-16', () => refused(Buffer.from(`\ufeff${header}${row}`, 'utf16le'), 'unsupported-encoding'));
  it('its header is in another encoding', () =>
    refused(Buffer.from('ação,b\n1,2', 'latin1'), 'bad-header-row'));
  it('its gzip data is cut', () =>
    refused(gzipSync(header + row.repeat(9999)).subarray(0, 200), 'unreadable-file'));
  it('it is a folder or not there', async () => {
    const at = (path: string) => publishFile({ path, contract: movements, channel: memoryChannel() });
    await expect(at(folder)).rejects.toMatchObject({ code: 'unreadable-file' });
    await expect(at(join(folder, 'nowhere.csv'))).rejects.toMatchObject({ code: 'unreadable-file' });
  });
});

describe('an import that is broken off', () => {
  const content =
    header +
    Array.from({ length: 2600 }, (_, i) => row.replace('hire', i % 7 === 3 ? 'x,y' : 'hire')).join('');
  const linesOf = (records: readonly ReceivedRecord[]): readonly number[] =>
    records.map(({ headers }) => Number(headers['line']));

  it('goes on where it stopped, however often: every row once and in order', async () => {
    const channel = memoryChannel();
    let calls = 0;
    const failing: Channel = {
      ...channel,
      publish: async (...call) => {
        calls += 1;
        if (calls % 3 === 2) throw new Unavailable('no answer');
        const stored = await channel.publish(...call);
        if (calls % 3 === 0) throw new Unavailable('stored, but the answer was lost');
        return stored;
      },
    };
    const run = () => publish(content, failing).catch((error: unknown) => error);
    const outcomes = [await run()];
    while (outcomes.at(-1) instanceof Unavailable) outcomes.push(await run());
    const last = outcomes.at(-1) as FileOutcome;
    expect(outcomes.length).toBeGreaterThan(3);
    expect([last.rows, last.published + last.alreadyThere]).toEqual([2600, 2600]);
    expect(linesOf(await heldBy(channel))).toEqual(Array.from({ length: 2600 }, (_, i) => i + 2));
  });

  it('by a signal says so and keeps what is published', async () => {
    const channel = memoryChannel();
    const stop = new AbortController();
    const stopping: Channel = {
      ...channel,
      publish: (...call) => {
        stop.abort();
        return channel.publish(...call);
      },
    };
    const long = header + row.repeat(25_000);
    await expect(publish(long, stopping, { signal: stop.signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    expect(await publish(long, channel)).toMatchObject({ rows: 25_000 });
    expect(linesOf(await heldBy(channel))).toEqual(Array.from({ length: 25_000 }, (_, i) => i + 2));
  });
});

describe('a file that is written to while it is read', () => {
  it('is told after the fact: the digest of the second pass is another', async () => {
    const path = fileOf(header + row);
    const onProgress = ({ phase }: Progress): void => {
      // as long as before: more of it could still be read in the first pass
      if (phase === 'digest')
        writeFileSync(path, header + row.replace(/\d/, (digit) => (digit === '1' ? '2' : '1')));
    };
    const delivery = { path, contract: movements, channel: memoryChannel(), onProgress };
    await expect(publishFile(delivery)).rejects.toMatchObject({ code: 'file-changed' });
  });
});

describe('a dry run', () => {
  it('tells what mapping and contract would refuse, and publishes nothing', async () => {
    const path = fileOf(`${header}${row}1404-09,1404-10,hire,XX\na,b\n`);
    const outcome = await publishFile({
      path,
      contract: movements,
      mapping: mappingForContract(movements),
      dryRun: true,
    });
    expect(outcome).toMatchObject({ rows: 3, published: 0, alreadyThere: 0, refused: 2 });
    expect(outcome.problems.map(({ line, problems }) => [line, problems[0]?.code])).toEqual([
      [3, 'unknown-area'],
      [4, 'wrong-number-of-fields'],
    ]);
  });
});

describe('progress', () => {
  it('tells bytes, rows, rate and the time left in both phases', async () => {
    const told: Progress[] = [];
    let time = 0;
    const now = () => (time += 1000);
    await publish(header + row.repeat(25_000), memoryChannel(), {
      onProgress: (progress) => told.push(progress),
      now,
    });
    expect(new Set(told.map(({ phase }) => phase))).toEqual(new Set(['digest', 'publish']));
    const middle = told.find(
      ({ phase, bytesDone, bytesTotal, rate }) => phase === 'publish' && bytesDone < bytesTotal && rate > 0,
    );
    expect(middle?.secondsLeft).toBeGreaterThan(0);
    expect(told.at(-1)).toMatchObject({ phase: 'publish', rows: 25_000, secondsLeft: 0 });
    expect(told.at(-1)?.bytesDone).toBe(told.at(-1)?.bytesTotal);
  });
});
