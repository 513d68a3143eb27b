import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { memoryCellStore, memoryChannel, memoryLedger, memoryQuarantine } from '@karnama/adapter-memory';
import { runProjector } from '@karnama/cells';
import { loadContracts } from '@karnama/contracts';
import { runIntake, newestPseudonyms } from '@karnama/intake';
import { countryMonths, countryTruth } from '@karnama/simulator';
import { createIndicators, projectionsIn } from '@karnama/statistics';
import { handleEpochCommand, readEpochs } from '@karnama/vintages';
import { checkTruth } from '../src/truth-check.js';

it('hunts', async () => {
  const env = process.env;
  const options = {
    seed: Number(env['SEED'] ?? 7),
    scale: Number(env['SCALE'] ?? 0.0001),
    from: '1403-01',
    months: Number(env['MONTHS'] ?? 12),
    ...(env['RED'] ? { redelivery: Number(env['RED']) } : {}),
  };
  const log = (text: string) => process.stderr.write(`${text}\n`);
  const [channel, ledger, cells, quarantine] = [
    memoryChannel(),
    memoryLedger(),
    memoryCellStore(),
    memoryQuarantine(),
  ];
  const contracts = await loadContracts('schemas/contracts');
  const stopping = new AbortController();
  const { signal } = stopping;
  const pseudonymOf = newestPseudonyms([{ version: 1, master: Buffer.alloc(32, 7) }] as never);
  const projections = projectionsIn('jalali');
  const runs = [
    runIntake({ channel, ledger, contracts, pseudonymOf, quarantine, signal } as never),
    ...projections.map((projection) => runProjector({ store: cells, ledger, projection, signal })),
  ];
  const failed = Promise.race(runs.map((run) => run.then(() => new Promise<never>(() => undefined))));
  let sent = 0;
  const t0 = performance.now();
  for await (const { month, batches } of countryMonths(options)) {
    for (const batch of batches()) {
      const topics = new Map<string, (typeof batch)[number][]>();
      for (const s of batch) {
        const t = `karnama.${s.agency}.${s.contract}`;
        if (!topics.has(t)) topics.set(t, []);
        topics.get(t)!.push(s);
      }
      for (const [topic, records] of topics) await channel.publish(topic, records);
      sent += batch.length;
    }
    for (;;) {
      const head = await ledger.head();
      const { releases } = await readEpochs(ledger);
      void releases;
      let behind = 0n;
      for (const projection of projections) {
        const { position } = await cells.checkpoint(await cells.open(projection));
        if (head - position > behind) behind = head - position;
      }
      let taken = 0n;
      for await (const _ of []) void _;
      taken = await total(ledger, channel);
      if (behind === 0n && taken === BigInt(sent)) break;
      await Promise.race([new Promise((r) => setTimeout(r, 30)), failed]);
    }
    await handleEpochCommand(
      ledger,
      { type: 'CutRelease', name: month, at: new Date().toISOString() },
      randomUUID,
    );
    log(`${month} ${sent} ${((performance.now() - t0) / 1000).toFixed(1)}`);
  }
  for (;;) {
    const head = await ledger.head();
    let behind = 0n;
    for (const projection of projections) {
      const { position } = await cells.checkpoint(await cells.open(projection));
      if (head - position > behind) behind = head - position;
    }
    if (behind === 0n) break;
    await new Promise((r) => setTimeout(r, 30));
  }
  const truth = countryTruth(options);
  log(`truth ${((performance.now() - t0) / 1000).toFixed(1)}`);
  const service = createIndicators({
    store: cells,
    releases: async () => (await readEpochs(ledger)).releases,
    calendar: 'jalali',
  });
  const check = await checkTruth(service, truth);
  log(`checked ${((performance.now() - t0) / 1000).toFixed(1)}`);
  writeFileSync('/tmp/hunt.json', JSON.stringify(check, null, 1));
  stopping.abort();
  log(JSON.stringify(check.checks));
  const by = new Map<string, number>();
  for (const d of check.differences) by.set(d.indicator, (by.get(d.indicator) ?? 0) + 1);
  log(JSON.stringify([...by]));
  expect(check.differences.length).toBe(0);
}, 1_200_000);

const total = async (
  ledger: { lastEvent(stream: string): Promise<{ metadata: { source?: { offset: string } } } | undefined> },
  channel: {
    topics(
      prefix: string,
    ): Promise<readonly { topic: string; partitions: readonly { partition: number }[] }[]>;
  },
): Promise<bigint> => {
  let sum = 0n;
  for (const { topic, partitions } of await channel.topics('karnama.'))
    for (const { partition } of partitions) {
      const [, agency, contract] = topic.split('.');
      const last = await ledger.lastEvent(`feed_${agency}_${contract}-${partition}`);
      sum += last === undefined ? 0n : BigInt(last.metadata.source?.offset ?? -1) + 1n;
    }
  return sum;
};
