import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { memoryCellStore, memoryLedger } from '@karnama/adapter-memory';
import { catchUp, rebuildAll } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import type { Json } from '@karnama/kernel';
import { createIndicators, projectionsIn, type IndicatorRequest } from '@karnama/statistics';
import { checkSeal, handleEpochCommand, readEpochs } from '@karnama/vintages';
import { hashesAt } from './seal.js';

const ledger = memoryLedger();
const store = memoryCellStore();
const projections = projectionsIn('jalali');
const indicators = createIndicators({
  store,
  releases: async () => (await readEpochs(ledger)).releases,
  calendar: 'jalali',
});

let number = 0;
const feed = async (type: string, contract: string, data: Record<string, Json>): Promise<void> => {
  number += 1;
  const person = {
    person: `p1_${data['spell'] as string}`,
    establishment: '0183630045',
    enterprise: '10101234565',
  };
  const event = fedEvent(number, type, { ...person, ...data }, { agency: 'social-insurance', contract });
  await ledger.append([{ stream: `feed_social-insurance_${contract}-0`, expected: 'any', events: [event] }]);
};

const started = (spell: string, startDay: string, reportedOn: string, area = 'IR-23'): Promise<void> =>
  feed('EmploymentStarted', 'employment-starts', {
    spell,
    startDay,
    area,
    industry: 'ISIC4:4711',
    occupation: 'ISCO08:5223',
    contractType: 'fixed-term',
    weeklyHours: 4400,
    monthlyWage: 18200000000,
    sex: 'F',
    birthMonth: '1372-06',
    reportedOn,
  });

const cut = async (name: string): Promise<void> => {
  await handleEpochCommand(ledger, { type: 'CutRelease', name, at: '2025-07-01T00:00:00.000Z' }, randomUUID);
  for (const projection of projections) await catchUp(store, ledger, await store.open(projection), 100);
};

const hires = async (more: Partial<IndicatorRequest> = {}) => {
  const { rows } = await indicators.data({
    indicator: 'HIRES',
    by: [],
    where: {},
    freq: 'M',
    asKnownAt: 'latest',
    ...more,
  });
  return rows.map(({ period, value }) => `${period} ${value}`);
};

beforeAll(async () => {
  await started('a', '2025-03-25', '2025-04-10');
  await started('b', '2025-05-05', '2025-05-23', 'IR-21');
  await cut('first');
  await started('c', '2025-04-02', '2025-06-30');
  await feed('EmploymentEnded', 'employment-ends', {
    spell: 'b',
    lastDay: '2025-06-15',
    reason: 'quit',
    reportedOn: '2025-06-30',
  });
  await cut('second');
});

describe('a release', () => {
  it('tells what was known then, from the events of the registers', async () => {
    expect(await hires({ asKnownAt: 'first' })).toEqual(['1404-01 1', '1404-02 1', '1404-03 0']);
    expect(await hires({ asKnownAt: 'second' })).toEqual([
      '1404-01 2',
      '1404-02 1',
      '1404-03 0',
      '1404-04 0',
    ]);
    const { rows } = await indicators.data({
      indicator: 'QUIT_R',
      by: ['area'],
      where: {},
      freq: 'M',
      from: '1404-03',
      to: '1404-03',
      asKnownAt: 'latest',
    });
    expect(rows).toEqual([
      { period: '1404-03', codes: ['IR-21'], value: null, reason: 'no-denominator' },
      { period: '1404-03', codes: ['IR-23'], value: '0.00' },
    ]);
  });

  it('says the same for ever: also after everything was counted anew', async () => {
    const [first, second] = [await hashesAt(indicators, 'first'), await hashesAt(indicators, 'second')];
    expect(Object.keys(first)).toHaveLength(indicators.list().length);
    expect(checkSeal('first', first, second).differing).toEqual(
      expect.arrayContaining(['EMP_JOBS', 'HIRES', 'DQ_LAG50']),
    );
    await started('d', '2025-03-26', '2025-07-30');
    await rebuildAll(store, ledger, projections);
    expect(await hashesAt(indicators, 'first')).toEqual(first);
    expect(await hashesAt(indicators, 'second')).toEqual(second);
    expect((await hires())[0]).toBe('1404-01 3');
  });
});
