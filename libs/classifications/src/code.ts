import type { Label } from '@karnama/kernel';

/** One entry of a code list. `parent` and `level` are there only in lists that are hierarchies. */
export type Code = {
  readonly code: string;
  readonly name: Label;
  readonly parent?: string;
  readonly level?: string;
};

/** The code that every list has for "not known". A category of its own: it is counted, never spread over the others. */
export const unknown = '_U';

export const unknownLabel: Label = { fa: 'نامشخص', en: 'unknown', pt: 'não identificado' };

export const unknownCode: Code = { code: unknown, name: unknownLabel };
