import { Injectable, type PipeTransform } from '@nestjs/common';
import type { EntitiesRequest, Frequency, LineageRequest } from '@karnama/statistics';
import { IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { checkParameters, month, readFilters, readFixed } from '../data/data-parameters.js';

const frequencies = ['M', 'Q', 'A'] as const;

/** The fixed parameters of a way back from a figure; every other parameter is a filter of a dimension. */
export class LineageParameters {
  @MaxLength(20, { message: 'month must be a month of the period, such as 1403-01' })
  month = '';

  @IsOptional()
  @IsIn(frequencies, { message: 'freq must be M, Q or A' })
  freq?: Frequency;

  @IsOptional()
  @Matches(/^.{1,200}$/u, { message: 'since must be the name of a release' })
  since?: string;
}

/** Those of its entities as well. */
export class EntitiesParameters extends LineageParameters {
  @IsOptional()
  @IsInt({ message: 'limit must be a whole number' })
  @Min(1, { message: 'limit must be at least 1' })
  @Max(200, { message: 'limit must be at most 200' })
  limit?: number;

  @IsOptional()
  @Matches(/^[\w-]{1,40}\/.{1,300}$/u, { message: 'after must be the next of an earlier answer' })
  after?: string;
}

const fixed = ['month', 'freq', 'since'] as const;
const fixedOfEntities = [...fixed, 'limit', 'after'] as const;

const usualEntities = 20;

export type LineageQuestion = Omit<LineageRequest, 'indicator' | 'freq'> & {
  readonly freq: Frequency | undefined;
};

const questionOf = (
  { month: named, freq, since }: LineageParameters,
  where: LineageRequest['where'],
): LineageQuestion => ({
  month: month(named),
  where,
  freq,
  ...(since === undefined ? {} : { since }),
});

@Injectable()
export class LineagePipe implements PipeTransform<Readonly<Record<string, unknown>>, LineageQuestion> {
  transform(query: Readonly<Record<string, unknown>>): LineageQuestion {
    const given = checkParameters(query);
    return questionOf(readFixed(LineageParameters, fixed, given), readFilters(given, fixed));
  }
}

export type EntitiesQuestion = LineageQuestion & Pick<EntitiesRequest, 'limit' | 'after'>;

@Injectable()
export class EntitiesPipe implements PipeTransform<Readonly<Record<string, unknown>>, EntitiesQuestion> {
  transform(query: Readonly<Record<string, unknown>>): EntitiesQuestion {
    const given = new Map<string, string | number>(checkParameters(query));
    const limit = given.get('limit');
    if (typeof limit === 'string') given.set('limit', /^\d{1,6}$/.test(limit) ? Number(limit) : limit);
    const parameters = readFixed(EntitiesParameters, fixedOfEntities, given as Map<string, string>);
    return {
      ...questionOf(parameters, readFilters(checkParameters(query), fixedOfEntities)),
      limit: parameters.limit ?? usualEntities,
      ...(parameters.after === undefined ? {} : { after: parameters.after }),
    };
  }
}
