import { describe, expect, it } from '@jest/globals';
import type { Projection } from '@karnama/cells';
import { firstDayOf, formatDay, formatMonth, monthOfDay, parseDay, parseMonth } from '@karnama/kernel';
import fc from 'fast-check';
import { establishmentProjection } from '../establishments/establishment-projection.js';
import {
  add,
  toldAtOnce,
  toldInBatches,
  withoutZeros,
  type Data,
  type Sent,
  type Sums,
} from '../told-in-batches.spec-kit.js';
import { enterpriseProjection } from './enterprise-projection.js';

/*
 * The oracle of workshops and enterprises: what the fold keeps, as known after every batch, equals a
 * recount day by day, month by month and year by year of the records in force then. Records come in any
 * order, once or several times, in several versions, and some are withdrawn before or after.
 */

/** One record of an agency with all its versions. */
type Told = {
  readonly type: string;
  readonly agency: string;
  readonly id: string;
  readonly versions: readonly Data[];
  readonly withdrawal: { readonly type: string; readonly data: Data } | null;
  readonly repeats: number;
};
type InForce = Data & { readonly type: string };

const [firstYear, lastYear] = [1396, 1412];
const farvardin = 1403 * 12;

/** Days around the ends of months and years, most of them within a few months. */
const day = fc
  .oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.integer({ min: -3, max: 5 }), fc.constantFrom(-1, 0, 1, 14))
        .map(([month, offset]) => firstDayOf(farvardin + month) + offset),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.integer({ min: 1400, max: 1406 }), fc.constantFrom(-1, 0, 100))
        .map(([year, offset]) => firstDayOf(year * 12) + offset),
    },
  )
  .map((at) => formatDay(at));
const month = fc.oneof(
  fc.integer({ min: -3, max: 5 }).map((offset) => formatMonth(farvardin + offset)),
  fc.integer({ min: 1400, max: 1406 }).map((year) => formatMonth(year * 12 + 5)),
  fc.constantFrom('2024-03', '2024-04'),
);

const cells: Readonly<Record<string, string>> = {
  'IR:2301': 'IR-23',
  IR: 'IR-_U',
  'IR-10': 'IR-10',
  'BR-MA': 'BR-MA',
  'ISIC4:1071': 'C',
  'ISIC4:F': 'F',
};
const codeOf = (code: string | number | null | undefined): string => cells[String(code)] ?? '_U';
const area = fc.constantFrom('IR:2301', 'IR', 'IR-10', 'BR-MA');
const industry = fc.constantFrom('ISIC4:1071', 'ISIC4:F', null);

/** Workshops and the enterprises they belong to. */
const workshops = { v: 'e', w: 'e', x: 'f' } as const;
type Workshop = keyof typeof workshops;
const workshop = fc.constantFrom<Workshop>('v', 'w', 'x');
const enterprise = fc.constantFrom('e', 'f');

/** Where each spell of each person is: the same in all its records. */
const spells: readonly (readonly [person: string, spell: string, establishment: Workshop])[] = [
  ['p', '1', 'v'],
  ['p', '2', 'v'],
  ['p', '3', 'w'],
  ['q', '1', 'v'],
  ['q', '2', 'x'],
  ['q', '3', 'x'],
  ['r', '1', 'w'],
  ['r', '2', 'v'],
];
const parties = fc.constantFrom(...spells).map(([person, spell, establishment]) => ({
  person,
  spell,
  establishment,
  enterprise: workshops[establishment],
}));

