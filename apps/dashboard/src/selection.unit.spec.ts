import { describe, expect, it } from '@jest/globals';
import type { Dataflow } from './api.js';
import { groupingBelow, lineageOf } from './areas.js';
import { carriedTo, seriesQuestion, selectionOf } from './selection.js';
import { readUrl } from './url-state.js';

const label = { fa: 'نام', en: 'name' };

const dataflow = (code: string, depth: 2 | 3): Dataflow => ({
  code,
  version: 1,
  name: label,
  description: label,
  dimensions: [
    {
      code: 'area',
      name: label,
      levels: ['country', 'state', 'local'].slice(0, depth),
      codes: [
        { code: 'BR', name: label, level: 'country' },
        { code: 'BR-MA', name: label, parent: 'BR', level: 'state' },
        ...(depth === 3 ? [{ code: 'BR:211130', name: label, parent: 'BR-MA', level: 'local' }] : []),
      ],
    },
    { code: 'industry', name: label, codes: [] },
  ],
  measures: [
    { code: 'hires', name: label, unit: label, definition: label, kind: 'flow' },
    { code: 'net', name: label, unit: label, definition: label, kind: 'flow' },
    { code: 'stock', name: label, unit: label, definition: label, kind: 'stock' },
  ],
  months: [{ from: '2025-01', to: '2026-01', calendar: 'gregorian' }],
});

const states = dataflow('MOVEMENTS', 2);
const local = dataflow('MOVEMENTS_LOCAL', 3);

describe('the selection', () => {
  it('fills in the page’s own choices: net, the first country, the first dimension that is no area', () => {
    expect(selectionOf(readUrl(''), states)).toMatchObject({
      measure: 'net',
      area: 'BR',
      breakdown: 'industry',
    });
  });

  it('asks for exactly what the address names, even when the dataflow does not list it', () => {
    const selection = selectionOf(readUrl('?area=ZZ&measure=gross'), states);
    expect(seriesQuestion(selection, 'latest')).toMatchObject({ area: 'ZZ', measures: ['gross', 'stock'] });
  });

  it('asks for a stock only by the month in which things happened', () => {
    const selection = selectionOf(readUrl('?view=declared'), states);
    expect(seriesQuestion(selection, 'latest').measures).toEqual(['net']);
  });

  it('takes along to another dataflow only what exists there', () => {
    const selection = selectionOf(readUrl('?area=BR:211130&measure=hires'), local);
    expect(carriedTo(states, selection)).toMatchObject({ area: undefined, measure: 'hires' });
    expect(carriedTo(local, selectionOf(readUrl('?area=BR-MA'), states))).toMatchObject({ area: 'BR-MA' });
  });
});

describe('areas', () => {
  const codes = local.dimensions[0]?.codes ?? [];

  it('know their way up to the country', () => {
    expect(lineageOf(codes, 'BR:211130')).toEqual(['BR', 'BR-MA', 'BR:211130']);
    expect(lineageOf(codes, 'ZZ')).toEqual(['ZZ']);
  });

  it('are broken down one level at a time, the finest by the dimension itself', () => {
    const [area] = local.dimensions;
    expect(area && groupingBelow(area, 'BR')).toBe('area@state');
    expect(area && groupingBelow(area, 'BR-MA')).toBe('area');
    expect(area && groupingBelow(area, 'BR:211130')).toBeUndefined();
  });
});
