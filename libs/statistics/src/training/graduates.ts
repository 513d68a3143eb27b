import type { Dataflow } from '@karnama/cells';
import { leadsTo, skillFamilyOf, stateOf, unknown } from '@karnama/classifications';
import { addMonths, type Calendar } from '@karnama/kernel';
import { attributesOn, beginsWithin, coversDay, isActiveOn, type Certificate } from '@karnama/registers';
import type { PersonState } from '../person/person-state.js';
import { areaDimension, sexDimension, skillDimension } from '../search/dimensions.js';
import { graduateMeasures } from './graduate-measures.js';
import { firstOfMonths, graduateHistoryOf, type GraduateHistory } from './graduate-history.js';

/** In the order of `graduateMeasures`. */
const outcomes = (
  { day, skill, enrolledOn }: Certificate,
  { jobs, linked }: GraduateHistory,
  calendar: Calendar,
): readonly boolean[] => {
  const [sixth, twelfth] = [addMonths(day, 6, calendar), addMonths(day, 12, calendar)];
  const employed = coversDay(jobs, day);
  const family = skillFamilyOf(skill);
  const matching = jobs.some(
    (job) => isActiveOn(job, twelfth) && leadsTo(family, attributesOn(job, twelfth).occupation),
  );
  return [
    true,
    coversDay(jobs, sixth),
    coversDay(jobs, twelfth),
    employed || beginsWithin(jobs, day, sixth),
    employed || beginsWithin(jobs, day, twelfth),
    coversDay(jobs, addMonths(enrolledOn ?? day, -3, calendar)),
    matching,
    linked,
  ];
};

/** Persons certified in a month and whether they were in work before, six and twelve months later. */
export const graduates = (calendar: Calendar): Dataflow<PersonState> => ({
  code: 'GRADUATES',
  version: 1,
  name: { fa: 'اشتغال مهارت‌آموختگان', en: 'Employment of graduates' },
  description: {
    fa: 'کسانی که در ماه گواهینامهٔ مهارت گرفته‌اند و وضع اشتغالشان پیش و پس از آن.',
    en: 'Persons certified in the month, and their employment before and after it.',
  },
  dimensions: [areaDimension, sexDimension, skillDimension],
  measures: graduateMeasures,
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['area', 'skill'] },
    { time: 'effective', dimensions: ['area', 'sex'] },
  ],
  basis: graduateHistoryOf,
  *contributions(state) {
    const history = graduateHistoryOf(state);
    for (const [month, certificate] of firstOfMonths(history.certificates, calendar))
      yield {
        month,
        declared: month,
        codes: [stateOf(certificate.area), certificate.sex ?? unknown, skillFamilyOf(certificate.skill)],
        measures: outcomes(certificate, history, calendar).map((is) => (is ? 1 : 0)),
        units: 1,
      };
  },
});
