import { ageBandOf, localOf, majorGroupOf, sectionOf, stateOf } from '@karnama/classifications';
import type { Contribution, Dataflow, MeasureSpec, Projection, Register } from '@karnama/cells';
import { formatMonth } from '@karnama/kernel';
import {
  decodeMovement,
  encodeMovement,
  evolveMovement,
  movementEntity,
  movementReads,
  noMovement,
  type MovementState,
} from '@karnama/registers';

const unknown = '_U';

/** What one state counts: the four measures and the units, before any dimension is looked at. */
const countOf = (state: MovementState): { measures: readonly number[]; units: number } | undefined => {
  switch (state.kind) {
    case 'none':
    case 'opening':
      return undefined;
    case 'total':
      return { measures: [state.hires, state.separations, 0, 0], units: 0 };
    case 'declared':
    case 'retracted': {
      const sign = state.kind === 'declared' ? 1 : -1;
      const hire = state.direction === 'hire';
      const wage = state.wage ?? 0;
      return { measures: [hire ? sign : 0, hire ? 0 : sign, sign * wage, wage > 0 ? sign : 0], units: sign };
    }
  }
};

type Counted = Extract<MovementState, { kind: 'declared' | 'retracted' | 'total' }>;

/** On time: declared no later than the month it took effect in. */
const declarationKindOf = (state: Counted): string => {
  switch (state.kind) {
    case 'total':
      return 'TOTAL';
    case 'retracted':
      return 'RETRACTED';
    case 'declared':
      return state.declared > state.month ? 'LATE' : 'ON_TIME';
  }
};

const none: readonly Contribution[] = [];

const placed = (
  state: MovementState,
  codes: (state: Counted) => readonly string[],
): readonly Contribution[] => {
  const count = countOf(state);
  if (count === undefined || state.kind === 'none' || state.kind === 'opening') return none;
  const { measures: sums, units } = count;
  const declared = state.kind === 'total' ? state.month : state.declared;
  return [{ month: state.month, declared, codes: codes(state), measures: sums, units }];
};

const persons = { fa: 'جابه‌جایی', en: 'movements' };

/** hires, separations: NOTES of statistics on measures A and S, for declared movements without identities. */
const measures: readonly MeasureSpec[] = [
  {
    code: 'hires',
    name: { fa: 'استخدام‌ها', en: 'Hires', pt: 'Admissões' },
    unit: persons,
    definition: {
      fa: 'شمار استخدام‌های اعلام‌شده، منهای استخدام‌های پس‌گرفته‌شده.',
      en: 'Declared hires less retracted hires.',
    },
  },
  {
    code: 'separations',
    name: { fa: 'جدایی‌ها', en: 'Separations', pt: 'Desligamentos' },
    unit: persons,
    definition: {
      fa: 'شمار جدایی‌های اعلام‌شده، منهای جدایی‌های پس‌گرفته‌شده.',
      en: 'Declared separations less retracted separations.',
    },
  },
  {
    code: 'wage_bill',
    name: { fa: 'جمع دستمزد ماهانه', en: 'Wage bill', pt: 'Massa salarial' },
    unit: { fa: 'یک‌صدم واحد پول کشور', en: 'hundredths of the national currency' },
    definition: {
      fa: 'جمع دستمزد ماهانهٔ اعلام‌شده در جابه‌جایی‌ها، همان‌گونه که اعلام شده است (بدون حذف مقادیر پرت).',
      en: 'Sum of the monthly wages declared with the movements, as declared (outliers are not removed).',
    },
  },
  {
    code: 'with_wage',
    name: { fa: 'جابه‌جایی‌های دارای دستمزد', en: 'Movements with a wage', pt: 'Movimentações com salário' },
    unit: persons,
    definition: {
      fa: 'شمار جابه‌جایی‌هایی که دستمزد بیش از صفر برای آن‌ها اعلام شده است.',
      en: 'Movements declared with a wage above zero; the denominator of the mean wage.',
    },
  },
];

const area = { code: 'area', name: { fa: 'منطقه', en: 'Area', pt: 'Área' } };
const industry = { code: 'industry', name: { fa: 'بخش فعالیت', en: 'Industry section', pt: 'Seção' } };

