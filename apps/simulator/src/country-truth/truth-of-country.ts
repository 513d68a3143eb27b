import { skillFamilies } from '@karnama/classifications';
import { formatMonth, type Month } from '@karnama/kernel';
import { agencies } from '../country/agencies.js';
import { recordsOfChunk } from '../country/country.js';
import { checkCountry, type Country, type CountryOptions } from '../country/options.js';
import { chunksOf } from '../country/plan.js';
import type { SimulatedRecord } from '../country/records.js';
import { provinces } from '../provinces.js';
import { countDeliveries } from './count-delivery.js';
import { countEnterprises } from './count-enterprises.js';
import { countIndustry } from './count-industry.js';
import { countJobs, type Span } from './count-jobs.js';
import { countSearch } from './count-search.js';
import { countTraining } from './count-training.js';
import { countVacancies } from './count-vacancies.js';
import { countWorkshops } from './count-workshops.js';
import { newCounters, type Counters } from './counters.js';
import { groupedBy, knownFacts, type KnownFacts } from './known-facts.js';
import { sixDecimals, sixDecimalsOf } from './rational.js';
import { termsOf, yearOf, type Freq, type Period } from './terms.js';
import { jobsOfSpells, spellsOf } from './true-jobs.js';
import { trueIndicators, type TrueIndicator } from './true-indicators.js';

/** Values by indicator, frequency, group (`*`, an area, an agency, or `<area>|<skill>`) and period. */
export type TrueValues = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string | null>>>>>>>
>;

export type KnowledgeTruth = {
  /** Name of a release, or `latest`. */
  readonly release: string;
  /** The last month that was delivered. */
  readonly horizon: string;
  readonly values: TrueValues;
};

/** The figures that a correct system must publish, at the end and as known at three earlier releases. */
export type CountryTruth = {
  readonly seed: number;
  readonly scale: number;
  readonly from: string;
  readonly months: number;
  readonly calendar: 'jalali';
  readonly knowledge: readonly KnowledgeTruth[];
};

/** What is counted person by person. */
const countPeople = (
  counters: Counters,
  known: KnownFacts,
  span: Span,
): Map<string, ReturnType<typeof jobsOfSpells>> => {
  const person = ({ person: id }: { readonly person: string }): string => id;
  const spells = groupedBy(spellsOf(known), ({ stated }) => stated.person);
  const wages = groupedBy(known.of('wage'), person);
  const registered = groupedBy(known.of('jobseeker'), person);
  const ended = groupedBy(known.of('jobseeker-end'), person);
  const [enrolments, completions] = [
    groupedBy(known.of('enrolment'), person),
    groupedBy(known.of('completion'), person),
  ];
  const [certificates, annulments] = [
    groupedBy(known.of('certificate'), person),
    groupedBy(known.of('annulment'), person),
  ];
  const linked = new Set(
    (['job-start', 'job-change', 'job-end', 'wage'] as const).flatMap((kind) =>
      known.of(kind).map(({ person: id }) => id),
    ),
  );
  const ofWorkshop = new Map<string, ReturnType<typeof jobsOfSpells>[number][]>();
  for (const id of new Set([
    ...spells.keys(),
    ...registered.keys(),
    ...enrolments.keys(),
    ...certificates.keys(),
  ])) {
    const byWorkshop = groupedBy(spells.get(id) ?? [], ({ stated }) => stated.workshop);
    const jobs = [...byWorkshop.values()].flatMap(jobsOfSpells);
    for (const job of jobs) {
      const list = ofWorkshop.get(job.workshop);
      if (list === undefined) ofWorkshop.set(job.workshop, [job]);
      else list.push(job);
    }
    countJobs(counters, jobs, wages.get(id) ?? [], span);
    countSearch(counters, jobs, registered.get(id) ?? [], ended.get(id) ?? [], span);
    const training = {
      enrolments: enrolments.get(id) ?? [],
      completions: completions.get(id) ?? [],
      certificates: certificates.get(id) ?? [],
      annulments: annulments.get(id) ?? [],
    };
    countTraining(counters, training, jobs, linked.has(id));
  }
  return ofWorkshop;
};

/** Counts everything that a set of records says, as far as it was delivered by the end of a month. */
export const countRecords = (counters: Counters, records: readonly SimulatedRecord[], span: Span): void => {
  const known = knownFacts(records, span.horizon);
  const jobsOfWorkshop = countPeople(counters, known, span);
  countWorkshops(counters, known, jobsOfWorkshop, span);
  countEnterprises(counters, known, spellsOf(known), span);
  countVacancies(counters, known, span);
  countIndustry(counters, known, span);
  for (const record of records) countDeliveries(counters, record, span.horizon);
};

const lengths: Readonly<Record<Freq, number>> = { M: 1, Q: 3, A: 12 };

