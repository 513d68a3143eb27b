import { Inject, Injectable, StreamableFile } from '@nestjs/common';
import type {
  DataRequest,
  DataValue,
  IndicatorAnswer,
  IndicatorDescription,
  IndicatorRequest,
  IndicatorService,
  Release,
  StatisticsService,
} from '@karnama/statistics';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AnswerCache, namesTag, settledCaching, tagOf } from '../answers/answer-cache.js';
import { mediaTypes, type FileFormat } from '../answers/answer-format.js';
import type { ToldData } from '../data/data-table.js';
import type { FileLanguage } from './file-language.js';
import { attachment, checkRows, excelCsv, fileName, type FileTable } from './file-table.js';
import type { ToldIndicator } from '../indicators/indicator-table.js';
import { INDICATORS, LICENCE, STATISTICS, STATUS } from '../options.js';
import type { StatusReport } from '../status-report.js';
import { hashOfData, hashOfIndicator, knowledgeName, provenanceOf } from './provenance.js';
import { workbookOf } from './workbook.js';

const endings: Readonly<Record<FileFormat, string>> = { 'excel-csv': 'csv', xlsx: 'xlsx' };

/** The description with the definition that the figures were told by. */
const toldBy = (about: IndicatorDescription, { definedThrough }: IndicatorAnswer): IndicatorDescription => {
  const { definition, formula } = about.versions.find(({ through }) => through === definedThrough) ?? about;
  return { ...about, definition, formula };
};

/** Answers with all there is to know of them, and the files that people take away. */
@Injectable()
export class TakeAway {
  constructor(
    @Inject(STATISTICS) private readonly statistics: StatisticsService,
    @Inject(INDICATORS) private readonly indicators: IndicatorService,
    @Inject(STATUS) private readonly status: () => Promise<StatusReport>,
    @Inject(LICENCE) private readonly licence: string,
    @Inject(AnswerCache) private readonly cache: AnswerCache,
  ) {}

  async indicator(request: IndicatorRequest): Promise<ToldIndicator> {
    // read before the figures: they are counted at least so far
    const about = await this.indicators.describe(request.indicator);
    const answer = await this.indicators.data(request);
    checkRows(answer.rows.length);
    const releases = await this.indicators.releases();
    const hash = hashOfIndicator(answer);
    const provenance = provenanceOf(answer.knowledge, releases, about.freshness.position, hash);
    return { request, answer, about: toldBy(about, answer), provenance, licence: this.licence };
  }

  async data(request: DataRequest): Promise<ToldData> {
    const position = request.asKnownAt === 'latest' ? await this.counted() : null;
    const { rows: source, ...answer } = await this.statistics.data(request);
    const rows: (readonly DataValue[])[] = [];
    for await (const row of source) checkRows(rows.push(row));
    const releases: readonly Release[] = await this.statistics.releases();
    const provenance = provenanceOf(answer.knowledge, releases, position, hashOfData(answer, rows));
    return { request, answer, rows, provenance, licence: this.licence };
  }

  /** Answers with the table as a file; who has it already is told so. */
  async send(
    table: FileTable,
    format: FileFormat,
    language: FileLanguage,
    http: FastifyRequest,
    reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const { epoch, hash } = table.provenance;
    const known = knowledgeName(table.provenance);
    const body =
      format === 'xlsx' ? await workbookOf(table, language) : Buffer.from(excelCsv(table, language));
    const tag = tagOf(body);
    const settled = await this.cache.isSettled(known);
    reply.headers({
      vary: 'accept',
      etag: tag,
      'cache-control': settled ? settledCaching : 'no-cache',
      'karnama-knowledge': `${encodeURIComponent(known)}; epoch=${epoch}`,
      'karnama-content-hash': `sha256=${hash}`,
    });
    if (namesTag(http.headers['if-none-match'], tag)) {
      reply.status(304);
      return undefined;
    }
    return new StreamableFile(body, {
      type: mediaTypes[format],
      disposition: attachment(fileName(table, endings[format])),
      length: body.length,
    });
  }

  /** The position that every projection has counted up to. */
  async counted(): Promise<string | null> {
    const { projections } = await this.status();
    const positions = projections.map(({ position }) => BigInt(position));
    const [first, ...others] = positions;
    if (first === undefined) return null;
    return others.reduce((least, position) => (position < least ? position : least), first).toString();
  }
}
