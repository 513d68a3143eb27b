import { describe, expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import { projections } from './catalogue.js';
import { dayAt, endOfDay, knowledgeAt, positionOf, type History } from './knowledge.js';
import { parseDay } from '@karnama/kernel';

const past: History = {
  releases: async () => [
    { name: '1404-01', epoch: 1, cutAt: '2025-04-25T08:00:00.000Z' },
    { name: '2025-05-03', epoch: 3, cutAt: '2025-05-25T08:00:00.000Z' },
    { name: '1404-03', epoch: 4, cutAt: '2025-06-25T08:00:00.000Z' },
  ],
  closings: async () => [
    { epoch: 1, at: '2025-04-25T08:00:00.000Z' },
    // in Tehran still the 1st of May
    { epoch: 2, at: '2025-05-01T20:29:59.000Z' },
    { epoch: 3, at: '2025-05-25T08:00:00.000Z' },
    { epoch: 4, at: '2025-06-25T08:00:00.000Z' },
  ],
  calendar: 'jalali',
};

describe('a position of knowledge', () => {
  it('is now, and then everything is known', async () => {
    expect(await positionOf(past, 'latest')).toEqual({
      name: 'latest',
      kind: 'latest',
      epoch: null,
      closedAt: null,
      release: '1404-03',
    });
  });

  it('is a release, also one that bears the name of a day', async () => {
    expect(await positionOf(past, '2025-05-03')).toMatchObject({ kind: 'release', epoch: 3 });
  });

  it('is a day of either calendar: the last epoch that was closed by its end', async () => {
    const expected = { kind: 'day', epoch: 2, closedAt: '2025-05-01T20:29:59.000Z', day: '2025-05-01' };
    expect(await positionOf(past, '2025-05-01')).toEqual({
      ...expected,
      name: '2025-05-01',
      release: '1404-01',
    });
    expect(await positionOf(past, '1404-02-11')).toEqual({
      ...expected,
      name: '1404-02-11',
      release: '1404-01',
    });
    expect(await positionOf(past, '2025-04-30')).toMatchObject({ epoch: 1 });
    expect(await positionOf(past, '2025-05-24')).toMatchObject({ epoch: 2 });
  });

  it('ends its day in Tehran where statistics are made in Jalali months, at midnight UTC elsewhere', async () => {
    const day = parseDay('2025-05-01');
    expect(new Date(endOfDay(day, 'jalali')).toISOString()).toBe('2025-05-01T20:30:00.000Z');
    expect(new Date(endOfDay(day, 'gregorian')).toISOString()).toBe('2025-05-02T00:00:00.000Z');
    const late: History = { ...past, closings: async () => [{ epoch: 1, at: '2025-05-01T20:30:00.000Z' }] };
    await expect(positionOf(late, '2025-05-01')).rejects.toMatchObject({ code: 'unknown-position' });
    expect(await positionOf({ ...late, calendar: 'gregorian' }, '2025-05-01')).toMatchObject({ epoch: 1 });
  });

  it('begins its day where the day before ends', () => {
    for (const calendar of ['jalali', 'gregorian'] as const) {
      const day = parseDay('2025-05-01');
      const end = endOfDay(day, calendar);
      expect(dayAt(new Date(end - 1).toISOString(), calendar)).toBe(day);
      expect(dayAt(new Date(end).toISOString(), calendar)).toBe(day + 1);
    }
  });

  it('before which nothing was known is refused, with the first day that there is', async () => {
    await expect(positionOf(past, '1404-02-01')).rejects.toMatchObject({
      code: 'unknown-position',
      message: 'nothing was known yet at the end of 2025-04-21 (1404-02-01)',
      mend: expect.stringContaining('2025-04-25 (1404-02-05)') as unknown,
    });
    const nothing: History = { releases: async () => [] };
    await expect(positionOf(nothing, '2025-05-01')).rejects.toMatchObject({ code: 'unknown-position' });
  });

  it('that is no release and no day is unknown', async () => {
    for (const name of ['1404-13', '1404-02-32', 'yesterday'])
      await expect(positionOf(past, name)).rejects.toMatchObject({ code: 'unknown-release' });
  });

  it('counts the ends of releases where no others are told', async () => {
    const { releases } = past;
    expect(await positionOf({ releases }, '2025-05-10')).toMatchObject({ epoch: 1, release: '1404-01' });
  });

  it('cannot be told before its epoch is counted', async () => {
    const store = memoryCellStore();
    const generation = await store.open(projections[0] as (typeof projections)[number]);
    const from = await store.checkpoint(generation);
    const countTo = (epoch: number) =>
      store.transact(generation, async (tx) =>
        tx.advance(await store.checkpoint(generation), { ...from, position: BigInt(epoch), epoch }),
      );
    await countTo(2);
    await expect(knowledgeAt(store, [generation], past, '2025-05-01')).rejects.toMatchObject({
      code: 'unavailable',
    });
    await countTo(3);
    expect(await knowledgeAt(store, [generation], past, '1404-02-11')).toEqual({
      release: '1404-02-11',
      epoch: 2,
    });
  });
});
