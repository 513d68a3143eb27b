import { KarnamaError, parseMonth, type EventMetadata, type RecordedEvent } from '@karnama/kernel';
import type {
  MovementDeclared,
  MovementRetracted,
  MovementTotalDeclared,
  OpeningStockDeclared,
} from './events.js';

/** What a record in force says. The record itself is the entity: movements carry no identities. */
export type MovementState =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'declared'; readonly version: number } & Movement)
  | ({ readonly kind: 'retracted'; readonly version: number } & Movement)
  | {
      readonly kind: 'total';
      readonly month: number;
      readonly area: string;
      readonly hires: number;
      readonly separations: number;
    }
  | {
      readonly kind: 'opening';
      readonly month: number;
      readonly area: string;
      readonly stock: number;
      readonly fixedThrough: number;
    };

/** A movement with what its figures need; `declared` is the retraction month for a retraction. */
export type Movement = {
  readonly direction: 'hire' | 'separation';
  readonly month: number;
  readonly declared: number;
  readonly area: string;
  readonly industry: string | null;
  readonly occupation: string | null;
  readonly education: string | null;
  readonly age: number | null;
  readonly sex: 'M' | 'F' | null;
  readonly wage: number | null;
};

/** Prefixes of the event types that this register reads. */
export const movementReads: readonly string[] = ['Movement', 'OpeningStock'];

export const noMovement: MovementState = { kind: 'none' };

/**
 * The entity an event is about. A movement is its record: agency, contract and the agency's own record
 * id. A total and an opening stock are their place and month: declared again, they replace what was
 * declared before, so that the same total delivered in two files never counts twice.
 */
export const movementEntity = (event: RecordedEvent): string => {
  const { agency = '', contract = '', recordId }: EventMetadata = event.metadata;
  if (event.type === 'MovementTotalDeclared' || event.type === 'OpeningStockDeclared') {
    const { area, month } = event.data as MovementTotalDeclared | OpeningStockDeclared;
    return `${agency}/${event.type === 'MovementTotalDeclared' ? 'total' : 'opening-stock'}/${area}/${month}`;
  }
  return `${agency}/${contract}/${recordId ?? event.id}`;
};

/** What changes nothing returns the same state: an earlier or equal version of a record, the same total again. */
export const evolveMovement = (state: MovementState, event: RecordedEvent): MovementState => {
  switch (event.type) {
    case 'MovementDeclared':
    case 'MovementRetracted': {
      const version = event.metadata.recordVersion ?? 1;
      if ((state.kind === 'declared' || state.kind === 'retracted') && version <= state.version) return state;
      const data = event.data as MovementDeclared;
      if (event.type === 'MovementDeclared') return { kind: 'declared', version, ...movementOf(data) };
      const declared = parseMonth((event.data as MovementRetracted).retractionMonth);
      return { kind: 'retracted', version, ...movementOf(data), declared };
    }
    case 'MovementTotalDeclared': {
      const { area, month, hires, separations } = event.data as MovementTotalDeclared;
      const same = state.kind === 'total' && state.hires === hires && state.separations === separations;
      return same ? state : { kind: 'total', month: parseMonth(month), area, hires, separations };
    }
    case 'OpeningStockDeclared': {
      const { area, month, stock, fixedThrough: fixed } = event.data as OpeningStockDeclared;
      const fixedThrough = parseMonth(fixed);
      const same = state.kind === 'opening' && state.stock === stock && state.fixedThrough === fixedThrough;
      return same ? state : { kind: 'opening', month: parseMonth(month), area, stock, fixedThrough };
    }
    default:
      return state;
  }
};

const movementOf = (data: MovementDeclared): Movement => ({
  direction: data.direction,
  month: parseMonth(data.effectiveMonth),
  declared: parseMonth(data.declaredMonth),
  area: data.area,
  industry: data.industry,
  occupation: data.occupation,
  education: data.education,
  age: data.age,
  sex: data.sex,
  wage: data.monthlyWage,
});

/** kind, version, direction, month, declared, area, industry, occupation, education, age, sex, wage */
type PackedMovement = readonly [
  'D' | 'R',
  number,
  'h' | 's',
  number,
  number,
  string,
  string | null,
  string | null,
  string | null,
  number | null,
  'M' | 'F' | null,
  number | null,
];

type Packed =
  | PackedMovement
  | readonly ['T', month: number, area: string, hires: number, separations: number]
  | readonly ['O', month: number, area: string, stock: number, fixedThrough: number];

/** The state as the store keeps it: a JSON array, a third of the size of an object. */
export const encodeMovement = (state: MovementState): string => JSON.stringify(pack(state));

const pack = (state: MovementState): Packed => {
  switch (state.kind) {
    case 'none':
      throw new KarnamaError(
        'unexpected-value',
        'the state of a record that was never seen has no stored form',
      );
    case 'declared':
    case 'retracted':
      return [
        state.kind === 'declared' ? 'D' : 'R',
        state.version,
        state.direction === 'hire' ? 'h' : 's',
        state.month,
        state.declared,
        state.area,
        state.industry,
        state.occupation,
        state.education,
        state.age,
        state.sex,
        state.wage,
      ];
    case 'total':
      return ['T', state.month, state.area, state.hires, state.separations];
    case 'opening':
      return ['O', state.month, state.area, state.stock, state.fixedThrough];
  }
};

/** Reads what `encodeMovement` wrote. */
export const decodeMovement = (text: string): MovementState => {
  const packed = JSON.parse(text) as Packed;
  switch (packed[0]) {
    case 'T': {
      const [, month, area, hires, separations] = packed;
      return { kind: 'total', month, area, hires, separations };
    }
    case 'O': {
      const [, month, area, stock, fixedThrough] = packed;
      return { kind: 'opening', month, area, stock, fixedThrough };
    }
    default:
      return unpacked(packed);
  }
};

const unpacked = (packed: PackedMovement): MovementState => {
  const [kind, version, direction, month, declared, area, industry, occupation, education, age, sex, wage] =
    packed;
  return {
    kind: kind === 'D' ? 'declared' : 'retracted',
    version,
    direction: direction === 'h' ? 'hire' : 'separation',
    month,
    declared,
    area,
    industry,
    occupation,
    education,
    age,
    sex,
    wage,
  };
};
