import type { Point, Rings } from './outlines.js';

/** Where a line of text stands best within an outline: its middle, and how wide it may be. */
export type LabelPlace = { readonly x: number; readonly y: number; readonly room: number };

/** Where a horizontal line crosses the outline, from left to right. */
const crossings = (rings: Rings, y: number): readonly number[] =>
  rings
    .flatMap((ring) =>
      ring.flatMap(([ax, ay]: Point, i) => {
        const [bx, by] = ring[(i + 1) % ring.length] ?? [ax, ay];
        return ay > y === by > y ? [] : [ax + ((y - ay) / (by - ay)) * (bx - ax)];
      }),
    )
    .sort((a, b) => a - b);

type Span = readonly [from: number, to: number];

const spansAt = (rings: Rings, y: number): readonly Span[] => {
  const found = crossings(rings, y);
  return found.flatMap((from, i): readonly Span[] => {
    const to = found[i + 1];
    return i % 2 === 0 && to !== undefined ? [[from, to]] : [];
  });
};

const common = (some: readonly Span[], others: readonly Span[]): readonly Span[] =>
  some.flatMap(([from, to]) =>
    others.flatMap(([otherFrom, otherTo]): readonly Span[] => {
      const both: Span = [Math.max(from, otherFrom), Math.min(to, otherTo)];
      return both[0] < both[1] ? [both] : [];
    }),
  );

const rows = 4;

/** The widest place for a line of text of that height that lies within the outline altogether. */
export const labelPlace = (rings: Rings, height: number): LabelPlace => {
  const all = rings.flat().map(([, y]) => y);
  const [top, bottom] = [Math.min(...all), Math.max(...all)];
  let best: LabelPlace = { x: 0, y: (top + bottom) / 2, room: 0 };
  for (let y = top + height / 2; y <= bottom - height / 2; y += 2) {
    const spans = Array.from({ length: rows + 1 }, (_, i) =>
      spansAt(rings, y - height / 2 + (i * height) / rows),
    ).reduce(common);
    for (const [from, to] of spans)
      if (to - from > best.room) best = { x: (from + to) / 2, y, room: to - from };
  }
  return { x: Math.round(best.x), y: Math.round(best.y), room: Math.floor(best.room) };
};
