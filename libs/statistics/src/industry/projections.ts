import type { Projection, Register } from '@karnama/cells';
import { sourcesOf, type Calendar, type Json } from '@karnama/kernel';
import { estateRegister, tellsOfEstate, unitRegister } from '@karnama/registers';
import { capacity } from './capacity.js';
import { estates, type EstateState } from './estates.js';
import { permits } from './permits.js';
import type { UnitState } from './unit-state.js';
import { units } from './units.js';

const unitEvents: readonly string[] = [
  'PermitIssued',
  'PermitAnnulled',
  'LicenceIssued',
  'ProgressReported',
  'CapacityDeclared',
  'ProductionReported',
  'OperatingStateChanged',
  'UnitClosed',
  'UnitRecordWithdrawn',
];

const unitRecords: Register<UnitState> = {
  code: 'unit',
  version: 1,
  reads: unitEvents,
  entitiesOf: (event) => (tellsOfEstate(event) ? [] : [(event.data as { readonly unit: string }).unit]),
  initial: unitRegister.initial,
  evolve: unitRegister.evolve,
  corrects: unitRegister.corrects,
  recurring: true,
  sources: sourcesOf,
  encode: (state) => JSON.stringify(unitRegister.encode(state)),
  decode: (text) => unitRegister.decode(JSON.parse(text) as Json),
};

/** A withdrawal names the estate in its field `unit`. */
const estateIn = (data: unknown): string => {
  const { estate, unit } = data as { readonly estate?: string; readonly unit?: string };
  return estate ?? unit ?? '';
};

const estateRecords: Register<EstateState> = {
  code: 'estate',
  version: 1,
  reads: ['EstateDeclared', 'UnitRecordWithdrawn'],
  entitiesOf: (event) => (tellsOfEstate(event) ? [estateIn(event.data)] : []),
  initial: estateRegister.initial,
  evolve: estateRegister.evolve,
  corrects: estateRegister.corrects,
  recurring: true,
  sources: sourcesOf,
  encode: (state) => JSON.stringify(estateRegister.encode(state)),
  decode: (text) => estateRegister.decode(JSON.parse(text) as Json),
};

/** Industrial units by unit code: PERMITS, UNITS, CAPACITY, in months of `calendar`. */
export const unitProjection = (calendar: Calendar = 'jalali'): Projection<UnitState> => ({
  name: 'unit',
  register: unitRecords,
  dataflows: [permits(calendar), units(calendar), capacity(calendar)],
});

/** Industrial estates by estate code: ESTATES, in months of `calendar`. */
export const estateProjection = (calendar: Calendar = 'jalali'): Projection<EstateState> => ({
  name: 'estate',
  register: estateRecords,
  dataflows: [estates(calendar)],
});
