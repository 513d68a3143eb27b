/** An opening stock as the cells hold it: one delta per epoch in which it was declared, corrected or withdrawn. */
export type Opening = {
  readonly month: number;
  readonly fixedThrough: number;
  readonly epoch: number;
  readonly stock: bigint;
  /** 1 declared, −1 withdrawn, 0 corrected in place. */
  readonly units: bigint;
};

/** Hires − separations of one effective month, learned in one epoch. */
export type Net = { readonly month: number; readonly epoch: number; readonly net: bigint };

type Benchmark = { month: number; fixedThrough: number; declared: number; stock: bigint; units: bigint };

/**
 * Stocks at the end of months, as known at the end of epoch `known`.
 *
 * An opening stock of month o, declared in epoch e and fixed through month f, gives
 * stock(m) = opening + net of months in (f, o] learned in epochs after e + net of months in (o, m],
 * each learned up to `known`. A month is counted on from the latest opening at or before it; it has
 * no stock when there is none.
 */
export const stocksOf = (
  openings: readonly Opening[],
  nets: readonly Net[],
  known: number,
): ((month: number) => bigint | null) => {
  const benchmarks = benchmarksOf(openings, known);
  const sorted = [...nets].filter(({ epoch }) => epoch <= known).sort((a, b) => a.month - b.month);
  return (month) => {
    const benchmark = benchmarks.findLast((candidate) => candidate.month <= month);
    if (benchmark === undefined) return null;
    let stock = benchmark.stock;
    for (const { month: of, epoch, net } of sorted) {
      if (of > month) break;
      const correction = of > benchmark.fixedThrough && of <= benchmark.month && epoch > benchmark.declared;
      if (correction || of > benchmark.month) stock += net;
    }
    return stock;
  };
};

/** Openings in force at `known`, by month; of several for one month the one declared last holds. */
const benchmarksOf = (openings: readonly Opening[], known: number): Benchmark[] => {
  const byKey = new Map<string, Benchmark>();
  for (const { month, fixedThrough, epoch, stock, units } of openings) {
    if (epoch > known) continue;
    const key = `${month}|${fixedThrough}`;
    const found = byKey.get(key) ?? { month, fixedThrough, declared: epoch, stock: 0n, units: 0n };
    found.stock += stock;
    found.units += units;
    found.declared = Math.max(found.declared, epoch);
    byKey.set(key, found);
  }
  const inForce = [...byKey.values()].filter(({ units }) => units > 0n);
  inForce.sort((a, b) => a.month - b.month || a.declared - b.declared);
  return inForce;
};
