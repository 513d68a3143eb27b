import type { Label } from '@karnama/kernel';
import { measuresOf, publishedDataflow } from '@karnama/statistics';
import type { DataAnswer, DataRequest, DataValue, MeasureDescription } from '@karnama/statistics';
import { namesOf } from '../take-away/code-names.js';
import { daysOfPeriod, nameIn, periodName, type FileLanguage } from '../take-away/file-language.js';
import type { FileCell, FileColumn, FileTable } from '../take-away/file-table.js';
import { statuses, words } from '../take-away/file-words.js';
import { originNotes } from '../indicators/indicator-table.js';
import type { Provenance } from '../take-away/provenance.js';

/** An answer whose rows have all been read, with all there is to know of it. */
export type ToldData = {
  readonly request: DataRequest;
  readonly answer: Omit<DataAnswer, 'rows'>;
  readonly rows: readonly (readonly DataValue[])[];
  readonly provenance: Provenance;
  readonly licence: string;
};

/** The question as an address below the API, in one order whatever order it was asked in. */
export const dataAddress = ({
  dataflow,
  measures,
  by,
  where,
  from,
  to,
  asKnownAt,
  view,
}: DataRequest): string => {
  const parameters: readonly (readonly [string, string])[] = [
    ...(measures.length === 0 ? [] : [['measure', measures.join(',')] as const]),
    ['by', by.join(',')],
    ...Object.keys(where)
      .sort()
      .map((name) => [name, (where[name] ?? []).join(',')] as const),
    ...(from === undefined ? [] : [['from', from] as const]),
    ...(to === undefined ? [] : [['to', to] as const]),
    ['asKnownAt', asKnownAt],
    ['view', view],
  ];
  const query = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
  return `/api/data/${encodeURIComponent(dataflow)}?${query.toString()}`;
};

const timeColumns: readonly string[] = ['month', 'declared', 'effective'];

const published = (dataflow: string) => publishedDataflow(dataflow, 'jalali');

/** The measures of an answer, in its order, with their definitions. */
export const measuresIn = ({ dataflow, measures }: Pick<DataAnswer, 'dataflow' | 'measures'>) => {
  const known = measuresOf(published(dataflow));
  return measures.flatMap((code): MeasureDescription[] => known.filter((measure) => measure.code === code));
};

const filtersInWords = ({ dataflow, where }: DataRequest, language: FileLanguage): string =>
  Object.keys(where)
    .sort()
    .map((dimension) => {
      const codes = where[dimension] ?? [];
      const named = namesOf([dataflow], dimension, codes, language);
      const list = codes.map((code) => named.codes.get(code) ?? code);
      return `${named.column}: ${list.join(language === 'fa' ? '، ' : ', ')}`;
    })
    .join(language === 'fa' ? '؛ ' : '; ');

/** Name of the figures: the dataflow, its measures, and what they are narrowed to. */
export const dataTitle = (request: DataRequest, answer: ToldData['answer']): Label => {
  const inLanguage = (language: FileLanguage): string => {
    const filters = filtersInWords(request, language);
    const name = nameIn(published(answer.dataflow).dataflow.name, language);
    const all = measuresIn(answer).map((measure) => nameIn(measure.name, language));
    const list = all.join(language === 'fa' ? '، ' : ', ');
    return `${name}: ${list}${filters === '' ? '' : ` (${filters})`}`;
  };
  return { fa: inLanguage('fa'), en: inLanguage('en') };
};

type Column = FileColumn & { readonly of: (row: readonly DataValue[]) => FileCell };

const textAt = (row: readonly DataValue[], at: number): string => String(row[at] ?? '');

const timeColumn = (name: string, at: number, language: FileLanguage): readonly Column[] => {
  const heading = nameIn(words[name === 'month' || name === 'declared' ? name : 'effective'], language);
  return [
    { name: heading, of: (row) => periodName(textAt(row, at), language) },
    {
      name: `${heading} (${nameIn(words.code, language)})`,
      width: 12,
      of: (row) => textAt(row, at),
    },
    { name: `${heading}: ${nameIn(words.starts, language)}`, of: (row) => daysOfPeriod(textAt(row, at))[0] },
  ];
};

const codeColumn = (data: ToldData, name: string, at: number, language: FileLanguage): readonly Column[] => {
  const codes = data.rows.map((row) => textAt(row, at));
  const named = namesOf([data.answer.dataflow], name, codes, language);
  return [
    { name: named.column, width: 26, of: (row) => named.codes.get(textAt(row, at)) ?? textAt(row, at) },
    {
      name: `${named.column} (${nameIn(words.code, language)})`,
      width: 12,
      of: (row) => textAt(row, at),
    },
  ];
};

const columnsOf = (data: ToldData, language: FileLanguage): readonly Column[] => {
  const { by } = data.answer;
  return [
    ...by.flatMap((name, at) =>
      timeColumns.includes(name) ? timeColumn(name, at, language) : codeColumn(data, name, at, language),
    ),
    ...measuresIn(data.answer).map((measure, at): Column => ({
      name: `${nameIn(measure.name, language)} (${nameIn(measure.unit, language)})`,
      decimals: 0,
      width: 22,
      of: (row) => row[by.length + at]?.toString() ?? null,
    })),
  ];
};

const notesOf = (data: ToldData, language: FileLanguage): FileTable['notes'] => {
  const { request, answer } = data;
  const { dataflow } = published(answer.dataflow);
  const title = dataTitle(request, answer);
  const filters = filtersInWords(request, language);
  const months = [request.from, request.to].filter((month) => month !== undefined);
  return [
    [words.title, nameIn(title, language)],
    [words.dataflow, `${dataflow.code}, ${answer.version}`],
    [words.definition, nameIn(dataflow.description, language)],
    ...measuresIn(answer).map(
      ({ name, definition, unit }) =>
        [name, `${nameIn(definition, language)} (${nameIn(unit, language)})`] as const,
    ),
    ...(filters === '' ? [] : [[words.filters, filters] as const]),
    ...(months.length === 0
      ? []
      : [[words.period, months.map((month) => periodName(month, language)).join(' – ')] as const]),
    [
      words.view,
      nameIn(answer.view === 'declared' ? words.declared : (statuses['effective'] as Label), language),
    ],
    ...answer.notes.map((note) => [words.remark, nameIn(note, language)] as const),
    ...originNotes(title, data, language),
    [words.address, dataAddress(request)],
  ];
};

/** The answer as a table for people, in a language. */
export const dataTable = (data: ToldData, language: FileLanguage): FileTable => {
  const columns = columnsOf(data, language);
  return {
    code: data.answer.dataflow,
    title: dataTitle(data.request, data.answer),
    columns: columns.map(({ of: _, ...column }) => column),
    rows: data.rows.map((row) => columns.map(({ of }) => of(row))),
    notes: notesOf(data, language),
    provenance: data.provenance,
  };
};
