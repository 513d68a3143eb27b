import type { Code } from './code.js';
import { unknown, unknownCode } from './code.js';

/** First and last age of each five-year band from 15 to 69. */
const fiveYears = Array.from({ length: 11 }, (_, i) => [15 + 5 * i, 19 + 5 * i] as const);

const persian = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

/** Age bands in SDMX's notation: `Y0T14`, five-year bands `Y15T19`…`Y65T69`, `Y_GE70`, and `_U`. */
export const ageBands: readonly Code[] = [
  { code: 'Y0T14', name: { fa: 'زیر ۱۵ سال', en: 'Under 15 years', pt: 'Menos de 15 anos' } },
  ...fiveYears.map(([first, last]) => ({
    code: `Y${first}T${last}`,
    name: {
      fa: `${persian(first)} تا ${persian(last)} سال`,
      en: `${first} to ${last} years`,
      pt: `${first} a ${last} anos`,
    },
  })),
  { code: 'Y_GE70', name: { fa: '۷۰ سال و بیشتر', en: '70 years and over', pt: '70 anos ou mais' } },
  unknownCode,
];

/** The band of an age in completed years; `_U` for null, a negative number or one that is not whole. */
export const ageBandOf = (age: number | null): string => {
  if (age === null || !Number.isInteger(age) || age < 0) return unknown;
  if (age < 15) return 'Y0T14';
  if (age >= 70) return 'Y_GE70';
  const first = age - (age % 5);
  return `Y${first}T${first + 4}`;
};