const labelOf = (freq: Freq, to: Month): string => {
  const year = Math.floor(to / 12);
  if (freq === 'A') return String(year);
  return freq === 'Q' ? `${year}-Q${Math.floor((to % 12) / 3) + 1}` : formatMonth(to);
};

/** The periods all of whose months lie between first month and horizon. */
export const periodsOf = (freq: Freq, { first, horizon }: Span): readonly Period[] => {
  const length = lengths[freq];
  const periods: Period[] = [];
  for (let to = first; to <= horizon; to += 1)
    if ((to + 1) % length === 0 && to - length + 1 >= first)
      periods.push({ label: labelOf(freq, to), freq, from: to - length + 1, to });
  return periods;
};

const areas = ['*', ...provinces.map(({ digits }) => `IR-${digits}`), 'IR-_U'];

type Values = Record<string, Record<string, Record<string, Record<string, string | null>>>>;

const put = (
  values: Values,
  [code, freq, group, period]: readonly [string, string, string, string],
  value: string | null,
): void => {
  (((values[code] ??= {})[freq] ??= {})[group] ??= {})[period] = value;
};

const valueOf = (
  counters: Counters,
  indicator: TrueIndicator,
  group: string,
  period: Period,
  span: Span,
): string | null => {
  if (period.to + (indicator.ripe ?? 0) > span.horizon) return null;
  const value = indicator.value(termsOf(counters, group, period, span));
  return value === null ? null : sixDecimals(value);
};

/** How much more a skill is asked for than certified, in logarithms of its shares. */
const skillGaps = (counters: Counters, values: Values, span: Span): void => {
  const skills = skillFamilies.map(({ code }) => code);
  for (const freq of ['M', 'Q', 'A'] as const)
    for (const period of periodsOf(freq, span))
      for (const area of areas) {
        const terms = termsOf(counters, area, period, span);
        const asked = skills.map((skill) => yearOf(terms, `posts asking ${skill}`));
        const offered = skills.map((skill) => yearOf(terms, `certificates in ${skill}`));
        const total = (list: readonly (bigint | null)[]): bigint =>
          list.reduce((sum: bigint, n) => sum + (n ?? 0n), 0n);
        skills.forEach((skill, i) => {
          const [a, b] = [asked[i] ?? 0n, offered[i] ?? 0n];
          const gap =
            a === 0n || b === 0n
              ? null
              : Math.log(Number(a) / Number(total(asked))) - Math.log(Number(b) / Number(total(offered)));
          put(
            values,
            ['SKILL_GAP', freq, `${area}|${skill}`, period.label],
            gap === null ? null : sixDecimalsOf(gap),
          );
        });
      }
};

const valuesOf = (counters: Counters, span: Span): TrueValues => {
  const values: Values = {};
  for (const indicator of trueIndicators)
    for (const freq of indicator.freqs)
      for (const period of periodsOf(freq, span))
        for (const group of indicator.byAgency === true ? ['*', ...agencies] : areas)
          put(
            values,
            [indicator.code, freq, group, period.label],
            valueOf(counters, indicator, group, period, span),
          );
  skillGaps(counters, values, span);
  return values;
};

/** The final horizon and three earlier ones. */
export const horizonsOf = ({ first, last }: Country): readonly Month[] => {
  const months = last - first + 1;
  const early = [1, 2, 3].map((quarter) => first + Math.max(1, Math.floor((months * quarter) / 4)) - 1);
  return [...new Set([...early.filter((month) => month < last), last])];
};

/**
 * Counts the simulated country itself, entity by entity from what its agencies had told by each horizon,
 * straight from the definitions and apart from every projection. Memory holds one chunk and the counters.
 * @throws KarnamaError `bad-month`, `bad-simulation`
 */
export const countryTruth = (
  options: CountryOptions,
  onChunk?: (done: number, of: number) => void,
): CountryTruth => {
  const country = checkCountry(options);
  const horizons = horizonsOf(country).map((horizon) => ({
    span: { first: country.first, horizon },
    counters: newCounters(country.first, horizon),
  }));
  const chunks = chunksOf(country);
  chunks.forEach((chunk, i) => {
    const records = [...recordsOfChunk(country, chunk)];
    for (const { span, counters } of horizons) countRecords(counters, records, span);
    onChunk?.(i + 1, chunks.length);
  });
  return {
    seed: country.seed,
    scale: country.scale,
    from: options.from,
    months: options.months,
    calendar: 'jalali',
    knowledge: horizons.map(({ span, counters }) => ({
      release: span.horizon === country.last ? 'latest' : formatMonth(span.horizon),
      horizon: formatMonth(span.horizon),
      values: valuesOf(counters, span),
    })),
  };
};
