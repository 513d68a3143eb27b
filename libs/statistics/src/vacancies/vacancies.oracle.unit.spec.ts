import { describe, expect, it } from '@jest/globals';
import { firstDayOf, formatDay, monthOfDay, parseDay } from '@karnama/kernel';
import fc from 'fast-check';
import {
  add,
  toldInBatches,
  withoutZeros,
  type Data,
  type Sent,
  type Sums,
} from '../told-in-batches.spec-kit.js';
import { vacancyProjection } from './vacancy-projection.js';

/*
 * The oracle: what the fold keeps, as known at the end of every epoch, equals a recount post by post and
 * month end by month end of the records in force then. Records come in any order, once or several times,
 * in several versions, and some are withdrawn before or after.
 */

/** One record of an agency with all its versions. */
type Told = {
  readonly type: string;
  readonly agency: string;
  readonly id: string;
  readonly versions: readonly Data[];
  readonly withdrawal: string | null;
  readonly repeats: number;
};

const first = parseDay('1402-11-25');
const span = 250;
const day = fc
  .oneof(
    fc.integer({ min: 0, max: span }).map((offset) => first + offset),
    // the days around the ends of months
    fc
      .tuple(fc.integer({ min: 0, max: 7 }), fc.constantFrom(-1, 0, 1))
      .map(([month, offset]) => firstDayOf(1402 * 12 + 11 + month) + offset),
  )
  .map((at) => formatDay(at));

const vacancy = fc.constantFrom('v', 'w');
const cells: Readonly<Record<string, string>> = {
  'IR:2301': 'IR-23',
  IR: 'IR-_U',
  'IR-10': 'IR-10',
  'ISIC4:1071': 'C',
  'ISIC4:F': 'F',
  'ISCO08:7212': '7',
};
const codeOf = (code: string | number | null | undefined): string => cells[String(code)] ?? '_U';

const publication = fc.record({
  enterprise: fc.constant(null),
  positions: fc.integer({ min: 1, max: 4 }),
  day,
  expiresOn: fc.option(day),
  area: fc.constantFrom('IR:2301', 'IR', 'IR-10'),
  industry: fc.constantFrom('ISIC4:1071', 'ISIC4:F', null),
  occupation: fc.constantFrom('ISCO08:7212', null),
  skill: fc.constantFrom('WELD', null),
  reportedOn: fc.constant('2024-06-01'),
});
const fill = fc.record({ positions: fc.integer({ min: 1, max: 3 }), day });
const dated = fc.record({ day });

const recordOf = (type: string, withdrawal: string, data: fc.Arbitrary<Data>): fc.Arbitrary<Told> =>
  fc
    .tuple(
      vacancy,
      fc.record({
        type: fc.constant(type),
        agency: fc.constantFrom('a', 'b'),
        id: fc.integer({ min: 0, max: 2 }).map((n) => `${type}-${n}`),
        versions: fc.array(data, { minLength: 1, maxLength: 2 }),
        withdrawal: fc.option(fc.constant(withdrawal), { freq: 4 }),
        repeats: fc.integer({ min: 1, max: 3 }),
      }),
    )
    // all versions of a record tell of the same vacancy
    .map(([of, told]) => ({
      ...told,
      id: `${told.id}-${of}`,
      versions: told.versions.map((one) => ({ ...one, vacancy: of })),
    }));

const told = fc.oneof(
  { weight: 3, arbitrary: recordOf('VacancyPublished', 'VacancyRecordWithdrawn', publication) },
  { weight: 3, arbitrary: recordOf('VacancyFilled', 'VacancyRecordWithdrawn', fill) },
  { weight: 1, arbitrary: recordOf('VacancyClosed', 'VacancyRecordWithdrawn', dated) },
  { weight: 3, arbitrary: recordOf('PlacementRecorded', 'JobseekerRecordWithdrawn', dated) },
);

const sentBy = ({ type, agency, id, versions, withdrawal, repeats }: Told): Sent[] => {
  const sent: Sent[] = versions.map((data, i) => ({ type, agency, id, version: i + 1, data }));
  if (withdrawal !== null)
    sent.push({
      type: withdrawal,
      agency,
      id: `withdrawal-${id}`,
      version: 1,
      data: { contract: 'contract', recordId: id, vacancy: (versions[0] as Data)['vacancy'] as string },
    });
  return Array.from({ length: repeats }, () => sent).flat();
};

/** Events in any order, in batches; after some of them the epoch is closed. */
const history = fc
  .uniqueArray(told, { maxLength: 9, selector: ({ agency, id }) => `${agency}/${id}` })
  .map((records) => records.flatMap(sentBy))
  .chain((sent) =>
    fc.tuple(
      fc.shuffledSubarray(sent, { minLength: sent.length, maxLength: sent.length }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.boolean()), { maxLength: 5 }),
    ),
  );

type InForce = Data & { readonly type: string };

/** Facts in force by the names of their records. */
const inForce = (sent: readonly Sent[]): [string, InForce][] => {
  const withdrawn = new Set(
    sent
      .filter(({ type }) => type.endsWith('Withdrawn'))
      .map(({ agency, data }) => `${agency}/${String(data['recordId'])}`),
  );
  const newest = new Map<string, Sent>();
  for (const one of sent) {
    const name = `${one.agency}/${one.id}`;
    if (!one.type.endsWith('Withdrawn') && one.version > (newest.get(name)?.version ?? 0))
      newest.set(name, one);
  }
  return [...newest]
    .filter(([name]) => !withdrawn.has(name))
    .map(([name, { type, data }]): [string, InForce] => [name, { ...data, type }])
    .sort(([a], [b]) => (a < b ? -1 : 1));
};

