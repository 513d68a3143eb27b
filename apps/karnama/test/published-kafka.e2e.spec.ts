import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithKafka } from '@karnama/conformance';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasRealData, karnama, realData, root, rowsOf, temporaryDirectory, until } from './program.js';

/*
 * The published figures over the distributed footing: every app its own process, records over a real
 * Kafka, published by this program and by a client of another make (Kafka's own, in Java).
 */
const files = join(realData, 'br-novo-caged-202601');
const withData = hasRealData() ? it : it.skip;

/** IBGE code of a state → ISO 3166-2, written down by hand: this script shares nothing with the mappings. */
const states = Object.fromEntries(
  '11RO 12AC 13AM 14RR 15PA 16AP 17TO 21MA 22PI 23CE 24RN 25PB 26PE 27AL 28SE 29BA 31MG 32ES 33RJ 35SP 41PR 42SC 43RS 50MS 51MT 52GO 53DF'
    .split(' ')
    .map((pair) => [pair.slice(0, 2), `BR-${pair.slice(2)}`]),
);

const month = (text: string): string => `${text.slice(0, 4)}-${text.slice(4)}`;

/** One JSON object a line, with the few fields that the figures of this test need. */
const asRecords = (csv: string): string => {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const names = header.split(';');
  const at = (name: string): number => names.indexOf(name);
  const [effective, declared, sign, state] = [
    'competênciamov',
    'competênciadec',
    'saldomovimentação',
    'uf',
  ].map(at);
  return lines
    .map((line) => line.split(';'))
    .map((row) => ({
      effective_month: month(row[effective ?? -1] ?? ''),
      declared_month: month(row[declared ?? -1] ?? ''),
      direction: row[sign ?? -1] === '1' ? 'hire' : 'separation',
      area: states[row[state ?? -1] ?? ''] ?? 'BR',
    }))
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');
};

describeWithKafka('the published figures over Kafka, every app its own process', (kafka) => {
  const directory = temporaryDirectory();
  const at = ['--data-dir', directory.path];
  let supervisor: ChildProcess;
  let output = '';

  beforeAll(async () => {
    const brokers = kafka.brokers.join(',');
    await karnama('topics', 'apply', '--brokers', brokers, '--agencies', 'deploy/agencies.single.yaml');
    const script = join(root, 'tools/start-distributed.mjs');
    supervisor = spawn(process.execPath, [script, ...at, '--port', '18420'], {
      env: { ...process.env, KARNAMA_KAFKA_BROKERS: brokers },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [supervisor.stdout, supervisor.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
    await until('every app runs', () => output.includes('running at'), 120_000);
  }, 240_000);
  afterAll(async () => {
    const ended = new Promise((done) => supervisor.once('close', done));
    supervisor.kill('SIGTERM');
    await ended;
    directory.remove();
  }, 60_000);

  withData(
    'come out to the unit',
    async () => {
      const to = `kafka://${kafka.brokers.join(',')}`;
      await karnama(
        'import',
        '--to',
        to,
        ...at,
        '--contract',
        'movement-totals',
        'samples/novo-caged/totals-2026-01.csv',
      );
      await karnama('release', 'cut', '2026-01-on-time', ...at);
      const late = asRecords(readFileSync(join(files, 'CAGEDFOR202601.csv'), 'utf8'));
      const topic = ['--bootstrap-server', kafka.brokers.join(','), '--topic', 'karnama.br-mte.movements'];
      await kafka.tool('org.apache.kafka.tools.ConsoleProducer', topic, late);
      await karnama(
        'import',
        '--to',
        to,
        ...at,
        '--mapping',
        'mappings/novo-caged/retracted.yaml',
        join(files, 'CAGEDEXC202601.txt'),
      );

      const address = /running at (\S+)/.exec(output)?.[1] ?? '';
      const status = async () =>
        (await (await fetch(`${address}/api/status`)).json()) as {
          intake: { received: number; accepted: number };
          projections: { lag: number }[];
        };
      await until('everything is counted', async () => {
        const { intake, projections } = await status();
        return intake.accepted === 61_280 && projections.every(({ lag }) => lag === 0);
      });
      await karnama('release', 'cut', '2026-01-revised', ...at);

      const national = [
        'MOVEMENTS',
        '--measure',
        'hires,separations,net,stock',
        '--by',
        'month',
        '--where',
        'area=BR',
      ];
      const csv = await karnama(
        'query',
        ...national,
        '--from',
        '2025-12',
        '--as-known-at',
        '2026-01-revised',
        '--format',
        'csv',
        ...at,
      );
      expect(rowsOf(csv)).toEqual([
        { month: '2025-12', hires: '8845', separations: '20442', net: '-11597', stock: '48465645' },
        { month: '2026-01', hires: '2208030', separations: '2095696', net: '112334', stock: '48577979' },
      ]);
      const answer = await fetch(
        `${address}/api/data/MOVEMENTS?measure=hires,separations,net,stock&by=month&area=BR&from=2025-12&asKnownAt=2026-01-revised&format=csv`,
      );
      expect(await answer.text()).toBe(csv);
      expect((await status()).intake).toMatchObject({
        received: 61_280,
        accepted: 61_280,
        quarantined: 0,
        unexplained: 0,
      });
      expect(await karnama('verify', ...at)).toMatch(/ 0 differing cells/);
    },
    300_000,
  );
});
