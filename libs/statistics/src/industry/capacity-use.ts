import type { ProductMonth } from '@karnama/registers';

/** Capacity of a product in force: quantity a month (above 0) and its value. */
export type Capacity = { readonly quantity: number; readonly value: number };

/** Value of the capacities whose production was reported for a month, and of what was made with them. */
export type Use = { readonly reporting: number; readonly used: number };

/** Capacities and their use by month of the statistical calendar. */
export type CapacityUse = {
  /** Months from which a capacity was declared, latest first. */
  readonly declaredFrom: readonly number[];
  /** Use by month with a production report, of whatever product; 0 of 0 where none of them has a capacity. */
  readonly uses: ReadonlyMap<number, Use>;
  /** Capacities in force in a month, by product. */
  inForce(month: number): ReadonlyMap<string, Capacity>;
};

type Step = { readonly month: number; readonly capacities: ReadonlyMap<string, Capacity> };

const none: ReadonlyMap<string, Capacity> = new Map();

/** What is in force from each month on in which something was declared, latest first. */
const stepsOf = (declared: readonly (ProductMonth & Capacity)[]): readonly Step[] => {
  const steps: Step[] = [];
  const inForce = new Map<string, Capacity>();
  // stable: of one month the greatest record name comes last
  for (const { product, month, quantity, value } of [...declared].sort((a, b) => a.month - b.month)) {
    inForce.set(product, { quantity, value });
    if (steps[0]?.month === month) steps.shift();
    const known = [...inForce].filter(([, capacity]) => capacity.quantity > 0);
    steps.unshift({ month, capacities: new Map(known) });
  }
  return steps;
};

/** Quantities made, by month and product. */
const madeOf = (production: readonly ProductMonth[]): Map<number, Map<string, number>> => {
  const made = new Map<number, Map<string, number>>();
  for (const { product, month, quantity } of production) {
    let products = made.get(month);
    if (products === undefined) made.set(month, (products = new Map<string, number>()));
    products.set(product, (products.get(product) ?? 0) + quantity);
  }
  return made;
};

const largest = Number.MAX_SAFE_INTEGER;

/** The largest value a cell can take from one unit: an absurd report must not stop the count of all others. */
export const bounded = (value: number): number => (value > largest ? largest : value);

/** value · made / quantity, rounded half up, `bounded`; exact also where the product passes 2^53. */
export const usedValue = ({ value, quantity }: Capacity, made: number): number => {
  const [twice, whole] = [2 * value * made + quantity, 2 * quantity];
  if (twice <= largest) return Math.floor(twice / whole);
  return bounded(Number((2n * BigInt(value) * BigInt(made) + BigInt(quantity)) / BigInt(whole)));
};

const useOf = (made: ReadonlyMap<string, number>, capacities: ReadonlyMap<string, Capacity>): Use => {
  let [reporting, used] = [0, 0];
  for (const [product, quantity] of made) {
    const capacity = capacities.get(product);
    if (capacity === undefined) continue;
    reporting = bounded(reporting + capacity.value);
    used = bounded(used + usedValue(capacity, quantity));
  }
  return { reporting, used };
};

/**
 * Capacities of a unit and their use.
 * @param declared, production in the order of their records' names, with months of the statistical calendar
 */
export const capacityUseOf = (
  declared: readonly (ProductMonth & Capacity)[],
  production: readonly ProductMonth[],
): CapacityUse => {
  const steps = stepsOf(declared);
  const inForce = (month: number): ReadonlyMap<string, Capacity> =>
    steps.find((step) => step.month <= month)?.capacities ?? none;
  const uses = new Map<number, Use>();
  for (const [month, made] of madeOf(production)) uses.set(month, useOf(made, inForce(month)));
  return { declaredFrom: steps.map(({ month }) => month), uses, inForce };
};
