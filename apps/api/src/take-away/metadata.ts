import type { Label } from '@karnama/kernel';
import { publishedDataflow } from '@karnama/statistics';
import { citationOf } from './citation.js';
import { dataAddress, dataTitle, measuresIn, type ToldData } from '../data/data-table.js';
import { indicatorAddress, titleOf, type ToldIndicator } from '../indicators/indicator-table.js';
import { profileAddress, profileTitle, type ToldProfile } from '../indicators/profile-table.js';
import { knowledgeName, type Provenance } from './provenance.js';

/** What both kinds of answers tell of themselves. */
const originOf = (title: Label, provenance: Provenance, licence: string, hashOf: string) => {
  const { epoch, cutAt, position, hash } = provenance;
  return {
    knowledge: { release: knowledgeName(provenance), epoch, cutAt, position },
    contentHash: { algorithm: 'SHA-256', value: hash, of: hashOf },
    licence,
    citation: { fa: citationOf(title, provenance, 'fa'), en: citationOf(title, provenance, 'en') },
  };
};

const formsOf = (address: string): Readonly<Record<string, string>> => ({
  json: `${address}&format=json`,
  csv: `${address}&format=csv`,
  'excel-csv': `${address}&format=excel-csv`,
  xlsx: `${address}&format=xlsx`,
});

/** All there is to know of a profile. */
export const profileMetadata = (told: ToldProfile) => {
  const { where, span, series, provenance, licence } = told;
  const title = profileTitle(told);
  return {
    title,
    question: { where, ...span },
    indicators: series.map(({ summary: { code, name, unit, decimals, sources }, answer }) => ({
      code,
      name,
      unit,
      decimals,
      sources,
      freq: answer.freq,
      rows: answer.rows.length,
    })),
    ...originOf(title, provenance, licence, sealedForm),
    forms: formsOf(profileAddress(told)),
  };
};

const sealedForm =
  'the rows as RFC 4180 without a header: frequency, period, codes, value, reason; lines end in CR LF';

/** All there is to know of an answer of an indicator, for people and programs. */
export const indicatorMetadata = (told: ToldIndicator) => {
  const { about, answer, request, provenance, licence } = told;
  const { freshness: _, versions: __, coverage, ...description } = about;
  const title = titleOf(told);
  const { by, where, freq, from, to } = request;
  const periods = answer.rows.map(({ period }) => period);
  return {
    title,
    ...description,
    question: {
      by,
      where,
      freq,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
    periods: { first: periods[0] ?? null, last: periods.at(-1) ?? null },
    rows: answer.rows.length,
    ...(provenance.position === null ? {} : { coverage }),
    ...originOf(title, provenance, licence, sealedForm),
    forms: formsOf(indicatorAddress(request)),
  };
};

/** All there is to know of an answer of a dataflow. */
export const dataMetadata = (told: ToldData) => {
  const { request, answer, rows, provenance, licence } = told;
  const { dataflow } = publishedDataflow(answer.dataflow, 'jalali');
  const title = dataTitle(request, answer);
  const { by, where, from, to, view } = request;
  return {
    title,
    dataflow: dataflow.code,
    version: answer.version,
    name: dataflow.name,
    description: dataflow.description,
    measures: measuresIn(answer),
    question: {
      by,
      where,
      view,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
    rows: rows.length,
    notes: answer.notes,
    ...originOf(title, provenance, licence, 'the plain CSV form of the answer (format=csv), byte by byte'),
    forms: formsOf(dataAddress(request)),
  };
};
