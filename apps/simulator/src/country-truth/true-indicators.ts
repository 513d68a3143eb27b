import { wageBands } from '@karnama/classifications';
import { lastDayOf } from '@karnama/kernel';
import {
  durationEdges,
  jobseekersFor,
  jobsByTenure,
  lagEdges,
  recordsByLag,
  separationsByTenure,
  tenureEdges,
} from './counters.js';
import { fraction, minus, type Fraction } from './rational.js';
import { incidence, percent, quantile, survivalMedian, yearOf, type Freq, type Terms } from './terms.js';

export type TrueIndicator = {
  readonly code: string;
  readonly freqs: readonly Freq[];
  /** Null until so many months have passed after the period. */
  readonly ripe?: number;
  /** Groups are agencies, not areas. */
  readonly byAgency?: true;
  readonly value: (terms: Terms) => Fraction | null;
};

const all: readonly Freq[] = ['M', 'Q', 'A'];

const of = (
  code: string,
  value: (terms: Terms) => Fraction | null,
  more: Partial<TrueIndicator> = {},
): TrueIndicator => ({ code, freqs: all, value, ...more });

const banded =
  (
    term: 'flow' | 'end',
    { names }: { readonly names: readonly string[] },
    edges: readonly number[],
    q: bigint,
  ) =>
  (t: Terms): Fraction | null =>
    quantile(
      edges,
      names.map((name) => t[term](name)),
      q,
    );

const wageEdges = wageBands.map(({ from }) => from / 100);

const wagesAt =
  (q: bigint) =>
  (t: Terms): Fraction | null =>
    quantile(
      wageEdges,
      wageBands.map(({ code }) => t.flow(`earners by wage ${code}`)),
      q,
    );

const created = (t: Terms): bigint => t.end(`created ${t.period.freq}`);
const destroyed = (t: Terms): bigint => t.end(`destroyed ${t.period.freq}`);
const twice = (t: Terms): bigint => t.end(`jobs twice ${t.period.freq}`);
const bothEnds = (t: Terms): bigint => t.opening('jobs') + t.end('jobs');

const operating = ['ACTIVE', 'SEMI', 'IDLE', '_U'] as const;
const inOperation = (t: Terms): bigint => operating.reduce((sum, state) => sum + t.end(`units ${state}`), 0n);

/** Steps of months that the horizon covers for all who came in the period. */
const monthSteps = ({ period, horizon }: Terms, most: number): number =>
  Math.max(0, Math.min(most, horizon - period.to));

const weekSteps = ({ period, horizon }: Terms): number =>
  Math.max(0, Math.min(26, Math.floor((lastDayOf(horizon) + 1 - lastDayOf(period.to)) / 7)));

const steps = (count: number | null, unit: bigint): Fraction | null =>
  count === null ? null : fraction(BigInt(count) * unit);

const meanWage = (t: Terms, sex: string): Fraction | null =>
  fraction(t.flow(`wages of ${sex}`), t.flow(`earners of ${sex}`));

const wageGap = (t: Terms): Fraction | null => {
  const [men, women] = [meanWage(t, 'M'), meanWage(t, 'F')];
  const gap = minus(men, women);
  if (gap === null || men === null) return null;
  return fraction(100n * gap.top * men.bottom, gap.bottom * men.top);
};

const excess = (t: Terms): Fraction | null => {
  const [c, d] = [created(t), destroyed(t)];
  const apart = c > d ? c - d : d - c;
  return fraction(200n * (c + d - apart), twice(t));
};

/** Persons who found work within a year, to the mean of twelve month ends. */
const placementRate = (t: Terms): Fraction | null => {
  const [found, standing] = [yearOf(t, 'outflow to jobs'), yearOf(t, 'jobseekers')];
  return found === null || standing === null ? null : fraction(100n * 12n * found, standing);
};

const survivors =
  (n: number) =>
  (t: Terms): Fraction | null => {
    const then = t.period.to - 12 * n;
    if (then - 11 < t.first) return null;
    return percent(t.end(`survivors ${n}`), t.at('births', then));
  };

const conversion =
  (months: number) =>
  (t: Terms): Fraction | null => {
    const share = incidence(
      {
        cohort: t.flow('permits'),
        events: (step) => t.flow(`permits licensed ${step}`),
        others: (step) => t.flow(`permits annulled ${step}`),
      },
      months,
    );
    return share === null ? null : fraction(100n * share.top, share.bottom);
  };

const yearly = { freqs: ['A'] as const };
const monthly = { freqs: ['M'] as const };

