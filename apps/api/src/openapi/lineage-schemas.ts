type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: 'string' };
const count: Schema = { type: 'integer', minimum: 0 };
const nullableText: Schema = { type: ['string', 'null'] };
const nullableCount: Schema = { type: ['integer', 'null'], minimum: 0 };
const frequency: Schema = { type: 'string', enum: ['M', 'Q', 'A'] };

const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const told = (schema: Schema, description: string): Schema => ({ ...schema, description });

/** An object; a property whose name ends in `?` may be absent. */
const object = (properties: Readonly<Record<string, Schema>>): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema]),
  ),
  required: Object.keys(properties).filter((name) => !name.endsWith('?')),
});

const knowledge = object({ release: text, epoch: count });

/** Shapes of the ways back from figures and of the supply of data. */
export const lineageSchemas: Readonly<Record<string, Schema>> = {
  IndicatorAnswers: object({ knowledge, answers: listOf(named('IndicatorAnswer')) }),
  FigureLineage: object({
    indicator: text,
    freq: frequency,
    period: text,
    figure: object({ value: nullableText, 'reason?': text, 'status?': text, 'note?': text }),
    position: told(text, 'Position of the ledger up to which was counted'),
    since: nullableText,
    terms: listOf(
      object({
        dataflow: text,
        measure: text,
        name: named('Label'),
        unit: named('Label'),
        from: told(nullableText, 'null for a stock: all changes up to `to`'),
        to: text,
        value: told(nullableText, 'Whole number; null when its entities are not kept'),
        entities: nullableCount,
      }),
    ),
    entities: count,
    deliveries: listOf(
      object({
        agency: text,
        contract: text,
        entities: count,
        records: count,
        withdrawn: count,
        since: told(nullableCount, 'Records that came in after the release asked about'),
      }),
    ),
  }),
  LineageEntities: object({
    entities: listOf(
      object({
        entity: told(text, 'Key in the register; persons by pseudonym'),
        kind: text,
        contributes: told(listOf({ type: 'integer' }), 'By term, in the order of the lineage'),
        records: listOf(
          object({
            agency: text,
            contract: text,
            recordId: text,
            version: count,
            position: text,
            withdrawn: { type: 'boolean' },
            event: {
              oneOf: [
                object({
                  stream: text,
                  revision: text,
                  type: text,
                  receivedAt: { type: 'string', format: 'date-time' },
                  submission: nullableText,
                }),
                { type: 'null' },
              ],
            },
          }),
        ),
      }),
    ),
    next: told(nullableText, 'What to give as after for those that follow'),
  }),
  Supply: object({
    knowledge,
    horizon: nullableText,
    senders: listOf(
      object({
        agency: text,
        contract: text,
        received: told(count, 'accepted + quarantined'),
        accepted: count,
        quarantined: count,
        problems: listOf(object({ code: text, records: count })),
        delivery: {
          oneOf: [
            object({
              onTime: count,
              late: told(count, 'First versions more than 31 days after their day'),
              lateShare: told(nullableText, 'Percent of the first versions'),
              corrections: count,
              withdrawals: count,
              last: nullableText,
            }),
            { type: 'null' },
          ],
        },
      }),
    ),
  }),
};
