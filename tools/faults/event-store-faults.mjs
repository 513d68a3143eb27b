/** The event store misbehaves in every way that its stand-in knows, and processes die meanwhile. */
import { pause } from './wait.mjs';

const TROUBLES = [
  ['commits and then times out', { failAppends: 'timeout-after-commit', times: 3 }],
  ['commits and then goes away', { failAppends: 'unavailable-after-commit', times: 2 }],
  ['commits and never answers', { failAppends: 'lost-response', times: 1 }],
  ['never gets the append', { failAppends: 'lost-request', times: 1 }],
  ['is unavailable', { failAppends: 'unavailable', times: 8 }],
  ['is busy', { failAppends: 'busy', times: 3 }],
  ['is no leader', { failAppends: 'not-leader', times: 1 }],
  ['does not read', { failReads: 'unavailable', times: 6 }],
  ['drops its streams', { failSubscriptions: 'error' }],
  ['ends its streams as if all were told', { failSubscriptions: 'clean-end' }],
  ['falls silent', { failSubscriptions: 'silence' }],
  ['restarts', { restart: true }],
  ['has no batch appends', { offerBatchAppend: false }],
  ['has them again', { offerBatchAppend: true }],
  ['is slow', { slowDown: 300 }],
  ['is quick again', { slowDown: 0 }],
];

export const troubleEventStore = async ({ stack, kill, random }, { kills, pauses }) => {
  const apps = stack.apps.names;
  let killed = 0;
  for (const [index, [, command]] of TROUBLES.entries()) {
    stack.eventStore.tell(command);
    await pause(random.between(...pauses));
    const due = Math.round((kills * (index + 1)) / TROUBLES.length);
    while (killed < due) {
      if (kill(random.pick(apps))) killed++;
      await pause(random.between(50, 400));
    }
  }
};
