/** Broker, network and database away, slow, or silent. */
import { pause } from './wait.mjs';

/** Until something comes in again after an outage, so that it is seen that the work goes on under load. */
const goesOn = async (stack, producer) => {
  const before = producer.published();
  while (producer.published() < before + 100) await pause(100);
};

export const brokerAway = async ({ stack, producer, counted }, { hard, seconds }) => {
  await stack.broker.stop({ hard });
  if (hard) counted();
  await pause(seconds * 1000);
  await stack.broker.start();
  await goesOn(stack, producer);
};

export const slowNetwork = async ({ stack }, { ms, seconds }) => {
  stack.server.proxy.delay(ms);
  await pause(seconds * 1000);
  stack.server.proxy.delay(0);
};

/** Connections cut again and again, and between them nobody let in for a while. */
export const cutNetwork = async ({ stack, random }, { times }) => {
  const { proxy } = stack.server;
  for (let n = 0; n < times; n++) {
    await pause(random.between(200, 1_200));
    proxy.cut();
    if (n % 2 === 0) continue;
    proxy.refuse(true);
    await pause(random.between(200, 2_000));
    proxy.refuse(false);
  }
};

/** Connections that stay open while nothing passes. */
export const silentNetwork = async ({ stack }, { seconds, forget }) => {
  stack.server.proxy.silence();
  await pause(seconds * 1000);
  stack.server.proxy.speak({ forget });
};

export const restartPostgres = async ({ stack, counted }, { hard }) => {
  await pause(1_000);
  await stack.server.stop({ hard });
  if (hard) counted();
  await pause(500);
  await stack.server.start();
  await pause(1_500);
};
