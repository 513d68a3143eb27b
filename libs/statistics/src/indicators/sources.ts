const jobs = ['employment-starts', 'employment-changes', 'employment-ends', 'employment-withdrawals'];
const workshops = ['workshops', 'workshop-changes', 'workshop-successions', 'workshop-withdrawals'];
const registrations = ['jobseeker-registrations', 'jobseeker-deregistrations', 'jobseeker-withdrawals'];
const posts = ['vacancies', 'vacancy-fills', 'vacancy-closures', 'placements', 'vacancy-withdrawals'];
const courses = [
  'training-enrolments',
  'training-completions',
  'certificates',
  'certificate-annulments',
  'training-withdrawals',
];
const enterprises = [
  'enterprises',
  'enterprise-activity',
  'enterprise-cessations',
  'enterprise-successions',
  'enterprise-withdrawals',
];
const units = [
  'permits',
  'permit-annulments',
  'operating-licences',
  'progress-reports',
  'capacities',
  'production-reports',
  'operating-states',
  'unit-closures',
  'unit-withdrawals',
];
const wages = ['wage-reports', 'wage-lists'];
const estates = ['estates', 'unit-withdrawals'];

/** Contracts whose records the parts of the catalogue are made of; which agency sends them is configuration. */
export const contracts = {
  employment: jobs,
  wages: [...wages, ...jobs],
  jobFlows: [...jobs, ...workshops],
  vacancies: posts,
  jobseekers: registrations,
  training: courses,
  enterprises: [...enterprises, ...jobs],
  industry: units,
  estates,
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The contracts of all registers of persons, establishments, enterprises, vacancies and units. */
export const everyContract: readonly string[] = [
  ...new Set([
    ...jobs,
    ...wages,
    ...workshops,
    ...registrations,
    ...posts,
    ...courses,
    ...enterprises,
    ...units,
    ...estates,
  ]),
];
