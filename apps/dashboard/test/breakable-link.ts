import { createServer, request as ask, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The way between page and program, which can be broken and mended; its news are the test's. */
export type BreakableLink = {
  readonly url: string;
  /** Sends news to every page that listens. */
  readonly tell: (event: 'figures' | 'lag' | 'away', data: object) => void;
  /** `events`: the stream of news alone is down; `all`: nobody answers. */
  readonly fail: (what: 'events' | 'all') => void;
  readonly mend: () => void;
  /** Resolves when a page listens to the news; at once if one does. */
  readonly listener: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const settled = {
  id: '4-4',
  epoch: 4,
  position: '4',
  head: '4',
  lag: { events: 0, seconds: 0 },
  changed: [],
};

const written = (event: string, data: object): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Passes everything on to the program at `target`, but for the news. */
export const breakableLink = async (target: string): Promise<BreakableLink> => {
  const listeners = new Set<ServerResponse>();
  let waiting: (() => void)[] = [];
  let broken: 'events' | 'all' | undefined;

  const listen = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(written('figures', settled));
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
    waiting.forEach((heard) => heard());
    waiting = [];
  };

  const server = createServer((incoming, response) => {
    if (broken === 'all') return void incoming.socket.destroy();
    if (incoming.url?.startsWith('/api/events') === true) {
      if (broken === undefined) listen(response);
      else response.writeHead(503).end();
      return;
    }
    const { method, headers, url = '/' } = incoming;
    const passed = ask(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell: (event, data) => listeners.forEach((listener) => listener.write(written(event, data))),
    fail: (what) => {
      broken = what;
      if (what === 'all') server.closeAllConnections();
      else listeners.forEach((listener) => listener.destroy());
    },
    mend: () => {
      broken = undefined;
    },
    listener: () =>
      listeners.size > 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
