import { eventStoreLedger } from './dist/index.js';
const ledger = eventStoreLedger({ url: process.argv[2] });
const event = (n) => ({ id: crypto.randomUUID(), type: 'MovementDeclared', data: { effectiveMonth: '2026-01', declaredMonth: '2026-01', direction: 'hire', area: 'BR:211130', industry: 'CNAE2:4711302', occupation: 'CBO2002:521110', education: '3', age: 30, sex: 'M', weeklyHours: 4400, monthlyWage: 151800, movementKind: '10' }, metadata: { schemaVersion: 1, receivedAt: '2026-02-01T10:00:00.000Z', agency: 'labour-ministry', contract: 'movements', contractVersion: 1, recordId: `9f86d081884c7d659a2feaa0c55ad015:${n}`, recordVersion: 1, source: { topic: 'karnama.labour-ministry.movements', partition: 0, offset: String(n) } } });
for (let warm = 0; warm < 2; warm++) {
  const stream = 'bench-' + crypto.randomUUID(); let expected = 'no-stream'; const N = 20000;
  let t = performance.now();
  for (let n = 0; n < N; n += 500) { const [a] = await ledger.append([{ stream, expected, events: Array.from({ length: 500 }, (_, i) => event(n + i)) }]); expected = a.revision; }
  let s = (performance.now() - t) / 1000; console.log('append 500s', Math.round(N / s), 'ev/s', 'cpu', process.cpuUsage().user / 1e6);
  t = performance.now();
  await Promise.all(Array.from({ length: 3000 }, (_, n) => ledger.append([{ stream: stream + n, expected: 'no-stream', events: [event(n)] }])));
  console.log('single appends', Math.round(3000 / ((performance.now() - t) / 1000)), '/s');
  t = performance.now(); let got = 0; const stop = new AbortController(); let pages = 0; const head = await ledger.head();
  for await (const page of ledger.subscribe({ after: 0n, filter: {}, limit: 5000, signal: stop.signal })) { got += page.events.length; pages++; if (page.position >= head) stop.abort(); }
  console.log('subscribe', got, 'in', pages, 'pages', Math.round(got / ((performance.now() - t) / 1000)), 'ev/s');
}
await ledger.close();
console.log('closed');