export const movements: Dataflow<MovementState> = {
  code: 'MOVEMENTS',
  version: 1,
  name: { fa: 'استخدام و جدایی', en: 'Hires and separations' },
  description: {
    fa: 'جابه‌جایی‌های نیروی کار که دستگاه‌ها بدون هویت اعلام کرده‌اند، به تفکیک استان یا ایالت.',
    en: 'Labour movements declared by agencies without identities, by state or province.',
  },
  dimensions: [
    area,
    industry,
    {
      code: 'occupation',
      name: { fa: 'گروه عمدهٔ شغلی', en: 'Occupation major group', pt: 'Grande grupo ocupacional' },
    },
    { code: 'sex', name: { fa: 'جنس', en: 'Sex', pt: 'Sexo' } },
    { code: 'age', name: { fa: 'گروه سنی', en: 'Age band', pt: 'Faixa etária' } },
    { code: 'education', name: { fa: 'تحصیلات', en: 'Education', pt: 'Escolaridade' } },
    { code: 'declaration', name: { fa: 'نوع اعلام', en: 'Kind of declaration', pt: 'Tipo de declaração' } },
  ],
  measures,
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['area', 'industry'] },
    { time: 'effective', dimensions: ['area', 'sex', 'age'] },
    { time: 'effective', dimensions: ['area', 'occupation'] },
    { time: 'effective', dimensions: ['area', 'education'] },
    { time: 'effective', dimensions: ['area', 'declaration'] },
    { time: 'declared', dimensions: ['area'] },
    { time: 'declared', dimensions: ['area', 'industry'] },
  ],
  contributions: (state) =>
    placed(state, (counted) =>
      counted.kind === 'total'
        ? [stateOf(counted.area), unknown, unknown, unknown, unknown, unknown, 'TOTAL']
        : [
            stateOf(counted.area),
            sectionOf(counted.industry),
            majorGroupOf(counted.occupation),
            counted.sex ?? unknown,
            ageBandOf(counted.age),
            counted.education ?? unknown,
            declarationKindOf(counted),
          ],
    ),
};

export const movementsLocal: Dataflow<MovementState> = {
  code: 'MOVEMENTS_LOCAL',
  version: 1,
  name: { fa: 'استخدام و جدایی در شهرستان‌ها', en: 'Hires and separations by locality' },
  description: {
    fa: 'همان جابه‌جایی‌ها به تفکیک شهرستان یا شهرداری و بخش فعالیت.',
    en: 'The same movements by county or municipality and industry section.',
  },
  dimensions: [area, industry],
  measures,
  rollUps: [
    { time: 'effective', dimensions: ['area'] },
    { time: 'effective', dimensions: ['industry'] },
    { time: 'declared', dimensions: ['area'] },
  ],
  contributions: (state) =>
    placed(state, (counted) => [
      localOf(counted.area),
      counted.kind === 'total' ? unknown : sectionOf(counted.industry),
    ]),
};

/** The benchmarks that stocks are counted on from; read by the `stock` measure, not shown by itself. */
export const openingStocks: Dataflow<MovementState> = {
  code: 'OPENING_STOCKS',
  version: 1,
  name: { fa: 'موجودی آغازین', en: 'Opening stocks' },
  description: {
    fa: 'شمار مشاغل در پایان یک ماه، پایهٔ محاسبهٔ موجودی ماه‌های بعد.',
    en: 'Jobs at the end of a month, from which the stocks of later months are counted.',
  },
  dimensions: [area, { code: 'fixed_through', name: { fa: 'قطعی تا ماه', en: 'Fixed through month' } }],
  measures: [
    {
      code: 'opening_stock',
      name: { fa: 'موجودی آغازین', en: 'Opening stock' },
      unit: { fa: 'شغل', en: 'jobs' },
      definition: { fa: 'مشاغل در پایان ماه.', en: 'Jobs at the end of the month.' },
    },
  ],
  rollUps: [],
  contributions: (state) =>
    state.kind === 'opening'
      ? [
          {
            month: state.month,
            declared: state.month,
            codes: [state.area, formatMonth(state.fixedThrough)],
            measures: [state.stock],
            units: 1,
          },
        ]
      : none,
};

const register: Register<MovementState> = {
  code: 'movements',
  version: 1,
  reads: movementReads,
  entitiesOf: (event) => [movementEntity(event)],
  initial: noMovement,
  evolve: evolveMovement,
  encode: encodeMovement,
  decode: decodeMovement,
};

export const movementsProjection: Projection<MovementState> = {
  name: 'movements',
  register,
  dataflows: [movements, movementsLocal, openingStocks],
};
