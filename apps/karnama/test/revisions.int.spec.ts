import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { catchUp } from '@karnama/cells';
import { loadContracts } from '@karnama/contracts';
import { feedOf, newestPseudonyms, pipelineOf } from '@karnama/intake';
import { epochClosed, epochStream, formatMonth, monthOfDay, parseDay, type NewEvent } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import { countryMonths } from '@karnama/simulator';
import {
  compareKnowledge,
  createIndicators,
  projections,
  type IndicatorService,
  type Release,
} from '@karnama/statistics';
import { root } from './program.js';

/*
 * The parts of a revision, counted by hand: what each record of a simulated country did to two figures, by
 * code that keeps the records in a map and knows nothing of projections, cells or formulas.
 */

const months = 6;
// a seed whose certificates are annulled, too
const country = { seed: 11, from: '1403-01', scale: 0.0002, months };

/** Takes the country in, an epoch and a release for each month. */
const takeIn = async (ledger: Ledger): Promise<readonly Release[]> => {
  const contracts = await loadContracts(join(root, 'schemas', 'contracts'));
  const pseudonyms = newestPseudonyms([{ version: 1, master: Buffer.alloc(32, 1) }]);
  const feeds = new Map<string, { toEvent: ReturnType<typeof pipelineOf>; offset: bigint }>();
  const releases: Release[] = [];
  for await (const month of countryMonths(country)) {
    for (const shipments of month.batches())
      for (const { agency, contract, key, value, headers } of shipments) {
        const topic = `karnama.${agency}.${contract}`;
        const feed = feedOf(topic, 0);
        const own = feeds.get(topic) ?? { toEvent: pipelineOf(feed, contracts, pseudonyms), offset: 0n };
        feeds.set(topic, own);
        const record = { key, value, headers, offset: own.offset++, timestamp: '2026-02-01T00:00:00.000Z' };
        await ledger.append([{ stream: feed.stream, expected: 'any', events: [own.toEvent(record)] }]);
      }
    const epoch = releases.length + 1;
    const cutAt = `2026-02-${String(epoch).padStart(2, '0')}T00:00:00.000Z`;
    const closed: NewEvent = {
      id: `00000000-0000-5000-8000-${String(epoch).padStart(12, '0')}`,
      type: epochClosed,
      data: { epoch },
      metadata: { schemaVersion: 1, receivedAt: cutAt },
    };
    await ledger.append([{ stream: epochStream, expected: 'any', events: [closed] }]);
    releases.push({ name: `r${epoch}`, epoch, cutAt });
  }
  return releases;
};

type Part = 'late' | 'corrections';
/** What came of an indicator by epoch, part and month. */
type ByHand = Map<string, number>;
const nameOf = (indicator: string, epoch: number, part: Part, month: string): string =>
  [indicator, epoch, part, month].join(' ');

type Held = { version: number; withdrawn: boolean; month: string; count: number; of: string };

