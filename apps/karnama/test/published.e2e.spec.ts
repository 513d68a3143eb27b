import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { hasRealData, karnama, realData, rowsOf, temporaryDirectory } from './program.js';

/*
 * Figures that the ministry published, from its own files, to the last unit. The commands are those
 * that the README shows.
 */
const withData = hasRealData() ? describe : describe.skip;
const files = join(realData, 'br-novo-caged-202601');

withData('the published figures of January 2026', () => {
  const directory = temporaryDirectory();
  const at = ['--data-dir', directory.path];
  const query = async (...args: string[]) =>
    rowsOf(await karnama('query', ...args, ...at, '--format', 'csv'));
  const national = [
    'MOVEMENTS',
    '--measure',
    'hires,separations,net,stock',
    '--by',
    'month',
    '--where',
    'area=BR',
  ];

  beforeAll(async () => {
    await karnama('import', ...at, '--contract', 'movement-totals', 'samples/novo-caged/totals-2026-01.csv');
    await karnama('release', 'cut', '2026-01-on-time', ...at);
    await karnama(
      'import',
      ...at,
      '--mapping',
      'mappings/novo-caged/late.yaml',
      join(files, 'CAGEDFOR202601.csv'),
    );
    await karnama(
      'import',
      ...at,
      '--mapping',
      'mappings/novo-caged/retracted.yaml',
      join(files, 'CAGEDEXC202601.txt'),
    );
    await karnama('release', 'cut', '2026-01-revised', ...at);
  }, 180_000);
  afterAll(() => directory.remove());

  it('come out as published: stock 48,577,979, net −11,597 for December, 112,334 for January', async () => {
    const csv = await karnama(
      'query',
      ...national,
      '--from',
      '2025-01',
      '--to',
      '2026-01',
      '--as-known-at',
      '2026-01-revised',
      ...at,
      '--format',
      'csv',
    );
    expect(csv.split('\r\n')[0]).toBe('month,hires,separations,net,stock');
    const rows = rowsOf(csv);
    expect(rows.map(({ month }) => month)).toEqual([
      ...Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`),
      '2026-01',
    ]);
    expect(rows.at(-1)).toEqual({
      month: '2026-01',
      hires: '2208030',
      separations: '2095696',
      net: '112334',
      stock: '48577979',
    });
    expect(rows.at(-2)).toMatchObject({ month: '2025-12', net: '-11597' });
  }, 60_000);

  it('change net by −8,350 over all months', async () => {
    const [row] = await query(
      'MOVEMENTS',
      '--measure',
      'net',
      '--where',
      'area=BR',
      'declaration=LATE,RETRACTED',
    );
    expect(row).toEqual({ net: '-8350' });
    const kinds = await query(
      'MOVEMENTS',
      '--measure',
      'hires,separations',
      '--by',
      'declaration',
      '--where',
      'area=BR',
    );
    expect(kinds).toEqual([
      { declaration: 'LATE', hires: '21200', separations: '30953' },
      { declaration: 'RETRACTED', hires: '-3861', separations: '-5264' },
      { declaration: 'TOTAL', hires: '2208030', separations: '2095696' },
    ]);
  }, 60_000);

  it('hold none of the corrections as known before they came', async () => {
    expect(await query(...national, '--as-known-at', '2026-01-on-time')).toEqual([
      { month: '2025-12', hires: '0', separations: '0', net: '0', stock: '48474348' },
      { month: '2026-01', hires: '2208030', separations: '2095696', net: '112334', stock: '48586682' },
    ]);
  }, 60_000);

  it('stand all in January when asked by the month of declaration', async () => {
    expect(
      await query(...national.map((arg) => (arg.startsWith('hires') ? 'net' : arg)), '--view', 'declared'),
    ).toEqual([{ month: '2026-01', net: '103984' }]);
  }, 60_000);

  it('add up over states and over municipalities', async () => {
    const states = await query('MOVEMENTS', '--measure', 'net', '--by', 'area', '--where', 'area=BR');
    expect(states.reduce((sum, { net }) => sum + Number(net), 0)).toBe(103_984);
    const folded = await query(
      'MOVEMENTS_LOCAL',
      '--measure',
      'net',
      '--by',
      'area@state',
      '--where',
      'area=BR',
    );
    expect(folded.map((row) => ({ area: row['area@state'], net: row['net'] }))).toEqual(states);
    const local = await query(
      'MOVEMENTS_LOCAL',
      '--measure',
      'net',
      '--by',
      'month',
      '--where',
      'area=BR:211130',
    );
    expect(local.at(-1)).toEqual({ month: '2025-12', net: '-22' });
  }, 60_000);

  it('leave nothing unexplained: 61,278 rows and two totals', async () => {
    const status = JSON.parse(await karnama('status', '--json', ...at)) as { intake: unknown };
    expect(status.intake).toEqual({ received: 61_280, accepted: 61_280, quarantined: 0, unexplained: 0 });
    expect(await karnama('verify', ...at)).toMatch(/ 0 differing cells/);
  }, 60_000);

  it('stay as they are when the files come again', async () => {
    const again = JSON.parse(
      await karnama(
        'import',
        ...at,
        '--json',
        '--mapping',
        'mappings/novo-caged/late.yaml',
        join(files, 'CAGEDFOR202601.csv'),
      ),
    ) as { published: number; alreadyThere: number };
    expect(again).toMatchObject({ published: 0, alreadyThere: 52_153 });
    const rows = await query(...national);
    expect(rows.at(-1)).toMatchObject({ stock: '48577979' });
  }, 60_000);

  it('are the same after a rebuild', async () => {
    const before = await karnama(
      'query',
      ...national,
      '--as-known-at',
      '2026-01-revised',
      ...at,
      '--format',
      'csv',
    );
    await karnama('rebuild', ...at);
    expect(
      await karnama('query', ...national, '--as-known-at', '2026-01-revised', ...at, '--format', 'csv'),
    ).toBe(before);
  }, 60_000);
});

withData('the port industries of one state', () => {
  const directory = temporaryDirectory();
  const at = ['--data-dir', directory.path];
  afterAll(() => directory.remove());

  it.each([
    ['on-time', 34_370, 1_938],
    ['late', 2_089, 1_938 - 215],
    ['retracted', 76, 1_727],
  ])(
    '%s: %d rows, net %d so far',
    async (kind, rows, net) => {
      const file = join(realData, 'br-novo-caged-maranhao', `ports-${kind}.csv`);
      const done = JSON.parse(
        await karnama('import', ...at, '--json', '--mapping', `mappings/novo-caged/${kind}.yaml`, file),
      ) as { rows: number; quarantined: number };
      expect(done).toMatchObject({ rows, quarantined: 0 });
      const csv = await karnama(
        'query',
        'MOVEMENTS',
        '--measure',
        'net',
        '--where',
        'area=BR-MA',
        ...at,
        '--format',
        'csv',
      );
      expect(rowsOf(csv)).toEqual([{ net: String(net) }]);
    },
    120_000,
  );
});
