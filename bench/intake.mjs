/** What each step from a received record to a ledger event costs, on one core; ratio to JSON.parse of the same text. */
import { loadContracts } from '@karnama/contracts';
import { feedOf, newestPseudonyms, pipelineOf } from '@karnama/intake';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { movementRecord, numbers } from './movements.mjs';
import { printTable, whole } from './measure.mjs';

export const run = async ({ root, smoke }) => {
  const count = smoke ? 5000 : 100_000;
  const contracts = await loadContracts(join(root, 'schemas', 'contracts'));
  const contract = contracts.newest('movements');
  const random = numbers(3);
  const received = Array.from({ length: count }, (_, n) => ({
    key: null,
    value: JSON.stringify(movementRecord(n, random)),
    headers: {
      contract: 'movements',
      'contract-version': '1',
      'record-id': `0123456789abcdef0123456789abcdef:${n}`,
      submission: '0123456789abcdef'.repeat(4),
      file: 'f.csv',
      line: String(n + 2),
    },
    offset: BigInt(n),
    timestamp: '2026-02-01T00:00:00.000Z',
  }));
  const parsed = received.map(({ value }) => JSON.parse(value));
  const pseudonymOf = newestPseudonyms([{ version: 1, master: Buffer.alloc(32, 1) }]);
  const toEvent = pipelineOf(feedOf('karnama.br-mte.movements', 0), contracts, pseudonymOf);
  const microseconds = (step) => {
    for (let i = 0; i < Math.min(count, 20_000); i++) step(i);
    const began = performance.now();
    for (let i = 0; i < count; i++) step(i);
    return ((performance.now() - began) * 1000) / count;
  };
  const bad = received.findIndex((one) => toEvent(one).type !== 'MovementDeclared');
  if (bad >= 0)
    throw new Error(
      `record ${bad} of the benchmark was refused: ${JSON.stringify(toEvent(received[bad]).data)}`,
    );
  const events = received.map(toEvent);
  const steps = {
    'JSON.parse (the raw limit)': microseconds((i) => JSON.parse(received[i].value)),
    'structure and content rules': microseconds((i) => contract.validate(parsed[i])),
    'record to fact': microseconds((i) => contract.toEvent(parsed[i])),
    'JSON.stringify of the event': microseconds(
      (i) => JSON.stringify(events[i].data) + JSON.stringify(events[i].metadata),
    ),
    'whole pipeline (decode to event)': microseconds((i) => toEvent(received[i])),
  };
  const parse = steps['JSON.parse (the raw limit)'];
  printTable(
    'intake: one record, one core',
    Object.entries(steps).map(([step, cost]) => ({
      step,
      'µs/record': cost.toFixed(2),
      'records/s': whole(1e6 / cost),
      'JSON.parse ÷ step': (parse / cost).toFixed(2),
    })),
  );
};
