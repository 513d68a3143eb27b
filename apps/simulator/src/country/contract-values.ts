import { formatDay, formatMonth, type Calendar, type Day, type Json } from '@karnama/kernel';
import type { Agency } from './agencies.js';
import type { Fact, Kind, Parties, Traits, Attributes } from './facts.js';

type Fields = Readonly<Record<string, Json>>;

type Shape = {
  readonly contract: string;
  /** The contract by which a record of this one is withdrawn. */
  readonly withdrawal: string;
};

const shape = (contract: string, withdrawal: string): Shape => ({ contract, withdrawal });

/** The contract that each kind of fact is told by. */
export const shapes: Readonly<Record<Kind, Shape>> = {
  'job-start': shape('employment-starts', 'employment-withdrawals'),
  'job-change': shape('employment-changes', 'employment-withdrawals'),
  'job-end': shape('employment-ends', 'employment-withdrawals'),
  wage: shape('wage-reports', 'employment-withdrawals'),
  'wage-list': shape('wage-lists', 'workshop-withdrawals'),
  jobseeker: shape('jobseeker-registrations', 'jobseeker-withdrawals'),
  'jobseeker-end': shape('jobseeker-deregistrations', 'jobseeker-withdrawals'),
  placement: shape('placements', 'jobseeker-withdrawals'),
  enrolment: shape('training-enrolments', 'training-withdrawals'),
  completion: shape('training-completions', 'training-withdrawals'),
  certificate: shape('certificates', 'training-withdrawals'),
  annulment: shape('certificate-annulments', 'training-withdrawals'),
  vacancy: shape('vacancies', 'vacancy-withdrawals'),
  'vacancy-fill': shape('vacancy-fills', 'vacancy-withdrawals'),
  'vacancy-close': shape('vacancy-closures', 'vacancy-withdrawals'),
  workshop: shape('workshops', 'workshop-withdrawals'),
  'workshop-change': shape('workshop-changes', 'workshop-withdrawals'),
  'workshop-succession': shape('workshop-successions', 'workshop-withdrawals'),
  enterprise: shape('enterprises', 'enterprise-withdrawals'),
  activity: shape('enterprise-activity', 'enterprise-withdrawals'),
  'enterprise-end': shape('enterprise-cessations', 'enterprise-withdrawals'),
  'enterprise-succession': shape('enterprise-successions', 'enterprise-withdrawals'),
  permit: shape('permits', 'unit-withdrawals'),
  'permit-annulment': shape('permit-annulments', 'unit-withdrawals'),
  licence: shape('operating-licences', 'unit-withdrawals'),
  progress: shape('progress-reports', 'unit-withdrawals'),
  capacity: shape('capacities', 'unit-withdrawals'),
  production: shape('production-reports', 'unit-withdrawals'),
  'unit-state': shape('operating-states', 'unit-withdrawals'),
  'unit-end': shape('unit-closures', 'unit-withdrawals'),
  estate: shape('estates', 'unit-withdrawals'),
};

const parties = ({ spell, person, workshop, enterprise }: Parties): Fields => ({
  spell,
  national_id: person,
  workshop,
  enterprise_id: enterprise,
});

const traits = ({ sex, birthMonth }: Traits): Fields => ({
  sex,
  birth_month: birthMonth === null ? null : formatMonth(birthMonth),
});

const attributes = (a: Attributes): Fields => ({
  area: a.area,
  industry: a.industry,
  occupation: a.occupation,
  contract_type: a.contractType,
  weekly_hours: a.weeklyHours === null ? null : String(a.weeklyHours / 100),
  monthly_wage: a.monthlyWage === null ? null : String(a.monthlyWage),
});

