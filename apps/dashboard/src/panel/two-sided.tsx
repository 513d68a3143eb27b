import { sidesOf } from './sides.js';

/** A figure as a bar to one side of a common zero; the figure itself stands beside it. */
export const TwoSided = ({ value, all }: { value: string; all: readonly string[] }) => {
  const { start, width, negative } = sidesOf(value, all);
  return (
    <span className="two-sided" aria-hidden="true">
      <span data-negative={negative} style={{ insetInlineStart: `${start}%`, inlineSize: `${width}%` }} />
    </span>
  );
};
