/** The HTTP API as this page reads it: shapes, addresses and the errors it answers with. */

export type Label = { readonly fa: string; readonly en: string; readonly pt?: string };

export type Release = { readonly name: string; readonly epoch: number; readonly cutAt: string };

export type DataflowSummary = {
  readonly code: string;
  readonly version: number;
  readonly name: Label;
  readonly description: Label;
};

export type Code = {
  readonly code: string;
  readonly name: Label;
  readonly parent?: string;
  readonly level?: string;
};

export type Dimension = {
  readonly code: string;
  readonly name: Label;
  readonly codes: readonly Code[];
  /** Levels a grouping may ask for, coarsest first. */
  readonly levels?: readonly string[];
};

export type Measure = {
  readonly code: string;
  readonly name: Label;
  readonly unit: Label;
  readonly definition: Label;
  readonly kind: 'flow' | 'stock';
};

export type Dataflow = DataflowSummary & {
  readonly dimensions: readonly Dimension[];
  readonly measures: readonly Measure[];
  readonly months: readonly {
    readonly from: string;
    readonly to: string;
    readonly calendar: 'jalali' | 'gregorian';
  }[];
};

export type View = 'effective' | 'declared';

/** A whole number (as text where a JSON number could not hold it), a code, or null = not defined. */
export type Cell = number | string | null;

export type Answer = {
  readonly dataflow: string;
  readonly version: number;
  readonly view: View;
  readonly knowledge: { readonly release: string; readonly epoch: number };
  readonly by: readonly string[];
  readonly measures: readonly string[];
  readonly notes: readonly Label[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
};

export type Status = {
  readonly intake: {
    readonly received: number;
    readonly accepted: number;
    readonly quarantined: number;
    readonly unexplained: number;
  };
  readonly ledger: { readonly head: string };
  readonly projections: readonly {
    readonly name: string;
    readonly position: string | number;
    readonly lag: string | number;
  }[];
  readonly epoch: number;
  readonly releases: number;
};

export type Question = {
  readonly dataflow: string;
  readonly measures: readonly string[];
  readonly by: readonly string[];
  readonly area?: string;
  readonly from?: string;
  readonly to?: string;
  readonly asKnownAt: string;
  readonly view: View;
};

/** Address of an answer, relative to the page; the CSV form is the same address with a format. */
export const addressOf = (question: Question, format?: 'csv'): string => {
  const query = new URLSearchParams({
    measure: question.measures.join(','),
    by: question.by.join(','),
    ...(question.area === undefined ? {} : { area: question.area }),
    ...(question.from === undefined ? {} : { from: question.from }),
    ...(question.to === undefined ? {} : { to: question.to }),
    asKnownAt: question.asKnownAt,
    view: question.view,
    ...(format === undefined ? {} : { format }),
  });
  return `api/data/${encodeURIComponent(question.dataflow)}?${query}`;
};

/** The API answered with a problem document (RFC 9457): it says what is wrong and what to do. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly mend?: string,
  ) {
    super(detail);
  }
}

/** No answer came: the network or the program is down. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const problemOf = async (response: Response): Promise<Problem> => {
  const fallback = `${response.status} ${response.statusText}`.trim();
  try {
    const body = (await response.json()) as Record<string, unknown>;
    const text = (key: string): string | undefined => (typeof body[key] === 'string' ? body[key] : undefined);
    return new Problem(
      response.status,
      text('code') ?? 'http-error',
      text('detail') ?? text('title') ?? fallback,
      text('mend'),
    );
  } catch {
    return new Problem(response.status, 'http-error', fallback);
  }
};

/** Reads JSON. @throws Problem when the API refuses; Unreachable when nobody answers */
export const readJson = async <T>(address: string, signal?: AbortSignal): Promise<T> => {
  let response: Response;
  try {
    response = await fetch(address, {
      headers: { accept: 'application/json' },
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (thrown) {
    if (signal?.aborted === true) throw thrown;
    throw new Unreachable(String(thrown));
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as T;
};
