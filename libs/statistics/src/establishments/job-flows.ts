import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import { sizeClassOf, type Code } from '@karnama/classifications';
import { monthOfDay, type Calendar, type Month } from '@karnama/kernel';
import { stockChanges, type Standing } from '../dataflows/stock-changes.js';
import { area, industry, size } from './employer-dimensions.js';
import { workshopTotals, type EstablishmentState } from './establishment-state.js';
import { headcountOf } from './headcount.js';
import { valueAt, type Steps } from './steps.js';
import { locationOf, transfersOfWorkshop, type Cell, type Location } from './workshop.js';

/** A frequency of job flows and its months. Flows of a quarter are not the sums of its months' flows. */
type Frequency = Code & { readonly months: number };

/** The frequencies that job flows are counted at. */
export const jobFlowFrequencies: readonly Frequency[] = [
  { code: 'M', months: 1, name: { fa: 'ماهانه', en: 'Monthly', pt: 'Mensal' } },
  { code: 'Q', months: 3, name: { fa: 'فصلی', en: 'Quarterly', pt: 'Trimestral' } },
  { code: 'A', months: 12, name: { fa: 'سالانه', en: 'Yearly', pt: 'Anual' } },
];

const jobs = { fa: 'شغل', en: 'jobs' };

const measures: readonly MeasureSpec[] = [
  {
    code: 'created_opening',
    name: { fa: 'مشاغل ایجادشده در کارگاه‌های تازه', en: 'Jobs created by openings' },
    unit: jobs,
    definition: {
      fa: 'افزایش مشاغل کارگاه‌هایی که در آغاز دوره شغلی نداشتند؛ مشاغلی که از کارگاه دیگر منتقل شده شمرده نمی‌شود.',
      en: 'Net growth of workshops without a job at the beginning of the period; jobs that went over from another workshop do not count.',
    },
  },
  {
    code: 'created_expansion',
    name: { fa: 'مشاغل ایجادشده با گسترش', en: 'Jobs created by expansions' },
    unit: jobs,
    definition: {
      fa: 'افزایش مشاغل کارگاه‌هایی که در آغاز دوره شغل داشتند.',
      en: 'Net growth of workshops that had jobs at the beginning of the period.',
    },
  },
  {
    code: 'destroyed_closing',
    name: { fa: 'مشاغل ازدست‌رفته با تعطیلی', en: 'Jobs destroyed by closings' },
    unit: jobs,
    definition: {
      fa: 'کاهش مشاغل کارگاه‌هایی که در پایان دوره شغلی ندارند؛ مشاغلی که به کارگاه دیگر منتقل شده شمرده نمی‌شود.',
      en: 'Net decline of workshops without a job at the end of the period; jobs that went over to another workshop do not count.',
    },
  },
  {
    code: 'destroyed_contraction',
    name: { fa: 'مشاغل ازدست‌رفته با کوچک‌شدن', en: 'Jobs destroyed by contractions' },
    unit: jobs,
    definition: {
      fa: 'کاهش مشاغل کارگاه‌هایی که در پایان دوره هنوز شغل دارند.',
      en: 'Net decline of workshops that still have jobs at the end of the period.',
    },
  },
  {
    code: 'jobs_twice',
    name: { fa: 'دو برابر میانگین مشاغل', en: 'Twice the mean of jobs' },
    unit: jobs,
    definition: {
      fa: 'مشاغل آغاز دوره به‌علاوهٔ مشاغل پایان دوره؛ مخرج نرخ‌ها.',
      en: 'Jobs at the beginning plus jobs at the end of the period; the denominator of the rates.',
    },
    kind: 'stock',
  },
];

/** What job flows follow from: jobs at month ends, where they count, what went over by months. */
type Counted = {
  readonly headcount: Steps;
  readonly location: Location;
  readonly transfers: ReadonlyMap<Month, number>;
};

const lastMonthOf = (month: Month, months: number): Month => month - (month % months) + months - 1;

const knownCodes = new WeakMap<Frequency, WeakMap<Cell, Map<string, readonly string[]>>>();

/** The same array for the same codes: what adds them up recognises it. */
const codesOf = (
  frequency: Frequency,
  { location }: Counted,
  month: Month,
  twice: number,
): readonly string[] => {
  const cell = location.at(month);
  const size = sizeClassOf(Math.ceil(twice / 2));
  let byCell = knownCodes.get(frequency);
  if (byCell === undefined) knownCodes.set(frequency, (byCell = new WeakMap()));
  let bySize = byCell.get(cell);
  if (bySize === undefined) byCell.set(cell, (bySize = new Map<string, readonly string[]>()));
  let codes = bySize.get(size);
  if (codes === undefined) bySize.set(size, (codes = [frequency.code, ...cell, size]));
  return codes;
};

