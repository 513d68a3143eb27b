import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Frequency, IndicatorRequest } from '@karnama/statistics';
import { IsIn, IsOptional, Matches, MaxLength } from 'class-validator';
import { formats, type AnswerFormat } from '../answers/answer-format.js';
import { checkParameters, listOf, month, readFilters, readFixed, refuse } from '../data/data-parameters.js';
import { fileLanguages, type FileLanguage } from '../take-away/file-language.js';

const mostIndicators = 60;

/** The fixed parameters of a profile; every other parameter is a filter of a dimension. */
export class ProfileParameters {
  @Matches(/^\w+:[MQA](,\w+:[MQA])*$/, {
    message: 'indicator must be a list of indicators with frequencies, such as EMP_JOBS:M,TIGHT:Q',
  })
  indicator = '';

  @IsOptional()
  @MaxLength(20, { message: 'from must be a month, such as 1403-01' })
  from?: string;

  @IsOptional()
  @MaxLength(20, { message: 'to must be a month, such as 1404-12' })
  to?: string;

  @IsOptional()
  @Matches(/^.{1,200}$/u, { message: 'asKnownAt must be the name of a release or latest' })
  asKnownAt?: string;

  @IsOptional()
  @IsIn(formats, { message: `format must be one of ${formats.join(', ')}` })
  format?: AnswerFormat;

  @IsOptional()
  @IsIn(fileLanguages, { message: 'lang must be fa or en' })
  lang?: FileLanguage;
}

const fixed = ['indicator', 'from', 'to', 'asKnownAt', 'format', 'lang'] as const;

/** Several indicators of one area or other part, at one position of knowledge. */
export type ProfileQuestion = {
  readonly indicators: readonly { readonly code: string; readonly freq: Frequency }[];
  readonly where: IndicatorRequest['where'];
  /** First and last month; left out: all of them. */
  readonly span: Pick<IndicatorRequest, 'from' | 'to'>;
  readonly asKnownAt: string;
  readonly format: AnswerFormat | undefined;
  readonly language: FileLanguage;
};

@Injectable()
export class ProfilePipe implements PipeTransform<Readonly<Record<string, unknown>>, ProfileQuestion> {
  transform(query: Readonly<Record<string, unknown>>): ProfileQuestion {
    const given = checkParameters(query);
    const { indicator, from, to, asKnownAt, format, lang } = readFixed(ProfileParameters, fixed, given);
    const named = listOf('indicator', indicator);
    if (named.length > mostIndicators) refuse(`a profile has at most ${mostIndicators} indicators`);
    return {
      indicators: named.map((one) => {
        const [code = '', freq = 'M'] = one.split(':');
        return { code, freq: freq as Frequency };
      }),
      where: readFilters(given, fixed),
      span: {
        ...(from === undefined ? {} : { from: month(from) }),
        ...(to === undefined ? {} : { to: month(to) }),
      },
      asKnownAt: asKnownAt ?? 'latest',
      format,
      language: lang ?? 'fa',
    };
  }
}
