import type { Register } from '@karnama/cells';
import { sourcesOf, type Json, type RecordedEvent, type Records } from '@karnama/kernel';
import {
  enterpriseRegister,
  enterpriseStaffRegister,
  staffRegister,
  type EnterpriseFact,
  type Staff,
  type StaffTotals,
} from '@karnama/registers';

/** What is known of an enterprise. */
export type EnterpriseState = {
  readonly employment: Staff;
  readonly own: Records<EnterpriseFact>;
};

const staff = staffRegister(enterpriseStaffRegister);

/** What is counted of the spells of the enterprise. */
export const enterpriseTotals = ({ employment }: EnterpriseState): StaffTotals => staff.totals(employment);

/** A succession tells of both enterprises, and so does its withdrawal. Wage reports tell of none. */
const entitiesOf = (event: RecordedEvent): readonly string[] => {
  const data = event.data as Readonly<Record<string, string | null>>;
  const named = (...codes: (string | null | undefined)[]): string[] => [
    ...new Set(codes.filter((code): code is string => typeof code === 'string')),
  ];
  switch (event.type) {
    case 'EmploymentStarted':
    case 'EmploymentEnded':
    case 'EmploymentRecordWithdrawn':
    case 'EnterpriseRegistered':
    case 'EnterpriseActivityReported':
    case 'EnterpriseCeased':
      return named(data['enterprise']);
    case 'EnterpriseSucceeded':
      return named(data['predecessor'], data['successor']);
    case 'EnterpriseRecordWithdrawn':
      return named(data['enterprise'], data['successor']);
    default:
      return [];
  }
};

/** Enterprises by their legal-entity id. */
export const enterpriseStates: Register<EnterpriseState> = {
  code: 'enterprises',
  version: 1,
  reads: ['EmploymentStarted', 'EmploymentEnded', 'EmploymentRecordWithdrawn', 'Enterprise'],
  entitiesOf,
  initial: { employment: staff.initial, own: enterpriseRegister.initial },
  evolve(state, event) {
    const employment = staff.evolve(state.employment, event);
    const own = enterpriseRegister.evolve(state.own, event);
    return employment === state.employment && own === state.own ? state : { employment, own };
  },
  corrects: ({ employment, own }, event) =>
    enterpriseStaffRegister.knows(event.type)
      ? staff.corrects(employment, event)
      : enterpriseRegister.corrects(own, event),
  recurring: true,
  sources: ({ employment, own }) => [...sourcesOf(own), ...staff.sources(employment)],
  encode: ({ employment, own }) =>
    [JSON.stringify(enterpriseRegister.encode(own)), ...staff.encode(employment)].join('\n'),
  decode(text) {
    const [own = '', ...employment] = text.split('\n');
    return { employment: staff.decode(employment), own: enterpriseRegister.decode(JSON.parse(own) as Json) };
  },
};
