/** A corner of a drawing, in the units of its view box. */
export type Point = readonly [x: number, y: number];

/** Closed lines, without their first point said again. */
export type Rings = readonly (readonly Point[])[];

/** How many numbers a command of a path takes at a time. */
const taken: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, z: 0 };

type Step = { readonly command: string; readonly numbers: readonly number[] };

/** @throws {Error} on a command that is not known, or numbers that are left over */
const stepsOf = (path: string): readonly Step[] =>
  [...path.matchAll(/([a-z])([^a-z]*)/gi)].flatMap(([said, command = '', rest = '']) => {
    const count = taken[command.toLowerCase()];
    if (count === undefined) throw new Error(`a path has “${command}”, which is not read here`);
    const numbers = [...rest.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(([text]) => Number(text));
    if (count === 0 ? numbers.length > 0 : numbers.length === 0 || numbers.length % count !== 0)
      throw new Error(`a path has “${said.slice(0, 40)}”, whose numbers do not come out even`);
    if (count === 0) return [{ command, numbers }];
    return Array.from({ length: numbers.length / count }, (_, at) => ({
      // what follows a move without a command of its own is a line
      command: at > 0 && command === 'm' ? 'l' : at > 0 && command === 'M' ? 'L' : command,
      numbers: numbers.slice(at * count, (at + 1) * count),
    }));
  });

/** Points on a curve after its start; the curves of a map are a few units long. */
const curve = (from: Point, one: Point, other: Point, to: Point): readonly Point[] => {
  const parts = Math.min(8, Math.max(1, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 2)));
  return Array.from({ length: parts }, (_, i): Point => {
    const t = (i + 1) / parts;
    const u = 1 - t;
    const along = (axis: 0 | 1): number =>
      u ** 3 * from[axis] + 3 * u * u * t * one[axis] + 3 * u * t * t * other[axis] + t ** 3 * to[axis];
    return [along(0), along(1)];
  });
};

/**
 * The rings that a path draws, its curves as short lines.
 * @throws {Error} when it is not a path of moves, lines and cubic curves
 */
export const ringsOfPath = (path: string): Rings => {
  const rings: Point[][] = [];
  let at: Point = [0, 0];
  let start: Point = at;
  for (const { command, numbers } of stepsOf(path)) {
    const kind = command.toLowerCase();
    const base: Point = command === kind ? at : [0, 0];
    const point = (i: number): Point => [base[0] + (numbers[i] ?? NaN), base[1] + (numbers[i + 1] ?? NaN)];
    if (kind === 'z') {
      at = start;
      continue;
    }
    if (kind === 'm') {
      at = start = point(0);
      rings.push([at]);
      continue;
    }
    const ring = rings.at(-1);
    if (ring === undefined) throw new Error('a path begins without a move');
    const added: readonly Point[] =
      kind === 'h'
        ? [[base[0] + (numbers[0] ?? NaN), at[1]]]
        : kind === 'v'
          ? [[at[0], base[1] + (numbers[0] ?? NaN)]]
          : kind === 'l'
            ? [point(0)]
            : curve(at, point(0), point(2), point(4));
    ring.push(...added);
    at = added.at(-1) ?? at;
  }
  return rings;
};

/** The ring of a polygon's points: `x,y x,y …`. */
export const ringOfPoints = (points: string): Rings => [
  points
    .trim()
    .split(/\s+/)
    .map((pair): Point => {
      const [x, y] = pair.split(',').map(Number);
      return [x ?? NaN, y ?? NaN];
    }),
];

const distance = ([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number => {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
};

/** Ramer–Douglas–Peucker: leaves out what lies nearer than `tolerance` to the line that remains. */
const thinned = (line: readonly Point[], tolerance: number): readonly Point[] => {
  const [first, last] = [line[0], line.at(-1)];
  if (line.length < 3 || first === undefined || last === undefined) return line;
  const far = line.reduce(
    (found, point, at) => {
      const away = distance(point, first, last);
      return away > found.away ? { at, away } : found;
    },
    { at: 0, away: 0 },
  );
  if (far.away <= tolerance) return [first, last];
  const before = thinned(line.slice(0, far.at + 1), tolerance);
  return [...before.slice(0, -1), ...thinned(line.slice(far.at), tolerance)];
};

/** The rings with fewer corners, none of which lies further than `tolerance` from where it was. */
export const simplified = (rings: Rings, tolerance: number): Rings =>
  rings.map((ring) => {
    const first = ring[0];
    if (first === undefined) return ring;
    // a ring is thinned in two halves, as it ends where it begins
    const far = ring.reduce(
      (found, point, at) => {
        const away = Math.hypot(point[0] - first[0], point[1] - first[1]);
        return away > found.away ? { at, away } : found;
      },
      { at: 0, away: 0 },
    ).at;
    const there = thinned(ring.slice(0, far + 1), tolerance);
    const back = thinned([...ring.slice(far), first], tolerance);
    return [...there.slice(0, -1), ...back.slice(0, -1)];
  });

/** The area that a ring encloses. */
export const areaOf = (ring: readonly Point[]): number =>
  Math.abs(
    ring.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = ring[(i + 1) % ring.length] ?? [x, y];
      return sum + x * nextY - nextX * y;
    }, 0) / 2,
  );

/**
 * The rings as a path of relative lines, on a grid of `1 / fineness` of a unit; corners that fall together are one,
 * and a ring that encloses nothing any more is left out.
 */
export const pathOf = (rings: Rings, fineness: number): string => {
  const onGrid = (value: number): number => Math.round(value * fineness);
  const written = (value: number): string => String(value / fineness).replace(/^(-?)0\./, '$1.');
  const pair = (x: number, y: number): string => `${written(x)}${y < 0 ? '' : ' '}${written(y)}`;
  return rings
    .map((ring) =>
      ring
        .map(([x, y]): Point => [onGrid(x), onGrid(y)])
        .filter(([x, y], i, all) => {
          const [beforeX, beforeY] = all.at(i - 1) ?? [NaN, NaN];
          return x !== beforeX || y !== beforeY;
        }),
    )
    .filter((ring) => ring.length > 2 && areaOf(ring) > 0)
    .map((ring) =>
      ring
        .map(([x, y], i) => {
          const [beforeX, beforeY] = ring[i - 1] ?? [0, 0];
          const said = pair(x - beforeX, y - beforeY);
          return i === 0 ? `M${said}l` : i > 1 && !said.startsWith('-') ? ` ${said}` : said;
        })
        .join(''),
    )
    .map((ring) => `${ring}z`)
    .join('');
};
