import {
  correctedCode,
  correctionsIn,
  type CodeFilter,
  type Dataflow,
  type Projection,
} from '@karnama/cells';
import {
  areaLabel,
  areaLevel,
  areaLevels,
  areaMembers,
  areaParent,
  isKnownArea,
  unknown,
} from '@karnama/classifications';
import { KarnamaError, type Calendar } from '@karnama/kernel';
import { codeListOf } from './code-lists.js';
import { intakeProjection } from './dataflows/intake.js';
import { movementsLocal, movementsProjection, openingStocks } from './dataflows/movements.js';
import { deliveryProjection } from './delivery/delivery.js';
import { enterpriseProjection } from './enterprises/enterprise-projection.js';
import { establishmentProjection } from './establishments/establishment-projection.js';
import { estateProjection, unitProjection } from './industry/projections.js';
import { keptThrough } from './kept-through.js';
import { personProjection } from './person/person-projection.js';
import type { CodeDescription, MeasureDescription } from './request.js';
import { vacancyProjection } from './vacancies/vacancy-projection.js';

/** A dataflow that can be asked, with the projection that keeps it and the finest area level it holds. */
export type Published = {
  readonly projection: Projection;
  readonly dataflow: Dataflow<never>;
  readonly areaLevel: 'state' | 'local';
};

/**
 * A projection whose cells stand in months of a calendar, up to the last one that is kept. Cells of
 * another calendar are another definition: they are not read by mistake, and the way on is a rebuild.
 */
const inMonthsOf =
  (calendar: Calendar) =>
  (projection: Projection): Projection => {
    const { register } = projection;
    const dataflows = projection.dataflows.map((dataflow) => ({
      ...dataflow,
      through: keptThrough[calendar],
    }));
    return calendar === 'jalali'
      ? { ...projection, dataflows }
      : { ...projection, dataflows, register: { ...register, code: `${register.code}-${calendar}` } };
  };

/**
 * A projection that also books, beside each of its dataflows, what corrections did to it: so what two
 * positions of knowledge tell differently can be told apart into late records and corrections.
 */
const tellingCorrections = (projection: Projection): Projection => ({
  ...projection,
  dataflows: [...projection.dataflows, ...projection.dataflows.map(correctionsIn)],
});

/** Of receipts, which are never corrected, and of declared movements, which no indicator is made of, none are kept. */
const projectionsOf = (calendar: Calendar): readonly Projection[] => {
  const dated = inMonthsOf(calendar);
  return [
    movementsProjection,
    dated(intakeProjection(calendar)),
    dated(deliveryProjection(calendar)),
    ...[
      personProjection(calendar),
      vacancyProjection(calendar),
      establishmentProjection(calendar),
      enterpriseProjection(calendar),
      unitProjection(calendar),
      estateProjection(calendar),
    ].map((projection: Projection) => tellingCorrections(dated(projection))),
  ];
};

const byCalendar: Readonly<Record<Calendar, readonly Projection[]>> = {
  jalali: projectionsOf('jalali'),
  gregorian: projectionsOf('gregorian'),
};

/** Every projection that is kept up where statistics are made in months of that calendar. */
export const projectionsIn = (calendar: Calendar): readonly Projection[] => byCalendar[calendar];

/** Every projection that is kept up where statistics are made in Jalali months. */
export const projections: readonly Projection[] = projectionsIn('jalali');

/** Read by other figures, or told by the status: no dataflows to put questions to. */
const unpublished: readonly string[] = [openingStocks.code, 'INTAKE'];

const isPublished = ({ code, correctionsOf }: Dataflow<never>): boolean =>
  correctionsOf === undefined && !unpublished.includes(code);

const allIn = (calendar: Calendar): readonly Published[] =>
  projectionsIn(calendar).flatMap((projection) =>
    projection.dataflows.map((dataflow) => ({
      projection,
      dataflow,
      areaLevel: dataflow.code === movementsLocal.code ? 'local' : 'state',
    })),
  );

const kept: Readonly<Record<Calendar, readonly Published[]>> = {
  jalali: allIn('jalali'),
  gregorian: allIn('gregorian'),
};

/** The dataflows open to questions, in the order they are offered. */
export const publishedDataflows = (calendar: Calendar = 'jalali'): readonly Published[] =>
  kept[calendar].filter(({ dataflow }) => isPublished(dataflow));

const find = (all: readonly Published[], code: string): Published => {
  const found = all.find(({ dataflow }) => dataflow.code === code);
  if (found === undefined)
    throw new KarnamaError(
      'unknown-dataflow',
      `there is no dataflow "${code}"`,
      `ask one of ${all.map(({ dataflow }) => dataflow.code).join(', ')}`,
    );
  return found;
};

/** @throws KarnamaError `unknown-dataflow` */
export const publishedDataflow = (code: string, calendar: Calendar = 'jalali'): Published =>
  find(publishedDataflows(calendar), code);

