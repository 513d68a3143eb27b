import type { Dataflow, MeasureSpec } from '@karnama/cells';
import { majorGroupOf, sectionOf, stateOf } from '@karnama/classifications';
import { monthOfDay, type Calendar, type Month } from '@karnama/kernel';
import { postsOf, type Posts } from '@karnama/registers';
import { stockChanges } from '../dataflows/stock-changes.js';
import type { VacancyState } from './vacancy-state.js';

const posts = { fa: 'فرصت شغلی', en: 'posts' };

const measures: readonly MeasureSpec[] = [
  {
    code: 'open',
    name: { fa: 'فرصت‌های باز', en: 'Open posts' },
    unit: posts,
    definition: {
      fa: 'فرصت‌های شغلی باز در روز پایانی ماه.',
      en: 'Posts open on the last day of the month.',
    },
    kind: 'stock',
  },
  {
    code: 'opened',
    name: { fa: 'فرصت‌های اعلام‌شده', en: 'Posts opened' },
    unit: posts,
    definition: { fa: 'فرصت‌هایی که در ماه اعلام شده‌اند.', en: 'Posts opened in the month.' },
  },
  {
    code: 'filled',
    name: { fa: 'فرصت‌های پرشده', en: 'Posts filled' },
    unit: posts,
    definition: {
      fa: 'فرصت‌هایی که در ماه پر شده‌اند، نه بیش از آنچه باز بوده است.',
      en: 'Posts filled in the month, never more than were open.',
    },
  },
  {
    code: 'closed',
    name: { fa: 'فرصت‌های بسته‌شده', en: 'Posts closed' },
    unit: posts,
    definition: {
      fa: 'فرصت‌هایی که بدون پر شدن پس گرفته شده یا مهلتشان پایان یافته است.',
      en: 'Posts withdrawn or expired without being filled.',
    },
  },
];

type Flow = { opened: number; filled: number; closed: number };

const flowsByMonth = ({ published, fills, end, left }: Posts, calendar: Calendar): Map<Month, Flow> => {
  const months = new Map<Month, Flow>();
  const add = (day: number, flow: keyof Flow, count: number): void => {
    const month = monthOfDay(day, calendar);
    const sums = months.get(month) ?? { opened: 0, filled: 0, closed: 0 };
    months.set(month, { ...sums, [flow]: sums[flow] + count });
  };
  add(published.day, 'opened', published.positions);
  for (const { day, posts: taken } of fills) add(day, 'filled', taken);
  if (end !== Infinity && left > 0) add(end, 'closed', left);
  return months;
};

/** VACANCIES: posts open, opened, filled and closed. Δopen = opened − filled − closed in every cell. */
export const vacancies = (calendar: Calendar): Dataflow<VacancyState> => ({
  code: 'VACANCIES',
  version: 1,
  name: { fa: 'فرصت‌های شغلی', en: 'Vacancies' },
  description: {
    fa: 'فرصت‌های شغلی اعلام‌شده به خدمات اشتغال و سرنوشت آن‌ها.',
    en: 'Posts told to the employment services and what became of them.',
  },
  dimensions: [
    { code: 'area', name: { fa: 'منطقه', en: 'Area', pt: 'Área' } },
    { code: 'industry', name: { fa: 'بخش فعالیت', en: 'Industry section', pt: 'Seção' } },
    {
      code: 'occupation',
      name: { fa: 'گروه عمدهٔ شغلی', en: 'Occupation major group', pt: 'Grande grupo ocupacional' },
    },
  ],
  measures,
  identities: [{ stock: 'open', in: ['opened'], out: ['filled', 'closed'] }],
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['industry'] },
    { time: 'effective', dimensions: ['occupation'] },
    { time: 'effective', dimensions: ['area', 'industry'] },
    { time: 'effective', dimensions: ['area', 'occupation'] },
  ],
  *contributions(state) {
    const told = postsOf(state);
    if (told === null) return;
    const { area, industry, occupation } = told.published;
    const codes = [stateOf(area), sectionOf(industry), majorGroupOf(occupation)];
    const flows = flowsByMonth(told, calendar);
    const openAt = (month: Month): number => {
      let open = 0;
      for (const [at, { opened, filled, closed }] of flows) if (at <= month) open += opened - filled - closed;
      return open;
    };
    yield* stockChanges(flows.keys(), (month) => {
      const open = openAt(month);
      return open > 0 ? [{ codes, measures: [open, 0, 0, 0] }] : [];
    });
    for (const [month, { opened, filled, closed }] of flows)
      yield { month, declared: month, codes, measures: [0, opened, filled, closed], units: 1 };
  },
});