/** Posts and certificates, record by record. */
const countByHand = async (ledger: Ledger): Promise<ByHand> => {
  const sums: ByHand = new Map();
  const records = new Map<string, Held>();
  const annulled = new Map<string, Set<string>>();
  let epoch = 1;
  const add = (indicator: string, part: Part, { month, count }: Held, sign: number): void => {
    const name = nameOf(indicator, epoch, part, month);
    sums.set(name, (sums.get(name) ?? 0) + sign * count);
  };
  const isAnnulled = ({ of }: Held): boolean => (annulled.get(of)?.size ?? 0) > 0;
  const counts = (held: Held | undefined): held is Held =>
    held !== undefined && !held.withdrawn && !isAnnulled(held);
  for (let after = 0n; ;) {
    const page = await ledger.readAll(after, {}, 5_000);
    for (const { type, data: fields, metadata } of page.events) {
      const data = fields as Record<string, string | number>;
      const { agency, contract, recordId, recordVersion = 1 } = metadata;
      const key = `${agency}/${contract}/${recordId}`;
      const held = records.get(key);
      switch (type) {
        case epochClosed:
          epoch++;
          break;
        case 'VacancyPublished':
        case 'CertificateIssued': {
          if (held !== undefined && (held.withdrawn || held.version >= recordVersion)) break;
          const indicator = type === 'VacancyPublished' ? 'VAC_NEW' : 'CERT_ISSUED';
          const part = held === undefined ? 'late' : 'corrections';
          const fresh: Held = {
            version: recordVersion,
            withdrawn: false,
            month: formatMonth(monthOfDay(parseDay(String(data['day'])), 'jalali')),
            count: type === 'VacancyPublished' ? Number(data['positions']) : 1,
            of: type === 'VacancyPublished' ? key : `${data['person']}/${data['certificate']}`,
          };
          if (counts(held)) add(indicator, part, held, -1);
          if (counts(fresh)) add(indicator, part, fresh, 1);
          records.set(key, fresh);
          break;
        }
        case 'CertificateAnnulled': {
          if (held?.withdrawn === true || (held?.version ?? 0) >= recordVersion) break;
          const of = `${data['person']}/${data['certificate']}`;
          const counted = [...records.values()].filter((one) => one.of === of && counts(one));
          annulled.set(of, (annulled.get(of) ?? new Set()).add(key));
          records.set(key, { version: recordVersion, withdrawn: false, month: '', count: 0, of });
          for (const one of counted) if (!counts(one)) add('CERT_ISSUED', 'corrections', one, -1);
          break;
        }
        case 'VacancyRecordWithdrawn':
        case 'SkillRecordWithdrawn': {
          const named = `${agency}/${data['contract']}/${data['recordId']}`;
          const voided = records.get(named);
          if (counts(voided) && voided.count > 0)
            add(type === 'VacancyRecordWithdrawn' ? 'VAC_NEW' : 'CERT_ISSUED', 'corrections', voided, -1);
          const none = { version: 0, month: '', count: 0, of: named };
          records.set(named, { ...(voided ?? none), withdrawn: true });
          break;
        }
        default:
      }
    }
    after = page.position;
    if (page.caughtUp) return sums;
  }
};

describe('what made figures of a simulated country differ between releases', () => {
  let service: IndicatorService;
  let byHand: ByHand;

  beforeAll(async () => {
    const [ledger, store] = [memoryLedger(), memoryCellStore()];
    const releases = await takeIn(ledger);
    for (const projection of projections)
      if (['delivery', 'person', 'vacancy'].includes(projection.name))
        await catchUp(store, ledger, await store.open(projection), 777);
    service = createIndicators({ store, releases: async () => releases, calendar: 'jalali' });
    byHand = await countByHand(ledger);
  }, 240_000);

  const between = (indicator: string, from: number, to: number, part: Part, month: string): number => {
    let sum = 0;
    for (let epoch = from + 1; epoch <= to; epoch++)
      sum += byHand.get(nameOf(indicator, epoch, part, month)) ?? 0;
    return sum;
  };

  it('is what is counted by hand, record by record, for every pair of releases and every month', async () => {
    let [late, corrected, both] = [0, 0, 0];
    for (let from = 1; from <= months; from++)
      for (let to = from + 1; to <= months; to++) {
        const { indicators } = await compareKnowledge(service, {
          from: `r${from}`,
          to: `r${to}`,
          where: {},
          indicators: [{ code: 'VAC_NEW' }, { code: 'CERT_ISSUED' }],
        });
        for (const { indicator, figures } of indicators)
          for (const { period, fate, effects } of figures) {
            if (fate !== 'revised') continue;
            const expected = {
              definition: '0',
              late: String(between(indicator, from, to, 'late', period)),
              corrections: String(between(indicator, from, to, 'corrections', period)),
            };
            expect([from, to, indicator, period, effects]).toEqual([from, to, indicator, period, expected]);
            const [isLate, isCorrected] = [expected.late !== '0', expected.corrections !== '0'];
            if (isLate) late++;
            if (isCorrected) corrected++;
            if (isLate && isCorrected) both++;
          }
      }
    // the country would have told nothing otherwise
    expect([late > 5, corrected > 5, both > 0]).toEqual([true, true, true]);
  });
});
