import { describe, expect, it } from '@jest/globals';
import { entitiesIn, fold, toldIn, type Projection } from '@karnama/cells';
import { fedEvent, recorded } from '@karnama/conformance';
import {
  addMonths,
  epochClosed,
  epochStream,
  formatDay,
  formatMonth,
  lastDayOf,
  monthIn,
  monthOfDay,
  parseDay,
  parseMonth,
  type Calendar,
  type Json,
  type RecordedEvent,
} from '@karnama/kernel';
import fc from 'fast-check';
import { estateProjection, unitProjection } from './projections.js';

/*
 * The oracle: whatever order records, corrections, withdrawals and repeats come in, the cells as known at
 * the end of every epoch equal a recount, month by month, written from the definitions alone.
 */

type Data = Readonly<Record<string, Json>>;
type Record_ = {
  readonly type: string;
  readonly contract: string;
  readonly id: string;
  readonly version: number;
  readonly data: Data;
};
type Said = { readonly record: Record_ } | { readonly withdraws: string; readonly contract: string };

/** Areas and industries with the codes they are counted under, written down by hand. */
const areas: Readonly<Record<string, string>> = { 'IR-23': 'IR-23', 'IR:2301': 'IR-23', IR: 'IR-_U' };
const sections: Readonly<Record<string, string>> = { 'ISIC4:1071': 'C', 'ISIC4:01': 'A', null: '_U' };

const start = parseDay('1402-01-25');
const days = fc.integer({ min: 0, max: 200 }).map((n) => formatDay(start + n));
const months = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map((n) => formatMonth(parseMonth('1402-01') + n)),
  fc.integer({ min: 0, max: 6 }).map((n) => formatMonth(parseMonth('2023-04') + n)),
);
const place = {
  day: days,
  area: fc.constantFrom(...Object.keys(areas)),
  industry: fc.constantFrom('ISIC4:1071', 'ISIC4:01', null),
  estate: fc.constantFrom('e1', null),
};
const product = fc.constantFrom('x', 'y');

const shapes: Readonly<Record<string, Record<string, fc.Arbitrary<Json>>>> = {
  PermitIssued: { ...place, plannedJobs: fc.constant(null) },
  PermitAnnulled: { day: days },
  LicenceIssued: place,
  ProgressReported: { day: days, percent: fc.constantFrom(0, 19, 20, 39, 40, 59, 60, 79, 80, 99, 100) },
  CapacityDeclared: { product, month: months, quantity: fc.nat(3), value: fc.nat(9) },
  ProductionReported: { product, month: months, quantity: fc.nat(3) },
  OperatingStateChanged: { day: days, state: fc.constantFrom('active', 'semi-active', 'idle') },
  UnitClosed: { lastDay: days },
  EstateDeclared: { day: days, area: place.area, plots: fc.nat(9), plotsAssigned: fc.nat(9) },
};

/** Units and estates have the same codes and record ids here: only the contract tells them apart. */
const record = fc
  .tuple(
    fc.constantFrom(...Object.keys(shapes), 'LicenceIssued', 'CapacityDeclared', 'ProductionReported'),
    fc.nat(2),
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom('u1', 'u2'),
  )
  .chain(([type, number, version, entity]) =>
    fc.record(shapes[type] as Record<string, fc.Arbitrary<Json>>).map((fields): Said => {
      const estate = type === 'EstateDeclared';
      const id = estate ? `${entity}-PermitIssued-${number}` : `${entity}-${type}-${number}`;
      const data = { ...fields, [estate ? 'estate' : 'unit']: entity, reportedOn: '2024-01-01' };
      return { record: { type, contract: estate ? 'estates' : 'units', id, version, data } };
    }),
  );
const withdrawal = fc
  .tuple(
    fc.constantFrom('units', 'units', 'estates'),
    fc.constantFrom('u1', 'u2'),
    fc.constantFrom('PermitIssued', 'LicenceIssued', 'ProductionReported', 'CapacityDeclared'),
    fc.nat(2),
  )
  .map(([contract, entity, type, number]): Said => ({ withdraws: `${entity}-${type}-${number}`, contract }));

