type Schema = Readonly<Record<string, unknown>>;

const text = (description?: string): Schema => ({
  type: 'string',
  ...(description === undefined ? {} : { description }),
});
const nullableText: Schema = { type: ['string', 'null'] };
const count: Schema = { type: 'integer', minimum: 0 };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema]),
  ),
  required: Object.keys(properties).filter((name) => !name.endsWith('?')),
});
const orNull = (schema: Schema): Schema => ({ oneOf: [schema, { type: 'null' }] });

const change = object({
  old: nullableText,
  new: nullableText,
  flips: { type: 'boolean', description: 'Growth at one position is decline at the other' },
});
const changes = object({ previous: change, year: change });
const point = orNull(object({ period: text(), value: text() }));
const records = object({ onTime: count, late: count, corrections: count, withdrawals: count });

const revisionEffects = {
  definition: text('From the definition in force at the earlier position to that at the later one'),
  late: text('Records told for the first time, and what of a followed cohort has come to pass since'),
  corrections: text('Later versions, withdrawals and annulments of records'),
};

/** What a revised figure was revised by. */
export const revisedBy: Schema = {
  ...orNull(object(revisionEffects)),
  description: 'Add up to the difference; null for a new figure, and for one that is gone',
};

const effects = object({
  newPeriod: text(
    'From the newest period of the earlier position to that of the later, as the later tells both',
  ),
  revision: text('Late records and corrections together'),
  ...revisionEffects,
});

/** The shapes of the answers about positions of knowledge. */
export const knowledgeSchemas: Readonly<Record<string, Schema>> = {
  Position: object({
    name: text('As it was asked'),
    kind: { type: 'string', enum: ['latest', 'release', 'day'] },
    epoch: { type: ['integer', 'null'], description: 'The last epoch that was known; null for latest' },
    closedAt: { ...nullableText, description: 'When that epoch was closed' },
    'day?': text('The day in Gregorian form'),
    release: { ...nullableText, description: 'The newest release that was cut by then' },
  }),
  KnowledgeComparison: object({
    from: { $ref: '#/components/schemas/Position' },
    to: { $ref: '#/components/schemas/Position' },
    indicators: listOf(
      object({
        indicator: text(),
        freq: { type: 'string', enum: ['M', 'Q', 'A'] },
        by: listOf(text()),
        decimals: count,
        redefined: {
          type: 'boolean',
          description: 'Another definition was in force at the earlier position than at the later one',
        },
        headline: orNull(
          object({
            old: point,
            new: point,
            difference: nullableText,
            effects: orNull(effects),
            changes: orNull(changes),
          }),
        ),
        figures: listOf(
          object({
            period: text(),
            codes: listOf(text()),
            fate: { type: 'string', enum: ['new', 'revised', 'gone'] },
            old: nullableText,
            new: nullableText,
            difference: nullableText,
            effects: revisedBy,
            flips: { type: 'boolean' },
            changes,
          }),
        ),
        records,
      }),
    ),
    deliveries: listOf(
      object({
        agency: text(),
        contract: text(),
        onTime: count,
        late: count,
        corrections: count,
        withdrawals: count,
      }),
    ),
  }),
};
