import type { Contribution, Dataflow, MeasureSpec } from '@karnama/cells';
import { skillFamilyOf, stateOf, unknown } from '@karnama/classifications';
import { factsInForce, monthOfDay, type Calendar, type Day } from '@karnama/kernel';
import { certificatesOf, enrolmentsOf, type Certificate, type Enrolment } from '@karnama/registers';
import type { PersonState } from '../person/person-state.js';
import { ageBandIn } from '../search/age.js';
import { ageDimension, areaDimension, sexDimension, skillDimension } from '../search/dimensions.js';
import { firstOfMonths } from './graduate-history.js';

const enrolments = { fa: 'ثبت‌نام', en: 'enrolments' };
const certificates = { fa: 'گواهینامه', en: 'certificates' };

const measures: readonly MeasureSpec[] = [
  {
    code: 'enrolled',
    name: { fa: 'ثبت‌نام‌ها', en: 'Enrolments' },
    unit: enrolments,
    definition: { fa: 'ثبت‌نام‌های آموزشی ماه.', en: 'Enrolments in training of the month.' },
  },
  {
    code: 'due',
    name: { fa: 'دوره‌های سررسیده', en: 'Courses due' },
    unit: enrolments,
    definition: {
      fa: 'ثبت‌نام‌هایی که دوره‌شان باید در این ماه به پایان برسد.',
      en: 'Enrolments whose course was to be completed in the month.',
    },
  },
  {
    code: 'completed',
    name: { fa: 'دوره‌های به‌پایان‌رسیده', en: 'Courses completed' },
    unit: enrolments,
    definition: {
      fa: 'از دوره‌های سررسیده در ماه، آن‌هایی که هر زمان به پایان رسیده‌اند.',
      en: 'Of the courses due in the month, those that were completed, whenever that was.',
    },
  },
  {
    code: 'certificates',
    name: { fa: 'گواهینامه‌ها', en: 'Certificates' },
    unit: certificates,
    definition: {
      fa: 'گواهینامه‌های صادرشده در ماه که باطل نشده‌اند.',
      en: 'Certificates issued in the month and not annulled.',
    },
  },
  {
    code: 'certified',
    name: { fa: 'دارندگان گواهینامه', en: 'Persons certified' },
    unit: { fa: 'نفر', en: 'persons' },
    definition: {
      fa: 'کسانی که در ماه دست‌کم یک گواهینامه گرفته‌اند، با نخستین آن‌ها؛ بر زمان جمع‌پذیر نیست.',
      en: 'Persons with at least one certificate in the month, counted with the first; not additive over time.',
    },
  },
];

const booked = (
  { area, sex, birthMonth, skill }: Enrolment | Certificate,
  day: Day,
  calendar: Calendar,
  counted: readonly number[],
): Contribution => {
  const month = monthOfDay(day, calendar);
  return {
    month,
    declared: month,
    codes: [stateOf(area), sex ?? unknown, ageBandIn(birthMonth, month, calendar), skillFamilyOf(skill)],
    measures: counted,
    units: 1,
  };
};

/** Enrolments, completions and certificates of skill training. */
export const training = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'TRAINING',
  version: 1,
  name: { fa: 'آموزش مهارت', en: 'Skill training' },
  description: {
    fa: 'ثبت‌نام‌ها، پایان دوره‌ها و گواهینامه‌های آموزش فنی و حرفه‌ای.',
    en: 'Enrolments, completed courses and certificates of vocational training.',
  },
  dimensions: [areaDimension, sexDimension, ageDimension, skillDimension],
  measures,
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['area', 'skill'] },
    { time: 'effective', dimensions: ['area', 'sex'] },
  ],
  basis: ({ skills }) => skills,
  *contributions({ skills }) {
    const facts = factsInForce(skills);
    for (const enrolment of enrolmentsOf(facts)) {
      yield booked(enrolment, enrolment.day, calendar, [1, 0, 0, 0, 0]);
      yield booked(enrolment, enrolment.dueDay, calendar, [0, 1, enrolment.completed ? 1 : 0, 0, 0]);
    }
    const all = certificatesOf(facts);
    const firsts = new Set(firstOfMonths(all, calendar).map(([, certificate]) => certificate));
    for (const certificate of all)
      yield booked(certificate, certificate.day, calendar, [0, 0, 0, 1, firsts.has(certificate) ? 1 : 0]);
  },
});
