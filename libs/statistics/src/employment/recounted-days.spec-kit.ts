import { ageBandOf, majorGroupOf, sectionOf, stateOf } from '@karnama/classifications';
import { fedEvent, recorded } from '@karnama/conformance';
import {
  addMonths,
  epochClosed,
  epochStream,
  firstDayOf,
  formatDay,
  fullMonthsBetween,
  lastDayOf,
  monthIn,
  monthOfDay as kernelMonthOfDay,
  parseDay,
  parseMonth,
  type Calendar,
  type Json,
  type RecordedEvent,
} from '@karnama/kernel';
import fc from 'fast-check';

/*
 * Histories of two persons' employment, and their figures recounted from the records in force: day by day
 * through the definitions, sharing no code with the dataflows. Histories have records of two agencies in any
 * order, repeated, corrected, withdrawn.
 */

type Data = Readonly<Record<string, string | number | null>>;
type Fact = { readonly type: string; readonly data: Data };
export type Said =
  | {
      readonly kind: 'fact';
      readonly agency: string;
      readonly record: string;
      readonly version: number;
      readonly fact: Fact;
    }
  | { readonly kind: 'withdrawal'; readonly agency: string; readonly record: string; readonly person: string }
  | { readonly kind: 'close' };

const [lastDayCounted, firstDayCounted] = [parseDay('1404-08-30'), parseDay('1399-01-01')];

const day = fc
  .tuple(
    fc.constantFrom(
      '1399-06-15',
      '1402-09-30',
      '1402-10-01',
      '1402-12-29',
      '1403-01-01',
      '1403-02-31',
      '1403-06-31',
      '1403-07-01',
      '1403-12-30',
      '1404-01-01',
      '1404-02-15',
    ),
    fc.integer({ min: -1, max: 1 }),
  )
  .map(([text, shift]) => formatDay(parseDay(text) + shift));

const attributes = {
  area: fc.constantFrom('IR-23', 'IR', 'IR-07'),
  industry: fc.constantFrom('ISIC4:1071', 'ISIC4:F', null),
  occupation: fc.constantFrom('ISCO08:7212', null),
  contractType: fc.constantFrom('permanent', 'fixed-term', null),
  weeklyHours: fc.constantFrom(4400, 2000, null),
  monthlyWage: fc.constantFrom(9_000_000_000, null),
};

/** Whose spells there are: all records of a spell name the same parties. */
const spells: readonly Data[] = [
  { spell: '1', person: 'p', establishment: 'b', enterprise: 'x' },
  { spell: '2', person: 'p', establishment: 'b', enterprise: 'x' },
  { spell: '3', person: 'p', establishment: 'a', enterprise: 'y' },
  { spell: '1', person: 'q', establishment: 'a', enterprise: 'y' },
];
const parties = fc.constantFrom(...spells, ...spells.slice(0, 2));

const factOf = (
  type: string,
  fields: Record<string, fc.Arbitrary<string | number | null>>,
): fc.Arbitrary<Fact> =>
  fc
    .tuple(parties, fc.record(fields))
    .map(([who, data]) => ({ type, data: { ...who, ...data, reportedOn: '2025-05-01' } }));

