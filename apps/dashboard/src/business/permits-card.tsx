import { useMemo } from 'react';
import { Num, Text, useFormats, useText } from '../language.js';
import { PageLink } from '../page-link.js';
import { ChartCard, PanelChart, PanelLegend } from '../panel/panel-card.js';
import { slotsOf, type PanelDrawing } from '../panel/panel-drawing.js';
import { monthRows, PanelTable } from '../panel/panel-table.js';
import type { Topic } from '../panel/topic.js';
import { cellText, monthly, useCells } from '../panel/use-cells.js';
import { BlockSkeleton, Failure } from '../states.js';
import { takenCells } from '../take-away/taken-topic.js';
import { pageUrl } from '../url-state.js';

const measures = ['permits', 'licensed', 'annulled'] as const;

/** The permits of each month and what has become of them so far. */
export const PermitsCard = (props: {
  topic: Topic;
  /** First and last month to tell of. */
  span: readonly [from: string, to: string] | undefined;
}) => {
  const { topic, span } = props;
  const { page, areas, areaName } = topic;
  const formats = useFormats();
  const text = useText();
  const asked = monthly('PERMITS', measures, areas.chosen, span);
  const { answer, error, retry } = useCells(asked, page.url.release);
  // the sum of all months is the API's, as every figure of the sentence
  const whole = useCells(asked && { ...asked, by: [] }, page.url.release).answer?.rows[0];
  const rows = useMemo(() => answer?.rows ?? [], [answer]);
  const drawing = useMemo(
    (): PanelDrawing => ({
      kind: 'bars',
      slots: slotsOf(
        rows.map((row) => String(row['month'])),
        formats,
      ),
      series: measures.map((measure) => ({
        name: text(`business.permits.${measure}`),
        decimals: 0,
        values: rows.map((row) => cellText(row, measure)),
      })),
    }),
    // the words change with the formats
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [rows, formats],
  );
  const none = span === undefined || (answer !== undefined && rows.length === 0);
  const figure = (measure: string) => (
    <Num key={measure}>{formats.decimal(cellText(whole, measure) ?? '0', 0)}</Num>
  );
  return (
    <ChartCard
      name="permits"
      title={<Text of="business.permits" />}
      note={<Text of="business.permits.note" />}
      takeAway={asked && takenCells(page, asked, `${text('business.permits')}${formats.comma}${areaName}`)}
      {...(none ? {} : { legend: <PanelLegend drawing={drawing} theme={page.theme} /> })}
      finding={
        none || span === undefined ? (
          <Text of="business.permits.none" values={{ area: areaName }} />
        ) : whole === undefined ? null : (
          <Text
            of="business.permits.finding"
            values={{
              area: areaName,
              first: formats.month(span[0]),
              last: formats.month(span[1]),
              permits: figure('permits'),
              licensed: figure('licensed'),
              annulled: figure('annulled'),
            }}
          />
        )
      }
      {...(none
        ? {}
        : {
            table: (
              <PanelTable
                name="permits"
                caption={<Text of="business.permits.table" values={{ area: areaName }} />}
                corner={text('business.month')}
                columns={measures.map((measure) => ({
                  key: measure,
                  decimals: 0,
                  heading:
                    measure === 'licensed' ? (
                      <PageLink to={pageUrl(page.url, 'indicator', { indicator: 'PERMIT_CONV_24' })}>
                        {text('business.permits.licensed')}
                      </PageLink>
                    ) : (
                      text(`business.permits.${measure}`)
                    ),
                }))}
                rows={monthRows(rows, measures, formats)}
              />
            ),
          })}
    >
      {error !== null ? (
        <Failure error={error} onRetry={retry} bare />
      ) : none ? null : answer === undefined ? (
        <BlockSkeleton />
      ) : (
        <PanelChart drawing={drawing} theme={page.theme} label={text('business.permits')} />
      )}
    </ChartCard>
  );
};
