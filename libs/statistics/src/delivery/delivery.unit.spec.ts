import { describe, expect, it } from '@jest/globals';
import { entitiesIn, fold, toldIn } from '@karnama/cells';
import { fedEvent, recorded } from '@karnama/conformance';
import {
  epochClosed,
  epochStream,
  formatDay,
  formatMonth,
  lastDayOf,
  monthOfDay,
  parseDay,
  parseMonth,
  type EventMetadata,
  type Json,
  type RecordedEvent,
} from '@karnama/kernel';
import fc from 'fast-check';
import { delivery, deliveryKinds, deliveryProjection, lagBandOf, lagBands } from './delivery.js';
import { bringsLabourFact, factDayOf, labourFacts } from './fact-day.js';

const told = (type: string, data: Json, metadata: Partial<EventMetadata> = {}): RecordedEvent =>
  recorded(fedEvent(1, type, data, metadata), 1n);

/** Every labour event, with the field that dates it, copied from the events by hand. */
const dated: Readonly<Record<string, string>> = {
  EmploymentStarted: 'startDay',
  EmploymentChanged: 'day',
  EmploymentEnded: 'lastDay',
  WageReported: 'month',
  WageListReceived: 'month',
  JobseekerRegistered: 'day',
  JobseekerDeregistered: 'lastDay',
  PlacementRecorded: 'day',
  TrainingEnrolled: 'day',
  TrainingCompleted: 'day',
  CertificateIssued: 'day',
  VacancyPublished: 'day',
  VacancyFilled: 'day',
  VacancyClosed: 'day',
  EstablishmentDeclared: 'day',
  EstablishmentChanged: 'day',
  EstablishmentSucceeded: 'day',
  EnterpriseRegistered: 'day',
  EnterpriseActivityReported: 'month',
  EnterpriseCeased: 'lastDay',
  EnterpriseSucceeded: 'day',
  PermitIssued: 'day',
  PermitAnnulled: 'day',
  LicenceIssued: 'day',
  ProgressReported: 'day',
  CapacityDeclared: 'month',
  ProductionReported: 'month',
  OperatingStateChanged: 'day',
  UnitClosed: 'lastDay',
  EstateDeclared: 'day',
};
const undated = [
  'CertificateAnnulled',
  ...['Employment', 'Jobseeker', 'Skill', 'Vacancy', 'Establishment', 'Enterprise', 'Unit'].map(
    (register) => `${register}RecordWithdrawn`,
  ),
];

describe('the day of a fact', () => {
  it.each(Object.entries(dated))('of %s is read from its %s', (type, field) => {
    const value = field === 'month' ? '1404-01' : '2025-04-20';
    expect(formatDay(factDayOf(told(type, { [field]: value })) ?? 0)).toBe('2025-04-20');
  });

  it('of a month is its last day in its own calendar', () => {
    expect(factDayOf(told('WageReported', { month: '2025-02' }))).toBe(parseDay('2025-02-28'));
  });

  it.each(undated)('is unknown for %s', (type) => {
    expect(factDayOf(told(type, { day: '2025-01-01' }))).toBeNull();
    expect(bringsLabourFact(told(type, {}))).toBe(true);
  });

  it.each(['MovementDeclared', 'OpeningStockDeclared', 'RecordQuarantined', 'toString'])(
    'is not asked of %s, which brings no labour fact',
    (type) => {
      expect(bringsLabourFact(told(type, { day: '2025-01-01' }))).toBe(false);
      expect(factDayOf(told(type, { day: '2025-01-01' }))).toBeNull();
    },
  );

  it('is defined for every labour event and for no other', () => {
    expect([...labourFacts].sort()).toEqual([...Object.keys(dated), ...undated].sort());
  });
});

