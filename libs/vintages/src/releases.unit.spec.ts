import { describe, expect, it } from '@jest/globals';
import { memoryLedger } from '@karnama/adapter-memory';
import { epochStream } from '@karnama/kernel';
import { releaseCalendar } from './punctuality.js';
import { epochs, handleEpochCommand, readEpochs, type EpochCommand } from './releases.js';

const at = '2025-10-12T08:00:00.000Z';
const hashes = { A: 'aa', B: 'bb' };

/** The events that the commands lead to, and the state behind them. */
const play = (...commands: readonly EpochCommand[]) => {
  let state = epochs.initial();
  const types: string[] = [];
  for (const command of commands)
    for (const event of epochs.decide(command, state)) {
      types.push(event.type);
      state = epochs.evolve(state, event);
    }
  return { state, types };
};

const cut = (name: string, when = at): EpochCommand => ({ type: 'CutRelease', name, at: when });
const plan = (name: string, date: string): EpochCommand => ({ type: 'PlanRelease', name, date, at });
const seal = (name: string, sealed = hashes): EpochCommand => ({
  type: 'SealRelease',
  name,
  hashes: sealed,
  at,
});

describe('epochs and releases', () => {
  it('a release closes the open epoch and names it', () => {
    const { state, types } = play({ type: 'CloseEpoch', at }, cut('r1'), cut('r2'));
    expect(types).toEqual(['EpochClosed', 'EpochClosed', 'ReleaseCut', 'EpochClosed', 'ReleaseCut']);
    expect(state.open).toBe(4);
    expect(state.releases).toEqual([
      { name: 'r1', epoch: 2, cutAt: at },
      { name: 'r2', epoch: 3, cutAt: at },
    ]);
  });

  it.each([
    ['release-exists', cut('r1')],
    ['release-exists', plan('r1', '2025-10-20')],
    ['bad-release-name', cut('latest')],
    ['bad-release-name', cut('a b')],
    ['bad-release-name', plan('', '2025-10-20')],
    ['bad-day', plan('r2', '2025-02-30')],
    ['bad-day', plan('r2', '1404-01-01')],
    ['unknown-release', seal('r2')],
  ])('are refused with %s', (code, command) => {
    expect(() => play(cut('r1'), command)).toThrow(expect.objectContaining({ code }));
  });

  it('a release may be announced, and moved to another day', () => {
    const { state, types } = play(
      plan('r1', '2025-10-10'),
      plan('r1', '2025-10-10'),
      plan('r1', '2025-10-11'),
    );
    expect(types).toEqual(['ReleasePlanned', 'ReleasePlanned']);
    expect(state.planned).toEqual([{ name: 'r1', date: '2025-10-11' }]);
    expect(play(plan('r1', '2025-10-10'), plan('r2', '2025-11-10')).state.planned).toHaveLength(2);
  });

  it('a release is sealed once; sealing it alike again changes nothing, otherwise it is refused', () => {
    const { state, types } = play(
      cut('r1'),
      seal('r1'),
      seal('r1'),
      seal('r1', { ...hashes, C: 'cc' } as never),
    );
    expect(types).toEqual(['EpochClosed', 'ReleaseCut', 'ReleaseSealed']);
    expect(state.seals).toEqual([{ name: 'r1', hashes }]);
    for (const other of [{ A: 'aa', B: 'xx' }, { A: 'aa' } as never])
      expect(() => play(cut('r1'), seal('r1'), seal('r1', other))).toThrow(
        expect.objectContaining({ code: 'release-sealed' }),
      );
  });

  it('are kept in the ledger, and read from it', async () => {
    const ledger = memoryLedger();
    let id = 0;
    const newId = (): string => `00000000-0000-4000-8000-${String(++id).padStart(12, '0')}`;
    for (const command of [plan('r1', '2025-10-10'), cut('r1'), seal('r1'), seal('r1')])
      await handleEpochCommand(ledger, command, newId);
    expect(await readEpochs(ledger)).toEqual({
      open: 2,
      closings: [{ epoch: 1, at }],
      releases: [{ name: 'r1', epoch: 1, cutAt: at }],
      planned: [{ name: 'r1', date: '2025-10-10' }],
      seals: [{ name: 'r1', hashes }],
    });
    expect(await ledger.readStream(epochStream, 0n, 10)).toHaveLength(4);
  });
});

describe('the release calendar', () => {
  it('tells how long after its last month, and how late a release came', () => {
    const calendar = releaseCalendar(
      [
        { name: 'r3', date: '2026-01-10' },
        { name: 'r1', date: '2025-10-10' },
      ],
      [
        { name: 'r1', epoch: 1, cutAt: at },
        { name: 'r2', epoch: 2, cutAt: '2025-11-01T23:00:00.000Z' },
      ],
      new Map([['r1', '1404-06']]),
    );
    // the last of Shahrivar 1404 is 2025-09-22
    expect(calendar).toEqual([
      { name: 'r1', planned: '2025-10-10', cut: '2025-10-12', timeliness: 20, punctuality: 2 },
      { name: 'r2', planned: null, cut: '2025-11-01', timeliness: null, punctuality: null },
      { name: 'r3', planned: '2026-01-10', cut: null, timeliness: null, punctuality: null },
    ]);
  });
});
