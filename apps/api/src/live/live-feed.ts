import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Unavailable } from '@karnama/kernel';
import {
  afterTelling,
  changedBetween,
  isDue,
  lagOf,
  missedSince,
  newsOf,
  together,
  type Lag,
  type News,
  type Pending,
  type Told,
} from './live-news.js';
import { lagIn, type LiveStanding } from './live-standing.js';
import { LIVE } from '../options.js';

/** Who is told news. */
export type Reader = {
  news(news: News): void;
  /** Only the distance to the ledger is another one. */
  lag(lag: Lag & { readonly head: string }): void;
  /** The stores do not answer; what the reader has may be old. */
  away(): void;
  /** Nothing more will come. */
  end(): void;
};

export type LiveSource = {
  readonly standing: () => Promise<LiveStanding>;
  /** Time between two looks while everything is counted, and while something is under way. */
  readonly idleMs: number;
  readonly busyMs: number;
  readonly mostReaders: number;
};

/**
 * Looks how far the figures are, once for all readers of this process and only while there is one, and
 * tells each settled step of the projections.
 */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly readers = new Set<Reader>();
  private told: Told = [];
  private seen: LiveStanding | undefined;
  private pending: Pending | undefined;
  private lastToldAt = 0;
  private lastLag = '';
  private away = false;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private closed = false;

  constructor(@Inject(LIVE) private readonly source: LiveSource) {}

  get readerCount(): number {
    return this.readers.size;
  }

  /**
   * Tells a reader at once where the figures are, with what it missed since the news it saw last, and then
   * everything new. Returns how to stop. @throws Unavailable when there are as many readers as are let in
   */
  async follow(reader: Reader, lastSeen: string | undefined): Promise<() => void> {
    if (this.closed || this.readers.size >= this.source.mostReaders)
      throw new Unavailable('as many readers as are let in follow the figures already');
    await this.look();
    const standing = this.seen;
    if (standing === undefined) throw new Unavailable('how far the figures are cannot be told at the moment');
    const current = newsOf(standing, [], Date.now());
    const missed = lastSeen === undefined || lastSeen === current.id ? [] : missedSince(this.told, lastSeen);
    reader.news({ ...current, changed: missed });
    this.readers.add(reader);
    this.schedule();
    return () => {
      this.readers.delete(reader);
      if (this.readers.size === 0) this.rest();
    };
  }

  onModuleDestroy(): void {
    this.closed = true;
    this.rest();
    for (const reader of this.readers) reader.end();
    this.readers.clear();
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private schedule(): void {
    if (this.closed || this.readers.size === 0 || this.timer !== undefined) return;
    const busy = this.pending !== undefined || this.seen === undefined || lagIn(this.seen) > 0;
    this.timer = setTimeout(
      () =>
        void this.look().finally(() => {
          this.timer = undefined;
          this.schedule();
        }),
      busy ? this.source.busyMs : this.source.idleMs,
    );
  }

  /** One look at a time; who asks while one is under way is given that one. */
  private look(): Promise<void> {
    this.looking ??= this.lookNow().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async lookNow(): Promise<void> {
    let standing: LiveStanding;
    try {
      standing = await this.source.standing();
    } catch (error) {
      this.toldAway(error);
      return;
    }
    const now = Date.now();
    const before = this.seen;
    this.seen = standing;
    if (before !== undefined) this.notice(before, standing, now);
    else this.told = afterTelling(this.told, newsOf(standing, [], now));
    if (this.away) this.pending ??= { since: now, changed: [] };
    this.away = false;
    if (this.pending !== undefined && isDue(this.pending, lagIn(standing) === 0, this.lastToldAt, now))
      this.tell(newsOf(standing, this.pending.changed, now), now);
    else this.tellLag(standing, now);
  }

  private notice(before: LiveStanding, after: LiveStanding, now: number): void {
    const changed = changedBetween(before, after);
    if (changed?.length === 0 && before.epoch === after.epoch) return;
    const { since, changed: earlier } = this.pending ?? { since: now, changed: [] };
    this.pending = { since, changed: together(earlier, changed) };
  }

  private tell(news: News, now: number): void {
    this.pending = undefined;
    this.lastToldAt = now;
    this.lastLag = JSON.stringify(news.lag);
    this.told = afterTelling(this.told, news);
    for (const reader of this.readers) reader.news(news);
  }

  private tellLag(standing: LiveStanding, now: number): void {
    const lag = lagOf(standing, now);
    const text = JSON.stringify(lag);
    if (text === this.lastLag) return;
    this.lastLag = text;
    for (const reader of this.readers) reader.lag({ ...lag, head: standing.head });
  }

  private toldAway(error: unknown): void {
    if (this.away) return;
    this.away = true;
    this.logger.warn(`how far the figures are cannot be read: ${String(error)}`);
    for (const reader of this.readers) reader.away();
  }
}
