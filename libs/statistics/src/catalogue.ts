import type { Dataflow, Projection } from '@karnama/cells';
import {
  ageBands,
  areaLabel,
  areaLevel,
  areaLevels,
  areaMembers,
  areaParent,
  declarationKinds,
  educationLevels,
  isKnownArea,
  majorGroups,
  sections,
  sexes,
  unknown,
  type Code,
} from '@karnama/classifications';
import type { CodeFilter } from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';
import { intakeProjection } from './dataflows/intake.js';
import { movements, movementsLocal, movementsProjection } from './dataflows/movements.js';
import type { CodeDescription, MeasureDescription } from './request.js';

/** Every projection that is kept up. */
export const projections: readonly Projection[] = [movementsProjection, intakeProjection];

/** A dataflow that can be asked, with the projection that keeps it and the finest area level it holds. */
export type Published = {
  readonly projection: Projection;
  readonly dataflow: Dataflow<never>;
  readonly areaLevel: 'state' | 'local';
};

const published: readonly Published[] = [
  { projection: movementsProjection, dataflow: movements, areaLevel: 'state' },
  { projection: movementsProjection, dataflow: movementsLocal, areaLevel: 'local' },
];

/** The dataflows open to questions, in the order they are offered. */
export const publishedDataflows = (): readonly Published[] => published;

/** @throws KarnamaError `unknown-dataflow` */
export const publishedDataflow = (code: string): Published => {
  const found = published.find(({ dataflow }) => dataflow.code === code);
  if (found === undefined)
    throw new KarnamaError(
      'unknown-dataflow',
      `there is no dataflow "${code}"`,
      `ask one of ${published.map(({ dataflow }) => dataflow.code).join(', ')}`,
    );
  return found;
};

const codeLists: Readonly<Record<string, readonly Code[]>> = {
  industry: sections,
  occupation: majorGroups,
  sex: sexes,
  age: ageBands,
  education: educationLevels,
  declaration: declarationKinds,
};

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
  const list = codeLists[dimension] ?? [];
  if (!list.some((entry) => entry.code === code))
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
export const levelsOf = ({ areaLevel: finest }: Published): readonly string[] =>
  areaLevels.slice(0, areaLevels.indexOf(finest) + 1);

/** The given codes with labels; areas with their ancestors, flat lists in the order of the list. */
export const describeCodes = (dimension: string, codes: readonly string[]): CodeDescription[] => {
  if (dimension !== 'area') {
    const held = new Set(codes);
    const listed = (codeLists[dimension] ?? []).filter(({ code }) => held.has(code));
    return listed.map(({ code, name }) => ({ code, name }));
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

/** All measures a question to the dataflow may name: its own and the derived ones. */
export const measuresOf = ({ dataflow }: Published): readonly MeasureDescription[] => [
  ...dataflow.measures.map((measure) => ({ ...measure, kind: 'flow' as const })),
  ...derivedMeasures,
];