const fact = fc.oneof(
  {
    weight: 3,
    arbitrary: factOf('EmploymentStarted', {
      startDay: day,
      sex: fc.constantFrom('F', null),
      birthMonth: fc.constantFrom('1373-03', '1383-01', '2004-03', '1403-07', null),
      ...attributes,
    }),
  },
  { weight: 2, arbitrary: factOf('EmploymentChanged', { day, ...attributes }) },
  {
    weight: 2,
    arbitrary: factOf('EmploymentEnded', {
      lastDay: day,
      reason: fc.constantFrom(
        'quit',
        'layoff',
        'discharge',
        'non-renewal',
        'retirement',
        'death',
        'transfer',
        'other',
        null,
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: factOf('WageReported', {
      month: fc.constantFrom('1402-09', '1402-10', '1403-01', '1403-06', '2024-03', '1404-02'),
      wage: fc.constantFrom(0, 1_999_999_999, 2_000_000_000, 900_000_000_000),
    }),
  },
);

const agency = fc.constantFrom('insurance', 'insurance', 'civil');
/** A record never says two things under one version. */
const record = fc.record({ agency, versions: fc.array(fact, { minLength: 1, maxLength: 2 }) });
const records = fc.array(record, { minLength: 1, maxLength: 9 }).map((all) =>
  all.flatMap(({ agency, versions }, i): Said[] =>
    versions.map((fact, v) => ({
      kind: 'fact',
      agency,
      record: `r${(i * 7) % 10}`,
      version: v + 1,
      fact,
    })),
  ),
);

export const history = records.chain((facts) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(facts.length - 1), agency), { maxLength: 2 }),
      fc.array(fc.nat(facts.length - 1), { maxLength: facts.length }),
      fc.array(fc.constant<Said>({ kind: 'close' }), { maxLength: 2 }),
    )
    .chain(([withdrawn, repeated, closes]) => {
      const withdrawals = withdrawn.map(([at, agency]): Said => {
        const { record, fact } = facts[at] as Extract<Said, { kind: 'fact' }>;
        return { kind: 'withdrawal', agency, record, person: String(fact.data['person']) };
      });
      const all = [...facts, ...repeated.map((at) => facts[at] as Said), ...withdrawals, ...closes];
      return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
    }),
);

export const eventOf = (said: Said, at: number, epoch: number): RecordedEvent => {
  const event = (type: string, data: Json, metadata: Record<string, Json>, stream?: string): RecordedEvent =>
    recorded(fedEvent(at, type, data, metadata), BigInt(at), stream);
  switch (said.kind) {
    case 'close':
      return event(epochClosed, { epoch }, {}, epochStream);
    case 'withdrawal':
      return event(
        'EmploymentRecordWithdrawn',
        { ...spells[0], person: said.person, contract: 'spells', recordId: said.record },
        { agency: said.agency, contract: 'withdrawals', recordId: `w${at}` },
      );
    case 'fact':
      return event(said.fact.type, said.fact.data, {
        agency: said.agency,
        contract: 'spells',
        recordId: said.record,
        recordVersion: said.version,
      });
  }
};

/** Facts by name of their record, for one person: those in force. */
const inForce = (said: readonly Said[], person: string): readonly Fact[] => {
  const named = new Map<string, { version: number; fact: Fact }>();
  for (const one of said) {
    if (one.kind !== 'fact' || one.fact.data['person'] !== person) continue;
    const name = `${one.agency}/${one.record}`;
    if ((named.get(name)?.version ?? 0) < one.version) named.set(name, one);
  }
  for (const one of said)
    if (one.kind === 'withdrawal' && one.person === person) named.delete(`${one.agency}/${one.record}`);
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { fact }]) => fact);
};

type Spell = {
  readonly order: number;
  readonly data: Data;
  readonly start: number;
  readonly end: number;
  readonly reason: string | null;
};

/** Months of the days that are counted through, read off the calendar once. */
const months: Record<Calendar, Map<number, number>> = { jalali: new Map(), gregorian: new Map() };
const monthOfDay = (at: number, calendar: Calendar): number => {
  const month = months[calendar].get(at) ?? kernelMonthOfDay(at, calendar);
  months[calendar].set(at, month);
  return month;
};

const days = new Map<string, number>();
/** The day that a field of a record names; read once, as it is asked for on every day of the recount. */
const dayIn = (data: Data, field: string): number => {
  const text = String(data[field]);
  const day = days.get(text) ?? parseDay(text);
  days.set(text, day);
  return day;
};

/** The last of those that come out greatest. */
const greatest = <T>(all: readonly T[], ...keys: ((one: T) => number | string)[]): T =>
  all.reduce((best, one) => {
    for (const key of keys) {
      if (key(one) > key(best)) return one;
      if (key(one) < key(best)) return best;
    }
    return one;
  });

