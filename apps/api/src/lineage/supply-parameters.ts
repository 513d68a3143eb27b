import { Injectable, type PipeTransform } from '@nestjs/common';
import { IsOptional, Matches } from 'class-validator';
import { checkParameters, readFilters, readFixed, refuse } from '../data/data-parameters.js';

const fixed = ['asKnownAt'] as const;

/** The one parameter of the supply of data. */
export class SupplyParameters {
  @IsOptional()
  @Matches(/^.{1,200}$/u, { message: 'asKnownAt must be the name of a release or latest' })
  asKnownAt?: string;
}

@Injectable()
export class SupplyPipe implements PipeTransform<Readonly<Record<string, unknown>>, string> {
  transform(query: Readonly<Record<string, unknown>>): string {
    const given = checkParameters(query);
    const [foreign] = Object.keys(readFilters(given, fixed));
    if (foreign !== undefined)
      refuse(`the supply has no parameter "${foreign}"`, 'asKnownAt is the only one');
    return readFixed(SupplyParameters, fixed, given).asKnownAt ?? 'latest';
  }
}
