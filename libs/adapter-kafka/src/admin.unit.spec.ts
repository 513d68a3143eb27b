import { describe, expect, it } from '@jest/globals';
import { Unavailable } from '@karnama/kernel';
import type { Admin, Kafka } from 'kafkajs';
import { administration } from './admin.js';

/** The driver, as it is when the connection ends between its question and the answer of the only broker. */
const unanswered = (): { readonly kafka: Kafka; readonly closed: () => number } => {
  let closed = 0;
  const admin = {
    connect: async () => undefined,
    disconnect: async () => void (closed += 1),
    fetchTopicMetadata: async () => (null as unknown as { topics: never[] }).topics,
  };
  return { kafka: { admin: () => admin as unknown as Admin } as unknown as Kafka, closed: () => closed };
};

describe('the administrative client', () => {
  it('tells that no broker has answered as what passes away, and begins anew', async () => {
    const { kafka, closed } = unanswered();
    const { partitionCounts } = administration(kafka);
    await expect(partitionCounts()).rejects.toBeInstanceOf(Unavailable);
    await expect(partitionCounts()).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Kafka: no broker has answered',
    });
    expect(closed()).toBe(2);
  });
});