const spellsIn = (facts: readonly Fact[]): readonly Spell[] =>
  facts.flatMap(({ type, data }, order) => {
    if (type !== 'EmploymentStarted') return [];
    const ends = facts.filter((f) => f.type === 'EmploymentEnded' && f.data['spell'] === data['spell']);
    const last = ends.length === 0 ? undefined : greatest(ends, (f) => dayIn(f.data, 'lastDay')).data;
    const start = dayIn(data, 'startDay');
    const end = last === undefined ? Infinity : dayIn(last, 'lastDay') + 1;
    return end <= start
      ? []
      : [{ order, data, start, end, reason: (last?.['reason'] ?? null) as string | null }];
  });

/** What a job is on a day: `start`, the attributes in force and the finest cell. */
type OnDay = { readonly start: number; readonly attributes: Data; readonly codes: readonly string[] };

const attributesAt = (facts: readonly Fact[], spell: Spell, at: number): Data => {
  const changes = facts.filter(
    ({ type, data }) => type === 'EmploymentChanged' && data['spell'] === spell.data['spell'],
  );
  const dated = [
    { at: spell.start, rank: 0, data: spell.data },
    ...changes.map(({ data }) => ({
      at: Math.max(spell.start, dayIn(data, 'day')),
      rank: 1,
      data,
    })),
  ].filter((one) => one.at <= at);
  return greatest(
    dated,
    (one) => one.at,
    (one) => one.rank,
  ).data;
};

/** A birth month in the statistical calendar, read once. */
const births = new Map<string, number>();
const birthMonthIn = (text: string, calendar: Calendar): number => {
  const month = births.get(`${calendar} ${text}`) ?? monthIn(parseMonth(text), calendar);
  births.set(`${calendar} ${text}`, month);
  return month;
};

const onDay = (
  facts: readonly Fact[],
  own: readonly Spell[],
  start: number,
  at: number,
  calendar: Calendar,
): OnDay => {
  const ofJob = own.filter((spell) => spell.start >= start && spell.start <= at);
  const ruling = greatest(
    ofJob,
    (spell) => spell.start,
    (spell) => String(spell.data['spell']),
  );
  const attributes = attributesAt(facts, ruling, at);
  const first = ofJob.reduce((best, one) => {
    if (one.start !== best.start) return one.start < best.start ? one : best;
    return String(one.data['spell']) < String(best.data['spell']) ? one : best;
  }).data;
  const born = first['birthMonth'] as string | null;
  const age =
    born === null ? null : Math.floor((monthOfDay(at, calendar) - birthMonthIn(born, calendar)) / 12);
  const codes = [
    stateOf(String(attributes['area'])),
    sectionOf(attributes['industry'] as string | null),
    majorGroupOf(attributes['occupation'] as string | null),
    String(first['sex'] ?? '_U'),
    ageBandOf(age),
    String(attributes['contractType'] ?? '_U'),
  ];
  return { start, attributes, codes };
};

/** By establishment: for each day the job there, if there is one. */
type Days = ReadonlyMap<string, ReadonlyMap<number, OnDay>>;

const daysOf = (facts: readonly Fact[], calendar: Calendar): Days => {
  const spells = spellsIn(facts);
  const days = new Map<string, Map<number, OnDay>>();
  for (const establishment of new Set(spells.map(({ data }) => String(data['establishment'])))) {
    const own = spells.filter(({ data }) => data['establishment'] === establishment);
    const held = new Map<number, OnDay>();
    const from = Math.min(...own.map(({ start }) => start));
    for (let at = from; at <= lastDayCounted; at++) {
      if (!own.some(({ start, end }) => start <= at && at < end)) continue;
      const start = held.get(at - 1)?.start ?? at;
      held.set(at, onDay(facts, own, start, at, calendar));
    }
    days.set(establishment, held);
  }
  return days;
};

export type Cells = Map<string, number[]>;
export type Counts = Record<'JOBS' | 'STABLE_JOBS' | 'TENURE' | 'PERSONS' | 'WAGES', Cells>;