/** A dataflow that figures are made of, also one that is not open to questions. @throws KarnamaError `unknown-dataflow` */
export const keptDataflow = (code: string, calendar: Calendar): Published => find(kept[calendar], code);

/** The dataflow that books what corrections did to the cells of another; undefined where none is kept. */
export const correctionsOf = ({ projection, dataflow }: Published): Dataflow<never> | undefined =>
  projection.dataflows.find(({ code }) => code === correctedCode(dataflow.code));

/** What a code in a filter stands for. @throws KarnamaError `unknown-code` */
export const membersOf = (
  { dataflow, areaLevel: finest }: Published,
  dimension: string,
  code: string,
): CodeFilter => {
  if (dimension === 'area') {
    if (!isKnownArea(code))
      throw new KarnamaError(
        'unknown-code',
        `"${code}" is not an area`,
        'for example IR, IR-23, BR-MA or BR:211130',
      );
    if (finest === 'state' && areaLevel(code) === 'local')
      throw new KarnamaError(
        'unknown-code',
        `area ${code} is finer than ${dataflow.code} holds`,
        'ask MOVEMENTS_LOCAL for counties and municipalities',
      );
    return areaMembers(code);
  }
  const list = codeListOf(dataflow.code, dimension);
  if (list !== undefined && !list.some((entry) => entry.code === code))
    throw new KarnamaError(
      'unknown-code',
      `"${code}" is not a code of dimension ${dimension}`,
      `one of ${list.map((entry) => entry.code).join(', ')}`,
    );
  return { codes: [code], prefixes: [] };
};

/** The code of `area` at a coarser level, `area` itself when it is there already or above. */
export const areaAt = (area: string, level: string): string => {
  let at = area;
  for (let parent = areaParent(at); areaLevel(at) !== level && parent !== undefined; parent = areaParent(at))
    at = parent;
  return at;
};

/** Levels of the area dimension that a dataflow can be grouped by, coarsest first. */
export const levelsOf = ({ areaLevel: finest }: Pick<Published, 'areaLevel'>): readonly string[] =>
  areaLevels.slice(0, areaLevels.indexOf(finest) + 1);

/**
 * The given codes of a dataflow's dimension with labels: areas with their ancestors, flat lists in the
 * order of the list, names that stand for themselves in their own order.
 */
export const describeCodes = (
  dataflow: string,
  dimension: string,
  codes: readonly string[],
): CodeDescription[] => {
  if (dimension !== 'area') {
    const held = new Set(codes);
    const list = codeListOf(dataflow, dimension);
    if (list === undefined) return [...held].sort().map((code) => ({ code, name: { fa: code, en: code } }));
    return list.filter(({ code }) => held.has(code)).map(({ code, name }) => ({ code, name }));
  }
  const all = new Set<string>();
  for (const code of codes)
    for (let at: string | undefined = code; at !== undefined && !all.has(at); at = areaParent(at))
      all.add(at);
  const rank = (code: string): string =>
    `${areaLevels.indexOf(areaLevel(code))}${code.includes(unknown) ? 1 : 0}${code}`;
  return [...all]
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
    .map((code) => {
      const parent = areaParent(code);
      return {
        code,
        name: areaLabel(code),
        level: areaLevel(code),
        ...(parent === undefined ? {} : { parent }),
      };
    });
};

const jobs = { fa: 'شغل', en: 'jobs' };

/** Measures worked out from others when a question is answered. */
export const derivedMeasures: readonly MeasureDescription[] = [
  {
    code: 'net',
    name: { fa: 'خالص', en: 'Net movements', pt: 'Saldo' },
    unit: jobs,
    definition: { fa: 'استخدام‌ها منهای جدایی‌ها.', en: 'Hires less separations.' },
    kind: 'flow',
  },
  {
    code: 'stock',
    name: { fa: 'موجودی مشاغل', en: 'Stock of jobs', pt: 'Estoque' },
    unit: jobs,
    definition: {
      fa: 'مشاغل در پایان ماه: موجودی آغازین منطقه به‌علاوهٔ خالص ماه‌های پس از آن و اصلاح‌هایی که در آن نبوده است. فقط برای منطقه‌ای تعریف می‌شود که موجودی آغازین اعلام شده باشد.',
      en: 'Jobs at the end of the month: the opening stock of the area, plus the net of later months, plus corrections of earlier months that it does not contain. Defined only for areas with a declared opening stock.',
    },
    kind: 'stock',
  },
];

/** All measures a question to the dataflow may name: its own, and for movements the derived ones. */
export const measuresOf = ({ dataflow, projection }: Published): readonly MeasureDescription[] => [
  ...dataflow.measures.map((measure) => ({ ...measure, kind: measure.kind ?? ('flow' as const) })),
  ...(projection.name === movementsProjection.name ? derivedMeasures : []),
];
