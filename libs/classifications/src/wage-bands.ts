import type { Code } from './code.js';

/** Upper edges of the bands in millions of rials a month, narrow where most wages lie. */
const upperEdges = [
  20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 230, 260, 300, 350, 400, 450, 500, 600, 700, 800, 1000, 1200,
  1500, 2000,
] as const;

/** Minor units (hundredths of a rial) in a million rials. */
const million = 100_000_000;

const persian = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)));

/**
 * A band of monthly wages in minor units (hundredths of the currency): from `from` up to, but not
 * including, `to`; null in the open last band.
 */
export type WageBand = Code & { readonly from: number; readonly to: number | null };

const codeOf = (edge: number): string => `W${String(edge).padStart(4, '0')}`;

/**
 * Bands of the monthly wage: `W0020` is what lies below 20 million rials, `W0040` from 20 up to below
 * 40 million … `W2000`, and `W_GE2000`. Medians and deciles are read from them.
 */
export const wageBands: readonly WageBand[] = [
  ...upperEdges.map((edge, i) => {
    const from = upperEdges[i - 1] ?? 0;
    return {
      code: codeOf(edge),
      from: from * million,
      to: edge * million,
      name: {
        fa: `${persian(from)} تا کمتر از ${persian(edge)} میلیون ریال`,
        en: `${from} to under ${edge} million rials`,
        pt: `${from} a menos de ${edge} milhões de riais`,
      },
    };
  }),
  {
    code: 'W_GE2000',
    from: 2000 * million,
    to: null,
    name: {
      fa: `${persian(2000)} میلیون ریال و بیشتر`,
      en: '2000 million rials and over',
      pt: '2000 milhões de riais ou mais',
    },
  },
];

/** The band of a monthly wage in minor units, 0 or more; what lies below 0 is in the first. */
export const wageBandOf = (wage: number): string => {
  let [low, high] = [0, wageBands.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((wageBands[middle] as WageBand).from <= wage) low = middle;
    else high = middle - 1;
  }
  return (wageBands[low] as WageBand).code;
};
