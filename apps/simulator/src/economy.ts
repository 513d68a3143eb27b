import type { Direction } from './movement.js';
import type { Province } from './provinces.js';
import type { Weighted } from './random.js';

/** What the simulated country knows of one ISIC section; shares of each list are relative weights. */
export type Industry = {
  readonly section: string;
  /** Share of all movements. */
  readonly share: number;
  /** Share of women among those who move. */
  readonly women: number;
  /** Classes of ISIC Rev.4 that employers name. */
  readonly classes: readonly string[];
  /** ISCO-08 major groups with weights. */
  readonly groups: readonly Weighted<string>[];
  /** Movements of each Jalali month relative to the mean month, Farvardin first; absent: as all industries. */
  readonly hires?: readonly number[];
  readonly separations?: readonly number[];
};

const groups = (text: string): readonly Weighted<string>[] =>
  text.split(' ').map((pair) => [pair.charAt(0), Number(pair.slice(2))] as const);

// Work under the open sky begins in spring and ends in autumn.
const fieldHires = [1.2, 1.4, 1.5, 1.3, 1.1, 1.1, 1, 0.8, 0.7, 0.6, 0.6, 0.7];
const fieldSeparations = [0.6, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.2, 1, 1.6];
// Schools hire for Mehr and let go after Khordad.
const schoolHires = [0.6, 0.6, 0.5, 0.5, 0.8, 2, 3.2, 1.2, 0.8, 0.6, 0.7, 0.5];
const schoolSeparations = [0.6, 0.6, 2.6, 1.8, 1, 0.8, 0.7, 0.6, 0.6, 0.6, 0.6, 1.5];
// Travellers come at Nowruz and in summer.
const guestHires = [1.7, 1, 1.2, 1.3, 1.2, 0.8, 0.7, 0.7, 0.7, 0.8, 0.8, 1.1];

export const industries: readonly Industry[] = [
  {
    section: 'A',
    share: 6,
    women: 0.14,
    classes: ['0111', '0122', '0141', '0146', '0322'],
    groups: groups('6:45 9:42 8:6 1:3 2:4'),
    hires: fieldHires,
    separations: fieldSeparations,
  },
  {
    section: 'B',
    share: 2.5,
    women: 0.05,
    classes: ['0610', '0710', '0729', '0810', '0910'],
    groups: groups('8:40 7:18 9:22 3:10 2:8 1:2'),
  },
  {
    section: 'C',
    share: 25,
    women: 0.17,
    classes: ['1071', '1050', '1312', '1410', '2011', '2220', '2395', '2410', '2511', '2750', '2930'],
    groups: groups('7:28 8:32 9:20 3:7 2:5 4:5 1:3'),
  },
  {
    section: 'D',
    share: 1.2,
    women: 0.09,
    classes: ['3510', '3520'],
    groups: groups('3:30 7:28 2:20 8:12 4:7 1:3'),
  },
  {
    section: 'E',
    share: 1.3,
    women: 0.08,
    classes: ['3600', '3811', '3830'],
    groups: groups('9:45 8:20 7:12 3:12 2:8 1:3'),
  },
  {
    section: 'F',
    share: 15,
    women: 0.04,
    classes: ['4100', '4210', '4290', '4321', '4330'],
    groups: groups('7:40 9:38 8:10 3:5 2:5 1:2'),
    hires: fieldHires,
    separations: fieldSeparations,
  },
  {
    section: 'G',
    share: 16,
    women: 0.22,
    classes: ['4520', '4630', '4690', '4711', '4771'],
    groups: groups('5:60 4:12 9:10 7:8 1:6 2:4'),
  },
  {
    section: 'H',
    share: 7,
    women: 0.06,
    classes: ['4922', '4923', '5210', '5224', '5310'],
    groups: groups('8:55 4:15 9:17 5:6 1:3 3:4'),
  },
  {
    section: 'I',
    share: 5,
    women: 0.2,
    classes: ['5510', '5610', '5629'],
    groups: groups('5:55 9:35 1:5 4:5'),
    hires: guestHires,
  },
  {
    section: 'J',
    share: 2.5,
    women: 0.3,
    classes: ['5820', '6110', '6201', '6311'],
    groups: groups('2:50 3:30 4:10 5:5 1:5'),
  },
  {
    section: 'K',
    share: 2,
    women: 0.33,
    classes: ['6419', '6512', '6622'],
    groups: groups('2:30 3:32 4:30 1:8'),
  },
  {
    section: 'L',
    share: 0.8,
    women: 0.2,
    classes: ['6810', '6820'],
    groups: groups('3:45 5:20 4:20 1:10 9:5'),
  },
  {
    section: 'M',
    share: 3.5,
    women: 0.34,
    classes: ['6910', '6920', '7110', '7120', '7310'],
    groups: groups('2:52 3:28 4:12 1:8'),
  },
  {
    section: 'N',
    share: 4.5,
    women: 0.18,
    classes: ['7810', '7911', '8010', '8121'],
    groups: groups('9:40 5:30 4:18 3:7 1:5'),
  },
  {
    section: 'O',
    share: 1.5,
    women: 0.25,
    classes: ['8411', '8413'],
    groups: groups('4:35 2:30 3:20 5:10 1:5'),
  },
  {
    section: 'P',
    share: 3,
    women: 0.62,
    classes: ['8510', '8521', '8530', '8549'],
    groups: groups('2:70 5:10 4:10 9:6 1:4'),
    hires: schoolHires,
    separations: schoolSeparations,
  },
  {
    section: 'Q',
    share: 3.2,
    women: 0.63,
    classes: ['8610', '8620', '8690', '8810'],
    groups: groups('2:40 3:25 5:18 4:9 9:6 1:2'),
  },
  {
    section: 'R',
    share: 0.8,
    women: 0.28,
    classes: ['9000', '9311', '9321'],
    groups: groups('3:35 2:30 5:25 9:10'),
  },
  {
    section: 'S',
    share: 2.5,
    women: 0.3,
    classes: ['9511', '9521', '9601', '9602'],
    groups: groups('5:50 7:35 9:15'),
  },
  { section: 'T', share: 0.4, women: 0.55, classes: ['9700'], groups: groups('9:60 5:40') },
];

// Yearly contracts end with Esfand, before Nowruz, and begin again in Farvardin and Ordibehesht.
const allHires = [1.3, 1.2, 1.1, 1.05, 1, 1.02, 1.05, 0.97, 0.92, 0.88, 0.85, 0.66];
const allSeparations = [0.85, 0.85, 0.92, 0.92, 0.95, 1, 0.95, 0.9, 0.92, 0.9, 0.95, 1.89];

/** How much an industry moves in a Jalali month (0 = Farvardin), relative to its mean month. */
export const seasonOf = (industry: Industry, direction: Direction, monthOfYear: number): number => {
  const own = direction === 'hire' ? industry.hires : industry.separations;
  return (own ?? (direction === 'hire' ? allHires : allSeparations))[monthOfYear] ?? 1;
};

/** The industries with their weights in one province, month and direction; a mean month weighs about 1. */
export const industriesOf = (
  province: Province,
  direction: Direction,
  monthOfYear: number,
): readonly Weighted<Industry>[] => {
  const here = industries.map((i) => i.share * (province.tilt[i.section] ?? 1));
  const total = here.reduce((sum, share) => sum + share, 0);
  return industries.map(
    (i, at) => [i, ((here[at] ?? 0) / total) * seasonOf(i, direction, monthOfYear)] as const,
  );
};
