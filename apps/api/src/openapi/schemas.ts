import { knowledgeSchemas, revisedBy } from './knowledge-schemas.js';
import { lineageSchemas } from './lineage-schemas.js';

/**
 * The shapes of the answers as JSON Schemas. They are written out here, and not as classes beside the
 * types of the read side, so that each shape has one type in the program.
 */
type Schema = Readonly<Record<string, unknown>>;

const text = (description?: string): Schema => ({
  type: 'string',
  ...(description === undefined ? {} : { description }),
});

const count: Schema = { type: 'integer', minimum: 0 };

export const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** An object; a property whose name ends in `?` may be absent. */
const object = (properties: Readonly<Record<string, Schema>>, description?: string): Schema => {
  const names = Object.keys(properties);
  return {
    type: 'object',
    ...(description === undefined ? {} : { description }),
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema]),
    ),
    required: names.filter((name) => !name.endsWith('?')),
  };
};

const summary = {
  code: text('Code of the dataflow, such as MOVEMENTS'),
  version: { type: 'integer', minimum: 1, description: 'Changes with the meaning of the figures' },
  name: ref('Label'),
  description: ref('Label'),
};

const month: Schema = {
  type: 'string',
  pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
  examples: ['2026-01', '1404-10'],
};

const dimension = object({
  code: text(),
  name: ref('Label'),
  codes: { ...listOf(ref('Code')), description: 'The codes that occur, with their ancestors' },
  'levels?': { ...listOf(text()), description: 'Levels a grouping may ask for, coarsest first' },
});

const value: Schema = {
  description:
    'A column of by is text. A measure is a whole number, as text beyond 2^53 − 1, or null where it is not defined.',
  oneOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }],
};

const nullableText: Schema = { type: ['string', 'null'] };

const frequency: Schema = { type: 'string', enum: ['M', 'Q', 'A'] };

const indicatorSummary = {
  code: text('Code of the indicator, such as EMP_JOBS'),
  name: ref('Label'),
  theme: object({ code: text(), name: ref('Label') }),
  unit: ref('Label'),
  decimals: count,
  kind: {
    type: 'string',
    enum: ['level', 'share'],
    description: 'Changes of a level are told in percent as well',
  },
  frequencies: listOf(frequency),
  dimensions: { ...listOf(text()), description: 'What it may be grouped and filtered by' },
  'requiredDimensions?': { ...listOf(text()), description: 'What a question has to group or filter by' },
  dataflows: { ...listOf(text()), description: 'Dataflows that the figures are taken of' },
  sources: { ...listOf(text()), description: 'Contracts whose records it is made of' },
  additivity: object(
    { time: { type: 'boolean' }, area: { type: 'boolean' } },
    'Whether figures of several periods, or of several areas, may be added up',
  ),
  'ripeMonths?': {
    ...count,
    description: 'Months behind the period that must be known before there is a figure',
  },
};

const changedFigure: Schema = object({
  period: text(),
  codes: listOf(text()),
  old: nullableText,
  new: nullableText,
  effects: revisedBy,
});