const nameOf = (said: Said): string =>
  'record' in said
    ? `${said.record.contract}/${said.record.id}/${said.record.version}`
    : `withdrawn ${said.contract}/${said.withdraws}`;

/** Events in any order, each one to three times, in batches; the epoch may close behind a batch. */
const history = fc
  .array(fc.tuple(fc.oneof({ arbitrary: record, weight: 7 }, withdrawal), fc.integer({ min: 1, max: 3 })), {
    minLength: 1,
    maxLength: 40,
  })
  .chain((all) => {
    // one record never says two different things under one version
    const once = [...new Map(all.map((one) => [nameOf(one[0]), one])).values()];
    const repeated = once.flatMap(([said, times]) => Array.from({ length: times }, () => said));
    return fc.shuffledSubarray(repeated, { minLength: repeated.length });
  })
  .chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { maxLength: 6 }),
    ),
  )
  .map(([events, cuts]) => {
    const batches: { readonly events: readonly Said[]; readonly closes: boolean }[] = [];
    let at = 0;
    for (const [size, closes] of [...cuts, [events.length, false] as const]) {
      batches.push({ events: events.slice(at, at + size), closes });
      at += size;
    }
    return batches;
  });

const eventOf = (said: Said, position: number): RecordedEvent => {
  if ('record' in said) {
    const { type, contract, id, version, data } = said.record;
    const event = fedEvent(position, type, data, { contract, recordId: id, recordVersion: version });
    return recorded(event, BigInt(position));
  }
  const { contract, withdraws } = said;
  const data = { contract, recordId: withdraws, unit: withdraws.slice(0, 2), reportedOn: '2024-01-01' };
  const event = fedEvent(position, 'UnitRecordWithdrawn', data, { contract: 'withdrawals' });
  return recorded(event, BigInt(position));
};

const closing = (epoch: number, position: number): RecordedEvent =>
  recorded(fedEvent(position, epochClosed, { epoch }), BigInt(position), epochStream);

type Figures = Map<string, number>;

const add = (figures: Figures, name: string, value: number): void => {
  const sum = (figures.get(name) ?? 0) + value;
  if (sum === 0) figures.delete(name);
  else figures.set(name, sum);
};

const inOrder = (figures: Figures): [string, number][] => [...figures].sort(([a], [b]) => (a < b ? -1 : 1));

const window = (calendar: Calendar): number[] => {
  const first = monthOfDay(start, calendar) - 3;
  return Array.from({ length: 18 }, (_, i) => first + i);
};

/** Figures that cells add up to: flows in their month, stocks at the end of each month of the window. */
const figuresIn = (
  projection: Projection,
  cells: readonly Cell[],
  epoch: number,
  calendar: Calendar,
): Figures => {
  const figures: Figures = new Map();
  const last = window(calendar).at(-1) as number;
  for (const { dataflow, month, epoch: learned, codes, measures } of cells) {
    if (learned > epoch) continue;
    const specs = projection.dataflows.find(({ code }) => code === dataflow)?.measures ?? [];
    specs.forEach(({ code, kind }, i) => {
      const value = Number(measures[i]);
      const end = kind === 'stock' ? last : month;
      for (let at = month; at <= end; at++)
        add(figures, `${dataflow}.${code} ${formatMonth(at)} ${codes.join(' ')}`, value);
    });
  }
  return figures;
};

type Cell = {
  readonly dataflow: string;
  readonly month: number;
  readonly epoch: number;
  readonly codes: readonly string[];
  readonly measures: readonly (number | bigint)[];
};

// ——— the recount ———