const recordOf = (
  type: string,
  withdrawal: string,
  whose: fc.Arbitrary<Data>,
  data: fc.Arbitrary<Data>,
  named: (whose: Data) => Data = (same) => same,
): fc.Arbitrary<Told> =>
  fc
    .record({
      whose,
      agency: fc.constantFrom('a', 'b'),
      number: fc.nat(1),
      said: fc.array(data, { minLength: 1, maxLength: 2 }),
      isWithdrawn: fc.constantFrom(false, false, false, true),
      repeats: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ whose: of, agency, number, said, isWithdrawn, repeats }) => {
      const id = `${type}-${number}-${Object.values(of).join('-')}`;
      const voiding = { type: withdrawal, data: { ...named(of), contract: 'contract', recordId: id } };
      return {
        type,
        agency,
        id,
        versions: said.map((one) => ({ ...one, ...of })),
        withdrawal: isWithdrawn ? voiding : null,
        repeats,
      };
    });

const reportedOn = fc.constant('2024-06-01');
const started = recordOf(
  'EmploymentStarted',
  'EmploymentRecordWithdrawn',
  parties,
  fc.record({
    startDay: day,
    area,
    industry,
    occupation: fc.constant(null),
    contractType: fc.constant(null),
    weeklyHours: fc.constant(null),
    monthlyWage: fc.constant(null),
    sex: fc.constant(null),
    birthMonth: fc.constant(null),
    reportedOn,
  }),
);
const ended = recordOf(
  'EmploymentEnded',
  'EmploymentRecordWithdrawn',
  parties,
  fc.record({ lastDay: day, reason: fc.constant(null), reportedOn }),
);
const sides = (code: fc.Arbitrary<string>): fc.Arbitrary<Data> =>
  fc.record({ predecessor: code, successor: code });

const ofWorkshops = fc.oneof(
  { weight: 5, arbitrary: started },
  { weight: 4, arbitrary: ended },
  {
    weight: 1,
    arbitrary: recordOf(
      'EstablishmentDeclared',
      'EstablishmentRecordWithdrawn',
      fc.record({ establishment: workshop }),
      fc.record({ enterprise, day, area, industry, reportedOn }),
      (of) => ({ ...of, successor: null }),
    ),
  },
  {
    weight: 1,
    arbitrary: recordOf(
      'EstablishmentChanged',
      'EstablishmentRecordWithdrawn',
      fc.record({ establishment: workshop }),
      fc.record({ day, area, industry, reportedOn }),
      (of) => ({ ...of, successor: null }),
    ),
  },
  {
    weight: 2,
    arbitrary: recordOf(
      'EstablishmentSucceeded',
      'EstablishmentRecordWithdrawn',
      sides(workshop),
      fc.record({ day, jobs: fc.integer({ min: 1, max: 3 }), reportedOn }),
      ({ predecessor = null, successor = null }) => ({ establishment: predecessor, successor }),
    ),
  },
  {
    weight: 2,
    arbitrary: recordOf(
      'WageListReceived',
      'EstablishmentRecordWithdrawn',
      fc.record({ establishment: workshop }),
      fc.record({ enterprise, month, insured: fc.constant(1), reportedOn }),
      (of) => ({ ...of, successor: null }),
    ),
  },
);
const ofEnterprises = fc.oneof(
  { weight: 5, arbitrary: started },
  { weight: 4, arbitrary: ended },
  {
    weight: 1,
    arbitrary: recordOf(
      'EnterpriseRegistered',
      'EnterpriseRecordWithdrawn',
      fc.record({ enterprise }),
      fc.record({ day, area, industry, legalForm: fc.constantFrom('company', 'public', null), reportedOn }),
      (of) => ({ ...of, successor: null }),
    ),
  },
  {
    weight: 2,
    arbitrary: recordOf(
      'EnterpriseActivityReported',
      'EnterpriseRecordWithdrawn',
      fc.record({ enterprise }),
      fc.record({ month, reportedOn }),
      (of) => ({ ...of, successor: null }),
    ),
  },
  {
    weight: 2,
    arbitrary: recordOf(
      'EnterpriseCeased',
      'EnterpriseRecordWithdrawn',
      fc.record({ enterprise }),
      fc.record({ lastDay: day, reportedOn }),
      (of) => ({ ...of, successor: null }),
    ),
  },
  {
    weight: 1,
    arbitrary: recordOf(
      'EnterpriseSucceeded',
      'EnterpriseRecordWithdrawn',
      sides(enterprise),
      fc.record({ day, kind: fc.constant('merger'), reportedOn }),
      ({ predecessor = null, successor = null }) => ({ enterprise: predecessor, successor }),
    ),
  },
);

