import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parseDay } from '@karnama/kernel';
import {
  endOfDay,
  type DataRequest,
  type IndicatorService,
  type Position,
  type StatisticsService,
} from '@karnama/statistics';
import type { PlainFormat } from './answer-format.js';
import { INDICATORS, STATISTICS, STATUS } from '../options.js';
import type { StatusReport } from '../status-report.js';

/** How long a settled answer may be used without asking; asking again then costs no query. */
export const settledCaching = 'public, max-age=300, must-revalidate';

/** Weak entity tag of a text or file: its compressed forms are the same answer. */
export const tagOf = (content: string | Uint8Array): string =>
  `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`;

/** Whether an If-None-Match header names the tag (RFC 9110, section 13.1.2: weak comparison). */
export const namesTag = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined &&
  ifNoneMatch.split(',').some((candidate) => {
    const named = candidate.trim();
    return named === '*' || named.replace(/^W\//, '') === tag.replace(/^W\//, '');
  });

/** Behind the end of a day, until no clock of an installation can tell that an epoch was closed on it. */
const settlingMs = 10 * 60_000;

/**
 * Knows which answers can never change again: those as known at a release or at the end of a day that is
 * over, once every projection has been seen at the head of the ledger after that. Before that an answer may
 * still lack events of the release, and a tag would pin the incomplete figures in every cache.
 */
@Injectable()
export class AnswerCache {
  private readonly settled = new Map<string, Settled>();

  constructor(
    @Inject(STATISTICS) private readonly statistics: StatisticsService,
    @Inject(STATUS) private readonly status: () => Promise<StatusReport>,
    @Inject(INDICATORS) private readonly indicators: IndicatorService,
  ) {}

  /**
   * The entity tag of an answer: of one that never changes, or of one as known now, by what is counted (the
   * figures are not read for it). Undefined for one that is still being settled.
   */
  async tag(request: DataRequest, format: PlainFormat): Promise<string | undefined> {
    const dataflow = this.statistics.dataflows().find(({ code }) => code === request.dataflow);
    if (dataflow === undefined) return undefined;
    const state =
      request.asKnownAt === 'latest'
        ? await this.indicators.stamp([dataflow.code])
        : await this.settledPosition(request.asKnownAt);
    if (state === undefined) return undefined;
    const where = Object.entries(request.where).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return tagOf(JSON.stringify([state, dataflow.version, format, { ...request, where }]));
  }

  /** Whether answers as known at a position can never change again. */
  async isSettled(position: string): Promise<boolean> {
    return (await this.settledPosition(position)) !== undefined;
  }

  private async settledPosition(name: string): Promise<Settled | undefined> {
    if (name === 'latest') return undefined;
    const known = this.settled.get(name);
    if (known !== undefined) return known;
    const position = await this.indicators.position(name).catch(() => undefined);
    if (position === undefined || !isOver(position)) return undefined;
    const { projections } = await this.status();
    if (projections.length === 0 || projections.some(({ lag }) => lag !== 0)) return undefined;
    const settled = { name, epoch: position.epoch };
    this.settled.set(name, settled);
    return settled;
  }
}

type Settled = Pick<Position, 'name' | 'epoch'>;

/** No epoch can be closed any more that would belong to the position. */
const isOver = ({ kind, day }: Position): boolean =>
  kind === 'release' || (day !== undefined && Date.now() > endOfDay(parseDay(day), 'gregorian') + settlingMs);
