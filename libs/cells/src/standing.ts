import { KarnamaError } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import type { Checkpoint } from './cell-store.js';
import type { Projection } from './dataflow.js';

/**
 * Makes sure that the ledger still holds what was counted, before a projection goes on from there. A
 * store restored from an older backup would otherwise be stepped over in silence until it has grown
 * past the checkpoint again.
 * @throws KarnamaError `ledger-restored`
 */
export const checkStanding = async (
  ledger: Ledger,
  { name }: Projection,
  { last }: Checkpoint,
): Promise<void> => {
  if (last === null) return;
  const there = await ledger.eventAt(last.position);
  if (there?.id.toLowerCase() === last.id.toLowerCase()) return;
  throw new KarnamaError(
    'ledger-restored',
    `projection ${name} has counted event ${last.id} at position ${last.position}, where the ledger now has ${there === undefined ? 'nothing' : there.id}`,
    'the ledger was restored from an older backup or replaced: bring it up to date, or run karnama rebuild',
  );
};