const sentBy = ({ type, agency, id, versions, withdrawal, repeats }: Told): Sent[] => {
  const sent: Sent[] = versions.map((data, i) => ({ type, agency, id, version: i + 1, data }));
  if (withdrawal !== null) sent.push({ ...withdrawal, agency, id: `withdrawal-${id}`, version: 1 });
  return Array.from({ length: repeats }, () => sent).flat();
};

/** Events in any order, in batches; after some of them the epoch is closed. */
const historyOf = (told: fc.Arbitrary<Told>) =>
  fc
    .uniqueArray(told, { maxLength: 14, selector: ({ agency, id }) => `${agency}/${id}` })
    .map((records) => records.flatMap(sentBy))
    .chain((sent) =>
      fc.tuple(
        fc.shuffledSubarray(sent, { minLength: sent.length, maxLength: sent.length }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { maxLength: 3 }),
      ),
    );

/** Facts in force in the order of their records' names. */
const inForce = (sent: readonly Sent[]): InForce[] => {
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
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { type, data }]) => ({ ...data, type }));
};

const dayIn = (fact: InForce, field = 'day'): number => parseDay(String(fact[field]));
const lastDay = (of: number): number => firstDayOf(of + 1) - 1;
const monthOf = (on: number): number => monthOfDay(on, 'jalali');
const yearOf = (on: number): number => Math.floor(monthOf(on) / 12);
const sizeOf = (count: number): string => (count === 0 ? 'S0' : count < 10 ? 'S1T9' : 'S10T49');
const ofType = (facts: readonly InForce[], type: string): InForce[] =>
  facts.filter((fact) => fact.type === type);

type Spell = { readonly who: string; readonly start: number; readonly end: number };

/** Spells with the person and workshop they are of: those who have one on a day have one job there. */
const spellsOf = (facts: readonly InForce[]): Spell[] =>
  ofType(facts, 'EmploymentStarted').map((start) => {
    const lasts = ofType(facts, 'EmploymentEnded')
      .filter((end) => end['person'] === start['person'] && end['spell'] === start['spell'])
      .map((end) => dayIn(end, 'lastDay'));
    return {
      who: `${String(start['person'])} ${String(start['establishment'])}`,
      start: dayIn(start, 'startDay'),
      end: lasts.length === 0 ? Infinity : Math.max(...lasts) + 1,
    };
  });
const jobsOn = (staff: readonly Spell[], on: number): number =>
  new Set(staff.filter(({ start, end }) => start <= on && on < end).map(({ who }) => who)).size;

const monthsOfAll = Array.from({ length: (lastYear - firstYear + 1) * 12 }, (_, i) => firstYear * 12 + i);

const placeOn = (facts: readonly InForce[], on: number): string => {
  const declared = ofType(facts, 'EstablishmentDeclared').reduce<InForce | undefined>(
    (first, fact) => (first === undefined || dayIn(fact) < dayIn(first) ? fact : first),
    undefined,
  );
  const entries = facts.filter((fact) => fact === declared || fact.type === 'EstablishmentChanged');
  if (entries.length === 0) {
    const countries = ofType(facts, 'EmploymentStarted').map((fact) => String(fact['area']).slice(0, 2));
    return `${countries.sort()[0] ?? 'IR'}-_U _U`;
  }
  const upTo = (limit: number): InForce | undefined => {
    let latest: InForce | undefined;
    for (const fact of entries)
      if (dayIn(fact) <= limit && (latest === undefined || dayIn(fact) >= dayIn(latest))) latest = fact;
    return latest;
  };
  const entry = upTo(on) ?? upTo(Math.min(...entries.map((fact) => dayIn(fact))));
  return `${codeOf(entry?.['area'])} ${codeOf(entry?.['industry'])}`;
};

