import { Injectable, type PipeTransform } from '@nestjs/common';
import type { ComparisonRequest, Frequency } from '@karnama/statistics';
import { IsOptional, Matches } from 'class-validator';
import { checkParameters, listOf, readFilters, readFixed } from '../data/data-parameters.js';

const position = /^.{1,200}$/u;

/** The fixed parameters of a comparison of two positions; every other parameter is a filter of a dimension. */
export class ComparisonParameters {
  @Matches(position, { message: 'from must be a release, a day or latest' })
  from = '';

  @IsOptional()
  @Matches(position, { message: 'to must be a release, a day or latest' })
  to?: string;

  @IsOptional()
  @Matches(/^\w+(@[MQA])?(,\w+(@[MQA])?)*$/, {
    message:
      'indicator must be a list of indicators, each with a frequency if it is not its first: HIRES,JC@Q',
  })
  indicator?: string;
}

const fixed = ['from', 'to', 'indicator'] as const;

/** The comparison that a query string asks for. @throws KarnamaError `bad-request` */
export const readComparison = (query: Readonly<Record<string, unknown>>): ComparisonRequest => {
  const given = checkParameters(query);
  const { from, to = 'latest', indicator } = readFixed(ComparisonParameters, fixed, given);
  const indicators = listOf('indicator', indicator).map((asked) => {
    const [code = '', freq] = asked.split('@');
    return { code, ...(freq === undefined ? {} : { freq: freq as Frequency }) };
  });
  return {
    from,
    to,
    where: readFilters(given, fixed),
    ...(indicator === undefined ? {} : { indicators }),
  };
};

@Injectable()
export class ComparisonPipe implements PipeTransform<Readonly<Record<string, unknown>>, ComparisonRequest> {
  transform(query: Readonly<Record<string, unknown>>): ComparisonRequest {
    return readComparison(query);
  }
}