export const measuresOf: Record<keyof Counts, readonly string[]> = {
  JOBS: 'jobs hires separations quits layoffs retirements deaths other_ends unknown_ends recalls reclass_in reclass_out'.split(
    ' ',
  ),
  STABLE_JOBS: ['stable'],
  TENURE: ['separations', 'jobs'],
  PERSONS: ['persons', 'multiple'],
  WAGES: ['wage_sum', 'wage_earners'],
};

const endMeasure: Record<string, string> = {
  quit: 'quits',
  layoff: 'layoffs',
  discharge: 'layoffs',
  'non-renewal': 'layoffs',
  retirement: 'retirements',
  death: 'deaths',
  transfer: 'other_ends',
  other: 'other_ends',
  null: 'unknown_ends',
};

const monthsPast = (months: number): string => {
  const edges: readonly (readonly [number, string])[] = [
    [3, 'M0T2'],
    [6, 'M3T5'],
    [12, 'M6T11'],
    [24, 'M12T23'],
    [36, 'M24T35'],
    [60, 'M36T59'],
    [120, 'M60T119'],
  ];
  return edges.find(([upper]) => months < upper)?.[1] ?? 'M_GE120';
};

const add = (
  counts: Counts,
  flow: keyof Counts,
  month: number,
  codes: readonly (string | undefined)[],
  measure: string,
  value = 1,
): void => {
  const cells = counts[flow];
  const key = `${month} ${codes.join(' ')}`;
  const at = measuresOf[flow].indexOf(measure);
  const sums = cells.get(key) ?? measuresOf[flow].map(() => 0);
  sums[at] = (sums[at] as number) + value;
  cells.set(key, sums);
};

/** A level at the end of `month` (of the period that ends there), as changes: up in it, down in the next. */
const stand = (
  counts: Counts,
  flow: keyof Counts,
  month: number,
  step: number,
  codes: readonly (string | undefined)[],
  measure: string,
): void => {
  add(counts, flow, month, codes, measure, 1);
  add(counts, flow, month + step, codes, measure, -1);
};

const recountFlows = (counts: Counts, facts: readonly Fact[], days: Days, calendar: Calendar): void => {
  for (const [establishment, held] of days) {
    const ends: number[] = [];
    const spells = spellsIn(facts).filter(({ data }) => data['establishment'] === establishment);
    for (let at = firstDayCounted; at <= lastDayCounted; at++) {
      const [now, before] = [held.get(at), held.get(at - 1)];
      const month = monthOfDay(at, calendar);
      if (now !== undefined && before === undefined) {
        add(counts, 'JOBS', month, now.codes, 'hires');
        if (ends.some((end) => at <= addMonths(end, 12, calendar)))
          add(counts, 'JOBS', month, now.codes, 'recalls');
      }
      if (now === undefined && before !== undefined) {
        ends.push(at);
        const last = greatest(
          spells.filter(({ end }) => end === at),
          ({ data }) => String(data['spell']),
        );
        add(counts, 'JOBS', month, before.codes, 'separations');
        add(counts, 'JOBS', month, before.codes, endMeasure[String(last.reason)] as string);
        const [area, , , sex] = before.codes;
        const band = monthsPast(fullMonthsBetween(before.start, at, calendar));
        add(counts, 'TENURE', month, [area, sex, band], 'separations');
      }
      if (now === undefined || before === undefined || now.codes.join() === before.codes.join()) continue;
      add(counts, 'JOBS', month, now.codes, 'reclass_in');
      add(counts, 'JOBS', month, before.codes, 'reclass_out');
    }
  }
};

