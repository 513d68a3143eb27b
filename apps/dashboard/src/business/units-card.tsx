import { Num, Text, useFormats, useText } from '../language.js';
import { PageLink } from '../page-link.js';
import { Card } from '../panel/card.js';
import { PartsTable } from '../panel/parts-table.js';
import type { Topic } from '../panel/topic.js';
import { cellText, useCells, type CellsQuestion } from '../panel/use-cells.js';
import { BlockSkeleton, Failure } from '../states.js';
import { takenCells } from '../take-away/taken-topic.js';
import { pageUrl } from '../url-state.js';
import { useDimensionNames } from '../use-dimensions.js';

const building = ['P0T19', 'P20T39', 'P40T59', 'P60T79', 'P80T99', 'P100'];
const licensed = ['ACTIVE', 'SEMI', 'IDLE', '_U'];
const dataflows = ['UNITS'];

const unitsOf = (area: string, month: string): CellsQuestion => ({
  dataflow: 'UNITS',
  measures: ['units'],
  by: ['state'],
  area,
  from: month,
  to: month,
});

/** Industrial units of an area by progress and activity at the end of a month. */
export const UnitsCard = ({ topic, month }: { topic: Topic; month: string | undefined }) => {
  const { page, areas, areaName } = topic;
  const formats = useFormats();
  const text = useText();
  const names = useDimensionNames(dataflows);
  const question = month === undefined ? undefined : unitsOf(areas.chosen, month);
  const { answer, error, retry } = useCells(question, page.url.release);
  const values = new Map((answer?.rows ?? []).map((row) => [String(row['state']), cellText(row, 'units')]));
  const told = { area: areaName, month: month === undefined ? '' : formats.month(month) };
  const figure = (state: string) => <Num key={state}>{formats.decimal(values.get(state) ?? '0', 0)}</Num>;
  const listed = names.orderOf('state') ?? [];
  const rowsOf = (codes: readonly string[], group: string) =>
    codes
      .filter((code) => values.has(code) || (code !== '_U' && listed.includes(code)))
      .map((code, at) => ({
        key: code,
        name: names.ofCode('state', code),
        value: values.get(code) ?? '0',
        ...(at === 0 ? { group } : {}),
      }));
  return (
    <Card
      name="units"
      title={<Text of="business.units" />}
      note={month === undefined ? undefined : <Text of="business.units.note" values={told} />}
      takeAway={question && takenCells(page, question, text('business.units.table', told))}
    >
      {error !== null ? (
        <Failure error={error} onRetry={retry} bare />
      ) : month === undefined || answer?.rows.length === 0 ? (
        <p>
          <Text of="business.units.none" values={told} />
        </p>
      ) : answer === undefined ? (
        <BlockSkeleton />
      ) : (
        <>
          <p className="finding">
            <Text
              of="business.units.finding"
              values={{ ...told, active: figure('ACTIVE'), semi: figure('SEMI'), idle: figure('IDLE') }}
            />
          </p>
          <PartsTable
            name="units"
            caption={<Text of="business.units.table" values={told} />}
            corner={text('business.units.state')}
            heading={
              <PageLink to={pageUrl(page.url, 'indicator', { indicator: 'IND_UNITS' })}>
                {text('business.units.count')}
              </PageLink>
            }
            rows={[
              ...rowsOf(building, text('business.units.group.building')),
              ...rowsOf(licensed, text('business.units.group.licensed')),
            ]}
          />
        </>
      )}
    </Card>
  );
};