export const schemas: Readonly<Record<string, Schema>> = {
  Label: object({ fa: text(), en: text(), 'pt?': text() }, 'A name in the languages it exists in'),
  Code: object({ code: text(), name: ref('Label'), 'parent?': text(), 'level?': text() }),
  Measure: object({
    code: text(),
    name: ref('Label'),
    unit: ref('Label'),
    definition: ref('Label'),
    kind: {
      type: 'string',
      enum: ['flow', 'stock'],
      description: 'A flow adds up over months, a stock does not',
    },
  }),
  DataflowSummary: object(summary),
  Dataflow: object({
    ...summary,
    dimensions: listOf(dimension),
    measures: listOf(ref('Measure')),
    months: listOf(
      object({ from: month, to: month, calendar: { type: 'string', enum: ['jalali', 'gregorian'] } }),
    ),
  }),
  Dataflows: object({ dataflows: listOf(ref('DataflowSummary')) }),
  Release: object({ name: text(), epoch: count, cutAt: { type: 'string', format: 'date-time' } }),
  Releases: object({ releases: { ...listOf(ref('Release')), description: 'Oldest first' } }),
  Status: object({
    intake: object(
      { received: count, accepted: count, quarantined: count, unexplained: count },
      'received = accepted + quarantined + unexplained',
    ),
    ledger: object({ head: text('Position of the last event') }),
    projections: listOf(
      object({ name: text(), position: text(), lag: { ...count, description: 'Events not yet seen' } }),
    ),
    epoch: count,
    releases: count,
  }),
  Answer: object({
    dataflow: text(),
    version: { type: 'integer' },
    view: { type: 'string', enum: ['effective', 'declared'] },
    knowledge: object({ release: text(), epoch: count }, 'What was known: up to the end of this epoch'),
    by: listOf(text()),
    measures: listOf(text()),
    notes: { ...listOf(ref('Label')), description: 'Why values are null, and what to mind' },
    rows: listOf({ type: 'object', additionalProperties: value }),
  }),
  IndicatorSummary: object(indicatorSummary),
  Indicators: object({ indicators: listOf(ref('IndicatorSummary')) }),
  Indicator: object({
    ...indicatorSummary,
    definition: ref('Label'),
    referenceTime: {
      type: 'string',
      enum: ['last-day', 'period', 'year-to-date', 'cohort', 'receipt'],
      description: 'What of a period it speaks of',
    },
    'caveats?': ref('Label'),
    reference: text(),
    formula: { ...ref('Label'), description: 'The formula in words, made from what is computed' },
    versions: {
      ...listOf(
        object({
          through: { type: 'string', format: 'date', description: 'The last day on which it was in force' },
          definition: ref('Label'),
          formula: ref('Label'),
        }),
      ),
      description: 'Earlier definitions, oldest first; asked for with definition=then',
    },
    dataflows: listOf(text()),
    coverage: {
      oneOf: [object({ first: month, last: month }), { type: 'null' }],
      description: 'First and last month that records were reported in',
    },
    freshness: object({
      position: text('Position of the ledger that is counted'),
      epoch: count,
      lag: { ...nullableText, description: 'Events of the ledger not yet counted' },
    }),
  }),
  IndicatorAnswer: object({
    indicator: text(),
    freq: frequency,
    by: listOf(text()),
    unit: ref('Label'),
    decimals: count,
    kind: { type: 'string', enum: ['level', 'share'] },
    change: listOf({ type: 'string', enum: ['previous', 'year'] }),
    knowledge: object({ release: text(), epoch: count }, 'What was known: up to the end of this epoch'),
    'definedThrough?': {
      type: 'string',
      format: 'date',
      description: 'Last day of the earlier definition that tells the figures; not there for that of today',
    },
    rows: listOf({
      ...object({
        period: { type: 'string', examples: ['1403-01', '1403-Q1', '1403'] },
        value: { ...nullableText, description: 'Exact decimal text, rounded half away from zero' },
        'reason?': {
          type: 'string',
          enum: ['no-denominator', 'not-yet', 'before-start', 'not-reached', 'no-data'],
          description: 'Why there is no value',
        },
        'status?': { type: 'string', enum: ['provisional'] },
        'note?': { type: 'string', enum: ['at-least'], description: 'The value lies in an open band' },
        'change_previous?': nullableText,
        'change_previous_percent?': nullableText,
        'change_year?': nullableText,
        'change_year_percent?': nullableText,
      }),
      additionalProperties: { type: 'string', description: 'The code of a column of by' },
    }),
  }),
  Revisions: object({
    indicator: text(),
    freq: frequency,
    decimals: count,
    releases: { ...listOf(text()), description: 'Oldest first' },
    periods: listOf(
      object({ period: text(), values: { ...listOf(nullableText), description: 'One for each release' } }),
    ),
    summary: object({
      n: { ...count, description: 'Periods with a first figure and a later one' },
      suppressed: { type: 'boolean', description: 'True below 8 periods: nothing else is told then' },
      meanRevision: nullableText,
      meanAbsoluteRevision: nullableText,
      relativeMeanAbsoluteRevision: nullableText,
      signChanges: nullableText,
    }),
  }),
  ReleaseChanges: object({
    release: ref('Release'),
    since: ref('Release'),
    indicators: listOf(
      object({
        indicator: text(),
        freq: frequency,
        by: listOf(text()),
        newPeriods: listOf(changedFigure),
        revised: listOf(changedFigure),
      }),
    ),
    deliveries: {
      ...listOf(
        object({
          agency: text(),
          contract: text(),
          onTime: count,
          late: { ...count, description: 'First versions more than 31 days after their day' },
          corrections: count,
          withdrawals: count,
        }),
      ),
      description: 'Records that came in between the two releases',
    },
  }),
  ...lineageSchemas,
  ...knowledgeSchemas,
  Problem: object(
    {
      type: { type: 'string', examples: ['urn:karnama:problem:unknown-measure'] },
      title: text(),
      status: { type: 'integer' },
      detail: text(),
      code: text('Stable; programs may rely on it'),
      'mend?': text('What the caller can do about it'),
      'correlation?': text('Finds the failure in the log of the server'),
    },
    'A problem document of RFC 9457',
  ),
  Health: object({ status: { type: 'string', enum: ['ok'] } }),
};
