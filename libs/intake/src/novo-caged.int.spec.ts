import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { loadContracts, type Contract } from '@karnama/contracts';
import type { NewEvent } from '@karnama/kernel';
import type { Channel, ChannelRecord } from './channel.js';
import { publishFile } from './file-gateway.js';
import { compileMapping, contractFor } from './mapping.js';
import { feedOf, pipelineOf } from './pipeline.js';
import { newestPseudonyms } from './pseudonym.js';

/** The ministry's files are no part of this repository; they lie beside it where it is developed. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const data = join(root, '..', 'shared', 'data');
const there = existsSync(data);
const itReads = there || process.env['CI'] === 'true' ? it : it.skip;
const absent = there ? '' : ` (skipped: ${data} is not there)`;

const pseudonymOf = newestPseudonyms([{ version: 1, master: Buffer.alloc(32, 1) }]);
const contracts = await loadContracts(join(root, 'schemas', 'contracts'));

type Sums = { rows: number; refused: number; quarantined: number; hires: number; separations: number };

/** Takes a whole file through gateway and pipeline and counts what comes out. */
const taken = async (
  mappingName: string,
  file: string,
  look: (event: NewEvent) => void = () => undefined,
): Promise<Sums> => {
  const mapping = compileMapping(
    readFileSync(join(root, 'mappings', 'novo-caged', `${mappingName}.yaml`), 'utf8'),
    mappingName,
  );
  const sums: Sums = { rows: 0, refused: 0, quarantined: 0, hires: 0, separations: 0 };
  const counted = (event: NewEvent): void => {
    look(event);
    if (event.type === 'RecordQuarantined') sums.quarantined += 1;
    else sums[(event.data as { direction: string }).direction === 'hire' ? 'hires' : 'separations'] += 1;
  };
  let offset = 0n;
  const publish = async (topic: string, records: readonly ChannelRecord[]): Promise<number> => {
    const toEvent = pipelineOf(feedOf(topic, 0), contracts, pseudonymOf);
    for (const record of records)
      counted(toEvent({ ...record, offset: offset++, timestamp: '2026-02-01T00:00:00.000Z' }));
    return records.length;
  };
  const channel = { publish, published: async () => 0 } as unknown as Channel;
  const { rows, refused } = await publishFile({
    path: join(data, file),
    contract: contractFor(mapping, contracts),
    mapping,
    channel,
  });
  return { ...sums, rows, refused };
};

describe(`the ministry's files${absent}`, () => {
  itReads.each<[string, string, number, number]>([
    ['late', 'br-novo-caged-202601/CAGEDFOR202601.csv', 52_153, -9_753],
    ['retracted', 'br-novo-caged-202601/CAGEDEXC202601.txt', 9_125, 3_861 - 5_264],
    ['on-time', 'br-novo-caged-maranhao/ports-on-time.csv', 34_370, 1_938],
    ['late', 'br-novo-caged-maranhao/ports-late.csv', 2_089, -215],
    ['retracted', 'br-novo-caged-maranhao/ports-retracted.csv', 76, -4],
    ['late', 'br-novo-caged-maranhao/late.csv.gz', 123_721, 63_203 - 60_518],
    ['retracted', 'br-novo-caged-maranhao/retracted.csv.gz', 6_712, 4_178 - 2_534],
    ['ports', 'br-novo-caged-ports/movements-202001-202503.csv.gz', 270_467, 148_742 - 121_725],
  ])(
    'by mapping %s, of %s every row is accepted: %d rows, signs add up to %d',
    async (mapping, file, rows, net) => {
      const sums = await taken(mapping, file);
      expect(sums).toMatchObject({ rows, refused: 0, quarantined: 0 });
      expect([sums.hires + sums.separations, sums.hires - sums.separations]).toEqual([rows, net]);
    },
    120_000,
  );

  itReads(
    'lose no attribute on the way: late declarations of January 2026',
    async () => {
      const count = new Map<string, number>();
      const add = (key: string, by = 1): void => void count.set(key, (count.get(key) ?? 0) + by);
      await taken('late', 'br-novo-caged-202601/CAGEDFOR202601.csv', ({ data }) => {
        const fact = data as Record<string, string | number | null>;
        add(`sex ${fact['sex']}`);
        add(`direction ${fact['direction']}`);
        add(`month ${fact['effectiveMonth']}`);
        for (const key of [
          'age',
          'industry',
          'occupation',
          'education',
          'weeklyHours',
          'monthlyWage',
          'movementKind',
        ])
          if (fact[key] === null) add(`no ${key}`);
        if (!String(fact['area']).includes(':')) add(`area ${fact['area']}`);
        add('cents', Number(fact['monthlyWage'] ?? 0) % 100 === 0 ? 0 : 1);
      });
      expect(Object.fromEntries(count)).toMatchObject({
        'sex M': 28_294,
        'sex F': 23_859,
        'direction hire': 21_200,
        'direction separation': 30_953,
        'month 2025-12': 31_161,
        'no age': 1,
        'no industry': 78,
        'area BR': 5,
      });
      expect(count.get('no weeklyHours') ?? 0).toBe(0);
      expect(count.get('no education') ?? 0).toBe(0);
      expect(count.get('no monthlyWage') ?? 0).toBe(0);
    },
    120_000,
  );
});

describe('the totals of January 2026, kept with the samples', () => {
  it('are accepted as they stand', async () => {
    const path = join(root, 'samples', 'novo-caged', 'totals-2026-01.csv');
    const contract = contracts.find('movement-totals', 1) as Contract;
    expect(await publishFile({ path, contract, dryRun: true })).toMatchObject({ rows: 2, refused: 0 });
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines.slice(1)).toEqual([
      'opening-stock,BR,2025-12,48474348,2023-12,,',
      'on-time,BR,2026-01,,,2208030,2095696',
    ]);
  });
});
