import { formatMonth, parseMonth } from '@karnama/kernel';
import type { Month } from '@karnama/kernel';
import type { Movement } from './movement.js';
import type { Options } from './options.js';
import { movementsIn } from './world.js';

/** What truly happened in one effective month in one province (`IR-23`, or `IR-_U` where none was named). */
export type TrueFigure = {
  readonly month: string;
  readonly area: string;
  readonly hires: number;
  readonly separations: number;
  readonly net: number;
};

/** The figures that a correct system must publish, by month and area in ascending order; rows of zeros are left out. */
export type Truth = {
  /** At the end of the simulation. */
  readonly final: readonly TrueFigure[];
  /** At the end of a month of reporting. @throws KarnamaError `bad-month` */
  readonly asKnownAt: (reported: string) => readonly TrueFigure[];
};

type Learned = {
  readonly reported: Month;
  readonly area: string;
  readonly hires: number;
  readonly separations: number;
};

/** When the ministry learned of a movement, and when it unlearned it. */
const learnedOf = (movement: Movement): readonly Learned[] => {
  const [hires, separations] = movement.direction === 'hire' ? [1, 0] : [0, 1];
  const area = movement.province;
  const declared = { reported: movement.declared, area, hires, separations };
  if (movement.retracted === null) return [declared];
  return [declared, { reported: movement.retracted, area, hires: -hires, separations: -separations }];
};

/** Sums per area of one effective month, of what was learned in each month of reporting. */
const tallyOf = (options: Options, month: Month): readonly Learned[] => {
  const sums = new Map<string, Learned>();
  for (const movement of movementsIn(options, month))
    for (const learned of learnedOf(movement)) {
      const key = `${learned.reported} ${learned.area}`;
      const { hires = 0, separations = 0 } = sums.get(key) ?? {};
      sums.set(key, {
        ...learned,
        hires: hires + learned.hires,
        separations: separations + learned.separations,
      });
    }
  return [...sums.values()];
};

const figuresOf = (month: Month, learned: readonly Learned[]): readonly TrueFigure[] => {
  const areas = [...new Set(learned.map((l) => l.area))].sort();
  return areas
    .map((area) => {
      const own = learned.filter((l) => l.area === area);
      const hires = own.reduce((sum, l) => sum + l.hires, 0);
      const separations = own.reduce((sum, l) => sum + l.separations, 0);
      return { month: formatMonth(month), area, hires, separations, net: hires - separations };
    })
    .filter(({ hires, separations }) => hires !== 0 || separations !== 0);
};

/** Counts the simulated world itself, movement by movement, without the deliveries and records made of it. */
export const truthOf = (options: Options): Truth => {
  const months = Array.from({ length: options.last - options.first + 1 }, (_, i) => options.first + i);
  const tallies = new Map(months.map((month) => [month, tallyOf(options, month)]));
  const knownAt = (reported: Month): readonly TrueFigure[] =>
    [...tallies].flatMap(([month, learned]) =>
      figuresOf(
        month,
        learned.filter((l) => l.reported <= reported),
      ),
    );
  return {
    final: knownAt(options.last),
    asKnownAt: (reported) => knownAt(Math.min(parseMonth(reported), options.last)),
  };
};
