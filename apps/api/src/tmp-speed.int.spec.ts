import { it } from '@jest/globals';
import { openDatabase, postgresCellStore } from '@karnama/adapter-postgres';
import { usePostgres } from '@karnama/conformance';
import { parseMonth, formatMonth } from '@karnama/kernel';
import { createIndicators, keptDataflow } from '@karnama/statistics';
import { wageBands, countries } from '@karnama/classifications';
const postgres = usePostgres();
it('speed', async () => {
  const database = await openDatabase(await postgres.freshDatabase());
  const store = postgresCellStore(database);
  const areas = countries[0]!.states.map((s) => s.code).slice(0, 31);
  const first = parseMonth('1401-01');
  const put = async (dataflow: string, make: (month: number, epoch: number, area: string) => { codes: Record<string,string>; measures: Record<string, number> }[], epochs = 8, months = 60) => {
    const { projection, dataflow: spec } = keptDataflow(dataflow, 'jalali');
    const generation = await store.open(projection);
    const deltas = [];
    for (let m = 0; m < months; m++) for (let e = 0; e < epochs; e++) for (const area of areas)
      for (const { codes, measures } of make(m, e, area))
        deltas.push({ month: first + m, declared: first + m, epoch: m + e + 1, codes: spec.dimensions.map(({ code }) => codes[code] ?? '_U'), measures: [...spec.measures.map(({ code }) => measures[code] ?? 0), 1, 1] });
    for (let i = 0; i < deltas.length; i += 5000) await store.transact(generation, async (tx) => { await tx.add(dataflow, deltas.slice(i, i + 5000)); await tx.settle(); });
    return deltas.length;
  };
  const out: string[] = [];
  out.push(`JOBS ${await put('JOBS', (_m, _e, area) => [{ codes: { area }, measures: { jobs: 100, hires: 130, separations: 30 } }])}`);
  out.push(`JOB_FLOWS ${await put('JOB_FLOWS', (_m, _e, area) => [{ codes: { area, freq: 'M' }, measures: { created_opening: 50, destroyed_closing: 10, jobs_twice: 90 } }])}`);
  out.push(`WAGES ${await put('WAGES', (_m, _e, area) => wageBands.map(({ code }) => ({ codes: { area, wage: code }, measures: { wage_sum: 10000000, wage_earners: 5 } })), 3, 48)}`);
  out.push(`SEARCH_COHORT ${await put('SEARCH_COHORT', (_m, _e, area) => Array.from({ length: 37 }, (_, i) => ({ codes: { area, elapsed: String(i).padStart(2, '0') }, measures: { entered: i === 0 ? 50 : 0, found: 1 } })), 2, 48)}`);
  await put('DELIVERY', () => [{ codes: { agency: 'a', contract: 'c', kind: 'NEW', lag: 'D0T7' }, measures: { records: 1 } }], 1);
  await database.withClient((c) => c.query('ANALYZE'));
  const service = createIndicators({ store, releases: async () => [], calendar: 'jalali' });
  for (const [indicator, by] of [['EMP_JOBS', 'area'], ['HIRE_R', 'area'], ['CHURN_R', 'area'], ['WAGE_MEAN', 'area'], ['WAGE_MED', 'area'], ['JSK_FIND_MED', 'area'], ['TENURE_MED', 'area']] as const) {
    const times: number[] = []; const cpu: number[] = [];
    let n = 0;
    for (let i = 0; i < 30; i++) {
      const t = performance.now(); const c = process.cpuUsage();
      const a = await service.data({ indicator, by: [by], where: {}, freq: 'M', from: formatMonth(first + 12), to: formatMonth(first + 47), asKnownAt: 'latest' });
      n = a.rows.length;
      times.push(performance.now() - t); const u = process.cpuUsage(c); cpu.push((u.user + u.system) / 1000);
    }
    times.sort((a, b) => a - b);
    out.push(`${indicator} rows ${n} median ${times[15]!.toFixed(1)} max ${times[28]!.toFixed(1)} ms cpu ${cpu.sort((a, b) => a - b)[15]!.toFixed(1)}`);
  }
  process.stdout.write(out.join('\n') + '\n');
  await database.close();
}, 300000);
