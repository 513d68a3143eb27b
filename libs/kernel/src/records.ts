import type { EventMetadata, Json, RecordedEvent } from './event.js';

/** One record of an agency as a register keeps it. */
export type Held<F> = {
  /** Newest version that came in; 0 while only its withdrawal is known. */
  readonly version: number;
  /** Position in the ledger of the event it came with: the way from a figure back to its source. */
  readonly position: string;
  readonly fact: F | null;
  /** Void for good, whatever version comes later: so the order of arrival does not matter. */
  readonly withdrawn: boolean;
};

/** Records by `<agency>/<contract>/<record id>`. Never changed in place. */
export type Records<F> = ReadonlyMap<string, Held<F>>;

/** The fact of one event type: what of an event's data is kept, and in which order it is stored. */
export type FactShape<F> = {
  /** Names of the kept fields, in stored order. Stored for ever within a register's version. */
  readonly fields: readonly string[];
  fact(data: Readonly<Record<string, Json>>): F;
};

/**
 * A register of records with identity and version. A later version of a record replaces it, a
 * withdrawal voids it for good, a repeat or an earlier version changes nothing and returns the same
 * object. Whatever the order in which the same events come, the records in force are the same.
 */
export type RecordRegister<F extends { readonly type: string }> = {
  readonly initial: Records<F>;
  /** Whether the register keeps anything of events of that type. */
  knows(type: string): boolean;
  evolve(records: Records<F>, event: RecordedEvent): Records<F>;
  /**
   * Whether an event that changes the records mends what was told before: it withdraws a record, or replaces
   * a version that is known. A record of which no version is known is told for the first time by any.
   */
  corrects(records: Records<F>, event: RecordedEvent): boolean;
  encode(records: Records<F>): Json;
  decode(stored: Json): Records<F>;
};

/** Data of an event that voids a record of the same agency. */
export type RecordWithdrawal = { readonly contract: string; readonly recordId: string };

const keyOf = ({ agency = '', contract = '', recordId = '' }: EventMetadata): string =>
  `${agency}/${contract}/${recordId}`;

const inForceOf = new WeakMap<object, unknown>();

/** The facts in force, in the order of their records' names. Worked out once for each set of records. */
export const factsInForce = <F>(records: Records<F>): readonly F[] => {
  const known = inForceOf.get(records);
  if (known !== undefined) return known as readonly F[];
  const facts: F[] = [];
  for (const [, { fact, withdrawn }] of [...records].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (fact !== null && !withdrawn) facts.push(fact);
  inForceOf.set(records, facts);
  return facts;
};

/**
 * @param shapes by event type; their order is stored: add at the end
 * @param withdrawal the event type that voids records
 */
export const recordRegister = <F extends { readonly type: string }>(
  shapes: Readonly<Record<string, FactShape<F>>>,
  withdrawal: string,
): RecordRegister<F> => {
  const types = Object.keys(shapes);
  const put = (records: Records<F>, key: string, held: Held<F>): Records<F> =>
    new Map(records).set(key, held);

  const withdraw = (records: Records<F>, event: RecordedEvent): Records<F> => {
    const { contract, recordId } = event.data as RecordWithdrawal;
    const key = keyOf({ ...event.metadata, contract, recordId });
    const held = records.get(key);
    if (held?.withdrawn === true) return records;
    const { version = 0, fact = null } = held ?? {};
    return put(records, key, { version, position: String(event.position), fact, withdrawn: true });
  };

  return {
    initial: new Map(),
    knows: (type) => type === withdrawal || Object.hasOwn(shapes, type),
    evolve(records, event) {
      if (event.type === withdrawal) return withdraw(records, event);
      const shape = shapes[event.type];
      if (shape === undefined) return records;
      const key = keyOf(event.metadata);
      const held = records.get(key);
      const version = event.metadata.recordVersion ?? 1;
      if (held !== undefined && (held.withdrawn || held.version >= version)) return records;
      const fact = shape.fact(event.data as Record<string, Json>);
      return put(records, key, { version, position: String(event.position), fact, withdrawn: false });
    },
    corrects: (records, event) =>
      event.type === withdrawal ||
      // the first version of a record replaces none: it need not be looked for
      ((event.metadata.recordVersion ?? 1) > 1 && records.has(keyOf(event.metadata))),
    encode(records) {
      const bySource: Record<string, Json[]> = {};
      for (const [key, { version, position, fact, withdrawn }] of records) {
        const cut = key.indexOf('/', key.indexOf('/') + 1);
        const list = (bySource[key.slice(0, cut)] ??= []);
        const head = [key.slice(cut + 1), version, position, withdrawn ? 1 : 0];
        list.push(fact === null ? head : [...head, types.indexOf(fact.type), ...valuesOf(fact, shapes)]);
      }
      return bySource;
    },
    decode(stored) {
      const records = new Map<string, Held<F>>();
      for (const [source, list] of Object.entries(stored as Record<string, readonly Json[][]>))
        for (const [id, version, position, withdrawn, type, ...values] of list) {
          const fact = type === undefined ? null : factOf<F>(types[type as number] ?? '', values, shapes);
          records.set(`${source}/${id as string}`, {
            version: version as number,
            position: position as string,
            fact,
            withdrawn: withdrawn === 1,
          });
        }
      return records;
    },
  };
};

const valuesOf = <F extends { readonly type: string }>(
  fact: F,
  shapes: Readonly<Record<string, FactShape<F>>>,
): Json[] => {
  const fields = fact as unknown as Record<string, Json>;
  return (shapes[fact.type]?.fields ?? []).map((name) => fields[name] ?? null);
};

const factOf = <F>(
  type: string,
  values: readonly Json[],
  shapes: Readonly<Record<string, FactShape<F>>>,
): F => {
  const fact: Record<string, Json> = { type };
  (shapes[type]?.fields ?? []).forEach((name, i) => (fact[name] = values[i] ?? null));
  return fact as F;
};

/** Where a fact came from: the agency's record, and the ledger event that brought its newest version. */
export type RecordSource = {
  readonly agency: string;
  readonly contract: string;
  readonly recordId: string;
  readonly version: number;
  /** Position in the ledger, decimal. */
  readonly position: string;
  readonly withdrawn: boolean;
};

/** The sources of all records, those that were withdrawn included, in the order of their names. */
export const sourcesOf = (records: Records<unknown>): readonly RecordSource[] =>
  [...records]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { version, position, withdrawn }]) => {
      const [agency = '', contract = '', ...id] = key.split('/');
      return { agency, contract, recordId: id.join('/'), version, position, withdrawn };
    });
