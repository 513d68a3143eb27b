import type { CellTransaction } from '../cell-store.js';
import type { Projection } from '../dataflow.js';
import { DeltaSum } from '../delta-sum.js';

/** Room of the sums that are held back, in bytes; those that are being stored meanwhile take up to as much again. */
const usualRoom = 64 << 20;

/** Sums taken out to be stored, with the code of their dataflow. */
export type FullSums = readonly (readonly [dataflow: string, sum: DeltaSum])[];

/**
 * Sums of the dataflows of a projection that are held back as long as there is room: what meets in a cell
 * before it is stored needs no row of its own. When the room is used up, those go first in which hardly
 * anything meets; where a hundred additions come to one cell, they may go on to the end.
 */
export class HeldSums {
  /** One for each dataflow, in their order: what is added to is there now, not in an array kept from before. */
  readonly sums: DeltaSum[];

  constructor(
    private readonly projection: Projection,
    private readonly room = usualRoom,
  ) {
    this.sums = projection.dataflows.map(emptySum);
  }

  /** Those that have to be stored now, if any; from here on others stand in their place. */
  takeFull(): FullSums {
    let bytes = this.bytes();
    if (bytes < this.room) return [];
    const full: [string, DeltaSum][] = [];
    const leastMet = [...this.sums.entries()].sort(
      ([, a], [, b]) => a.additionsPerCell - b.additionsPerCell || b.bytes - a.bytes,
    );
    for (const [place, sum] of leastMet) {
      if (bytes < this.room / 2) break;
      bytes -= sum.bytes;
      full.push(this.take(place));
    }
    return full;
  }

  /** All that hold anything. */
  takeAll(): FullSums {
    return [...this.sums.keys()]
      .filter((place) => !this.sums[place]?.isEmpty)
      .map((place) => this.take(place));
  }

  private bytes(): number {
    let bytes = 0;
    for (const sum of this.sums) bytes += sum.bytes;
    return bytes;
  }

  private take(place: number): [string, DeltaSum] {
    const dataflow = this.projection.dataflows[place] as Projection['dataflows'][number];
    const taken = this.sums[place] as DeltaSum;
    this.sums[place] = emptySum(dataflow);
    return [dataflow.code, taken];
  }
}

const emptySum = ({ measures }: { readonly measures: readonly unknown[] }): DeltaSum =>
  new DeltaSum(measures.length);

/** Adds what was taken out to the cells. */
export const addFull = async (tx: CellTransaction, full: FullSums): Promise<void> => {
  for (const [dataflow, sum] of full) await tx.add(dataflow, sum.deltas());
};
