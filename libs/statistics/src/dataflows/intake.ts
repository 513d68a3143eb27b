import type { Dataflow, Projection, Register } from '@karnama/cells';
import { monthOfDay, type Calendar, type RecordedEvent } from '@karnama/kernel';
import { dayAt } from '../knowledge.js';

/** What became of one record that came in. */
export type Receipt =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'received';
      readonly month: number;
      readonly agency: string;
      readonly contract: string;
      /** `ACCEPTED`, or the code of the first problem. */
      readonly outcome: string;
    };

const none: Receipt = { kind: 'none' };

const outcomeOf = (event: RecordedEvent): string => {
  if (event.type !== 'RecordQuarantined') return 'ACCEPTED';
  const { problems } = event.data as { readonly problems: readonly { readonly code: string }[] };
  return problems[0]?.code ?? 'unknown';
};

/** A topic is `karnama.<agency>.<contract>`: what it was sent to counts, whatever the record says of itself. */
const senderOf = (topic: string): { agency: string; contract: string } => {
  const [, agency = '_U', contract = '_U'] = topic.split('.');
  return { agency, contract };
};

/** Every event that came through a channel tells of exactly one record, met once: no state is kept. */
const registerIn = (calendar: Calendar): Register<Receipt> => ({
  code: 'intake',
  // 2: months of the statistical calendar, at its place; before, Gregorian months of universal time
  version: 2,
  reads: [''],
  entitiesOf: (event) => (event.metadata.source === undefined ? [] : [event.id]),
  initial: none,
  evolve: (_state, event) => ({
    kind: 'received',
    month: monthOfDay(dayAt(event.metadata.receivedAt, calendar), calendar),
    ...senderOf(event.metadata.source?.topic ?? ''),
    outcome: outcomeOf(event),
  }),
  encode: () => '',
  decode: () => none,
  stateless: true,
});

/** Records received by month, agency, contract and outcome: received = accepted + quarantined. */
export const intakeBalance: Dataflow<Receipt> = {
  code: 'INTAKE',
  version: 1,
  name: { fa: 'تراز دریافت', en: 'Intake balance' },
  description: {
    fa: 'رکوردهای دریافت‌شده به تفکیک دستگاه، قرارداد داده و نتیجه.',
    en: 'Records received by agency, contract and outcome.',
  },
  dimensions: [
    { code: 'agency', name: { fa: 'دستگاه', en: 'Agency' } },
    { code: 'contract', name: { fa: 'قرارداد داده', en: 'Contract' } },
    { code: 'outcome', name: { fa: 'نتیجه', en: 'Outcome' } },
  ],
  measures: [
    {
      code: 'records',
      name: { fa: 'رکوردها', en: 'Records' },
      unit: { fa: 'رکورد', en: 'records' },
      definition: { fa: 'هر رکورد دریافت‌شده دقیقاً یک بار.', en: 'Each record received, exactly once.' },
    },
  ],
  rollUps: [{ time: 'effective', dimensions: ['agency', 'contract', 'outcome'] }],
  *contributions(receipt) {
    if (receipt.kind === 'none') return;
    const { month, agency, contract, outcome } = receipt;
    yield { month, declared: month, codes: [agency, contract, outcome], measures: [1], units: 1 };
  },
};

/** What came in, in months of `calendar`. */
export const intakeProjection = (calendar: Calendar = 'jalali'): Projection<Receipt> => ({
  name: 'intake',
  register: registerIn(calendar),
  dataflows: [intakeBalance],
});