/** The indicators of areas and of agencies, each by its formula. */
export const trueIndicators: readonly TrueIndicator[] = [
  of('EMP_JOBS', (t) => fraction(t.end('jobs'))),
  of('EMP_PERS', (t) => fraction(t.end('persons'))),
  of('MJH_R', (t) => percent(t.end('persons with two'), t.end('persons'))),
  of('EMP_STABLE', (t) => fraction(t.end('stable')), { freqs: ['Q'], ripe: 1 }),
  of('HIRES', (t) => fraction(t.flow('hires'))),
  of('HIRE_R', (t) => percent(2n * t.flow('hires'), bothEnds(t))),
  of('HIRE_RJ', (t) => percent(t.flow('hires'), t.end('jobs'))),
  of('SEPS', (t) => fraction(t.flow('separations'))),
  of('SEP_R', (t) => percent(2n * t.flow('separations'), bothEnds(t))),
  of('SEP_RJ', (t) => percent(t.flow('separations'), t.end('jobs'))),
  of('QUIT_R', (t) => percent(t.flow('quits'), t.end('jobs'))),
  of('LAYOFF_R', (t) => percent(t.flow('layoffs'), t.end('jobs'))),
  of('RECALL_SH', (t) => percent(t.flow('recalls'), t.flow('hires'))),
  of('NET_CHG', (t) => fraction(t.end('jobs') - t.opening('jobs'))),
  of('NET_ECON', (t) => fraction(t.flow('hires') - t.flow('separations'))),
  of('TURN_R', (t) => percent(t.flow('hires') + t.flow('separations'), bothEnds(t))),
  of('CHURN_R', (t) =>
    percent(2n * (t.flow('hires') + t.flow('separations') - created(t) - destroyed(t)), bothEnds(t)),
  ),
  of('TENURE_SEP_MED', banded('flow', separationsByTenure, tenureEdges, 50n)),
  of('TENURE_MED', banded('end', jobsByTenure, tenureEdges, 50n)),
  of('WAGE_MEAN', (t) => fraction(t.flow('wages'), t.flow('earners'))),
  of('WAGE_MED', wagesAt(50n)),
  of('WAGE_P10', wagesAt(10n)),
  of('WAGE_P90', wagesAt(90n)),
  of('WAGE_GAP', wageGap),
  of('JC', (t) => fraction(created(t))),
  of('JD', (t) => fraction(destroyed(t))),
  of('JCR', (t) => percent(2n * created(t), twice(t))),
  of('JDR', (t) => percent(2n * destroyed(t), twice(t))),
  of('JRR', (t) => percent(2n * (created(t) + destroyed(t)), twice(t))),
  of('EXC_R', excess),
  of('VAC_STOCK', (t) => fraction(t.end('open'))),
  of('JVR', (t) => percent(t.end('open'), t.end('open') + t.end('jobs'))),
  of('VAC_NEW', (t) => fraction(t.flow('opened'))),
  of('VAC_FILL_R', (t) => percent(t.flow('filled'), t.opening('open') + t.flow('opened'))),
  of(
    'VAC_DUR_MED',
    (t) =>
      steps(
        survivalMedian(
          {
            cohort: t.flow('opened'),
            events: (step) => t.flow(`posts filled ${step}`),
            others: (step) => t.flow(`posts censored ${step}`),
          },
          weekSteps(t),
        ),
        7n,
      ),
    { ripe: 1 },
  ),
  of('JSK_STOCK', (t) => fraction(t.end('jobseekers'))),
  of('JSK_IN', (t) => fraction(t.flow('inflow'))),
  of('JSK_OUT', (t) => fraction(t.flow('outflow'))),
  of('JSK_RATIO', (t) => percent(t.end('jobseekers'), t.end('jobseekers') + t.end('persons'))),
  of('JSK_DUR_MED', banded('end', jobseekersFor, durationEdges, 50n)),
  of(
    'JSK_FIND_MED',
    (t) =>
      steps(
        survivalMedian(
          {
            cohort: t.flow('searches'),
            events: (step) => t.flow(`searches found ${step}`),
            others: (step) => t.flow(`searches censored ${step}`),
          },
          monthSteps(t, 36),
        ),
        1n,
      ),
    { ripe: 1 },
  ),
  of('LT_SHARE', (t) =>
    percent(t.end('jobseekers for M12T23') + t.end('jobseekers for M_GE24'), t.end('jobseekers')),
  ),
  of('TIGHT', (t) => fraction(t.end('open'), t.end('jobseekers'))),
  of('PLACE_R', placementRate),
  of('PLACE_6', (t) => percent(t.flow('placed within 6'), t.flow('inflow')), { ripe: 6 }),
  of('PLACE_12', (t) => percent(t.flow('placed within 12'), t.flow('inflow')), { ripe: 12 }),
  of('PLACEMENTS', (t) => fraction(t.flow('placements'))),
  of('CERT_ISSUED', (t) => fraction(t.flow('certificates'))),
  of('CERT_PERS', (t) => fraction(t.flow('certified')), monthly),
  of('GRAD_EMP_6', (t) => percent(t.flow('employed after 6'), t.flow('graduates')), { ripe: 6 }),
  of('GRAD_EMP_12', (t) => percent(t.flow('employed after 12'), t.flow('graduates')), { ripe: 12 }),
  of('GRAD_EVER_6', (t) => percent(t.flow('ever employed within 6'), t.flow('graduates')), { ripe: 6 }),
  of('GRAD_EVER_12', (t) => percent(t.flow('ever employed within 12'), t.flow('graduates')), { ripe: 12 }),
  of(
    'GRAD_UPLIFT',
    (t) => percent(t.flow('employed after 12') - t.flow('employed before'), t.flow('graduates')),
    {
      ripe: 12,
    },
  ),
  of(
    'GRAD_TTE_MED',
    (t) =>
      steps(
        survivalMedian(
          {
            cohort: t.flow('graduates'),
            events: (step) => t.flow(`first job after ${step}`),
            others: () => 0n,
          },
          monthSteps(t, 24),
        ),
        1n,
      ),
    { ripe: 1 },
  ),
  of('SKILL_MATCH', (t) => percent(t.flow('matched after 12'), t.flow('employed after 12')), { ripe: 12 }),
  of('PROG_COMPL_R', (t) => percent(t.flow('completed'), t.flow('due')), { ripe: 3 }),
  of('LINK_R', (t) => percent(t.flow('linked'), t.flow('graduates'))),
  of('ENT_ACTIVE', (t) => fraction(t.end('enterprises')), yearly),
  of('ENT_EMPLOYERS', (t) => fraction(t.end('employers'))),
  of('ENT_BIRTH_R', (t) => percent(t.flow('births'), t.end('enterprises')), yearly),
  of('ENT_DEATH_R', (t) => percent(t.flow('deaths'), t.end('enterprises')), { ...yearly, ripe: 24 }),
  ...[1, 2, 3, 4, 5].map((n) => of(`ENT_SURV_${n}`, survivors(n), yearly)),
  of('HGE_R', (t) => percent(t.end('grown'), t.end('of ten and more')), yearly),
  of('JOBS_BIRTH', (t) => fraction(t.flow('jobs of the born')), yearly),
  of('PERMIT_CONV_24', conversion(24), { ...yearly, ripe: 24 }),
  of('PERMIT_CONV_36', conversion(36), { ...yearly, ripe: 36 }),
  of('IND_ACTIVE_SH', (t) => percent(t.end('units ACTIVE'), inOperation(t))),
  of('IND_SEMI_SH', (t) => percent(t.end('units SEMI'), inOperation(t))),
  of('IND_IDLE_SH', (t) => percent(t.end('units IDLE'), inOperation(t))),
  of('IND_UNITS', (t) => fraction(inOperation(t))),
  of('IND_BUILDING', (t) => fraction(t.end('units in building'))),
  of('CAP_UTIL', (t) => percent(t.flow('used capacity'), t.flow('reporting capacity'))),
  of('CAP_COVER', (t) => percent(t.flow('reporting capacity'), t.flow('capacity')), monthly),
  of('ESTATE_FILL', (t) => percent(t.end('plots assigned'), t.end('plots'))),
  of('DQ_COMP', (t) => percent(t.flow('lists'), t.end('expected lists')), monthly),
  of('DQ_LAG50', banded('flow', recordsByLag, lagEdges, 50n), { byAgency: true }),
  of('DQ_LAG95', banded('flow', recordsByLag, lagEdges, 95n), { byAgency: true }),
  of('DQ_CORR_SH', (t) => percent(t.flow('corrections'), t.flow('records')), { byAgency: true }),
  of('DQ_UNK_IND', (t) => percent(t.end('jobs of unknown industry'), t.end('jobs'))),
  of('DQ_UNK_OCC', (t) => percent(t.end('jobs of unknown occupation'), t.end('jobs'))),
  of('BEV_U', (t) => percent(t.end('jobseekers'), t.end('jobseekers') + t.end('persons'))),
  of('BEV_V', (t) => percent(t.end('open'), t.end('open') + t.end('jobs'))),
];