const recountStocks = (counts: Counts, days: Days, calendar: Calendar): void => {
  for (let month = monthOfDay(firstDayCounted, calendar); lastDayOf(month) <= lastDayCounted; month++) {
    const end = lastDayOf(month);
    const active = [...days].flatMap(([establishment, held]) => {
      const job = held.get(end);
      return job === undefined ? [] : [{ establishment, held, job }];
    });
    for (const { job, held } of active) {
      const [area, industry, , sex, age] = job.codes;
      stand(counts, 'JOBS', month, 1, job.codes, 'jobs');
      const tenure = monthsPast(fullMonthsBetween(job.start, end + 1, calendar));
      stand(counts, 'TENURE', month, 1, [area, sex, tenure], 'jobs');
      if (month % 3 !== 2) continue;
      // started before the quarter, and still the same job on the first day of the next one
      const stable = job.start < firstDayOf(month - 2) && held.get(end + 1)?.start === job.start;
      if (stable) stand(counts, 'STABLE_JOBS', month, 3, [area, industry, sex, age], 'stable');
    }
    if (active.length === 0) continue;
    const main = active.reduce((best, one) => {
      const number = (of: typeof one, name: string): number => Number(of.job.attributes[name] ?? 0);
      for (const name of ['weeklyHours', 'monthlyWage'])
        if (number(one, name) !== number(best, name))
          return number(one, name) > number(best, name) ? one : best;
      if (one.job.start !== best.job.start) return one.job.start < best.job.start ? one : best;
      return one.establishment < best.establishment ? one : best;
    });
    const [area, industry, , sex, age] = main.job.codes;
    stand(counts, 'PERSONS', month, 1, [area, industry, sex, age], 'persons');
    if (active.length > 1) stand(counts, 'PERSONS', month, 1, [area, industry, sex, age], 'multiple');
  }
};

const wageCode = (wage: number): string => {
  if (wage < 20_000_000 * 100) return 'W0020';
  return wage < 40_000_000 * 100 ? 'W0040' : 'W_GE2000';
};

const recountWages = (counts: Counts, facts: readonly Fact[], days: Days, calendar: Calendar): void => {
  for (const { type, data } of facts) {
    if (type !== 'WageReported') continue;
    const spells = spellsIn(facts).filter((spell) => spell.data['spell'] === data['spell']);
    // two starts under one number: the job that began last has the wage; here all are of one establishment
    const latest = spells.length === 0 ? undefined : greatest(spells, ({ start }) => start);
    if (latest === undefined) continue;
    const held = days.get(String(latest.data['establishment']));
    const start = held?.get(latest.start)?.start;
    const month = monthIn(parseMonth(String(data['month'])), calendar);
    for (let at = lastDayOf(month); at >= firstDayOf(month); at--) {
      const job = held?.get(at);
      if (job === undefined || job.start !== start) continue;
      const [area, industry, , sex] = job.codes;
      const wage = Number(data['wage']);
      add(counts, 'WAGES', month, [area, industry, sex, wageCode(wage)], 'wage_sum', wage);
      add(counts, 'WAGES', month, [area, industry, sex, wageCode(wage)], 'wage_earners');
      break;
    }
  }
};

export const noCounts = (): Counts => ({
  JOBS: new Map(),
  STABLE_JOBS: new Map(),
  TENURE: new Map(),
  PERSONS: new Map(),
  WAGES: new Map(),
});

/** Every cell of the dataflows about employment, from what was said so far. */
export const recount = (said: readonly Said[], calendar: Calendar): Counts => {
  const counts = noCounts();
  for (const person of ['p', 'q']) {
    const facts = inForce(said, person);
    const days = daysOf(facts, calendar);
    recountFlows(counts, facts, days, calendar);
    recountStocks(counts, days, calendar);
    recountWages(counts, facts, days, calendar);
  }
  return counts;
};

/** Cells up to the last quarter that is counted through, without those that are zero throughout. */
export const shown = (cells: Cells, calendar: Calendar): Record<string, string> => {
  const last = monthOfDay(lastDayCounted, calendar) - 1;
  return Object.fromEntries(
    [...cells]
      .filter(([key, measures]) => Number(key.split(' ')[0]) <= last && measures.some((value) => value !== 0))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, measures]) => [key, measures.join(' ')]),
  );
};
