import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Frequency } from '@karnama/statistics';
import { IsOptional, Matches } from 'class-validator';
import { checkParameters, listOf, readFixed, refuse } from '../data/data-parameters.js';
import { readIndicatorQuestion, type IndicatorQuestion } from './indicator-parameters.js';

/** An indicator of a list, at a frequency of its own (`JC@Q`) or at that of the question. */
export type Listed = { readonly code: string; readonly freq: Frequency | undefined };

export type BatchQuestion = {
  readonly indicators: readonly Listed[];
  readonly request: IndicatorQuestion['request'];
};

/** The one parameter that a question to several indicators has beside those of a question to one. */
export class BatchParameters {
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9_]*(@[MQA])?(,[A-Z][A-Z0-9_]*(@[MQA])?)*$/, {
    message: 'indicators must be a list of codes, each perhaps with a frequency, such as HIRES,JC@Q',
  })
  indicators?: string;
}

const mostIndicators = 40;

const listedOf = (text: string): Listed => {
  const [code = '', freq] = text.split('@');
  return { code, freq: freq as Frequency | undefined };
};

/** The question that a query string asks several indicators. @throws KarnamaError `bad-request`, `bad-month` */
export const readBatchQuestion = (query: Readonly<Record<string, unknown>>): BatchQuestion => {
  const given = checkParameters(query);
  const { indicators } = readFixed(BatchParameters, ['indicators'], given);
  const listed = listOf('indicators', indicators).map(listedOf);
  if (listed.length === 0) refuse('no indicator is named', 'give indicators=HIRES,JC@Q');
  if (listed.length > mostIndicators)
    refuse(`${listed.length} indicators in one question`, `ask for at most ${mostIndicators}`);
  const { indicators: _, ...rest } = query;
  const { request, format } = readIndicatorQuestion(rest);
  if (format === 'csv') refuse('several indicators are answered as JSON only', 'ask one by one for CSV');
  return { indicators: listed, request };
};

@Injectable()
export class BatchPipe implements PipeTransform<Readonly<Record<string, unknown>>, BatchQuestion> {
  transform(query: Readonly<Record<string, unknown>>): BatchQuestion {
    return readBatchQuestion(query);
  }
}
