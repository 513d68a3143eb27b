import type { Label } from '@karnama/kernel';
import type {
  IndicatorAnswer,
  IndicatorDescription,
  IndicatorRequest,
  IndicatorRow,
} from '@karnama/statistics';
import { citationOf } from '../take-away/citation.js';
import { namesOf } from '../take-away/code-names.js';
import {
  dayName,
  daysOfPeriod,
  digitsIn,
  nameIn,
  periodName,
  releaseName,
  type FileLanguage,
} from '../take-away/file-language.js';
import type { FileCell, FileColumn, FileTable } from '../take-away/file-table.js';
import { reasons, statuses, words } from '../take-away/file-words.js';
import type { Provenance } from '../take-away/provenance.js';

/** An answer with all there is to know of it. */
export type ToldIndicator = {
  readonly request: IndicatorRequest;
  readonly answer: IndicatorAnswer;
  readonly about: IndicatorDescription;
  readonly provenance: Provenance;
  readonly licence: string;
};

/** Dataflows whose code lists name the codes of an indicator. */
const namingDataflows = (about: IndicatorDescription): readonly string[] => [
  ...about.dataflows.filter((code) => code !== 'INTAKE'),
  'DELIVERY',
];

/** The question as an address below the API, in one order whatever order it was asked in. */
export const indicatorAddress = (request: IndicatorRequest): string => {
  const { indicator, by, where, freq, from, to, asKnownAt, definedAt, change = [] } = request;
  const filters = Object.keys(where).sort();
  const parameters: readonly (readonly [string, string])[] = [
    ...(by.length === 0 ? [] : [['by', by.join(',')] as const]),
    ...filters.map((name) => [name, (where[name] ?? []).join(',')] as const),
    ['freq', freq],
    ...(from === undefined ? [] : [['from', from] as const]),
    ...(to === undefined ? [] : [['to', to] as const]),
    ['asKnownAt', asKnownAt],
    ...(definedAt === undefined ? [] : [['definition', 'then'] as const]),
    ...(change.length === 0 ? [] : [['change', change.join(',')] as const]),
  ];
  const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
  return `/api/indicators/${encodeURIComponent(indicator)}/data?${query.toString()}`;
};

/** The filters by name: `Province: Tehran; Sex: Women`. */
export const filtersInWords = (
  { about, request: { where } }: Pick<ToldIndicator, 'about' | 'request'>,
  language: FileLanguage,
): string =>
  Object.keys(where)
    .sort()
    .map((dimension) => {
      const codes = where[dimension] ?? [];
      const named = namesOf(namingDataflows(about), dimension, codes, language);
      const list = codes.map((code) => named.codes.get(code) ?? code);
      return `${named.column}: ${list.join(language === 'fa' ? '، ' : ', ')}`;
    })
    .join(language === 'fa' ? '؛ ' : '; ');

/** Name of the figures: the indicator, and what it is narrowed to. */
export const titleOf = (told: Pick<ToldIndicator, 'about' | 'request'>): Label => {
  const inLanguage = (language: FileLanguage): string => {
    const filters = filtersInWords(told, language);
    const name = nameIn(told.about.name, language);
    return filters === '' ? name : `${name} (${filters})`;
  };
  return { fa: inLanguage('fa'), en: inLanguage('en') };
};

type Column = FileColumn & { readonly of: (row: IndicatorRow) => FileCell };

const periodColumns = (language: FileLanguage): readonly Column[] => [
  { name: nameIn(words.period, language), of: ({ period }) => periodName(period, language) },
  { name: nameIn(words.periodCode, language), width: 12, of: ({ period }) => period },
  { name: nameIn(words.starts, language), of: ({ period }) => daysOfPeriod(period)[0] },
  { name: nameIn(words.ends, language), of: ({ period }) => daysOfPeriod(period)[1] },
];

const codeColumns = ({ answer, about }: ToldIndicator, language: FileLanguage): readonly Column[] =>
  answer.by.flatMap((column, at): Column[] => {
    const codes = answer.rows.map((row) => row.codes[at] ?? '');
    const named = namesOf(namingDataflows(about), column, codes, language);
    const ofRow = (row: IndicatorRow): string => row.codes[at] ?? '';
    return [
      { name: named.column, width: 26, of: (row) => named.codes.get(ofRow(row)) ?? ofRow(row) },
      { name: `${named.column} (${nameIn(words.code, language)})`, width: 12, of: ofRow },
    ];
  });

