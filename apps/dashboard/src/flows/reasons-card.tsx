import { useMemo } from 'react';
import type { Answer } from '../api.js';
import { Num, Text, useFormats, useText } from '../language.js';
import type { MessageKey } from '../messages-en.js';
import { PageLink } from '../page-link.js';
import { ChartCard, PanelChart, PanelLegend } from '../panel/panel-card.js';
import { slotsOf, type PanelDrawing } from '../panel/panel-drawing.js';
import { monthRows, PanelTable } from '../panel/panel-table.js';
import type { Topic } from '../panel/topic.js';
import { cellText, monthly, useCells } from '../panel/use-cells.js';
import { BlockSkeleton, Failure } from '../states.js';
import { takenCells } from '../take-away/taken-topic.js';
import { pageUrl, type UrlState } from '../url-state.js';

const reasons = ['quits', 'layoffs', 'retirements', 'deaths', 'other_ends', 'unknown_ends'] as const;
const measures = ['separations', ...reasons] as const;

/** Indicators that a column of the table is told by as well. */
const indicatorOf: Readonly<Partial<Record<(typeof measures)[number], string>>> = {
  separations: 'SEPS',
  quits: 'QUIT_R',
  layoffs: 'LAYOFF_R',
};

const keyOf = (measure: (typeof measures)[number]): MessageKey => `flows.reason.${measure}`;

const Finding = ({ row, areaName }: { row: Answer['rows'][number] | undefined; areaName: string }) => {
  const formats = useFormats();
  if (row === undefined) return <Text of="flows.reasons.none" values={{ area: areaName }} />;
  const count = (measure: string) => (
    <Num key={measure}>{formats.decimal(cellText(row, measure) ?? '0', 0)}</Num>
  );
  return (
    <Text
      of="flows.reasons.finding"
      values={{
        month: formats.month(String(row['month'])),
        area: areaName,
        all: count('separations'),
        quits: count('quits'),
        layoffs: count('layoffs'),
        retirements: count('retirements'),
      }}
    />
  );
};

const ReasonsTable = (props: { url: UrlState; rows: Answer['rows']; areaName: string }) => {
  const { url, rows, areaName } = props;
  const formats = useFormats();
  const text = useText();
  return (
    <PanelTable
      name="reasons"
      caption={<Text of="flows.reasons.table" values={{ area: areaName }} />}
      corner={text('flows.month')}
      columns={measures.map((measure) => {
        const indicator = indicatorOf[measure];
        return {
          key: measure,
          decimals: 0,
          heading:
            indicator === undefined ? (
              text(keyOf(measure))
            ) : (
              <PageLink to={pageUrl(url, 'indicator', { indicator })}>{text(keyOf(measure))}</PageLink>
            ),
        };
      })}
      rows={monthRows(rows, measures, formats)}
    />
  );
};

/** Why jobs ended, month by month. */
export const ReasonsCard = (props: {
  topic: Topic;
  /** First and last month to tell of; undefined while no month has a figure. */
  span: readonly [from: string, to: string] | undefined;
}) => {
  const { topic, span } = props;
  const { page, areas, areaName } = topic;
  const formats = useFormats();
  const text = useText();
  const question = monthly('JOBS', measures, areas.chosen, span);
  const { answer, error, retry } = useCells(question, page.url.release);
  const rows = useMemo(() => answer?.rows ?? [], [answer]);
  const drawing = useMemo(
    (): PanelDrawing => ({
      kind: 'stack',
      slots: slotsOf(
        rows.map((row) => String(row['month'])),
        formats,
      ),
      series: reasons.map((measure) => ({
        name: text(keyOf(measure)),
        decimals: 0,
        values: rows.map((row) => cellText(row, measure)),
      })),
    }),
    // the words change with the formats
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [rows, formats],
  );
  return (
    <ChartCard
      name="reasons"
      title={<Text of="flows.reasons" />}
      note={<Text of="flows.reasons.note" />}
      legend={<PanelLegend drawing={drawing} theme={page.theme} />}
      takeAway={question && takenCells(page, question, `${text('flows.reasons')}${formats.comma}${areaName}`)}
      finding={answer === undefined ? null : <Finding row={rows.at(-1)} areaName={areaName} />}
      table={<ReasonsTable url={page.url} rows={rows} areaName={areaName} />}
    >
      {error !== null ? (
        <Failure error={error} onRetry={retry} bare />
      ) : answer === undefined ? (
        <BlockSkeleton />
      ) : (
        <PanelChart drawing={drawing} theme={page.theme} label={text('flows.reasons')} />
      )}
    </ChartCard>
  );
};
