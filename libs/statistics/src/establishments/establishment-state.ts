import type { Register } from '@karnama/cells';
import { sourcesOf, type Json, type RecordedEvent, type Records } from '@karnama/kernel';
import {
  establishmentRegister,
  staffRegister,
  wageListRegister,
  workshopStaffRegister,
  type EstablishmentFact,
  type Staff,
  type StaffTotals,
  type WageListFact,
} from '@karnama/registers';

/** What is known of a workshop. */
export type EstablishmentState = {
  readonly employment: Staff;
  readonly own: Records<EstablishmentFact>;
  readonly lists: Records<WageListFact>;
};

const staff = staffRegister(workshopStaffRegister);

/** What is counted of the spells of the workshop. */
export const workshopTotals = ({ employment }: EstablishmentState): StaffTotals => staff.totals(employment);

const initial: EstablishmentState = {
  employment: staff.initial,
  own: establishmentRegister.initial,
  lists: wageListRegister.initial,
};

/** A succession tells of both workshops, and so does its withdrawal. Wage reports tell of none. */
const entitiesOf = (event: RecordedEvent): readonly string[] => {
  const data = event.data as Readonly<Record<string, string | null>>;
  const named = (...codes: (string | null | undefined)[]): string[] => [
    ...new Set(codes.filter((code): code is string => typeof code === 'string')),
  ];
  switch (event.type) {
    case 'EmploymentStarted':
    case 'EmploymentEnded':
    case 'EmploymentRecordWithdrawn':
    case 'WageListReceived':
    case 'EstablishmentDeclared':
    case 'EstablishmentChanged':
      return named(data['establishment']);
    case 'EstablishmentSucceeded':
      return named(data['predecessor'], data['successor']);
    case 'EstablishmentRecordWithdrawn':
      return named(data['establishment'], data['successor']);
    default:
      return [];
  }
};

/** Workshops by their code. */
export const establishmentStates: Register<EstablishmentState> = {
  code: 'establishments',
  version: 1,
  reads: [
    'EmploymentStarted',
    'EmploymentEnded',
    'EmploymentRecordWithdrawn',
    'WageListReceived',
    'Establishment',
  ],
  entitiesOf,
  initial,
  evolve(state, event) {
    const employment = staff.evolve(state.employment, event);
    const own = establishmentRegister.evolve(state.own, event);
    const lists = wageListRegister.evolve(state.lists, event);
    const same = employment === state.employment && own === state.own && lists === state.lists;
    return same ? state : { employment, own, lists };
  },
  corrects({ employment, own, lists }, event) {
    if (workshopStaffRegister.knows(event.type)) return staff.corrects(employment, event);
    return establishmentRegister.knows(event.type)
      ? establishmentRegister.corrects(own, event)
      : wageListRegister.corrects(lists, event);
  },
  recurring: true,
  sources: ({ employment, own, lists }) => [
    ...sourcesOf(own),
    ...sourcesOf(lists),
    ...staff.sources(employment),
  ],
  encode: ({ employment, own, lists }) =>
    [
      JSON.stringify([establishmentRegister.encode(own), wageListRegister.encode(lists)]),
      ...staff.encode(employment),
    ].join('\n'),
  decode(text) {
    const [head = '', ...employment] = text.split('\n');
    const [own, lists] = JSON.parse(head) as [Json, Json];
    return {
      employment: staff.decode(employment),
      own: establishmentRegister.decode(own),
      lists: wageListRegister.decode(lists),
    };
  },
};
