import { describe, expect, it } from '@jest/globals';
import type { IndicatorAnswer, IndicatorRequest, IndicatorService } from '@karnama/statistics';
import { memory, rememberedIndicators } from './remembered.js';

describe('a memory of answers', () => {
  const counting = () => {
    const asked: unknown[] = [];
    const answer =
      (question: unknown, told: unknown = question) =>
      async () => {
        asked.push(question);
        return told;
      };
    return { asked, answer };
  };

  it('asks once, also while the answer is under way', async () => {
    const { asked, answer } = counting();
    const keep = memory<unknown>(2);
    const [a, b] = [keep('a', answer('a')), keep('a', answer('a'))];
    expect([await a, await b, await keep('a', answer('a'))]).toEqual(['a', 'a', 'a']);
    expect(asked).toEqual(['a']);
  });

  it('keeps the last used ones', async () => {
    const { asked, answer } = counting();
    const keep = memory<unknown>(2);
    for (const question of ['a', 'b', 'a', 'c', 'a', 'b']) await keep(question, answer(question));
    expect(asked).toEqual(['a', 'b', 'c', 'b']);
  });

  it('keeps no failure, and nothing that is not worth its room', async () => {
    const { asked, answer } = counting();
    const keep = memory<unknown>(2, (told) => told !== 'large');
    await expect(keep('a', async () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await keep('a', answer('a'))).toBe('a');
    for (const _ of [1, 2]) expect(await keep('b', answer('b', 'large'))).toBe('large');
    expect(asked).toEqual(['a', 'b', 'b']);
  });
});

describe('remembered indicators', () => {
  it('are worked out anew as soon as one of their projections has counted on', async () => {
    let stamp = '1';
    let asked = 0;
    const stamped: (readonly string[])[] = [];
    const service = {
      list: () => [{ code: 'HIRES', dataflows: ['JOBS'] }],
      stamp: async (dataflows: readonly string[]) => {
        stamped.push(dataflows);
        return stamp;
      },
      data: async () => ({ rows: [], asked: ++asked }),
      dataOf: async (requests: readonly object[]) => requests.map(() => ({ rows: [], asked: ++asked })),
    } as unknown as IndicatorService;
    const remembered = rememberedIndicators(service);
    const request = { indicator: 'HIRES', freq: 'M' } as unknown as IndicatorRequest;
    const one: IndicatorAnswer = await remembered.data(request);
    expect(await remembered.data(request)).toBe(one);
    expect(await remembered.data({ ...request, freq: 'Q' })).not.toBe(one);
    const many = await remembered.dataOf([request]);
    expect(await remembered.dataOf([request])).toBe(many);
    stamp = '2';
    expect(await remembered.data(request)).not.toBe(one);
    expect(await remembered.dataOf([request])).not.toBe(many);
    expect(new Set(stamped.flat())).toEqual(new Set(['JOBS', 'DELIVERY', 'INTAKE']));
  });
});
