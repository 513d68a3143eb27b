import {
  Controller,
  Get,
  Inject,
  Query,
  Req,
  Res,
  UseInterceptors,
  type StreamableFile,
} from '@nestjs/common';
import { KarnamaError } from '@karnama/kernel';
import type { IndicatorService } from '@karnama/statistics';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { namesTag, tagOf } from '../answers/answer-cache.js';
import { csvLine, isFile, mediaTypes, negotiate, type PlainFormat } from '../answers/answer-format.js';
import { ContentTag } from '../answers/content-tag.js';
import { profileMetadata } from '../take-away/metadata.js';
import { describeProfile, describeProfileMetadata } from '../openapi/take-away.js';
import { INDICATORS, LICENCE } from '../options.js';
import { ProfilePipe, type ProfileQuestion } from './profile-parameters.js';
import { profileTable, type ToldProfile } from './profile-table.js';
import { hashOfProfile, knowledgeName, provenanceOf } from '../take-away/provenance.js';
import { TakeAway } from '../take-away/take-away.js';

/** The series of several indicators of one area, as files: what the overview and the page of an area show. */
@Controller('api/profile')
export class ProfileController {
  constructor(
    @Inject(INDICATORS) private readonly indicators: IndicatorService,
    @Inject(LICENCE) private readonly licence: string,
    @Inject(TakeAway) private readonly takeAway: TakeAway,
  ) {}

  @Get()
  @describeProfile()
  async profile(
    @Query(ProfilePipe) question: ProfileQuestion,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | StreamableFile | undefined> {
    const format = negotiate(question.format, http.headers.accept);
    const told = await this.told(question);
    if (isFile(format))
      return this.takeAway.send(
        profileTable(told, question.language),
        format,
        question.language,
        http,
        reply,
      );
    const text = written(told, format);
    const tag = tagOf(text);
    const { epoch, hash } = told.provenance;
    reply.headers({
      vary: 'accept',
      etag: tag,
      'cache-control': 'no-cache',
      'karnama-knowledge': `${encodeURIComponent(knowledgeName(told.provenance))}; epoch=${epoch}`,
      'karnama-content-hash': `sha256=${hash}`,
    });
    if (namesTag(http.headers['if-none-match'], tag)) {
      reply.status(304);
      return undefined;
    }
    reply.header('content-type', mediaTypes[format]);
    if (format === 'csv') reply.header('content-disposition', 'attachment; filename="PROFILE.csv"');
    return text;
  }

  @Get('metadata')
  @UseInterceptors(ContentTag)
  @describeProfileMetadata()
  async metadata(@Query(ProfilePipe) question: ProfileQuestion): Promise<ReturnType<typeof profileMetadata>> {
    return profileMetadata(await this.told(question));
  }

  private async told({ indicators, where, span, asKnownAt }: ProfileQuestion): Promise<ToldProfile> {
    const known = this.indicators.list();
    const summaries = indicators.map(({ code }) => {
      const found = known.find((summary) => summary.code === code);
      if (found === undefined)
        throw new KarnamaError('unknown-indicator', `there is no indicator "${code}"`, 'GET /api/indicators');
      return found;
    });
    const position = asKnownAt === 'latest' ? await this.takeAway.counted() : null;
    const answers = await this.indicators.dataOf(
      indicators.map(({ code, freq }, at) => ({
        indicator: code,
        freq,
        by: [],
        // what an indicator is not told by cannot narrow it
        where: Object.fromEntries(
          Object.entries(where).filter(([dimension]) => summaries[at]?.dimensions.includes(dimension)),
        ),
        ...span,
        asKnownAt,
        change: ['previous', 'year'],
      })),
    );
    const knowledge = answers[0]?.knowledge ?? { release: asKnownAt, epoch: 0 };
    const hash = hashOfProfile(answers);
    return {
      where,
      span,
      asKnownAt,
      knowledge,
      series: answers.flatMap((answer, at) => {
        const summary = summaries[at];
        return summary === undefined ? [] : [{ summary, answer }];
      }),
      provenance: provenanceOf(knowledge, await this.indicators.releases(), position, hash),
      licence: this.licence,
    };
  }
}

const columns = ['indicator', 'period', 'value', 'reason', 'status'] as const;

const written = ({ series, knowledge, where }: ToldProfile, format: PlainFormat): string => {
  const rows = series.flatMap(({ answer }) =>
    answer.rows.map(({ period, value, reason, status }) => [
      answer.indicator,
      period,
      value,
      reason ?? null,
      status ?? null,
    ]),
  );
  if (format === 'csv') return csvLine(columns) + rows.map(csvLine).join('');
  return JSON.stringify({
    where,
    knowledge,
    rows: rows.map((row) =>
      Object.fromEntries(
        columns.flatMap((name, at) => (row[at] === null && name !== 'value' ? [] : [[name, row[at]]])),
      ),
    ),
  });
};
