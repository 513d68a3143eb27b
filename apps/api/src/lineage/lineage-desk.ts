import { Inject, Injectable } from '@nestjs/common';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import type {
  EntitiesRequest,
  FigureLineage,
  IndicatorService,
  LineageEntities,
  LineageRequest,
  LineageService,
} from '@karnama/statistics';
import { INDICATORS, LINEAGE } from '../options.js';

const mostWaiting = 8;
const mostKept = 64;

/**
 * Lets one way back be followed at a time: each reads every state of a register. What was found is kept as
 * long as nothing new was counted; who would wait too long is told to come again.
 */
@Injectable()
export class LineageDesk {
  private readonly kept = new Map<string, FigureLineage>();
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(LINEAGE) private readonly lineage: LineageService | null,
    @Inject(INDICATORS) private readonly indicators: IndicatorService,
  ) {}

  async figure(request: LineageRequest, signal: AbortSignal): Promise<FigureLineage> {
    const lineage = this.service();
    const { freshness } = await this.indicators.describe(request.indicator);
    const where = Object.entries(request.where).toSorted(([a], [b]) => (a < b ? -1 : 1));
    const name = JSON.stringify([freshness.position, { ...request, where }]);
    const known = this.kept.get(name);
    if (known !== undefined) return known;
    return this.inTurn(async () => {
      const found = this.kept.get(name) ?? (await lineage.figure(request, signal));
      if (found.position === freshness.position) this.keep(name, found);
      return found;
    }, signal);
  }

  async entities(request: EntitiesRequest, signal: AbortSignal): Promise<LineageEntities> {
    const lineage = this.service();
    return this.inTurn(() => lineage.entities(request, signal), signal);
  }

  private service(): LineageService {
    if (this.lineage !== null) return this.lineage;
    throw new KarnamaError('not-found', 'this server keeps no way back from figures to records');
  }

  private keep(name: string, found: FigureLineage): void {
    this.kept.set(name, found);
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
  }

  private async inTurn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.waiting >= mostWaiting) throw new Unavailable('too many figures are being followed back');
    this.waiting++;
    const before = this.last;
    const turn = (async () => {
      await before.catch(() => undefined);
      if (signal.aborted) throw new Unavailable('nobody waits any more');
      return work();
    })();
    this.last = turn;
    try {
      return await turn;
    } finally {
      this.waiting--;
    }
  }
}
