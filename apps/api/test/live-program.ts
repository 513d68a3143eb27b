import { randomUUID } from 'node:crypto';
import { openDatabase, postgresCellStore, postgresLedger, type Database } from '@karnama/adapter-postgres';
import { startApi, type RunningApi } from '@karnama/api';
import { runProjector } from '@karnama/cells';
import { fedEvent } from '@karnama/conformance';
import type { Json } from '@karnama/kernel';
import { liveStandingOf } from '@karnama/nest';
import { createIndicators, createStatistics, projectionsIn } from '@karnama/statistics';
import { handleEpochCommand, readEpochs } from '@karnama/vintages';
import { quiet } from './figures.js';

/** The read side over a real ledger, with projectors that keep everything up, as a program runs them. */
export type LiveProgram = RunningApi & {
  readonly started: (spell: string, startDay: string, reportedOn: string) => Promise<void>;
  readonly corrected: (spell: string, startDay: string, reportedOn: string) => Promise<void>;
  readonly totalDeclared: (month: string) => Promise<void>;
  readonly cut: (name: string, at: string) => Promise<void>;
  /** Until everything in the ledger is counted. */
  readonly counted: () => Promise<void>;
  /** Ends the projectors; nothing is counted any more. */
  readonly stopCounting: () => Promise<void>;
};

const projections = projectionsIn('jalali');

export const startLiveProgram = async (url: string): Promise<LiveProgram> => {
  const database: Database = await openDatabase(url);
  const [ledger, store] = [postgresLedger(database, { pollMs: 50 }), postgresCellStore(database)];
  const past = {
    releases: async () => (await readEpochs(ledger)).releases,
    closings: async () => (await readEpochs(ledger)).closings,
  };
  const head = () => ledger.head();
  const indicators = createIndicators({ store, ...past, calendar: 'jalali', head });
  const statistics = createStatistics({ store, ...past, calendar: 'jalali' });
  const standing = liveStandingOf({ ledger, cells: store });
  const api = await startApi(
    quiet(statistics, {
      indicators,
      standing,
      status: async () => {
        const { head: end, epoch, projections: all } = await standing();
        return {
          intake: { received: 0, accepted: 0, quarantined: 0, unexplained: 0 },
          ledger: { head: end },
          projections: all.map(({ name, position }) => ({
            name,
            position,
            lag: Number(BigInt(end) - BigInt(position)),
          })),
          epoch,
          releases: 0,
        };
      },
      closeGraceMilliseconds: 5_000,
    }),
    { port: 0 },
  );
  // one after another: programs that start together would wait for each other's tables
  for (const projection of projections) await store.open(projection);
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = projections.map((projection) => runProjector({ store, ledger, projection, signal }));
  const stopCounting = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(running);
  };

  let number = 0;
  const feed = async (
    type: string,
    contract: string,
    recordId: string,
    data: Record<string, Json>,
    recordVersion = 1,
  ): Promise<void> => {
    number += 1;
    const about = { agency: 'social-insurance', contract, recordId, recordVersion };
    const event = fedEvent(number, type, data, about);
    await ledger.append([
      { stream: `feed_social-insurance_${contract}-0`, expected: 'any', events: [event] },
    ]);
  };
  const job = (spell: string, startDay: string, reportedOn: string): Record<string, Json> => ({
    person: `p1_${spell}`,
    establishment: '0183630045',
    enterprise: '10101234565',
    spell,
    startDay,
    area: 'IR-23',
    industry: 'ISIC4:4711',
    occupation: 'ISCO08:5223',
    contractType: 'fixed-term',
    weeklyHours: 4400,
    monthlyWage: 18200000000,
    sex: 'F',
    birthMonth: '1372-06',
    reportedOn,
  });
  return {
    url: api.url,
    started: (spell, startDay, reportedOn) =>
      feed('EmploymentStarted', 'employment-starts', spell, job(spell, startDay, reportedOn)),
    corrected: (spell, startDay, reportedOn) =>
      feed('EmploymentStarted', 'employment-starts', spell, job(spell, startDay, reportedOn), 2),
    totalDeclared: (month) =>
      feed('MovementTotalDeclared', 'movement-totals', month, {
        area: 'IR-23',
        month,
        hires: 5,
        separations: 3,
      }),
    cut: async (name, at) =>
      void (await handleEpochCommand(ledger, { type: 'CutRelease', name, at }, randomUUID)),
    counted: async () => {
      for (;;) {
        const { head: end, projections: all } = await standing();
        if (all.every(({ position }) => BigInt(position) >= BigInt(end))) return;
      }
    },
    stopCounting,
    close: async () => {
      await api.close();
      await stopCounting();
      await database.close();
    },
  };
};

export type ServerEvent = { readonly id: string | undefined; readonly event: string; readonly data: never };

/** Follows server-sent events as a browser does; `next` waits for the next one of a name. */
export type Follower = {
  readonly next: <T>(event: string) => Promise<T & { readonly id?: string }>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  readonly text: () => string;
  readonly stop: () => void;
};

export const follow = async (url: string, lastEventId?: string): Promise<Follower> => {
  const stopping = new AbortController();
  const response = await fetch(`${url}/api/events`, {
    signal: stopping.signal,
    headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId },
  });
  if (response.status !== 200 || response.body === null)
    throw new Error(`${response.status}: ${await response.text()}`);
  const found: { event: string; data: unknown }[] = [];
  const waiting = new Map<string, ((data: never) => void)[]>();
  let all = '';
  const give = (event: string, data: unknown): void => {
    const waiter = waiting.get(event)?.shift();
    if (waiter === undefined) found.push({ event, data });
    else waiter(data as never);
  };
  const read = async (body: ReadableStream<Uint8Array>): Promise<void> => {
    let rest = '';
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const text = decoder.decode(part.value, { stream: true });
      all += text;
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const field = (name: string): string | undefined =>
          block
            .split('\n')
            .find((line) => line.startsWith(`${name}: `))
            ?.slice(name.length + 2);
        const event = field('event');
        if (event !== undefined) give(event, JSON.parse(field('data') ?? '{}'));
      }
    }
  };
  const ended = read(response.body).catch(() => undefined);
  return {
    next: (event) =>
      new Promise((resolve) => {
        const at = found.findIndex((one) => one.event === event);
        if (at >= 0) return resolve(found.splice(at, 1)[0]?.data as never);
        waiting.set(event, [...(waiting.get(event) ?? []), resolve]);
      }),
    ended,
    text: () => all,
    stop: () => stopping.abort(),
  };
};
