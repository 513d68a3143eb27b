import { describe, expect, it } from '@jest/globals';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import { persistently } from './persistently.js';

describe('persistent work', () => {
  it('goes on while a store is away, and gives what it comes to', async () => {
    const attempts: number[] = [];
    let times = 0;
    const work = async (): Promise<string> => {
      if (++times < 3) throw new Unavailable('away');
      return 'done';
    };
    expect(
      await persistently(new AbortController().signal, work, (_, attempt) => attempts.push(attempt)),
    ).toBe('done');
    expect(attempts).toEqual([1, 2]);
  });

  it('ends with any other error', async () => {
    const work = () => Promise.reject(new KarnamaError('broken-feed', 'no'));
    await expect(persistently(new AbortController().signal, work)).rejects.toThrow('no');
  });

  it('ends at once when it is told to stop', async () => {
    const stopping = new AbortController();
    const running = persistently(
      stopping.signal,
      () => Promise.reject(new Unavailable('away')),
      () => stopping.abort(),
    );
    expect(await running).toBeUndefined();
  });
});