const recountWorkshop = (
  code: string,
  all: readonly InForce[],
  sums: Readonly<Record<string, Sums>>,
): void => {
  const facts = all.filter(
    (fact) => fact['establishment'] === code || fact.type === 'EstablishmentSucceeded',
  );
  const staff = spellsOf(facts);
  const known = facts.some(({ type }) =>
    ['EmploymentStarted', 'EstablishmentDeclared', 'EstablishmentChanged'].includes(type),
  );
  const successions = known ? ofType(facts, 'EstablishmentSucceeded') : [];
  const jobsAt = new Map(
    [firstYear * 12 - 12, ...monthsOfAll].map((of) => [of, jobsOn(staff, lastDay(of))] as const),
  );
  for (const [freq, length] of [
    ['M', 1],
    ['Q', 3],
    ['A', 12],
  ] as const) {
    let before: string | undefined;
    let stood = 0;
    for (let of = firstYear * 12 + length - 1; of < (lastYear + 1) * 12; of += length) {
      const [opening, closing] = [jobsAt.get(of - length) ?? 0, jobsAt.get(of) ?? 0];
      let transfers = 0;
      for (const fact of successions) {
        const on = monthOf(dayIn(fact));
        if (on <= of - length || on > of) continue;
        if (fact['predecessor'] === code) transfers += fact['jobs'] as number;
        if (fact['successor'] === code) transfers -= fact['jobs'] as number;
      }
      const net = closing - opening + transfers;
      const cell = `${freq} ${placeOn(facts, lastDay(of))} ${sizeOf(Math.ceil((opening + closing) / 2))}`;
      const flows = sums['JOB_FLOWS'] as Sums;
      if (net > 0) add(flows, `${of} ${cell}`, opening === 0 ? [net, 0, 0, 0, 0] : [0, net, 0, 0, 0]);
      if (net < 0) add(flows, `${of} ${cell}`, closing === 0 ? [0, 0, -net, 0, 0] : [0, 0, 0, -net, 0]);
      if (before !== undefined) add(flows, `${of} ${before}`, [0, 0, 0, 0, -stood]);
      add(flows, `${of} ${cell}`, [0, 0, 0, 0, opening + closing]);
      [before, stood] = [cell, opening + closing];
    }
  }
  let before: string | undefined;
  for (const at of monthsOfAll) {
    const cell = placeOn(facts, lastDay(at));
    const expected = (jobsAt.get(at - 1) ?? 0) > 0;
    const listed = ofType(facts, 'WageListReceived').some((fact) => {
      const told = parseMonth(String(fact['month']));
      return (told > 1600 * 12 ? monthOf(firstDayOf(told) + 15) : told) === at;
    });
    if (before !== undefined) add(sums['REPORTING'] as Sums, `${at} ${before}`, [-1, 0]);
    if (expected) add(sums['REPORTING'] as Sums, `${at} ${cell}`, [1, listed ? 1 : 0]);
    before = expected ? cell : undefined;
  }
};

