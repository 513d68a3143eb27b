import { stateOf, unknown } from '@karnama/classifications';
import { monthOfDay, type Calendar, type Day } from '@karnama/kernel';
import type { Registration, SearchSpell, SearchTurn } from '@karnama/registers';
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

/** The registration that holds on a day of the spell, or on the last one before. */
export const leaderOn = ({ turns }: SearchSpell, day: Day): Registration =>
  (turns.findLast((turn) => turn.day <= day) as SearchTurn).registration;

/** Area and sex of a registration: what a person counts as where age and education do not matter. */
export const areaAndSex = ({ area, sex }: Registration): readonly [string, string] => [
  stateOf(area),
  sex ?? unknown,
];

/** The codes on a day not before the first turn. */
export const codesAt = (cells: readonly [CellTurn, ...CellTurn[]], day: Day): readonly string[] =>
  (cells.findLast((turn) => turn.day <= day) as CellTurn).codes;

const codesOn = (day: Day, registration: Registration, calendar: Calendar): readonly string[] => [
  ...areaAndSex(registration),
  ageBandIn(registration.birthMonth, monthOfDay(day, calendar), calendar),
  registration.education ?? unknown,
];

const isSame = (codes: readonly string[], others: readonly string[] | undefined): boolean =>
  others !== undefined && codes.every((code, i) => code === others[i]);
