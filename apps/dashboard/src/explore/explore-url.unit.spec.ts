import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeExplore, readExplore, writeExplore, type ExploreChoices } from './explore-url.js';

const code = fc.stringMatching(/^[A-Za-z][A-Za-z0-9:_@-]{0,11}$/).filter((text) => text !== 'none');
const list = fc.uniqueArray(code, { maxLength: 4 });

const choices: fc.Arbitrary<ExploreChoices> = fc
  .record(
    {
      rows: list,
      columns: list,
      where: fc.dictionary(
        fc.stringMatching(/^[a-z]{1,8}$/),
        fc.uniqueArray(code, { minLength: 1, maxLength: 4 }),
        {
          minKeys: 1,
          maxKeys: 3,
          noNullPrototype: true,
        },
      ),
      share: fc.constantFrom('row' as const, 'column' as const, 'total' as const),
      sort: code,
      row: fc.integer({ min: 1, max: 10_000 }),
      column: fc.integer({ min: 1, max: 1_000 }),
    },
    { requiredKeys: [] },
  )
  .filter((made) => Object.keys(made).length > 0);

describe('the table in the address', () => {
  it('reads back exactly as it was written', () => {
    fc.assert(
      fc.property(choices, (made) => {
        const query = new URLSearchParams();
        writeExplore(made, query);
        expect(readExplore(new URLSearchParams(query.toString()))).toEqual(made);
      }),
    );
  });

  it('tells a table without columns from one that leaves them to the page', () => {
    const query = new URLSearchParams();
    writeExplore({ columns: [] }, query);
    expect(query.toString()).toBe('columns=none');
    expect(readExplore(query)).toEqual({ columns: [] });
  });

  it('sets aside what cannot be a choice', () => {
    expect(readExplore(new URLSearchParams('share=half&row=-5&column=x&sort=&where.sex='))).toBeUndefined();
  });

  it('takes a choice back to the page’s own', () => {
    expect(changeExplore({ rows: ['area'], sort: 'name' }, { sort: undefined })).toEqual({ rows: ['area'] });
    expect(changeExplore({ sort: 'name' }, { sort: undefined })).toBeUndefined();
  });
});
