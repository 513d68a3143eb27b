import { ageBandOf } from '@karnama/classifications';
import { firstDayOf, monthIn, monthOfDay, parseDay, parseMonth, type Day } from '@karnama/kernel';
import { firstDay, keyOf, lastDay, type Said } from './person-histories.spec-kit.js';

/* A recount from the records in force, day by day: slow, literal, sharing nothing with the dataflows. */

/** The days looked at, each with its month; longer at both ends than anything told. */
export const lastMonth = monthOfDay(lastDay, 'jalali') + 5;
export const days: readonly { readonly day: Day; readonly month: number; readonly last: boolean }[] =
  Array.from({ length: firstDayOf(lastMonth + 1) - (firstDay - 120) }, (_, i) => {
    const day = firstDay - 120 + i;
    const month = monthOfDay(day, 'jalali');
    return { day, month, last: monthOfDay(day + 1, 'jalali') !== month };
  });

type Fields = Readonly<Record<string, string | null>>;

/** Data of the records in force of a person by type, in the order of their names. */
export const inForce = (said: readonly Said[], person: string): ((type: string) => readonly Fields[]) => {
  const newest = new Map<string, Said>();
  const voided = new Set<string>();
  for (const one of said) {
    if (one.data['person'] !== person) continue;
    const { contract, recordId } = one.data as Fields;
    if (one.type.endsWith('Withdrawn')) voided.add(`${one.agency}/${contract ?? ''}/${recordId ?? ''}`);
    else if (one.version > (newest.get(keyOf(one))?.version ?? 0)) newest.set(keyOf(one), one);
  }
  const names = [...newest.keys()].filter((name) => !voided.has(name)).sort();
  return (type) =>
    names.flatMap((name) => {
      const one = newest.get(name);
      return one?.type === type ? [one.data as Fields] : [];
    });
};

export const dayIn = (fields: Fields, name: string): Day => parseDay(fields[name] ?? '');

export type Spell = {
  readonly fields: Fields;
  readonly start: Day;
  readonly end: Day;
  readonly reason: string | null;
};

/** Starts with the end of the same number that is latest (the last named of equal ones). */
export const spellsOf = (
  starts: readonly Fields[],
  firstField: string,
  ends: readonly Fields[],
  number: string,
): readonly Spell[] =>
  starts
    .map((fields) => {
      const mine = ends.filter((end) => end[number] === fields[number]);
      const latest = Math.max(...mine.map((end) => dayIn(end, 'lastDay')));
      const told = mine.filter((end) => dayIn(end, 'lastDay') === latest).at(-1);
      const end = told === undefined ? Infinity : latest + 1;
      return { fields, start: dayIn(fields, firstField), end, reason: told?.['reason'] ?? null };
    })
    .filter(({ start, end }) => start < end);

export const activeOn = (spells: readonly Spell[], day: Day): readonly Spell[] =>
  spells.filter(({ start, end }) => start <= day && day < end);

export const employmentSpells = (facts: (type: string) => readonly Fields[]): readonly Spell[] =>
  spellsOf(facts('EmploymentStarted'), 'startDay', facts('EmploymentEnded'), 'spell');

/** Days on which a job starts: in an establishment with a spell on the day and none on the day before. */
export const jobStarts = (spells: readonly Spell[]): readonly Day[] =>
  days.flatMap(({ day }) =>
    ['w', 'v'].flatMap((establishment) => {
      const mine = spells.filter(({ fields }) => fields['establishment'] === establishment);
      return activeOn(mine, day).length > 0 && activeOn(mine, day - 1).length === 0 ? [day] : [];
    }),
  );

export const stateIn = (area: string | null | undefined): string => (area === 'IR' ? 'IR-_U' : (area ?? '?'));

export const ageIn = (birthMonth: string | null | undefined, month: number): string =>
  birthMonth === null || birthMonth === undefined
    ? '_U'
    : ageBandOf(Math.floor((month - monthIn(parseMonth(birthMonth), 'jalali')) / 12));
