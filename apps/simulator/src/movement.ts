import type { Month } from '@karnama/kernel';

export type Direction = 'hire' | 'separation';

/** One movement of the simulated country: what happened, when it is declared, and whether it is taken back. */
export type Movement = Person & {
  readonly effective: Month;
  readonly declared: Month;
  /** Month in which the declaration is retracted; always after `declared`. */
  readonly retracted: Month | null;
  readonly direction: Direction;
  /** The province (`IR-23`) it counts in, or `IR-_U` where the declaration does not name one. */
  readonly province: string;
  /** What the declaration says: a county (`IR:2301`), the province, or only the country. */
  readonly area: string;
  readonly industry: string | null;
  readonly kind: string;
};

/** Who moved, and on what terms. */
export type Person = {
  readonly occupation: string | null;
  readonly education: string | null;
  readonly age: number | null;
  readonly sex: 'M' | 'F' | null;
  readonly weeklyHours: number;
  /** Whole rials. */
  readonly monthlyWage: number | null;
};
