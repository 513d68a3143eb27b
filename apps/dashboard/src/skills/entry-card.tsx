import { useMemo } from 'react';
import { figureText } from '../figure-text.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { ChartCard, PanelChart } from '../panel/panel-card.js';
import type { PanelDrawing } from '../panel/panel-drawing.js';
import { PanelTable } from '../panel/panel-table.js';
import type { Told } from '../panel/told.js';
import type { Topic } from '../panel/topic.js';
import { cellText, useCells, type CellsQuestion } from '../panel/use-cells.js';
import { monthsOfPeriod } from '../periods.js';
import { BlockSkeleton, Failure } from '../states.js';
import { takenCells } from '../take-away/taken-topic.js';

const entriesOf = (area: string, from: string, to: string): CellsQuestion => ({
  dataflow: 'GRADUATE_ENTRY',
  measures: ['graduates', 'first_job'],
  by: ['elapsed'],
  area,
  from,
  to,
});

/** How long the newest cohort of which a whole year can be seen took to its first job. */
export const EntryCard = (props: {
  topic: Topic;
  /** Quarter of the cohort; undefined while none is old enough. */
  period: string | undefined;
  median: Told | undefined;
}) => {
  const { topic, period, median } = props;
  const { page, areas, areaName } = topic;
  const formats = useFormats();
  const text = useText();
  const [from, to] = period === undefined ? [] : monthsOfPeriod(period);
  const question = from === undefined || to === undefined ? undefined : entriesOf(areas.chosen, from, to);
  const { answer, error, retry } = useCells(question, page.url.release);
  const rows = useMemo(() => (answer?.rows ?? []).filter((row) => Number(row['elapsed']) <= 12), [answer]);
  const drawing = useMemo((): PanelDrawing => {
    const byMonth = new Map(rows.map((row) => [Number(row['elapsed']), row]));
    const months = Array.from({ length: 13 }, (_, month) => month);
    return {
      kind: 'bars',
      slots: months.map((month) => {
        const label = formats.whole(BigInt(month));
        return { key: String(month), title: `${text('skills.entry.month')}: ${label}`, label };
      }),
      series: [
        {
          name: text('skills.entry.persons'),
          decimals: 0,
          values: months.map((month) => cellText(byMonth.get(month), 'first_job')),
        },
      ],
    };
    // the words change with the formats
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rows, formats]);
  const first = rows.find((row) => row['elapsed'] === '00');
  const told = median?.rows.find((row) => row.period === period);
  const figure = (measure: string) => (
    <Num key={measure}>{formats.decimal(cellText(first, measure) ?? '0', 0)}</Num>
  );
  const periodName = period === undefined ? '' : formats.period(period);
  const names = { period: periodName, area: areaName };
  return (
    <ChartCard
      name="entry"
      title={<Text of="skills.entry" />}
      {...(period === undefined ? {} : { note: <Text of="skills.entry.note" values={names} /> })}
      takeAway={question && takenCells(page, question, text('skills.entry.table', names))}
      finding={
        period === undefined || answer === undefined ? (
          period === undefined ? (
            <Text of="skills.entry.none" />
          ) : null
        ) : (
          <Text
            of={(told?.value ?? null) === null ? 'skills.entry.finding.open' : 'skills.entry.finding'}
            values={{
              ...names,
              graduates: figure('graduates'),
              now: figure('first_job'),
              median:
                median === undefined ? (
                  ''
                ) : (
                  <bdi key="median">
                    {figureText(told?.value ?? null, median.summary, formats, text, told?.reason)}
                  </bdi>
                ),
            }}
          />
        )
      }
      {...(period === undefined
        ? {}
        : {
            table: (
              <PanelTable
                name="entry"
                caption={<Text of="skills.entry.table" values={names} />}
                corner={text('skills.entry.month')}
                columns={[{ key: 'first_job', heading: text('skills.entry.series'), decimals: 0 }]}
                rows={rows.map((row) => ({
                  key: String(row['elapsed']),
                  heading: <Num>{formats.whole(BigInt(Number(row['elapsed'])))}</Num>,
                  cells: [{ value: cellText(row, 'first_job') }],
                }))}
              />
            ),
          })}
    >
      {error !== null ? (
        <Failure error={error} onRetry={retry} bare />
      ) : period === undefined ? null : answer === undefined ? (
        <BlockSkeleton />
      ) : (
        <PanelChart drawing={drawing} theme={page.theme} label={text('skills.entry')} />
      )}
    </ChartCard>
  );
};
