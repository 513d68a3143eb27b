import { formatMonth } from '@karnama/kernel';
import type { Month } from '@karnama/kernel';
import type { MovementRecord } from './contract-records.js';
import type { Random } from './random.js';

type Damage = (record: MovementRecord, random: Random) => string;

const withField = (record: MovementRecord, change: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...record, ...change });

/** Ways in which a record arrives that no contract admits, as they occur in real deliveries. */
export const damages: Readonly<Record<string, Damage>> = {
  'unknown province': (record, random) => withField(record, { area: `IR-${random.between(31, 99)}` }),
  'month 13': (record) => withField(record, { effective_month: `${record.effective_month.slice(0, 4)}-13` }),
  'negative wage': (record) => withField(record, { monthly_wage: `-${record.monthly_wage ?? '71661840'}` }),
  'missing direction': (record) => withField(record, { direction: undefined }),
  'age 240': (record) => withField(record, { age: 240 }),
  'broken text': (record, random) => {
    const text = JSON.stringify(record);
    return text.slice(0, random.between(20, text.length - 1));
  },
};

/**
 * A few channel values of `month` that intake must quarantine: sound records, each damaged in one way.
 * They count in no figure.
 */
export const brokenValues = (
  random: Random,
  month: Month,
  sound: readonly MovementRecord[],
): readonly string[] => {
  if (sound.length === 0) return [];
  const kinds = Object.values(damages);
  const declared = { declared_month: formatMonth(month) };
  return Array.from({ length: random.between(3, kinds.length) }, () =>
    random.pick(kinds)({ ...random.pick(sound), ...declared }, random),
  );
};
