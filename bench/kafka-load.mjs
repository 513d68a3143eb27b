/** Records published at a rate, and questions asked meanwhile: the load under which processes are measured. */
import { pause } from '../tools/faults/wait.mjs';
import { message } from './kafka-footing.mjs';

const TICK_MS = 20;

/**
 * Publishes at a rate, whatever the answers take. `stored` is told where each partition's records of a send
 * begin, how many they are, and when they were acknowledged.
 */
export const publishAt = async ({ producer, rate, seconds, first, stored = () => undefined }) => {
  const under = new Set();
  const began = performance.now();
  let sent = 0;
  const send = async (from, count) => {
    const messages = Array.from({ length: count }, (_, n) => message(first + from + n));
    const places = await producer.send(messages);
    const at = performance.now();
    for (const { partition, baseOffset } of places) {
      const size = messages.filter((one) => one.partition === partition).length;
      stored({ partition, from: BigInt(baseOffset), size, at });
    }
  };
  while (sent < rate * seconds) {
    const due = Math.min(rate * seconds, Math.ceil(((performance.now() - began) / 1000) * rate));
    if (due > sent) {
      const work = send(sent, due - sent).finally(() => under.delete(work));
      under.add(work);
      sent = due;
    }
    await pause(TICK_MS);
  }
  await Promise.all(under);
  return { sent, seconds: (performance.now() - began) / 1000 };
};

/** Asks the API all the while, as a reader would; the answer, when it is called, tells how long the answers took. */
export const askMeanwhile = (apps) => {
  const times = [];
  let stopping = false;
  const work = (async () => {
    while (!stopping) {
      const began = performance.now();
      const url = `${apps.urlOf('api-1', 'dashboard')}/api/data/MOVEMENTS?measure=hires,net&by=month`;
      const answer = await fetch(url);
      await answer.text();
      if (answer.status !== 200) throw new Error(`the API answers ${answer.status}`);
      times.push(performance.now() - began);
      await pause(250);
    }
  })();
  // its failure is told when it is awaited; what failed before may have stopped the API
  work.catch(() => undefined);
  return async () => {
    stopping = true;
    await work;
    return times;
  };
};
