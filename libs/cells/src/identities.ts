import { formatMonth } from '@karnama/kernel';
import type { CellStore, Generation } from './cell-store.js';
import type { Identity } from './dataflow.js';

/** A cell and epoch in which a stock changed by something else than its flows. */
export type BrokenIdentity = {
  readonly dataflow: string;
  readonly identity: Identity;
  readonly cell: string;
  /** Change of the stock, and what came in less what went out. */
  readonly change: bigint;
  readonly flows: bigint;
};

export type IdentityCheck = { readonly checked: bigint; readonly broken: readonly BrokenIdentity[] };

/**
 * Checks stock identities (E = B + A − S + Rin − Rout) in every kept cell of every epoch. Since cells of
 * an epoch hold what was learned in it, they hold in every vintage, too.
 * @param limit broken cells told at most
 */
export const checkIdentities = async (
  store: CellStore,
  generation: Generation,
  limit: number,
): Promise<IdentityCheck> => {
  let checked = 0n;
  const broken: BrokenIdentity[] = [];
  for (const { code, dimensions, measures, identities = [] } of generation.projection.dataflows) {
    if (identities.length === 0) continue;
    const at = (measure: string): number => measures.findIndex((own) => own.code === measure);
    const by = ['month', 'epoch', ...dimensions.map((dimension) => dimension.code)];
    for await (const { group, measures: sums } of store.query(generation, {
      dataflow: code,
      time: 'effective',
      by,
      where: {},
    })) {
      const total = (names: readonly string[]): bigint =>
        names.reduce((sum, name) => sum + (sums[at(name)] ?? 0n), 0n);
      for (const identity of identities) {
        checked += 1n;
        const [change, flows] = [total([identity.stock]), total(identity.in) - total(identity.out)];
        if (change === flows || broken.length >= limit) continue;
        const [month, epoch, ...codes] = group;
        const cell = [formatMonth(Number(month)), `epoch ${epoch}`, ...codes].join(', ');
        broken.push({ dataflow: code, identity, cell, change, flows });
      }
    }
  }
  return { checked, broken };
};
