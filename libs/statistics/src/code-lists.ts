import {
  ageBands,
  contractTypes,
  declarationKinds,
  educationLevels,
  elapsedMonths,
  elapsedWeeks,
  lastEntryMonth,
  lastSearchMonth,
  legalForms,
  majorGroups,
  searchDurations,
  sections,
  sexes,
  sizeClasses,
  skillFamilies,
  tenureBands,
  wageBands,
  type Code,
} from '@karnama/classifications';
import { deliveryKinds, lagBands } from './delivery/delivery.js';
import { jobFlowFrequencies } from './establishments/job-flows.js';
import { estateSides, unitStates } from './industry/unit-codes.js';

const lists: Readonly<Record<string, readonly Code[]>> = {
  industry: sections,
  occupation: majorGroups,
  sex: sexes,
  age: ageBands,
  education: educationLevels,
  declaration: declarationKinds,
  contract: contractTypes,
  skill: skillFamilies,
  size: sizeClasses,
  form: legalForms,
  tenure: tenureBands,
  duration: searchDurations,
  wage: wageBands,
  freq: jobFlowFrequencies,
  estate: estateSides,
  state: unitStates,
  kind: deliveryKinds,
  lag: lagBands,
};

const lastPermitMonth = 60;
const lastVacancyWeek = 26;

/** Dimensions whose codes mean something else in one dataflow than in all others. */
const ownLists: Readonly<Record<string, Readonly<Record<string, readonly Code[]>>>> = {
  SEARCH_COHORT: { elapsed: elapsedMonths(lastSearchMonth) },
  VACANCY_COHORT: { elapsed: elapsedWeeks(lastVacancyWeek) },
  GRADUATE_ENTRY: { elapsed: elapsedMonths(lastEntryMonth + 1).slice(0, -1) },
  PERMITS: { elapsed: elapsedMonths(lastPermitMonth) },
};

/** Names that no list holds: agencies and contracts are configuration, problem codes grow with the rules. */
const openDimensions: Readonly<Record<string, readonly string[]>> = {
  DELIVERY: ['agency', 'contract'],
  INTAKE: ['agency', 'contract', 'outcome'],
};

/** The code list of a dimension of a dataflow, in its order; undefined where any name may stand. */
export const codeListOf = (dataflow: string, dimension: string): readonly Code[] | undefined => {
  if (openDimensions[dataflow]?.includes(dimension) === true) return undefined;
  return ownLists[dataflow]?.[dimension] ?? lists[dimension] ?? [];
};
