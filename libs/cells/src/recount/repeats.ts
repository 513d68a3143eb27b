import type { ToldLine } from './line.js';

/** What a lane has seen of an event that tells of several entities. */
type Seen = { readonly told: number; readonly changed: boolean };

/** Events that changed nothing, as far as one lane can say. */
export type Tally = {
  readonly repeats: number;
  /** Events of which some entities are told elsewhere, by their position. */
  readonly open: ReadonlyMap<bigint, Seen & { readonly entities: number }>;
};

/** Counts events that changed none of the entities they told of. */
export class RepeatCounter {
  private repeats = 0;
  private readonly open = new Map<bigint, Seen & { readonly entities: number }>();

  /** An entity was told of an event. */
  note({ entities, event: { position } }: ToldLine, changed: boolean): void {
    if (entities > 1) this.see(position, { entities, told: 1, changed });
    else if (!changed) this.repeats++;
  }

  /** Adds what a lane has counted. */
  add({ repeats, open }: Tally): void {
    this.repeats += repeats;
    for (const [position, seen] of open) this.see(position, seen);
  }

  tally(): Tally {
    return { repeats: this.repeats, open: this.open };
  }

  private see(position: bigint, seen: Seen & { readonly entities: number }): void {
    const { entities } = seen;
    const before = this.open.get(position);
    const told = (before?.told ?? 0) + seen.told;
    const changed = (before?.changed ?? false) || seen.changed;
    if (told < entities) this.open.set(position, { entities, told, changed });
    else {
      this.open.delete(position);
      if (!changed) this.repeats++;
    }
  }
}
