import { recordKey } from '@karnama/kernel';

/**
 * Remembers entities in 8 bytes each: `has` is never false for one that was added, and true for a
 * stranger about once in 2^40. A rebuild asks it before it looks for a state that is most likely not there.
 */
export class EntityFilter {
  private size = 0;
  private table = new Uint32Array(2 * 1024);

  has(entity: string): boolean {
    const at = this.find(recordKey(entity), secondKey(entity));
    return this.table[at] !== 0;
  }

  add(entity: string): void {
    const [high, low] = [recordKey(entity), secondKey(entity)];
    const at = this.find(high, low);
    if (this.table[at] !== 0) return;
    this.table[at] = low;
    this.table[at + 1] = high;
    this.size++;
    if (this.size * 4 > this.table.length) this.grow();
  }

  /** Where the pair stands, or the empty place where it would. */
  private find(high: number, low: number): number {
    const mask = this.table.length / 2 - 1;
    let slot = (high ^ (low << 7)) & mask;
    for (;;) {
      const at = slot * 2;
      if (this.table[at] === 0 || (this.table[at] === low && this.table[at + 1] === high)) return at;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const old = this.table;
    this.table = new Uint32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 2) {
      if (old[at] === 0) continue;
      const to = this.find(old[at + 1] as number, old[at] as number);
      this.table[to] = old[at] as number;
      this.table[to + 1] = old[at + 1] as number;
    }
  }
}

/** A second hash, independent of `recordKey`, never 0 (0 marks an empty place). */
const secondKey = (text: string): number => {
  let h = 0x9747b28c;
  for (let i = text.length - 1; i >= 0; i--) h = Math.imul(h ^ text.charCodeAt(i), 0x5bd1e995) ^ (h >>> 15);
  return (Math.imul(h ^ (h >>> 13), 0x2545f491) | 1) >>> 0;
};