/** Of periods after a change opening and end are the same again, so the stock changes there, too. */
function* twice(frequency: Frequency, counted: Counted): Generator<Contribution> {
  const { headcount, location } = counted;
  const { months } = frequency;
  const turns = new Set<Month>();
  for (const turn of headcount.turns) {
    const period = lastMonthOf(turn, months);
    turns.add(period).add(period + months);
  }
  for (const turn of location.turns) turns.add(lastMonthOf(turn, months));
  yield* stockChanges(turns, (month): readonly Standing[] => {
    const sum = valueAt(headcount, month - months) + valueAt(headcount, month);
    return sum === 0 ? [] : [{ codes: codesOf(frequency, counted, month, sum), measures: [0, 0, 0, 0, sum] }];
  });
}

const flowOf = (growth: number, opening: number, closing: number): readonly number[] => {
  if (growth > 0) return opening === 0 ? [growth, 0, 0, 0, 0] : [0, growth, 0, 0, 0];
  return closing === 0 ? [0, 0, -growth, 0, 0] : [0, 0, 0, -growth, 0];
};

function* flows(frequency: Frequency, counted: Counted): Generator<Contribution> {
  const { headcount } = counted;
  const { months } = frequency;
  const moved = new Map<Month, number>();
  for (const turn of headcount.turns) moved.set(lastMonthOf(turn, months), 0);
  for (const [month, left] of counted.transfers) {
    const period = lastMonthOf(month, months);
    moved.set(period, (moved.get(period) ?? 0) + left);
  }
  for (const [month, left] of moved) {
    const opening = valueAt(headcount, month - months);
    const closing = valueAt(headcount, month);
    const growth = closing - opening + left;
    if (growth === 0) continue;
    const codes = codesOf(frequency, counted, month, opening + closing);
    yield { month, declared: month, codes, measures: flowOf(growth, opening, closing), units: 1 };
  }
}

const transfersByMonth = (state: EstablishmentState, calendar: Calendar): Map<Month, number> => {
  const byMonth = new Map<Month, number>();
  for (const { day, jobs: left } of transfersOfWorkshop(state)) {
    const month = monthOfDay(day, calendar);
    byMonth.set(month, (byMonth.get(month) ?? 0) + left);
  }
  return byMonth;
};

const bases = new WeakMap<object, Pick<EstablishmentState, 'employment' | 'own'>>();

/** One object for the same jobs and the same place, whatever wage lists come in. */
const basisOf = ({ employment, own }: EstablishmentState): object => {
  const known = bases.get(employment);
  if (known?.own === own) return known;
  const basis = { employment, own };
  bases.set(employment, basis);
  return basis;
};

/**
 * JOB_FLOWS: jobs created and destroyed by workshops, as Davis and Haltiwanger count them, for months,
 * quarters and years each, corrected for the jobs that went over by declared successions.
 */
export const jobFlows = (calendar: Calendar): Dataflow<EstablishmentState> => ({
  code: 'JOB_FLOWS',
  version: 1,
  name: { fa: 'ایجاد و از دست رفتن شغل', en: 'Job creation and destruction' },
  description: {
    fa: 'تغییر خالص مشاغل هر کارگاه در دوره، پس از کنار گذاشتن جابه‌جایی میان کارگاه‌های پیشین و جانشین.',
    en: 'The net change of jobs in each workshop over a period, without what went over between predecessors and successors.',
  },
  dimensions: [
    { code: 'freq', name: { fa: 'تناوب', en: 'Frequency', pt: 'Frequência' } },
    area,
    industry,
    size,
  ],
  measures,
  rollUps: [
    { time: 'effective', dimensions: ['freq', 'area'] },
    { time: 'effective', dimensions: ['freq', 'industry'] },
    { time: 'effective', dimensions: ['freq', 'size'] },
    { time: 'effective', dimensions: ['freq', 'area', 'industry'] },
    { time: 'effective', dimensions: ['freq', 'area', 'size'] },
    { time: 'effective', dimensions: ['area'] },
  ],
  basis: basisOf,
  *contributions(state) {
    const counted: Counted = {
      headcount: headcountOf(workshopTotals(state), calendar),
      location: locationOf(state, calendar),
      transfers: transfersByMonth(state, calendar),
    };
    for (const frequency of jobFlowFrequencies) {
      yield* twice(frequency, counted);
      yield* flows(frequency, counted);
    }
  },
});