const told = (labels: Readonly<Record<string, Label>>, code: string | undefined, language: FileLanguage) => {
  const label = code === undefined ? undefined : labels[code];
  return label === undefined ? (code ?? null) : nameIn(label, language);
};

const changeColumns = ({ answer }: ToldIndicator, language: FileLanguage): readonly Column[] =>
  answer.change.flatMap((against): Column[] => [
    {
      name: nameIn(words[`change_${against}`], language),
      decimals: answer.decimals,
      of: ({ changes }) => changes?.[against]?.absolute ?? null,
    },
    ...(answer.kind === 'level'
      ? [
          {
            name: nameIn(words[`change_${against}_percent`], language),
            decimals: 2,
            of: ({ changes }: IndicatorRow) => changes?.[against]?.percent ?? null,
          },
        ]
      : []),
  ]);

const columnsOf = (indicator: ToldIndicator, language: FileLanguage): readonly Column[] => [
  ...periodColumns(language),
  ...codeColumns(indicator, language),
  {
    name: `${nameIn(indicator.about.name, language)} (${nameIn(indicator.answer.unit, language)})`,
    decimals: indicator.answer.decimals,
    width: 24,
    of: ({ value }) => value,
  },
  ...changeColumns(indicator, language),
  { name: nameIn(words.reason, language), width: 30, of: ({ reason }) => told(reasons, reason, language) },
  { name: nameIn(words.status, language), of: ({ status }) => told(statuses, status, language) },
  { name: nameIn(words.note, language), of: ({ note }) => told(statuses, note, language) },
];

type Notes = FileTable['notes'];

/** What a file says of its origin. */
export const originNotes = (
  title: Label,
  { provenance, licence }: { readonly provenance: Provenance; readonly licence: string },
  language: FileLanguage,
): Notes => {
  const { epoch, cutAt, position, hash } = provenance;
  return [
    [words.release, knowledgeNote(provenance, language)],
    ...(cutAt === null ? [] : [[words.cutAt, cutAt] as const]),
    [words.epoch, String(epoch)],
    ...(position === null ? [] : [[words.position, position] as const]),
    [words.hash, hash],
    [words.licence, licence],
    [words.citation, citationOf(title, provenance, language)],
  ];
};

const knowledgeNote = ({ release, day }: Provenance, language: FileLanguage): string => {
  if (day !== null) return `${dayName(`${day}T00:00:00.000Z`, language)} (${day})`;
  if (release === null) return nameIn(words.latest, language);
  const name = releaseName(release, language);
  return name === release ? name : `${name} (${release})`;
};

const notesOf = (indicator: ToldIndicator, language: FileLanguage): Notes => {
  const { about, request, answer } = indicator;
  const filters = filtersInWords(indicator, language);
  const { coverage, caveats } = about;
  return [
    [words.title, nameIn(titleOf(indicator), language)],
    [words.indicator, about.code],
    [words.definition, nameIn(about.definition, language)],
    [words.formula, nameIn(about.formula, language)],
    [words.unit, nameIn(answer.unit, language)],
    [words.decimals, digitsIn(String(answer.decimals), language)],
    ...(filters === '' ? [] : [[words.filters, filters] as const]),
    ...(caveats === undefined ? [] : [[words.caveats, nameIn(caveats, language)] as const]),
    [words.reference, about.reference],
    [words.sources, about.sources.join(', ')],
    [words.dataflows, about.dataflows.join(', ')],
    // how far the records reach moves on, and a file as known at a release does not
    ...(coverage === null || indicator.provenance.position === null
      ? []
      : [[words.coverage, `${coverage.first} – ${coverage.last}`] as const]),
    ...originNotes(titleOf(indicator), indicator, language),
    [words.address, indicatorAddress(request)],
  ];
};

/** The answer as a table for people, in a language. */
export const indicatorTable = (indicator: ToldIndicator, language: FileLanguage): FileTable => {
  const columns = columnsOf(indicator, language);
  const { where } = indicator.request;
  const parts = Object.keys(where)
    .sort()
    .flatMap((name) => where[name] ?? []);
  return {
    code: [indicator.about.code, ...(parts.length > 3 ? [] : parts)].join('_').replaceAll(':', '-'),
    title: titleOf(indicator),
    columns: columns.map(({ of: _, ...column }) => column),
    rows: indicator.answer.rows.map((row) => columns.map(({ of }) => of(row))),
    notes: notesOf(indicator, language),
    provenance: indicator.provenance,
  };
};
