import { describe, expect, it } from '@jest/globals';
import { EntityFilter } from './entity-filter.js';

describe('EntityFilter', () => {
  it('knows every entity that was added, however many', () => {
    const filter = new EntityFilter();
    for (let i = 0; i < 50_000; i++) filter.add(`agency/contract/${i}`);
    for (let i = 0; i < 50_000; i++) if (!filter.has(`agency/contract/${i}`)) throw new Error(`forgot ${i}`);
  });

  it('takes no stranger for an acquaintance', () => {
    const filter = new EntityFilter();
    for (let i = 0; i < 50_000; i++) filter.add(`agency/contract/${i}`);
    let mistaken = 0;
    for (let i = 50_000; i < 250_000; i++) if (filter.has(`agency/contract/${i}`)) mistaken++;
    expect(mistaken).toBe(0);
  });
});