const inForce = (said: readonly Said[], contract: string, entity: string): Record_[] => {
  const withdrawn = new Set<string>();
  for (const one of said) if ('withdraws' in one && one.contract === contract) withdrawn.add(one.withdraws);
  const newest = new Map<string, Record_>();
  for (const one of said) {
    if (!('record' in one)) continue;
    const { record: known } = one;
    if (known.contract !== contract || !known.id.startsWith(entity) || withdrawn.has(known.id)) continue;
    if ((newest.get(known.id)?.version ?? 0) < known.version) newest.set(known.id, known);
  }
  return [...newest.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};

const on = (one: Record_ | undefined, field = 'day'): number =>
  one === undefined ? Infinity : parseDay(one.data[field] as string);

const earliest = (all: readonly Record_[], field = 'day'): Record_ | undefined =>
  [...all].sort((a, b) => on(a, field) - on(b, field))[0];

const latestUpTo = (all: readonly Record_[], day: number): Record_ | undefined =>
  all
    .filter((one) => on(one) <= day)
    .sort((a, b) => on(a) - on(b))
    .at(-1);

const recountUnit = (figures: Figures, records: readonly Record_[], calendar: Calendar): void => {
  const of = (type: string) => records.filter((one) => one.type === type);
  const permit = earliest(of('PermitIssued'));
  const licence = earliest(of('LicenceIssued'));
  const annulment = earliest(of('PermitAnnulled'));
  const closed = on(earliest(of('UnitClosed'), 'lastDay'), 'lastDay');
  const cell = ({ data }: Record_): string =>
    `${areas[data['area'] as string] ?? '?'} ${sections[data['industry'] as string] ?? '?'}`;
  const monthOf = (one: Record_): number => monthIn(parseMonth(one.data['month'] as string), calendar);

  if (permit !== undefined) {
    const after = (day: number): string => {
      let n = 0;
      while (n < 60 && addMonths(on(permit), n + 1, calendar) <= day) n++;
      return n < 10 ? `0${n}` : `${n}`;
    };
    const name = (measure: string) =>
      `PERMITS.${measure} ${formatMonth(monthOfDay(on(permit), calendar))} ${cell(permit)}`;
    add(figures, `${name('permits')} 00`, 1);
    if (licence !== undefined) add(figures, `${name('licensed')} ${after(on(licence))}`, 1);
    if (annulment !== undefined && !(on(licence) <= on(annulment)))
      add(figures, `${name('annulled')} ${after(on(annulment))}`, 1);
  }

  const capacityOf = (product: string, month: number): { v: number; c: number } | undefined => {
    const declared = of('CapacityDeclared')
      .filter((one) => one.data['product'] === product && monthOf(one) <= month)
      .sort((a, b) => monthOf(a) - monthOf(b))
      .at(-1)?.data;
    const c = (declared?.['quantity'] ?? 0) as number;
    return c > 0 ? { v: declared?.['value'] as number, c } : undefined;
  };
  const reportsIn = (month: number) => of('ProductionReported').filter((one) => monthOf(one) === month);
  const useIn = (month: number): { reporting: number; used: number } => {
    const use = { reporting: 0, used: 0 };
    for (const product of ['x', 'y']) {
      const capacity = capacityOf(product, month);
      const reports = reportsIn(month).filter((one) => one.data['product'] === product);
      if (capacity === undefined || reports.length === 0) continue;
      const q = reports.reduce((sum, one) => sum + (one.data['quantity'] as number), 0);
      use.reporting += capacity.v;
      use.used += Math.floor((2 * capacity.v * q + capacity.c) / (2 * capacity.c));
    }
    return use;
  };
  const operatingState = (month: number, day: number): string => {
    if (['x', 'y'].every((product) => capacityOf(product, month) === undefined)) {
      const said = latestUpTo(of('OperatingStateChanged'), day)?.data['state'];
      return said === undefined ? '_U' : said === 'active' ? 'ACTIVE' : said === 'idle' ? 'IDLE' : 'SEMI';
    }
    const reported = [month, month - 1, month - 2].find((one) => reportsIn(one).length > 0);
    if (reported === undefined) return 'IDLE';
    const { reporting, used } = useIn(reported);
    if (reporting === 0) return 'IDLE';
    return used / reporting >= 0.5 ? 'ACTIVE' : used > 0 ? 'SEMI' : 'IDLE';
  };
  const progressClass = (day: number): string => {
    const percent = (latestUpTo(of('ProgressReported'), day)?.data['percent'] ?? 0) as number;
    if (percent === 100) return 'P100';
    const lower = 20 * Math.floor(percent / 20);
    return `P${lower}T${lower + 19}`;
  };

  for (const month of window(calendar)) {
    const day = lastDayOf(month);
    if (day > closed) continue;
    const at = formatMonth(month);
    if (licence !== undefined && on(licence) <= day) {
      const side = licence.data['estate'] === null ? 'OUT' : 'IN';
      add(figures, `UNITS.units ${at} ${cell(licence)} ${side} ${operatingState(month, day)}`, 1);
      for (const product of ['x', 'y'])
        add(figures, `CAPACITY.all_value ${at} ${cell(licence)}`, capacityOf(product, month)?.v ?? 0);
      add(figures, `CAPACITY.reporting_value ${at} ${cell(licence)}`, useIn(month).reporting);
      add(figures, `CAPACITY.used_value ${at} ${cell(licence)}`, useIn(month).used);
    } else if (permit !== undefined && on(permit) <= day && day < on(annulment)) {
      const side = permit.data['estate'] === null ? 'OUT' : 'IN';
      add(figures, `UNITS.units ${at} ${cell(permit)} ${side} ${progressClass(day)}`, 1);
    }
  }
};

const recountEstate = (figures: Figures, records: readonly Record_[], calendar: Calendar): void => {
  for (const month of window(calendar)) {
    const latest = latestUpTo(records, lastDayOf(month));
    if (latest === undefined) continue;
    const name = (measure: string) =>
      `ESTATES.${measure} ${formatMonth(month)} ${areas[latest.data['area'] as string] ?? '?'}`;
    add(figures, name('estates'), 1);
    add(figures, name('plots'), latest.data['plots'] as number);
    add(figures, name('plots_assigned'), latest.data['plotsAssigned'] as number);
  }
};

const recount = (said: readonly Said[], contract: string, calendar: Calendar): Figures => {
  const figures: Figures = new Map();
  for (const entity of ['u1', 'u2']) {
    const records = inForce(said, contract, entity);
    if (contract === 'units') recountUnit(figures, records, calendar);
    else recountEstate(figures, records, calendar);
  }
  return figures;
};

const holds = (projection: Projection, contract: string, calendar: Calendar, runs: number) => () => {
  fc.assert(
    fc.property(history, (batches) => {
      const states = new Map<string, string>();
      const cells: Cell[] = [];
      const known: Said[][] = [[]];
      let position = 0;
      for (const { events, closes } of batches) {
        const epoch = known.length;
        const page = events.map((said) => eventOf(said, ++position));
        if (closes) page.push(closing(epoch, ++position));
        const told = toldIn(projection, page);
        const before = new Map<string, string>();
        for (const entity of entitiesIn(projection, told)) {
          const state = states.get(entity);
          if (state !== undefined) before.set(entity, state);
        }
        const folded = fold(projection, told, before, epoch);
        for (const [entity, state] of [...folded.created, ...folded.changed]) states.set(entity, state);
        for (const [dataflow, deltas] of folded.deltas)
          for (const delta of deltas) cells.push({ dataflow, ...delta });
        known.at(-1)?.push(...events);
        if (closes) known.push([]);
      }
      for (let epoch = 1; epoch <= known.length; epoch++)
        expect(inOrder(figuresIn(projection, cells, epoch, calendar))).toEqual(
          inOrder(recount(known.slice(0, epoch).flat(), contract, calendar)),
        );
    }),
    { numRuns: runs },
  );
};

describe('maintained = recounted, as known at the end of every epoch', () => {
  for (const calendar of ['jalali', 'gregorian'] as const) {
    it(
      `PERMITS, UNITS, CAPACITY in ${calendar} months`,
      holds(unitProjection(calendar), 'units', calendar, 250),
    );
    it(`ESTATES in ${calendar} months`, holds(estateProjection(calendar), 'estates', calendar, 60));
  }
});
