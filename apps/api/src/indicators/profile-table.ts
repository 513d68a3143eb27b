import type { Label } from '@karnama/kernel';
import type {
  IndicatorAnswer,
  IndicatorRequest,
  IndicatorRow,
  IndicatorSummary,
  Knowledge,
} from '@karnama/statistics';
import { namesOf } from '../take-away/code-names.js';
import { daysOfPeriod, nameIn, periodName, type FileLanguage } from '../take-away/file-language.js';
import type { FileCell, FileColumn, FileTable } from '../take-away/file-table.js';
import { reasons, statuses, words } from '../take-away/file-words.js';
import { originNotes } from './indicator-table.js';
import type { Provenance } from '../take-away/provenance.js';

/** The series of several indicators of one part, with all there is to know of them together. */
export type ToldProfile = {
  readonly where: IndicatorRequest['where'];
  /** First and last month asked for. */
  readonly span: Pick<IndicatorRequest, 'from' | 'to'>;
  readonly asKnownAt: string;
  readonly knowledge: Knowledge;
  readonly series: readonly { readonly summary: IndicatorSummary; readonly answer: IndicatorAnswer }[];
  readonly provenance: Provenance;
  readonly licence: string;
};

const heading: Label = { fa: 'شاخص‌های برگزیده', en: 'Headline indicators' };

const mostNamed = 5;

/** Name of the figures: the indicators, and what they are narrowed to. */
export const profileTitle = ({ where, series }: Pick<ToldProfile, 'where' | 'series'>): Label => {
  const dataflows = [...new Set(series.flatMap(({ summary }) => summary.dataflows))];
  const inLanguage = (language: FileLanguage): string => {
    const parts = Object.keys(where)
      .sort()
      .flatMap((dimension) => {
        const codes = where[dimension] ?? [];
        const { codes: names } = namesOf(dataflows, dimension, codes, language);
        return codes.map((code) => names.get(code) ?? code);
      });
    // a few are named; of many it would be no title any more
    const name =
      series.length > mostNamed
        ? nameIn(heading, language)
        : series.map(({ summary }) => nameIn(summary.name, language)).join(language === 'fa' ? '، ' : ', ');
    return parts.length === 0 ? name : `${name}: ${parts.join(language === 'fa' ? '، ' : ', ')}`;
  };
  return { fa: inLanguage('fa'), en: inLanguage('en') };
};

type Line = {
  readonly summary: IndicatorSummary;
  readonly answer: IndicatorAnswer;
  readonly row: IndicatorRow;
};

type Column = FileColumn & { readonly of: (line: Line) => FileCell };

const columnsIn = (language: FileLanguage): readonly Column[] => {
  const word = (label: Label): string => nameIn(label, language);
  const told = (labels: Readonly<Record<string, Label>>, code: string | undefined): FileCell => {
    const label = code === undefined ? undefined : labels[code];
    return label === undefined ? (code ?? null) : word(label);
  };
  return [
    { name: word(words.indicator), width: 34, of: ({ summary }) => word(summary.name) },
    { name: `${word(words.indicator)} (${word(words.code)})`, of: ({ summary }) => summary.code },
    { name: word(words.period), of: ({ row }) => periodName(row.period, language) },
    { name: word(words.periodCode), width: 12, of: ({ row }) => row.period },
    { name: word(words.starts), of: ({ row }) => daysOfPeriod(row.period)[0] },
    { name: word(words.ends), of: ({ row }) => daysOfPeriod(row.period)[1] },
    { name: word(words.value), decimals: 'row', of: ({ row }) => row.value },
    { name: word(words.unit), of: ({ answer }) => word(answer.unit) },
    ...(['previous', 'year'] as const).flatMap((against): Column[] => [
      {
        name: word(words[`change_${against}`]),
        decimals: 'row',
        of: ({ row }) => row.changes?.[against]?.absolute ?? null,
      },
      {
        name: word(words[`change_${against}_percent`]),
        decimals: 2,
        of: ({ row }) => row.changes?.[against]?.percent ?? null,
      },
    ]),
    { name: word(words.reason), width: 30, of: ({ row }) => told(reasons, row.reason) },
    { name: word(words.status), of: ({ row }) => told(statuses, row.status) },
    { name: word(words.note), of: ({ row }) => told(statuses, row.note) },
  ];
};

/** The question as an address below the API, in one order whatever order it was asked in. */
export const profileAddress = ({
  where,
  span,
  asKnownAt,
  series,
}: Omit<ToldProfile, 'provenance'>): string => {
  const query = new URLSearchParams({
    indicator: series.map(({ summary, answer }) => `${summary.code}:${answer.freq}`).join(','),
    ...Object.fromEntries(
      Object.keys(where)
        .sort()
        .map((name) => [name, (where[name] ?? []).join(',')]),
    ),
    ...span,
    asKnownAt,
  });
  return `/api/profile?${query.toString()}`;
};

/** The profile as a table for people, in a language: a line for each indicator and period. */
export const profileTable = (profile: ToldProfile, language: FileLanguage): FileTable => {
  const columns = columnsIn(language);
  const lines = profile.series.flatMap(({ summary, answer }): Line[] =>
    answer.rows.map((row) => ({ summary, answer, row })),
  );
  const title = profileTitle(profile);
  return {
    code: ['PROFILE', ...Object.values(profile.where).flat()].join('_').replaceAll(':', '-'),
    title,
    columns: columns.map(({ of: _, ...column }) => column),
    rows: lines.map((line) => columns.map(({ of }) => of(line))),
    rowDecimals: lines.map(({ answer }) => answer.decimals),
    notes: [
      [words.title, nameIn(title, language)],
      [words.sources, [...new Set(profile.series.flatMap(({ summary }) => summary.sources))].join(', ')],
      ...originNotes(title, profile, language),
      [words.address, profileAddress(profile)],
    ],
    provenance: profile.provenance,
  };
};
