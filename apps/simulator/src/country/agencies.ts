import type { Month } from '@karnama/kernel';
import { randomOf, type Weighted } from '../random.js';
import type { Country } from './options.js';

export type Agency =
  | 'social-insurance'
  | 'civil-service'
  | 'employment-services'
  | 'vocational-training'
  | 'business-registry'
  | 'small-industries';

/** How an agency delivers. All shares are of its records; all of it is invented. */
export type Profile = {
  /** Delivered by the end of the month of the event, and with what lag in months otherwise. */
  readonly onTime: number;
  readonly lags: readonly Weighted<number>[];
  /** Came in a form that no contract admits; most are sent again in order. */
  readonly broken: number;
  /** Came more than once. */
  readonly repeated: number;
  /** Stated wrongly at first and corrected by a later version. */
  readonly corrected: number;
  /** Never should have been, and is withdrawn: as many again as records. */
  readonly phantoms: number;
  /** Months in which nothing came. */
  readonly outages: number;
};

export const profiles: Readonly<Record<Agency, Profile>> = {
  'social-insurance': {
    onTime: 0.7,
    lags: [
      [1, 60],
      [2, 20],
      [3, 8],
      [5, 5],
      [8, 4],
      [12, 3],
    ],
    broken: 0.004,
    repeated: 0.015,
    corrected: 0.02,
    phantoms: 0.006,
    outages: 1,
  },
  'civil-service': {
    onTime: 0.5,
    lags: [
      [1, 40],
      [2, 30],
      [3, 20],
      [6, 7],
      [12, 3],
    ],
    broken: 0.01,
    repeated: 0.03,
    corrected: 0.03,
    phantoms: 0.008,
    outages: 2,
  },
  'employment-services': {
    onTime: 0.85,
    lags: [
      [1, 80],
      [2, 15],
      [4, 5],
    ],
    broken: 0.006,
    repeated: 0.02,
    corrected: 0.03,
    phantoms: 0.012,
    outages: 1,
  },
  'vocational-training': {
    onTime: 0.65,
    lags: [
      [1, 50],
      [2, 25],
      [3, 15],
      [9, 10],
    ],
    broken: 0.008,
    repeated: 0.02,
    corrected: 0.03,
    phantoms: 0.012,
    outages: 1,
  },
  'business-registry': {
    onTime: 0.6,
    lags: [
      [1, 35],
      [2, 30],
      [3, 20],
      [6, 10],
      [11, 5],
    ],
    broken: 0.01,
    repeated: 0.03,
    corrected: 0.04,
    phantoms: 0.012,
    outages: 0,
  },
  'small-industries': {
    onTime: 0.4,
    lags: [
      [1, 35],
      [2, 30],
      [3, 20],
      [6, 10],
      [11, 5],
    ],
    broken: 0.01,
    repeated: 0.03,
    corrected: 0.04,
    phantoms: 0.012,
    outages: 2,
  },
};

export const agencies = Object.keys(profiles) as readonly Agency[];

/** Apart from the streams of all chunks, whose second key is their number. */
const outageStream = 0x6f757461;

/** The months in which an agency delivers nothing: never the first three, never the last. */
export const outagesOf = ({ seed, first, last }: Country, agency: Agency): ReadonlySet<Month> => {
  const random = randomOf(seed, outageStream, agencies.indexOf(agency));
  if (last - first < 5) return new Set();
  return new Set(Array.from({ length: profiles[agency].outages }, () => random.between(first + 3, last - 1)));
};
