import { Injectable, type PipeTransform } from '@nestjs/common';
import type { Frequency, IndicatorRequest } from '@karnama/statistics';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { formats, type AnswerFormat } from '../answers/answer-format.js';
import { checkParameters, listOf, readFilters, readFixed, refuse } from '../data/data-parameters.js';
import { fileLanguages, type FileLanguage } from '../take-away/file-language.js';

const mostIndicators = 60;

/** The fixed parameters of a profile; every other parameter is a filter of a dimension. */
export class ProfileParameters {
  @Matches(/^\w+:[MQA](,\w+:[MQA])*$/, {
    message: 'indicator must be a list of indicators with frequencies, such as EMP_JOBS:M,TIGHT:Q',
  })
  indicator = '';

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

const fixed = ['indicator', 'asKnownAt', 'format', 'lang'] as const;

/** Several indicators of one area or other part, at one position of knowledge. */
export type ProfileQuestion = {
  readonly indicators: readonly { readonly code: string; readonly freq: Frequency }[];
  readonly where: IndicatorRequest['where'];
  readonly asKnownAt: string;
  readonly format: AnswerFormat | undefined;
  readonly language: FileLanguage;
};

@Injectable()
export class ProfilePipe implements PipeTransform<Readonly<Record<string, unknown>>, ProfileQuestion> {
  transform(query: Readonly<Record<string, unknown>>): ProfileQuestion {
    const given = checkParameters(query);
    const { indicator, asKnownAt, format, lang } = readFixed(ProfileParameters, fixed, given);
    const named = listOf('indicator', indicator);
    if (named.length > mostIndicators) refuse(`a profile has at most ${mostIndicators} indicators`);
    return {
      indicators: named.map((one) => {
        const [code = '', freq = 'M'] = one.split(':');
        return { code, freq: freq as Frequency };
      }),
      where: readFilters(given, fixed),
      asKnownAt: asKnownAt ?? 'latest',
      format,
      language: lang ?? 'fa',
    };
  }
}
