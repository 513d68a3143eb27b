/** A share that was given and whether the code turned out right. */
export type Outcome = { readonly share: number; readonly right: boolean };

/** Steps of a curve that never falls: from `from` on, the confidence is `confidence`. */
export type Calibration = readonly { readonly from: number; readonly confidence: number }[];

type Block = { from: number; sum: number; count: number };

const meanOf = ({ sum, count }: Block): number => sum / count;

/**
 * Isotonic regression (pool adjacent violators): turns shares into the part of codes with such a share that
 * were right on titles not learnt. One right and one wrong outcome are added to each block, so that no
 * confidence is 0 or 1 for want of outcomes.
 */
export const calibrate = (outcomes: readonly Outcome[]): Calibration => {
  const blocks: Block[] = [];
  for (const { share, right } of [...outcomes].sort((a, b) => a.share - b.share)) {
    const last = blocks.at(-1);
    if (last !== undefined && last.from === share) {
      last.sum += Number(right);
      last.count += 1;
    } else blocks.push({ from: share, sum: Number(right), count: 1 });
    for (;;) {
      const upper = blocks.at(-1);
      const lower = blocks.at(-2);
      if (upper === undefined || lower === undefined || meanOf(lower) < meanOf(upper)) break;
      lower.sum += upper.sum;
      lower.count += upper.count;
      blocks.pop();
    }
  }
  let highest = 0;
  return blocks.map(({ from, sum, count }) => {
    highest = Math.max(highest, (sum + 1) / (count + 2));
    return { from, confidence: highest };
  });
};

/** The confidence of a share; below the first step, that of the first step. 0 without any outcome. */
export const confidenceOf = (calibration: Calibration, share: number): number => {
  let low = 0;
  let high = calibration.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calibration[middle]?.from ?? 0) <= share) low = middle + 1;
    else high = middle;
  }
  return (calibration[Math.max(0, low - 1)] ?? { confidence: 0 }).confidence;
};
