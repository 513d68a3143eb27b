import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataRequest, Release, StatisticsService } from '@karnama/statistics';
import type { AnswerFormat } from './answer-format.js';
import { STATISTICS, STATUS, type StatusReport } from './options.js';

/** How long a settled answer may be used without asking; asking again then costs no query. */
export const settledCaching = 'public, max-age=300, must-revalidate';

/** Weak entity tag of a text: its compressed forms are the same answer. */
export const tagOf = (text: string): string =>
  `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;

/** Whether an If-None-Match header names the tag (RFC 9110, section 13.1.2: weak comparison). */
export const namesTag = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined &&
  ifNoneMatch.split(',').some((candidate) => {
    const named = candidate.trim();
    return named === '*' || named.replace(/^W\//, '') === tag.replace(/^W\//, '');
  });

/**
 * Knows which answers can never change again: those as known at a release, once every projection has
 * been seen at the head of the ledger after the release was cut. Before that an answer may still lack
 * events of the release, and a tag would pin the incomplete figures in every cache.
 */
@Injectable()
export class AnswerCache {
  private readonly settled = new Map<string, Release>();

  constructor(
    @Inject(STATISTICS) private readonly statistics: StatisticsService,
    @Inject(STATUS) private readonly status: () => Promise<StatusReport>,
  ) {}

  /** The entity tag of an answer that never changes; undefined for one that may. */
  async tag(request: DataRequest, format: AnswerFormat): Promise<string | undefined> {
    const dataflow = this.statistics.dataflows().find(({ code }) => code === request.dataflow);
    const release = await this.settledRelease(request.asKnownAt);
    if (dataflow === undefined || release === undefined) return undefined;
    const where = Object.entries(request.where).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return tagOf(JSON.stringify([release, dataflow.version, format, { ...request, where }]));
  }

  /** Whether answers as known at a release can never change again. */
  async isSettled(release: string): Promise<boolean> {
    return (await this.settledRelease(release)) !== undefined;
  }

  private async settledRelease(name: string): Promise<Release | undefined> {
    if (name === 'latest') return undefined;
    const known = this.settled.get(name);
    if (known !== undefined) return known;
    const release = (await this.statistics.releases()).find((candidate) => candidate.name === name);
    if (release === undefined) return undefined;
    const { projections } = await this.status();
    if (projections.length === 0 || projections.some(({ lag }) => lag !== 0)) return undefined;
    this.settled.set(name, release);
    return release;
  }
}
