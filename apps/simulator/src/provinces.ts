/**
 * Iran's provinces as the simulated country has them. `people` is the population in thousands (census of
 * 1395, rounded); `formal` how much of its work is declared, relative to the country; `tardy` how late its
 * declarations come, relative to the country; `tilt` what its economy has more or less of, by ISIC section.
 * All but `people` is invented for the simulation.
 */
export type Province = {
  readonly digits: string;
  readonly people: number;
  readonly formal: number;
  readonly tardy: number;
  readonly tilt: Readonly<Record<string, number>>;
};

type Row = readonly [
  digits: string,
  people: number,
  formal: number,
  tardy: number,
  tilt?: Record<string, number>,
];

const rows: readonly Row[] = [
  ['00', 1429, 1.2, 0.9, { C: 1.5 }],
  ['01', 2531, 0.95, 1.1, { A: 1.4, I: 1.4 }],
  ['02', 3284, 1, 0.9, { A: 1.5, I: 1.5 }],
  ['03', 3910, 1, 0.8, { C: 1.3 }],
  ['04', 3265, 0.8, 1.3, { A: 1.4 }],
  ['05', 1952, 0.8, 1.4],
  ['06', 4711, 1, 1.8, { B: 3, C: 1.1 }],
  ['07', 4851, 1, 1, { A: 1.2, Q: 1.3 }],
  ['08', 3165, 0.95, 1.2, { B: 2.5, A: 1.3 }],
  ['09', 6435, 0.95, 0.9, { I: 1.5, H: 1.1 }],
  ['10', 5121, 1.15, 0.7, { C: 1.4 }],
  ['11', 2775, 0.5, 2.6, { A: 1.5, H: 1.3 }],
  ['12', 1603, 0.75, 1.5, { F: 1.3 }],
  ['13', 1738, 0.85, 1.1],
  ['14', 948, 0.85, 1.2, { F: 1.4 }],
  ['15', 1761, 0.75, 1.7, { F: 1.3 }],
  ['16', 580, 0.8, 1.9, { B: 1.6 }],
  ['17', 713, 0.75, 2, { B: 1.8 }],
  ['18', 1163, 1.15, 1.5, { B: 4, D: 1.5 }],
  ['19', 1057, 0.95, 1, { C: 1.2 }],
  ['20', 702, 1.25, 0.8, { C: 1.5 }],
  ['21', 1139, 1.2, 0.6, { C: 1.3, B: 2 }],
  ['22', 1776, 0.9, 1.7, { H: 2.5 }],
  ['23', 13268, 1.25, 0.6, { J: 2, K: 1.8, M: 1.6, A: 0.3, B: 0.5 }],
  ['24', 1270, 0.8, 1.2, { A: 1.4 }],
  ['25', 1292, 1, 0.9, { P: 1.3 }],
  ['26', 1274, 1.15, 0.8, { C: 1.6 }],
  ['27', 1869, 0.8, 1.3, { A: 1.8 }],
  ['28', 863, 0.75, 1.4, { A: 1.5 }],
  ['29', 769, 0.8, 1.4, { A: 1.3, B: 1.5 }],
  ['30', 2712, 1.1, 0.8, { C: 1.3 }],
];

export const provinces: readonly Province[] = rows.map(([digits, people, formal, tardy, tilt = {}]) => ({
  digits,
  people,
  formal,
  tardy,
  tilt,
}));

const weight = ({ people, formal }: Province): number => people * formal;
const total = provinces.reduce((sum, province) => sum + weight(province), 0);

/** The province's part of the country's declared work; all parts add up to 1. */
export const shareOf = (province: Province): number => weight(province) / total;

/** How many counties the simulated province has: more people, more counties. Their numbers are invented. */
export const countiesOf = ({ people }: Province): number => 4 + Math.floor(Math.sqrt(people) / 10);
