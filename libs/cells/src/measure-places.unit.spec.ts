import { describe, expect, it } from '@jest/globals';
import type { Dataflow } from './dataflow.js';
import { measurePlaces } from './measure-places.js';

const label = { fa: 'آزمون', en: 'test' };
const dataflow: Dataflow<never> = {
  code: 'FLOW',
  version: 1,
  name: label,
  description: label,
  dimensions: [],
  measures: ['jobs', 'units'].map((code) => ({ code, name: label, unit: label, definition: label })),
  rollUps: [],
  contributions: () => [],
};

describe('the measures of a query', () => {
  it('are all of the dataflow, then units, then keys, when none are named', () => {
    expect(measurePlaces(dataflow, undefined)).toEqual([0, 1, 2, 3]);
  });

  it('stand in the order they are named in; a measure called units is that of the dataflow', () => {
    expect(measurePlaces(dataflow, ['units', 'jobs'])).toEqual([1, 0]);
    expect(measurePlaces(dataflow, [])).toEqual([]);
  });

  it('have to be known', () => {
    const asked = (): unknown => measurePlaces(dataflow, ['jobs', 'keys']);
    expect(asked).toThrow('the cells of FLOW hold no measure "keys"');
    expect(asked).toThrow(expect.objectContaining({ code: 'unknown-measure', mend: 'one of jobs, units' }));
  });
});
