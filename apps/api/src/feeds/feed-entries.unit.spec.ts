import { describe, expect, it } from '@jest/globals';
import type { IndicatorRow } from '@karnama/statistics';
import { entriesOf, type ToldRelease } from './feed-entries.js';

const row = (period: string, value: string | null, change: string | null = null): IndicatorRow => ({
  period,
  codes: [],
  value,
  changes: { previous: { absolute: change } },
});

const release = (name: string, epoch: number, rows: readonly IndicatorRow[]): ToldRelease => ({
  release: { name, epoch, cutAt: `2025-0${epoch}-01T00:00:00.000Z` },
  rows,
});

const told = (...releases: readonly ToldRelease[]) =>
  entriesOf(releases).map(({ kind, release: { name }, figures }) => [
    name,
    kind,
    figures.map(({ period, before, value }) => `${period}: ${before ?? 'none'} → ${value}`),
  ]);

describe('the events of a series', () => {
  it('of the first release are its figures, newest first; what has no figure is no event', () => {
    expect(told(release('a', 1, [row('1403-01', '5'), row('1403-02', '6'), row('1403-03', null)]))).toEqual([
      ['a', 'released', ['1403-02: none → 6', '1403-01: none → 5']],
    ]);
  });

  it('are none when a release says the same again', () => {
    const rows = [row('1403-01', '5')];
    expect(told(release('a', 1, rows), release('b', 2, rows)).map(([name]) => name)).toEqual(['a']);
  });

  it('tell a revision with what was told before', () => {
    expect(told(release('a', 1, [row('1403-01', '5')]), release('b', 2, [row('1403-01', '7')]))[0]).toEqual([
      'b',
      'revised',
      ['1403-01: 5 → 7'],
    ]);
  });

  it('tell a figure that was not there before as new, not as revised', () => {
    expect(told(release('a', 1, [row('1403-01', null)]), release('b', 2, [row('1403-01', '7')]))).toEqual([
      ['b', 'released', ['1403-01: none → 7']],
    ]);
  });

  it.each([
    ['the figure', row('1403-01', '5'), row('1403-01', '-1')],
    ['its change', row('1403-01', '5', '2'), row('1403-01', '3', '-1')],
    [
      'the change alone, by a revision of the period before',
      row('1403-01', '5', '2'),
      row('1403-01', '5', '-1'),
    ],
  ])('tell that the sign of %s turned', (_, before, after) => {
    const kinds = told(release('a', 1, [before]), release('b', 2, [after])).map(([name, kind]) =>
      [name, kind].join(' '),
    );
    expect(kinds[0]).toBe('b flipped');
  });

  it('do not take a step to or from zero for a turn', () => {
    const kinds = told(
      release('a', 1, [row('1403-01', '5', '2')]),
      release('b', 2, [row('1403-01', '0', '0')]),
      release('c', 3, [row('1403-01', '-4', '-2')]),
    ).map(([, kind]) => kind);
    expect(kinds).not.toContain('flipped');
  });
});
