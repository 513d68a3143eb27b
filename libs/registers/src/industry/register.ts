import { parseDay, parseMonth, recordRegister, type RecordRegister } from '@karnama/kernel';
import type {
  CapacityDeclared,
  LicenceIssued,
  OperatingStateChanged,
  PermitAnnulled,
  PermitIssued,
  ProductionReported,
  ProgressReported,
  UnitClosed,
} from './events.js';

/** Where a unit is, or is to be built: inside an industrial estate or outside (`estate` null). */
export type UnitPlace = {
  readonly day: number;
  readonly area: string;
  readonly industry: string | null;
  readonly estate: string | null;
};

/** A quantity of a product in or from a month. */
export type ProductMonth = { readonly product: string; readonly month: number; readonly quantity: number };

/** What is kept of the records about one industrial unit. Months are as declared, of any calendar. */
export type UnitFact =
  | ({ readonly type: 'PermitIssued' } & UnitPlace)
  | { readonly type: 'PermitAnnulled'; readonly day: number }
  | ({ readonly type: 'LicenceIssued' } & UnitPlace)
  | { readonly type: 'ProgressReported'; readonly day: number; readonly percent: number }
  | ({ readonly type: 'CapacityDeclared'; readonly value: number } & ProductMonth)
  | ({ readonly type: 'ProductionReported' } & ProductMonth)
  | {
      readonly type: 'OperatingStateChanged';
      readonly day: number;
      readonly state: OperatingStateChanged['state'];
    }
  | { readonly type: 'UnitClosed'; readonly lastDay: number };

const place = ({ day, area, industry, estate }: PermitIssued | LicenceIssued): UnitPlace => ({
  day: parseDay(day),
  area,
  industry,
  estate,
});

const placeFields = ['day', 'area', 'industry', 'estate'];

/** Records about industrial units; the order of the shapes is stored. */
export const unitRegister: RecordRegister<UnitFact> = recordRegister<UnitFact>(
  {
    PermitIssued: {
      fields: placeFields,
      fact: (data) => ({ type: 'PermitIssued', ...place(data as PermitIssued) }),
    },
    PermitAnnulled: {
      fields: ['day'],
      fact: (data) => ({ type: 'PermitAnnulled', day: parseDay((data as PermitAnnulled).day) }),
    },
    LicenceIssued: {
      fields: placeFields,
      fact: (data) => ({ type: 'LicenceIssued', ...place(data as LicenceIssued) }),
    },
    ProgressReported: {
      fields: ['day', 'percent'],
      fact: (data) => {
        const { day, percent } = data as ProgressReported;
        return { type: 'ProgressReported', day: parseDay(day), percent };
      },
    },
    CapacityDeclared: {
      fields: ['product', 'month', 'quantity', 'value'],
      fact: (data) => {
        const { product, month, quantity, value } = data as CapacityDeclared;
        return { type: 'CapacityDeclared', product, month: parseMonth(month), quantity, value };
      },
    },
    ProductionReported: {
      fields: ['product', 'month', 'quantity'],
      fact: (data) => {
        const { product, month, quantity } = data as ProductionReported;
        return { type: 'ProductionReported', product, month: parseMonth(month), quantity };
      },
    },
    OperatingStateChanged: {
      fields: ['day', 'state'],
      fact: (data) => {
        const { day, state } = data as OperatingStateChanged;
        return { type: 'OperatingStateChanged', day: parseDay(day), state };
      },
    },
    UnitClosed: {
      fields: ['lastDay'],
      fact: (data) => ({ type: 'UnitClosed', lastDay: parseDay((data as UnitClosed).lastDay) }),
    },
  },
  'UnitRecordWithdrawn',
);
