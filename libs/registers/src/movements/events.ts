/*
 * Stored for ever: names and shapes below are what the ledger holds. Add a version and an upcast; never edit.
 */

/** A hire or separation declared without identities. Wages in minor units, hours in hundredths; null = unknown. */
export type MovementDeclared = {
  readonly effectiveMonth: string;
  readonly declaredMonth: string;
  readonly direction: 'hire' | 'separation';
  readonly area: string;
  readonly industry: string | null;
  readonly occupation: string | null;
  readonly education: string | null;
  readonly age: number | null;
  readonly sex: 'M' | 'F' | null;
  readonly weeklyHours: number | null;
  readonly monthlyWage: number | null;
  readonly movementKind: string | null;
};

/** Undoes a declared movement of the same direction: a retracted hire lowers hires, it is no separation. */
export type MovementRetracted = MovementDeclared & { readonly retractionMonth: string };

/** Movements of an area and month for which no records exist, as one total. */
export type MovementTotalDeclared = {
  readonly area: string;
  readonly month: string;
  readonly hires: number;
  readonly separations: number;
};

/**
 * Jobs at the end of `month`. Corrections of months up to `fixedThrough` are contained in it for good.
 */
export type OpeningStockDeclared = {
  readonly area: string;
  readonly month: string;
  readonly stock: number;
  readonly fixedThrough: string;
};
