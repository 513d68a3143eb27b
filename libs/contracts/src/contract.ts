import type { Code } from '@karnama/classifications';
import type { Json, Label } from '@karnama/kernel';
import type { Problem } from './problem.js';
import type { PseudonymOf } from './pseudonym.js';

/** A record as it was sent: the contract's fields, not yet looked at. */
export type FieldRecord = { readonly [field: string]: Json };

export type ContractField = {
  readonly name: string;
  readonly title: Label;
  readonly description: Label;
  /** What to do when a value of this field was refused. */
  readonly mend: Label;
  /** A record without it, or with null, is refused. What one kind of record needs beyond that is in the schema. */
  readonly required: boolean;
  readonly codes: readonly Code[];
};

/** The fact that a record states: type and data of a ledger event. */
export type Fact = { readonly type: string; readonly data: { readonly [key: string]: Json } };

/**
 * What an agency and the ministry agreed on for one stream of records: shape, code lists, content
 * rules, and the ledger event that a record becomes. Compiled once, used for every record; all
 * functions are pure.
 */
export type Contract = {
  /** The agency that delivers it unless another one is configured. */
  readonly agency: string;
  readonly name: string;
  readonly version: number;
  readonly title: Label;
  readonly description: Label;
  readonly owner: Label;
  readonly fields: readonly ContractField[];
  /** Mends by field, for `describeProblem`. */
  readonly mends: Readonly<Record<string, Label>>;
  /** Nothing when the record may enter. Content rules are asked only when the structure is sound. */
  readonly validate: (record: FieldRecord) => readonly Problem[];
  /** The fact, persons under their pseudonyms; only for a record in which `validate` found nothing. */
  readonly toEvent: (record: FieldRecord, pseudonymOf: PseudonymOf) => Fact;
};

/** The contracts in force. */
export type Contracts = {
  readonly all: readonly Contract[];
  /** Undefined when there is no such contract, or not in this version. */
  readonly find: (name: string, version: number) => Contract | undefined;
  /** The newest version. */
  readonly newest: (name: string) => Contract | undefined;
};

export const contractsOf = (all: readonly Contract[]): Contracts => {
  const byKey = new Map(all.map((contract) => [`${contract.name}/${contract.version}`, contract]));
  return {
    all,
    find: (name, version) => byKey.get(`${name}/${version}`),
    newest: (name) =>
      all
        .filter((contract) => contract.name === name)
        .reduce<Contract | undefined>(
          (best, next) => (best && best.version > next.version ? best : next),
          undefined,
        ),
  };
};