type Post = { filledOn: number | null; closedOn: number | null };

const lastDay = (month: number): number => firstDayOf(month + 1) - 1;
const months = Array.from({ length: 24 }, (_, i) => 1402 * 12 + 6 + i);

const recountOne = (facts: readonly InForce[], sums: Readonly<Record<string, Sums>>): void => {
  const dayIn = (fact: InForce): number => parseDay(String(fact['day']));
  let published: InForce | undefined;
  for (const fact of facts)
    if (fact.type === 'VacancyPublished' && (published === undefined || dayIn(fact) < dayIn(published)))
      published = fact;
  if (published === undefined) return;
  const opening = dayIn(published);
  const ends = facts.filter(({ type }) => type === 'VacancyClosed').map(dayIn);
  if (published['expiresOn'] !== null) ends.push(parseDay(String(published['expiresOn'])));
  const end = ends.length === 0 ? null : Math.max(opening, Math.min(...ends));
  const posts: Post[] = Array.from({ length: published['positions'] as number }, () => ({
    filledOn: null,
    closedOn: null,
  }));
  const fills = facts
    .filter(({ type }) => type === 'VacancyFilled' || type === 'PlacementRecorded')
    .map((fact) => ({
      on: Math.max(opening, dayIn(fact)),
      posts: fact.type === 'VacancyFilled' ? (fact['positions'] as number) : 1,
    }))
    .sort((a, b) => a.on - b.on);
  for (const { on, posts: wanted } of fills)
    for (let i = 0; i < wanted; i++) {
      const free = posts.find(({ filledOn }) => filledOn === null);
      if (free !== undefined && (end === null || on < end)) free.filledOn = on;
    }
  for (const post of posts) if (post.filledOn === null) post.closedOn = end;

  const area = codeOf(published['area']);
  const cell = `${area} ${codeOf(published['industry'])} ${codeOf(published['occupation'])}`;
  const monthOf = (on: number): number => monthOfDay(on, 'jalali');
  for (const post of posts) {
    const { filledOn, closedOn } = post;
    add(
      sums['SKILL_DEMAND'] as Sums,
      `${monthOf(opening)} ${area} ${published['skill'] === null ? '_U' : 'WELD'}`,
      [1],
    );
    add(sums['VACANCIES'] as Sums, `${monthOf(opening)} ${cell}`, [0, 1, 0, 0]);
    add(sums['VACANCY_COHORT'] as Sums, `${monthOf(opening)} ${area} 00`, [1, 0, 0]);
    if (filledOn !== null) add(sums['VACANCIES'] as Sums, `${monthOf(filledOn)} ${cell}`, [0, 0, 1, 0]);
    if (closedOn !== null) add(sums['VACANCIES'] as Sums, `${monthOf(closedOn)} ${cell}`, [0, 0, 0, 1]);
    const gone = filledOn ?? closedOn;
    if (gone !== null) {
      let weeks = 0;
      while (opening + 7 * (weeks + 1) <= gone && weeks < 26) weeks++;
      const elapsed = weeks < 10 ? `0${weeks}` : `${weeks}`;
      add(
        sums['VACANCY_COHORT'] as Sums,
        `${monthOf(opening)} ${area} ${elapsed}`,
        filledOn !== null ? [0, 1, 0] : [0, 0, 1],
      );
    }
    const isOpenAt = (on: number): number => (opening <= on && (gone === null || on < gone) ? 1 : 0);
    for (const month of months)
      add(sums['VACANCIES'] as Sums, `${month} ${cell}`, [
        isOpenAt(lastDay(month)) - isOpenAt(lastDay(month - 1)),
        0,
        0,
        0,
      ]);
  }
};

const recount = (sent: readonly Sent[]): Record<string, Sums> => {
  const sums: Record<string, Sums> = {
    VACANCIES: new Map(),
    VACANCY_COHORT: new Map(),
    SKILL_DEMAND: new Map(),
  };
  for (const number of ['v', 'w'])
    recountOne(
      inForce(sent)
        .map(([, fact]) => fact)
        .filter((fact) => fact['vacancy'] === number),
      sums,
    );
  return sums;
};

describe('maintained = recounted post by post, as known after every batch', () => {
  it('VACANCIES, VACANCY_COHORT, SKILL_DEMAND', () => {
    fc.assert(
      fc.property(history, ([sent, cuts]) => {
        for (const { sums, known } of toldInBatches(vacancyProjection('jalali'), sent, cuts)) {
          const expected = recount(known);
          for (const code of ['VACANCIES', 'VACANCY_COHORT', 'SKILL_DEMAND'])
            expect([code, withoutZeros(sums[code] ?? new Map<string, number[]>())]).toEqual([
              code,
              withoutZeros(expected[code] as Sums),
            ]);
          for (const [cell, [open = 0, opened = 0, filled = 0, closed = 0]] of sums['VACANCIES'] ?? [])
            expect([cell, open]).toEqual([cell, opened - filled - closed]);
        }
      }),
      { numRuns: 300 },
    );
  });
});