const recountEnterprise = (
  code: string,
  all: readonly InForce[],
  sums: Readonly<Record<string, Sums>>,
): void => {
  const facts = all.filter((fact) => fact['enterprise'] === code || fact.type === 'EnterpriseSucceeded');
  const staff = spellsOf(facts);
  const registered = ofType(facts, 'EnterpriseRegistered').reduce<InForce | undefined>(
    (first, fact) => (first === undefined || dayIn(fact) < dayIn(first) ? fact : first),
    undefined,
  );
  const place =
    registered === undefined ? 'IR-_U _U' : `${codeOf(registered['area'])} ${codeOf(registered['industry'])}`;
  const form = String(registered?.['legalForm'] ?? '_U');

  let before: string | undefined;
  for (const at of monthsOfAll) {
    const count = jobsOn(staff, lastDay(at));
    if (before !== undefined) add(sums['EMPLOYERS'] as Sums, `${at} ${before}`, [-1]);
    before = count > 0 ? `${place} ${sizeOf(count)}` : undefined;
    if (before !== undefined) add(sums['EMPLOYERS'] as Sums, `${at} ${before}`, [1]);
  }

  const years = new Map<number, boolean>();
  const isActive = (year: number): boolean => {
    const known = years.get(year);
    if (known !== undefined) return known;
    let active = ofType(facts, 'EnterpriseActivityReported').some((fact) => {
      const told = parseMonth(String(fact['month']));
      return Math.floor((told > 1600 * 12 ? monthOf(firstDayOf(told) + 15) : told) / 12) === year;
    });
    for (let on = firstDayOf(year * 12); on < firstDayOf(year * 12 + 12); on++)
      active ||= staff.some(({ start, end }) => start <= on && on < end);
    years.set(year, active);
    return active;
  };
  const succeededIn = (side: string, from: number, to: number): boolean =>
    ofType(facts, 'EnterpriseSucceeded').some(
      (fact) => fact[side] === code && yearOf(dayIn(fact)) >= from && yearOf(dayIn(fact)) <= to,
    );
  const isBorn = (year: number): boolean =>
    isActive(year) && !isActive(year - 1) && !isActive(year - 2) && !succeededIn('successor', year - 1, year);
  const jobsAt = (year: number): number => jobsOn(staff, lastDay(year * 12 + 11));
  const flows = sums['ENTERPRISES'] as Sums;
  let stood: readonly [cell: string, measures: readonly number[]] | undefined;
  for (let year = firstYear; year <= lastYear; year++) {
    const key = `${year * 12 + 11} `;
    const cell = `${place} ${sizeOf(jobsAt(year))} ${form}`;
    if (isBorn(year)) add(flows, key + cell, [0, 1, 0, jobsAt(year), 0, 0, 0, 0, 0, 0, 0]);
    const ceased = ofType(facts, 'EnterpriseCeased').some((fact) => yearOf(dayIn(fact, 'lastDay')) === year);
    if (
      ceased &&
      isActive(year) &&
      !isActive(year + 1) &&
      !isActive(year + 2) &&
      !succeededIn('predecessor', year, year + 1)
    )
      add(flows, key + cell, [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    const survivals = [1, 2, 3, 4, 5].map((n) =>
      isBorn(year - n) && (isActive(year) || succeededIn('predecessor', year - n, year)) ? 1 : 0,
    );
    add(flows, key + cell, [0, 0, 0, 0, ...survivals, 0, 0]);
    if (stood !== undefined)
      add(
        flows,
        key + stood[0],
        stood[1].map((value) => -value),
      );
    const base = isActive(year) && jobsAt(year - 3) >= 10;
    const grew = base && 1000 * jobsAt(year) >= 1331 * jobsAt(year - 3);
    stood = isActive(year) ? [cell, [1, 0, 0, 0, 0, 0, 0, 0, 0, base ? 1 : 0, grew ? 1 : 0]] : undefined;
    if (stood !== undefined) add(flows, key + stood[0], stood[1]);
  }
};

const holds = (
  projection: Projection,
  told: fc.Arbitrary<Told>,
  recount: (facts: readonly InForce[]) => Record<string, Sums>,
  numRuns: number,
): void => {
  fc.assert(
    fc.property(historyOf(told), ([sent, cuts]) => {
      for (const { sums, known } of toldInBatches(projection, sent, cuts)) {
        const expected = recount(inForce(known));
        for (const { code } of projection.dataflows)
          expect([code, withoutZeros(sums[code] ?? new Map<string, number[]>())]).toEqual([
            code,
            withoutZeros(expected[code] as Sums),
          ]);
      }
    }),
    { numRuns },
  );
};

/** Ten and more persons in one enterprise, for the base of high growth. */
const crowd = fc
  .tuple(fc.integer({ min: 9, max: 12 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 4 }), day)
  .map(([before, joined, left, last]): Told[] =>
    Array.from({ length: before + joined + left }, (_, i): Told[] => {
      const of = { person: `c${i}`, spell: '1', establishment: 'v', enterprise: 'e' };
      const startDay = formatDay(firstDayOf(i < before ? 1401 * 12 + 3 : 1404 * 12 + 3));
      const start = { ...of, startDay, area: 'IR-10', industry: null, reportedOn: '2024-06-01' };
      const one = { agency: 'a', withdrawal: null, repeats: 1 };
      const told: Told[] = [{ ...one, type: 'EmploymentStarted', id: `crowd-start-${i}`, versions: [start] }];
      if (i % left === 1)
        told.push({
          ...one,
          type: 'EmploymentEnded',
          id: `crowd-end-${i}`,
          versions: [{ ...of, lastDay: last, reason: null }],
        });
      return told;
    }).flat(),
  );

const ofEmployers = (facts: readonly InForce[]): Record<string, Sums> => {
  const sums: Record<string, Sums> = { ENTERPRISES: new Map(), EMPLOYERS: new Map() };
  for (const code of ['e', 'f']) recountEnterprise(code, facts, sums);
  return sums;
};

describe('maintained = recounted, as known after every batch', () => {
  it('JOB_FLOWS, REPORTING', () => {
    const recount = (facts: readonly InForce[]): Record<string, Sums> => {
      const sums: Record<string, Sums> = { JOB_FLOWS: new Map(), REPORTING: new Map() };
      for (const code of Object.keys(workshops)) recountWorkshop(code, facts, sums);
      return sums;
    };
    holds(establishmentProjection('jalali'), ofWorkshops, recount, 60);
  });

  it('ENTERPRISES, EMPLOYERS', () => {
    holds(enterpriseProjection('jalali'), ofEnterprises, ofEmployers, 50);
  });

  it('ENTERPRISES of ten and more jobs', () => {
    fc.assert(
      fc.property(crowd, fc.array(ofEnterprises, { maxLength: 3 }), (told, others) => {
        const sent = [...told, ...others].flatMap(sentBy);
        const sums = toldAtOnce(enterpriseProjection('jalali'), sent);
        const expected = ofEmployers(inForce(sent));
        for (const code of ['ENTERPRISES', 'EMPLOYERS'])
          expect([code, withoutZeros(sums[code] ?? new Map<string, number[]>())]).toEqual([
            code,
            withoutZeros(expected[code] as Sums),
          ]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('job flows', () => {
  it('add up: created less destroyed is the change of the jobs plus what went over', () => {
    fc.assert(
      fc.property(historyOf(ofWorkshops), ([sent]) => {
        const { JOB_FLOWS: sums = new Map<string, number[]>() } = toldAtOnce(
          establishmentProjection('jalali'),
          sent,
        );
        const facts = inForce(sent);
        const last = lastDay(lastYear * 12 + 11);
        const open = new Map(
          Object.keys(workshops).map((code) => [
            code,
            jobsOn(spellsOf(facts.filter((fact) => fact['establishment'] === code)), last),
          ]),
        );
        let over = 0;
        for (const fact of ofType(facts, 'EstablishmentSucceeded')) {
          for (const [side, sign] of [
            ['predecessor', 1],
            ['successor', -1],
          ] as const) {
            const known = facts.some(
              (other) =>
                other['establishment'] === fact[side] &&
                !['EmploymentEnded', 'WageListReceived'].includes(other.type),
            );
            if (known) over += sign * (fact['jobs'] as number);
          }
        }
        const jobs = [...open.values()].reduce((sum, count) => sum + count, 0);
        for (const freq of ['M', 'Q', 'A']) {
          let net = 0;
          for (const [key, [a = 0, b = 0, c = 0, d = 0]] of sums)
            if (key.split(' ')[1] === freq) net += a + b - c - d;
          expect([freq, net]).toEqual([freq, jobs + over]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
