import type { Contribution, Dataflow } from '@karnama/cells';
import { addMonths, lastDayOf, monthOfDay, type Calendar } from '@karnama/kernel';
import { beginsWithin, type Job, type SearchOutcome } from '@karnama/registers';
import { stockChanges } from '../dataflows/stock-changes.js';
import type { PersonState } from '../person/person-state.js';
import { cellsOf, codesAt, type CellTurn } from './search-cells.js';
import { searchHistoryOf, type Search } from './search-history.js';
import { ageDimension, areaDimension, educationDimension, sexDimension } from './dimensions.js';
import { jobseekerMeasures } from './jobseeker-measures.js';

type Cells = readonly [CellTurn, ...CellTurn[]];

const at = (code: string): number => jobseekerMeasures.findIndex((measure) => measure.code === code);

const places = {
  jobseekers: at('jobseekers'),
  inflow: at('inflow'),
  outflow: at('outflow'),
  reclassIn: at('reclass_in'),
  reclassOut: at('reclass_out'),
  placed6: at('placed_6'),
  placed12: at('placed_12'),
};

const placeOfOutcome: Readonly<Record<SearchOutcome, number>> = {
  job: at('out_job'),
  training: at('out_training'),
  lapsed: at('out_lapsed'),
  other: at('out_other'),
};

const ones = (...of: readonly number[]): number[] => {
  const measures = new Array<number>(jobseekerMeasures.length).fill(0);
  for (const place of of) measures[place] = 1;
  return measures;
};

const flow = (month: number, codes: readonly string[], ...of: readonly number[]): Contribution => ({
  month,
  declared: month,
  codes,
  measures: ones(...of),
  units: 1,
});

function* flows(
  search: Search,
  cells: Cells,
  jobs: readonly Job[],
  calendar: Calendar,
): Generator<Contribution> {
  const { start, end } = search.spell;
  const placed = [
    ...(beginsWithin(jobs, start, addMonths(start, 6, calendar)) ? [places.placed6] : []),
    ...(beginsWithin(jobs, start, addMonths(start, 12, calendar)) ? [places.placed12] : []),
  ];
  let codes = cells[0].codes;
  yield flow(monthOfDay(start, calendar), codes, places.inflow, ...placed);
  for (const turn of cells.slice(1)) {
    const month = monthOfDay(turn.day, calendar);
    yield flow(month, codes, places.reclassOut);
    yield flow(month, turn.codes, places.reclassIn);
    codes = turn.codes;
  }
  if (search.outcome !== null)
    yield flow(monthOfDay(end, calendar), codes, places.outflow, placeOfOutcome[search.outcome]);
}

const stock = ({ spell }: Search, cells: Cells, calendar: Calendar): Iterable<Contribution> => {
  const months = cells.map(({ day }) => monthOfDay(day, calendar));
  if (spell.end !== Infinity) months.push(monthOfDay(spell.end, calendar));
  return stockChanges(months, (month) => {
    const day = lastDayOf(month);
    // the flows of the same cell stand for the persons counted
    const standing = { codes: codesAt(cells, day), measures: ones(places.jobseekers), units: 0 };
    return day < spell.end ? [standing] : [];
  });
};

/** Jobseekers at the end of the month, who came and who left, and where to. */
export const jobseekers = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'JOBSEEKERS',
  version: 1,
  name: { fa: 'جویندگان کار ثبت‌شده', en: 'Registered jobseekers' },
  description: {
    fa: 'کسانی که نزد خدمات اشتغال ثبت‌نام فعال دارند و بنا بر ثبت‌های اشتغال شغلی ندارند.',
    en: 'Persons with an active registration at the employment services and no job according to the registers.',
  },
  dimensions: [areaDimension, sexDimension, ageDimension, educationDimension],
  measures: jobseekerMeasures,
  identities: [{ stock: 'jobseekers', in: ['inflow', 'reclass_in'], out: ['outflow', 'reclass_out'] }],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['area', 'sex'] },
    { time: 'effective', dimensions: ['area', 'sex', 'age'] },
    { time: 'effective', dimensions: ['area', 'education'] },
  ],
  basis: searchHistoryOf,
  *contributions(state) {
    const { searches, jobs } = searchHistoryOf(state);
    for (const search of searches) {
      const cells = cellsOf(search.spell, calendar);
      yield* stock(search, cells, calendar);
      yield* flows(search, cells, jobs, calendar);
    }
  },
});