describe('the band of a lag', () => {
  it.each([
    [-400, 'D0T7'],
    [-1, 'D0T7'],
    [0, 'D0T7'],
    [7, 'D0T7'],
    [8, 'D8T15'],
    [15, 'D8T15'],
    [16, 'D16T31'],
    [31, 'D16T31'],
    [32, 'D32T61'],
    [61, 'D32T61'],
    [62, 'D62T92'],
    [92, 'D62T92'],
    [93, 'D93T183'],
    [183, 'D93T183'],
    [184, 'D184T365'],
    [365, 'D184T365'],
    [366, 'D_GE366'],
    [4000, 'D_GE366'],
  ])('of %i days is %s', (lag, band) => expect(lagBandOf(lag)).toBe(band));

  it('is in the list, shortest first', () => {
    expect(lagBands.map(({ code }) => code)).toEqual(
      'D0T7 D8T15 D16T31 D32T61 D62T92 D93T183 D184T365 D_GE366'.split(' '),
    );
    expect(deliveryKinds.map(({ code }) => code)).toEqual(['NEW', 'CORRECTION', 'WITHDRAWAL']);
  });
});

describe('DELIVERY', () => {
  const { register } = deliveryProjection();
  const of = (event: RecordedEvent) => [
    ...delivery('jalali').contributions(register.evolve(register.initial, event)),
  ];
  const started = { startDay: '2025-03-20', reportedOn: '2025-04-20' };
  const source = { agency: 'insurance', contract: 'spells' };

  it('counts a record in the month it was declared in, by how late it was', () => {
    expect(of(told('EmploymentStarted', started, source))).toEqual([
      {
        month: parseMonth('1404-01'),
        declared: parseMonth('1404-01'),
        codes: ['insurance', 'spells', 'NEW', 'D16T31'],
        measures: [1],
        units: 1,
      },
    ]);
  });

  it('tells new records from corrections and withdrawals', () => {
    const kind = (type: string, metadata: Partial<EventMetadata>) =>
      of(told(type, started, metadata))[0]?.codes[2];
    expect(kind('EmploymentStarted', { recordVersion: 1 })).toBe('NEW');
    expect(kind('EmploymentStarted', { recordVersion: 2 })).toBe('CORRECTION');
    expect(kind('EmploymentRecordWithdrawn', { recordVersion: 1 })).toBe('WITHDRAWAL');
    expect(kind('EmploymentRecordWithdrawn', { recordVersion: 2 })).toBe('WITHDRAWAL');
  });

  it('takes a record without a version as new, and one without a sender as of unknown sender', () => {
    const {
      recordVersion: _v,
      agency: _a,
      contract: _c,
      ...metadata
    } = told('EmploymentStarted', started).metadata;
    expect(of({ ...told('EmploymentStarted', started), metadata })[0]?.codes).toEqual([
      '_U',
      '_U',
      'NEW',
      'D16T31',
    ]);
  });

  it.each(undated)('takes %s as declared at once', (type) => {
    expect(of(told(type, { reportedOn: '2025-04-20' }))[0]?.codes[3]).toBe('D0T7');
  });

  it('counts in Gregorian months where that is the statistical calendar', () => {
    const state = register.evolve(register.initial, told('EmploymentStarted', started));
    expect([...delivery('gregorian').contributions(state)][0]?.month).toBe(parseMonth('2025-04'));
  });

  it('keeps no state', () => {
    expect([...delivery('jalali').contributions(register.initial)]).toEqual([]);
    const state = register.evolve(register.initial, told('EmploymentStarted', started));
    expect(register.encode(state)).toBe('');
    expect(register.decode('')).toBe(register.initial);
    expect(register.stateless).toBe(true);
  });

  it('has the dimensions and roll-ups that were agreed', () => {
    const { code, version, dimensions, measures, rollUps } = delivery('jalali');
    expect([code, version]).toEqual(['DELIVERY', 1]);
    expect(dimensions.map((dimension) => dimension.code)).toEqual(['agency', 'contract', 'kind', 'lag']);
    expect(measures.map((measure) => [measure.code, measure.kind ?? 'flow'])).toEqual([['records', 'flow']]);
    expect(rollUps.map((rollUp) => [rollUp.time, rollUp.dimensions.join(' ')])).toEqual([
      ['effective', ''],
      ['effective', 'kind'],
      ['effective', 'lag'],
      ['effective', 'agency contract kind'],
      ['effective', 'agency contract lag'],
    ]);
  });
});

