import { Num, Text, useFormats, useText } from '../language.js';
import { PageLink } from '../page-link.js';
import { Card } from '../panel/card.js';
import { monthRows, PanelTable } from '../panel/panel-table.js';
import type { Topic } from '../panel/topic.js';
import { cellText, monthly, useCells } from '../panel/use-cells.js';
import { BlockSkeleton, Failure } from '../states.js';
import { takenCells } from '../take-away/taken-topic.js';
import { pageUrl } from '../url-state.js';

const measures = ['estates', 'plots', 'plots_assigned'] as const;

/** Industrial estates of an area and their plots, month by month. */
export const EstatesCard = (props: {
  topic: Topic;
  span: readonly [from: string, to: string] | undefined;
}) => {
  const { topic, span } = props;
  const { page, areas, areaName } = topic;
  const formats = useFormats();
  const text = useText();
  const question = monthly('ESTATES', measures, areas.chosen, span);
  const { answer, error, retry } = useCells(question, page.url.release);
  const rows = answer?.rows ?? [];
  const newest = rows.at(-1);
  const figure = (measure: string) => (
    <Num key={measure}>{formats.decimal(cellText(newest, measure) ?? '0', 0)}</Num>
  );
  return (
    <Card
      name="estates"
      title={
        <PageLink to={pageUrl(page.url, 'indicator', { indicator: 'ESTATE_FILL' })}>
          <Text of="business.estates" />
        </PageLink>
      }
      takeAway={
        question && takenCells(page, question, `${text('business.estates')}${formats.comma}${areaName}`)
      }
    >
      {error !== null ? (
        <Failure error={error} onRetry={retry} bare />
      ) : span === undefined || (answer !== undefined && newest === undefined) ? (
        <p>
          <Text of="business.estates.none" values={{ area: areaName }} />
        </p>
      ) : newest === undefined ? (
        <BlockSkeleton />
      ) : (
        <>
          <p className="finding">
            <Text
              of="business.estates.finding"
              values={{
                area: areaName,
                month: formats.month(String(newest['month'])),
                estates: figure('estates'),
                plots: figure('plots'),
                assigned: figure('plots_assigned'),
              }}
            />
          </p>
          <PanelTable
            name="estates"
            caption={<Text of="business.estates.table" values={{ area: areaName }} />}
            corner={text('business.month')}
            columns={measures.map((measure) => ({
              key: measure,
              heading: text(`business.estates.${measure}`),
              decimals: 0,
            }))}
            rows={monthRows(rows, measures, formats)}
          />
        </>
      )}
    </Card>
  );
};
