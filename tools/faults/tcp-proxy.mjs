/** A way to a server that can be slow, cut, or silent. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** One direction of a connection. Everything is passed on in its order, `delay` later. */
const direction = (from, to, state, onChunk) => {
  let last = Promise.resolve();
  from.on('data', (chunk) => {
    if (onChunk?.(chunk) === 'drop') return;
    if (state.delayMs === 0 && !state.busy.has(to)) {
      if (!to.write(chunk)) {
        from.pause();
        to.once('drain', () => state.silent || from.resume());
      }
      return;
    }
    const due = performance.now() + state.delayMs;
    state.busy.add(to);
    const mine = (last = last.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      to.write(chunk);
      if (last === mine) state.busy.delete(to);
    }));
  });
};

/** The name under which a PostgreSQL client presents itself, from the first thing that it says. */
const applicationIn = (chunk) => {
  const parts = chunk.toString('latin1').split('\0');
  const at = parts.indexOf('application_name');
  return at < 0 ? undefined : parts[at + 1];
};

/** Forwards a port of its own to `port` on this machine. */
export const startProxy = async (port) => {
  const state = { port, delayMs: 0, silent: false, refuses: false, busy: new Set(), watch: undefined };
  const pairs = new Set();
  const forgotten = new Set();
  const server = createServer((from) => {
    if (state.refuses) return from.resetAndDestroy();
    const to = connect(state.port, '127.0.0.1');
    const pair = { from, to };
    let application;
    pairs.add(pair);
    for (const socket of [from, to]) {
      socket.on('error', () => undefined);
      socket.setNoDelay(true);
      if (state.silent) socket.pause();
    }
    direction(from, to, state, (chunk) => {
      application ??= applicationIn(chunk);
      return state.watch?.(application ?? '', chunk);
    });
    direction(to, from, state);
    from.once('close', () => to.destroy());
    to.once('close', () => {
      pairs.delete(pair);
      if (!forgotten.has(from)) from.destroy();
    });
    return undefined;
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const cut = () => {
    for (const { from, to } of pairs) {
      from.resetAndDestroy();
      to.resetAndDestroy();
    }
  };
  return {
    port: server.address().port,
    /** Where new connections go; those that are open stay. */
    aim: (target) => void (state.port = target),
    delay: (ms) => void (state.delayMs = ms),
    /** Ends every connection; `refuse(true)`: and takes no new ones. */
    cut,
    refuse: (refuses) => void (state.refuses = refuses),
    /** Connections stay open and are accepted, and nothing passes. */
    silence: () => {
      state.silent = true;
      for (const { from, to } of pairs) for (const socket of [from, to]) socket.pause();
    },
    /**
     * New connections work again. Those that were silent are cut; or, `forget`: the server's side is
     * ended, and the client never hears of it.
     */
    speak: ({ forget = false } = {}) => {
      state.silent = false;
      if (!forget) return cut();
      for (const { from, to } of pairs) {
        forgotten.add(from);
        to.destroy();
      }
      return undefined;
    },
    /** `look(application, chunk)` sees what clients send; `'drop'` keeps it from the server. */
    watch: (look) => void (state.watch = look),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      for (const socket of forgotten) socket.destroy();
      await closed;
    },
  };
};