const fieldsOf = (fact: Fact, day: (day: Day) => string): Fields => {
  switch (fact.kind) {
    case 'job-start':
      return { ...parties(fact), start_day: day(fact.day), ...attributes(fact), ...traits(fact) };
    case 'job-change':
      return { ...parties(fact), day: day(fact.day), ...attributes(fact) };
    case 'job-end':
      return { ...parties(fact), last_day: day(fact.lastDay), reason: fact.reason };
    case 'wage':
      return { ...parties(fact), month: formatMonth(fact.month), wage: String(fact.rials) };
    case 'wage-list':
      return {
        workshop: fact.workshop,
        enterprise_id: fact.enterprise,
        month: formatMonth(fact.month),
        insured: fact.insured,
      };
    case 'jobseeker':
      return {
        registration: fact.registration,
        national_id: fact.person,
        day: day(fact.day),
        area: fact.area,
        ...traits(fact),
        education: fact.education,
        occupation: fact.occupation,
      };
    case 'jobseeker-end':
      return {
        registration: fact.registration,
        national_id: fact.person,
        last_day: day(fact.lastDay),
        reason: fact.reason,
      };
    case 'placement':
      return {
        placement: fact.placement,
        national_id: fact.person,
        vacancy: fact.vacancy,
        area: fact.area,
        sex: fact.sex,
        day: day(fact.day),
      };
    case 'enrolment':
      return {
        enrolment: fact.enrolment,
        national_id: fact.person,
        ...traits(fact),
        area: fact.area,
        skill: fact.skill,
        provider: fact.provider,
        day: day(fact.day),
        due_day: day(fact.dueDay),
      };
    case 'completion':
      return { enrolment: fact.enrolment, national_id: fact.person, day: day(fact.day) };
    case 'certificate':
      return {
        certificate: fact.certificate,
        national_id: fact.person,
        enrolment: fact.enrolment,
        ...traits(fact),
        area: fact.area,
        skill: fact.skill,
        provider: fact.provider,
        day: day(fact.day),
      };
    case 'annulment':
      return { certificate: fact.certificate, national_id: fact.person };
    case 'vacancy':
      return {
        vacancy: fact.vacancy,
        enterprise_id: fact.enterprise,
        positions: fact.positions,
        day: day(fact.day),
        expires_on: fact.expiresOn === null ? null : day(fact.expiresOn),
        area: fact.area,
        industry: fact.industry,
        occupation: fact.occupation,
        skill: fact.skill,
      };
    case 'vacancy-fill':
      return { vacancy: fact.vacancy, positions: fact.positions, day: day(fact.day) };
    case 'vacancy-close':
      return { vacancy: fact.vacancy, day: day(fact.day) };
    case 'workshop':
      return {
        workshop: fact.workshop,
        enterprise_id: fact.enterprise,
        day: day(fact.day),
        area: fact.area,
        industry: fact.industry,
      };
    case 'workshop-change':
      return { workshop: fact.workshop, day: day(fact.day), area: fact.area, industry: fact.industry };
    case 'workshop-succession':
      return {
        predecessor: fact.predecessor,
        successor: fact.successor,
        day: day(fact.day),
        jobs: fact.jobs,
      };
    case 'enterprise':
      return {
        enterprise_id: fact.enterprise,
        day: day(fact.day),
        area: fact.area,
        industry: fact.industry,
        legal_form: fact.legalForm,
      };
    case 'activity':
      return { enterprise_id: fact.enterprise, month: formatMonth(fact.month) };
    case 'enterprise-end':
      return { enterprise_id: fact.enterprise, last_day: day(fact.lastDay) };
    case 'enterprise-succession':
      return {
        predecessor: fact.predecessor,
        successor: fact.successor,
        day: day(fact.day),
        kind: fact.form,
      };
    case 'permit':
      return {
        unit: fact.unit,
        day: day(fact.day),
        area: fact.area,
        industry: fact.industry,
        estate: fact.estate,
        planned_jobs: fact.plannedJobs,
      };
    case 'licence':
      return {
        unit: fact.unit,
        day: day(fact.day),
        area: fact.area,
        industry: fact.industry,
        estate: fact.estate,
      };
    case 'permit-annulment':
      return { unit: fact.unit, day: day(fact.day) };
    case 'progress':
      return { unit: fact.unit, day: day(fact.day), percent: fact.percent };
    case 'capacity':
      return {
        unit: fact.unit,
        product: fact.product,
        month: formatMonth(fact.month),
        quantity: fact.quantity,
        value: String(fact.rials),
      };
    case 'production':
      return {
        unit: fact.unit,
        product: fact.product,
        month: formatMonth(fact.month),
        quantity: fact.quantity,
      };
    case 'unit-state':
      return { unit: fact.unit, day: day(fact.day), state: fact.state };
    case 'unit-end':
      return { unit: fact.unit, last_day: day(fact.lastDay) };
    case 'estate':
      return {
        estate: fact.estate,
        day: day(fact.day),
        area: fact.area,
        plots: fact.plots,
        plots_assigned: fact.assigned,
      };
  }
};

/** Days are written again and again: each is worked out once. */
const writerIn = (calendar: Calendar): ((day: Day) => string) => {
  const written = new Map<Day, string>();
  return (day) => {
    let text = written.get(day);
    if (text === undefined) written.set(day, (text = formatDay(day, calendar)));
    return text;
  };
};

const [jalali, gregorian] = [writerIn('jalali'), writerIn('gregorian')];

/** Agencies differ in the calendar that they write days in. */
const dayWriter = (agency: Agency): ((day: Day) => string) =>
  agency === 'civil-service' || agency === 'business-registry' ? gregorian : jalali;

/** A record of the fact's contract, as the agency writes it: what is not known is left out. */
export const valueOf = (agency: Agency, fact: Fact, reported: Day): Fields => {
  const day = dayWriter(agency);
  const fields = fieldsOf(fact, day);
  const value: Record<string, Json> = {};
  for (const name in fields) {
    const field = fields[name] ?? null;
    if (field !== null) value[name] = field;
  }
  value['reported_on'] = day(reported);
  return value;
};

/** Whom or what the record is about: what a withdrawal repeats of it. */
const subjectOf = (fact: Fact): Fields => {
  const { contract, withdrawal } = shapes[fact.kind];
  switch (withdrawal) {
    case 'employment-withdrawals':
      return parties(fact as Fact & Parties);
    case 'workshop-withdrawals':
      return fact.kind === 'workshop-succession'
        ? { workshop: fact.predecessor, successor: fact.successor }
        : { workshop: (fact as Fact & { workshop: string }).workshop };
    case 'enterprise-withdrawals':
      return fact.kind === 'enterprise-succession'
        ? { enterprise_id: fact.predecessor, successor: fact.successor }
        : { enterprise_id: (fact as Fact & { enterprise: string }).enterprise };
    case 'vacancy-withdrawals':
      return { vacancy: (fact as Fact & { vacancy: string }).vacancy };
    case 'unit-withdrawals':
      return { unit: fact.kind === 'estate' ? fact.estate : (fact as Fact & { unit: string }).unit };
    default: {
      const { person } = fact as Fact & { person: string };
      return contract === 'placements' && fact.kind === 'placement' && fact.vacancy !== null
        ? { national_id: person, vacancy: fact.vacancy }
        : { national_id: person };
    }
  }
};

/** A record of the withdrawal contract that voids the record `id` of the fact. */
export const withdrawalValueOf = (agency: Agency, fact: Fact, id: string, reported: Day): Fields => ({
  contract: shapes[fact.kind].contract,
  record_id: id,
  ...subjectOf(fact),
  reported_on: dayWriter(agency)(reported),
});
