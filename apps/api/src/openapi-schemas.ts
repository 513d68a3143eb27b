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
