import type { MigrationInterface } from 'typeorm';
import { Ledger1764000000000 } from './1764000000000-ledger.js';
import { Channel1764000100000 } from './1764000100000-channel.js';
import { Cells1764000200000 } from './1764000200000-cells.js';
import { Quarantine1764000300000 } from './1764000300000-quarantine.js';
import { Webhooks1764000400000 } from './1764000400000-webhooks.js';
import { CellsParts1764000500000 } from './1764000500000-cells-parts.js';
import { CellsTotal1764000600000 } from './1764000600000-cells-total.js';

/** Every migration of the schema. The digits of its name order them; one that was released is never edited. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  Ledger1764000000000,
  Channel1764000100000,
  Cells1764000200000,
  Quarantine1764000300000,
  Webhooks1764000400000,
  CellsParts1764000500000,
  CellsTotal1764000600000,
];
