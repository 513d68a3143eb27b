import { stateOf, unknown } from '@karnama/classifications';
import { monthOfDay, type Calendar, type Day } from '@karnama/kernel';
import type { Registration, SearchSpell } from '@karnama/registers';
import { ageBandIn, ageTurns } from './age.js';

/** From `day` on a jobseeker counts under these codes: area, sex, age, education. */
export type CellTurn = { readonly day: Day; readonly codes: readonly string[] };

/** Where a spell of search is counted: the first turn on its first day, then one for each change of cell. */
export const cellsOf = (spell: SearchSpell, calendar: Calendar): readonly [CellTurn, ...CellTurn[]] => {
  const cells: CellTurn[] = [];
  spell.turns.forEach(({ day, registration }, i) => {
    const until = spell.turns[i + 1]?.day ?? spell.end;
    for (const turn of [day, ...ageTurns(registration.birthMonth, day, until, calendar)]) {
      const codes = codesOn(turn, registration, calendar);
      if (!isSame(codes, cells.at(-1)?.codes)) cells.push({ day: turn, codes });
    }
  });
  return cells as [CellTurn, ...CellTurn[]];
};

/** The codes on a day not before the first turn. */
export const codesAt = (cells: readonly [CellTurn, ...CellTurn[]], day: Day): readonly string[] =>
  (cells.findLast((turn) => turn.day <= day) as CellTurn).codes;

const codesOn = (
  day: Day,
  { area, sex, birthMonth, education }: Registration,
  calendar: Calendar,
): readonly string[] => [
  stateOf(area),
  sex ?? unknown,
  ageBandIn(birthMonth, monthOfDay(day, calendar), calendar),
  education ?? unknown,
];

const isSame = (codes: readonly string[], others: readonly string[] | undefined): boolean =>
  others !== undefined && codes.every((code, i) => code === others[i]);