describe('DELIVERY maintained = recounted, as known at the end of every epoch', () => {
  type Said = {
    readonly type: string;
    readonly reported: number;
    readonly lag: number;
    readonly month: boolean;
    readonly version: number;
    readonly agency: string;
    readonly repeats: number;
  };
  const said: fc.Arbitrary<Said> = fc.record({
    type: fc.constantFrom(...Object.keys(dated), ...undated, 'MovementDeclared'),
    reported: fc.integer({ min: parseDay('1403-12-01'), max: parseDay('1404-03-01') }),
    lag: fc.integer({ min: -10, max: 400 }),
    month: fc.boolean(),
    version: fc.integer({ min: 1, max: 3 }),
    agency: fc.constantFrom('a', 'b'),
    repeats: fc.integer({ min: 1, max: 3 }),
  });
  const batches = fc.array(fc.tuple(fc.array(said, { maxLength: 6 }), fc.boolean()), { maxLength: 6 });

  /** The date in the event: a day, or the month that it lies in. */
  const dateOf = ({ type, reported, lag }: Said): string => {
    const day = reported - lag;
    return dated[type] === 'month' ? formatMonth(monthOfDay(day, 'jalali')) : formatDay(day);
  };
  const recountOf = (one: Said): string | undefined => {
    const { type, reported, version, agency } = one;
    if (type === 'MovementDeclared') return undefined;
    const withdrawn = type.endsWith('Withdrawn');
    const kind = withdrawn ? 'WITHDRAWAL' : version === 1 ? 'NEW' : 'CORRECTION';
    let lag = 0;
    if (!undated.includes(type)) {
      let day = reported - one.lag;
      if (dated[type] === 'month') day = lastDayOf(monthOfDay(day, 'jalali'));
      lag = reported - day;
    }
    const band = [
      [7, 'D0T7'],
      [15, 'D8T15'],
      [31, 'D16T31'],
      [61, 'D32T61'],
      [92, 'D62T92'],
      [183, 'D93T183'],
      [365, 'D184T365'],
      [Infinity, 'D_GE366'],
    ].find(([last]) => lag <= Number(last));
    return `${formatMonth(monthOfDay(reported, 'jalali'))} ${agency} ${agency}-list ${kind} ${band?.[1]}`;
  };

  it('of every type, repeats included', () => {
    const projection = deliveryProjection('jalali');
    fc.assert(
      fc.property(batches, (all) => {
        const found: [number, string, number][] = [];
        const expected: [number, string][] = [];
        let [epoch, position] = [1, 0];
        for (const [facts, closes] of all) {
          const events: RecordedEvent[] = [];
          for (const one of facts)
            for (let i = 0; i < one.repeats; i++) {
              const data = { [dated[one.type] ?? 'x']: dateOf(one), reportedOn: formatDay(one.reported) };
              const { agency, version: recordVersion } = one;
              const metadata = { agency, contract: `${agency}-list`, recordId: 'r', recordVersion };
              events.push(recorded(fedEvent(++position, one.type, data, metadata), BigInt(position)));
              const name = recountOf(one);
              if (name !== undefined) expected.push([epoch, name]);
            }
          if (closes)
            events.push(
              recorded(fedEvent(++position, epochClosed, { epoch }), BigInt(position), epochStream),
            );
          const told_ = toldIn(projection, events);
          expect(entitiesIn(projection, told_)).toEqual([]);
          const folded = fold(projection, told_, new Map(), epoch);
          expect([folded.created, folded.changed, folded.repeats]).toEqual([[], [], 0]);
          for (const { month, epoch: learned, codes, measures } of folded.deltas.get('DELIVERY') ?? [])
            found.push([learned, `${formatMonth(month)} ${codes.join(' ')}`, Number(measures[0])]);
          if (closes) epoch++;
        }
        const sums = (list: readonly (readonly [number, string, number?])[]) => {
          const counted = new Map<string, number>();
          for (const [learned, name, count = 1] of list)
            counted.set(`${learned} ${name}`, (counted.get(`${learned} ${name}`) ?? 0) + count);
          return [...counted].sort(([a], [b]) => (a < b ? -1 : 1));
        };
        expect(sums(found)).toEqual(sums(expected));
      }),
      { numRuns: 200 },
    );
  });
});
