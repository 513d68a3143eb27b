import { unknown, type Code } from '@karnama/classifications';
import type { Dataflow, Projection, Register } from '@karnama/cells';
import { monthOfDay, parseDay, type Calendar, type RecordedEvent } from '@karnama/kernel';
import { bringsLabourFact, factDayOf, labourFacts } from './fact-day.js';

/** What is counted of one fact that came in. */
export type Delivered =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'NEW' | 'CORRECTION' | 'WITHDRAWAL';
      /** Day on which the agency declared it. */
      readonly reported: number;
      readonly agency: string;
      readonly contract: string;
      /** Code of `lagBands`. */
      readonly lag: string;
    };

const none: Delivered = { kind: 'none' };

const edges: readonly (readonly [code: string, from: number, fa: string, en: string])[] = [
  ['D0T7', 0, 'تا ۷ روز', 'up to 7 days'],
  ['D8T15', 8, '۸ تا ۱۵ روز', '8 to 15 days'],
  ['D16T31', 16, '۱۶ تا ۳۱ روز', '16 to 31 days'],
  ['D32T61', 32, '۳۲ تا ۶۱ روز', '32 to 61 days'],
  ['D62T92', 62, '۶۲ تا ۹۲ روز', '62 to 92 days'],
  ['D93T183', 93, '۹۳ تا ۱۸۳ روز', '93 to 183 days'],
  ['D184T365', 184, '۱۸۴ تا ۳۶۵ روز', '184 to 365 days'],
  ['D_GE366', 366, '۳۶۶ روز و بیشتر', '366 days and more'],
];

/** Bands of the days between a fact and its declaration, shortest first. */
export const lagBands: readonly Code[] = edges.map(([code, , fa, en]) => ({ code, name: { fa, en } }));

/** What a record is to those before it. */
export const deliveryKinds: readonly Code[] = [
  { code: 'NEW', name: { fa: 'تازه', en: 'New' } },
  { code: 'CORRECTION', name: { fa: 'اصلاح', en: 'Correction' } },
  { code: 'WITHDRAWAL', name: { fa: 'پس‌گرفتن', en: 'Withdrawal' } },
];

/** The band of a lag in days; a fact declared ahead of its day is in the shortest. */
export const lagBandOf = (days: number): string => edges.findLast(([, from]) => from <= days)?.[0] ?? 'D0T7';

const kindOf = ({ type, metadata }: RecordedEvent): 'NEW' | 'CORRECTION' | 'WITHDRAWAL' => {
  if (type.endsWith('RecordWithdrawn')) return 'WITHDRAWAL';
  return (metadata.recordVersion ?? 1) > 1 ? 'CORRECTION' : 'NEW';
};

const deliveredBy = (event: RecordedEvent): Delivered => {
  const reported = parseDay((event.data as { readonly reportedOn: string }).reportedOn);
  const { agency = unknown, contract = unknown } = event.metadata;
  return {
    kind: kindOf(event),
    reported,
    agency,
    contract,
    lag: lagBandOf(reported - (factDayOf(event) ?? reported)),
  };
};

/** Every event is a delivery of its own, repeats included: no state is kept. */
const register: Register<Delivered> = {
  code: 'delivery',
  version: 1,
  reads: labourFacts,
  entitiesOf: (event) => (bringsLabourFact(event) ? [event.id] : []),
  initial: none,
  evolve: (_state, event) => deliveredBy(event),
  encode: () => '',
  decode: () => none,
  stateless: true,
};

/** Labour facts by the month of their declaration, agency, contract, kind and how late they were. */
export const delivery = (calendar: Calendar): Dataflow<Delivered> => ({
  code: 'DELIVERY',
  version: 1,
  name: { fa: 'رسیدن داده‌ها', en: 'Delivery of data' },
  description: {
    fa: 'رکوردهای رسیده بر حسب ماه اعلام، دستگاه، قرارداد داده، نوع و تأخیر نسبت به روز رخداد.',
    en: 'Records that came in, by month of declaration, agency, contract, kind and days since the fact.',
  },
  dimensions: [
    { code: 'agency', name: { fa: 'دستگاه', en: 'Agency' } },
    { code: 'contract', name: { fa: 'قرارداد داده', en: 'Contract' } },
    { code: 'kind', name: { fa: 'نوع', en: 'Kind' } },
    { code: 'lag', name: { fa: 'تأخیر', en: 'Lag' } },
  ],
  measures: [
    {
      code: 'records',
      name: { fa: 'رکوردها', en: 'Records' },
      unit: { fa: 'رکورد', en: 'records' },
      definition: {
        fa: 'هر رکورد رسیده، تکرارها نیز.',
        en: 'Each record that came in, repeats included.',
      },
    },
  ],
  rollUps: [
    { time: 'effective', dimensions: [] },
    { time: 'effective', dimensions: ['kind'] },
    { time: 'effective', dimensions: ['lag'] },
    { time: 'effective', dimensions: ['agency', 'contract', 'kind'] },
    { time: 'effective', dimensions: ['agency', 'contract', 'lag'] },
  ],
  *contributions(state) {
    if (state.kind === 'none') return;
    const { kind, agency, contract, lag } = state;
    const month = monthOfDay(state.reported, calendar);
    yield { month, declared: month, codes: [agency, contract, kind, lag], measures: [1], units: 1 };
  },
});

/** How the agencies' data come in, in months of `calendar`. */
export const deliveryProjection = (calendar: Calendar = 'jalali'): Projection<Delivered> => ({
  name: 'delivery',
  register,
  dataflows: [delivery(calendar)],
});
