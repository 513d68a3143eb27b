import { describe, expect, it } from '@jest/globals';
import type { Dataflow } from '@karnama/cells';
import { projections } from './catalogue.js';

/** What the cells of a dataflow are kept under: whatever changes here needs a new version and a rebuild. */
const shapeOf = ({
  dimensions,
  measures,
  rollUps,
}: Pick<Dataflow<unknown>, 'dimensions' | 'measures' | 'rollUps'>) => [
  dimensions.map(({ code }) => code).join(' '),
  measures.map(({ code, kind }) => `${code}${kind === 'stock' ? '*' : ''}`).join(' '),
  rollUps
    .map(({ time, dimensions: by }) => `${time === 'effective' ? '' : `${time}: `}${by.join(' ')}`)
    .join(', '),
];

const expected = {
  'movements MOVEMENTS': [
    'area industry occupation sex age education declaration',
    'hires separations wage_bill with_wage',
    'area, area industry, area sex age, area occupation, area education, area declaration, declared: area, declared: area industry',
  ],
  'movements MOVEMENTS_LOCAL': [
    'area industry',
    'hires separations wage_bill with_wage',
    'area, industry, declared: area',
  ],
  'movements OPENING_STOCKS': ['area fixed_through', 'opening_stock', ''],
  'intake INTAKE': ['agency contract outcome', 'records', 'agency contract outcome'],
  'delivery DELIVERY': [
    'agency contract kind lag',
    'records',
    ', kind, lag, agency contract kind, agency contract lag',
  ],
  'person JOBS': [
    'area industry occupation sex age contract',
    'jobs* hires separations quits layoffs retirements deaths other_ends unknown_ends recalls reclass_in reclass_out',
    'area, area industry, area sex age, area occupation, area contract',
  ],
  'person STABLE_JOBS': ['area industry sex age', 'stable*', 'area, area industry, area sex age'],
  'person TENURE': ['area sex tenure', 'separations jobs*', 'area, area tenure'],
  'person PERSONS': ['area industry sex age', 'persons* multiple*', 'area, area industry, area sex age'],
  'person WAGES': [
    'area industry sex wage',
    'wage_sum wage_earners',
    'area, area industry, area sex, area wage',
  ],
  'person JOBSEEKERS': [
    'area sex age education',
    'jobseekers* inflow outflow out_job out_training out_lapsed out_other reclass_in reclass_out placed_6 placed_12',
    'area, area sex, area sex age, area education',
  ],
  'person SEARCH': ['area sex duration', 'jobseekers*', 'area, area duration'],
  'person SEARCH_COHORT': ['area sex elapsed', 'entered found censored', 'area, area elapsed'],
  'person PLACEMENTS': ['area sex', 'placements confirmed', 'area'],
  'person TRAINING': [
    'area sex age skill',
    'enrolled due completed certificates certified',
    'area, area skill, area sex',
  ],
  'person GRADUATES': [
    'area sex skill',
    'graduates employed_6 employed_12 ever_6 ever_12 before matched_12 linked',
    'area, area skill, area sex',
  ],
  'person GRADUATE_ENTRY': ['area sex elapsed', 'graduates first_job', 'area, area elapsed'],
  'vacancy VACANCIES': [
    'area industry occupation',
    'open* opened filled closed',
    'area, industry, occupation, area industry, area occupation',
  ],
  'vacancy VACANCY_COHORT': ['area elapsed', 'opened filled censored', 'area, elapsed, area elapsed'],
  'vacancy SKILL_DEMAND': ['area skill', 'posts', 'area, skill'],
  'establishment JOB_FLOWS': [
    'freq area industry size',
    'created_opening created_expansion destroyed_closing destroyed_contraction jobs_twice*',
    'freq area, freq industry, freq size, freq area industry, freq area size, area',
  ],
  'establishment REPORTING': ['area industry', 'expected* reporting', 'area, industry'],
  'enterprise ENTERPRISES': [
    'area industry size form',
    'active* births deaths birth_jobs survivors_1 survivors_2 survivors_3 survivors_4 survivors_5 hg_base* high_growth*',
    'area, industry, size, form, area industry',
  ],
  'enterprise EMPLOYERS': ['area industry size', 'employers*', 'area, industry, size, area industry'],
  'unit PERMITS': [
    'area industry elapsed',
    'permits licensed annulled',
    'area, area elapsed, industry elapsed, elapsed',
  ],
  'unit UNITS': [
    'area industry estate state',
    'units*',
    'area, state, area state, industry state, area industry state, area estate state',
  ],
  'unit CAPACITY': ['area industry', 'all_value* reporting_value used_value', 'area, industry'],
  'estate ESTATES': ['area', 'estates* plots* plots_assigned*', 'area'],
};

describe('the cells that are kept', () => {
  it('have these dimensions, measures (* for stocks) and roll-ups', () => {
    const shapes = projections.flatMap(({ name, dataflows }) =>
      dataflows
        .filter(({ correctionsOf }) => correctionsOf === undefined)
        .map((dataflow) => [`${name} ${dataflow.code}`, shapeOf(dataflow)] as const),
    );
    expect(Object.fromEntries(shapes)).toEqual(expected);
  });

  it('have beside them those of what corrections did, in the same shape', () => {
    const uncorrected = ['movements', 'intake', 'delivery'];
    const told = projections.filter(({ name }) => !uncorrected.includes(name));
    expect(told).toHaveLength(projections.length - uncorrected.length);
    for (const { dataflows, register } of told) {
      expect(register.corrects).toBeDefined();
      const [all, corrections] = [false, true].map((corrected) =>
        dataflows.filter(({ correctionsOf }) => (correctionsOf !== undefined) === corrected),
      );
      expect(corrections?.map(({ code, correctionsOf }) => [code, correctionsOf])).toEqual(
        all?.map(({ code }) => [`${code}.corrected`, code]),
      );
      expect(corrections?.map(shapeOf)).toEqual(all?.map(shapeOf));
    }
  });
});
