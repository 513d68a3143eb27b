import { useMemo } from 'react';
import { figureText, reasonText } from '../figure-text.js';
import { Text, useFormats, useText } from '../language.js';
import type { MessageKey } from '../messages-en.js';
import { PageLink } from '../page-link.js';
import { latestFigure } from '../readings.js';
import { takenSeriesOf } from '../take-away/taken-topic.js';
import { pageUrl, type UrlState } from '../url-state.js';
import { ChartCard, PanelChart, PanelLegend } from './panel-card.js';
import { slotsOf, type PanelDrawing } from './panel-drawing.js';
import { PanelTable } from './panel-table.js';
import { pick } from './pick.js';
import { periodsOf, type Told } from './told.js';
import type { ToldTopic } from './topic.js';

/** A link to the page of the indicator that a figure is of. */
export const IndicatorLink = ({ url, told }: { url: UrlState; told: Told }) => {
  const formats = useFormats();
  const { summary, freq } = told;
  return (
    <PageLink
      to={pageUrl(url, 'indicator', {
        indicator: summary.code,
        freq: freq === summary.frequencies[0] ? undefined : freq,
      })}
    >
      {formats.name(summary.name)}
    </PageLink>
  );
};

/** The newest figure of each in one sentence; the period is told once where it is the same. */
export const NewestFigures = ({ told, areaName }: { told: readonly Told[]; areaName: string }) => {
  const formats = useFormats();
  const text = useText();
  const newest = told.flatMap(({ summary, rows }) => {
    const row = latestFigure(rows);
    return row === undefined ? [] : [{ summary, row }];
  });
  const [first] = newest;
  if (first === undefined) {
    const reason = reasonText(told[0]?.rows.at(-1)?.reason ?? 'no-data', text);
    return <Text of="panel.newest.none" values={{ area: areaName, reason }} />;
  }
  const together = newest.every(({ row }) => row.period === first.row.period);
  const list = newest.map(({ summary, row }) =>
    text(together ? 'panel.newest.bare' : 'panel.newest.one', {
      indicator: formats.name(summary.name),
      value: `\u2068${figureText(row.value, summary, formats, text)}\u2069`,
      period: formats.period(row.period),
    }),
  );
  return (
    <Text
      of={together ? 'panel.newest.together' : 'panel.newest'}
      values={{
        area: areaName,
        period: formats.period(first.row.period),
        list: list.join(formats.language === 'fa' ? '؛ ' : '; '),
      }}
    />
  );
};

/** The table of the figures of several indicators, newest period first. */
export const IndicatorsTable = (props: {
  url: UrlState;
  name: string;
  title: string;
  told: readonly Told[];
  areaName: string;
}) => {
  const { url, name, title, told, areaName } = props;
  const formats = useFormats();
  const text = useText();
  const byPeriod = told.map(({ rows }) => new Map(rows.map((row) => [row.period, row])));
  return (
    <PanelTable
      name={name}
      caption={<Text of="panel.table.caption" values={{ title, area: areaName }} />}
      corner={text('indicator.table.period')}
      columns={told.map((one) => ({
        key: one.summary.code,
        decimals: one.summary.decimals,
        heading: <IndicatorLink url={url} told={one} />,
        unit: formats.name(one.summary.unit),
      }))}
      rows={periodsOf(told)
        .toReversed()
        .map((period) => ({
          key: period,
          heading: <span className="month">{formats.period(period)}</span>,
          cells: byPeriod.map((rows) => {
            const row = rows.get(period);
            return row && { value: row.value, reason: row.reason, provisional: row.status === 'provisional' };
          }),
        }))}
    />
  );
};

/** Several indicators of one unit in one drawing, with all that may be done with their figures. */
export const IndicatorsCard = (props: {
  topic: ToldTopic;
  name: string;
  title: MessageKey;
  note?: MessageKey;
  kind: PanelDrawing['kind'];
  /** Those drawn, by what was asked; the table may have more of them. */
  of: readonly string[];
  inTable?: readonly string[];
}) => {
  const { topic, name, note, kind, of } = props;
  const { page, areas, areaName } = topic;
  const formats = useFormats();
  const text = useText();
  const title = text(props.title);
  const told = pick(topic.told, of);
  const tabled = pick(topic.told, props.inTable ?? of);
  // one that has no figure yet would only take room in the legend
  const drawn = useMemo(() => told.filter(({ rows }) => latestFigure(rows) !== undefined), [told]);
  const drawing = useMemo((): PanelDrawing => {
    const periods = periodsOf(drawn);
    return {
      kind,
      slots: slotsOf(periods, formats),
      ...(kind === 'stack' && drawn[0]?.summary.unit.en === '%' ? { top: 100 } : {}),
      series: drawn.map(({ summary, rows }) => {
        const byPeriod = new Map(rows.map((row) => [row.period, row]));
        return {
          name: formats.name(summary.name),
          decimals: summary.decimals,
          values: periods.map((period) => byPeriod.get(period)?.value ?? null),
          provisional: periods.map((period) => byPeriod.get(period)?.status === 'provisional'),
        };
      }),
    };
  }, [kind, drawn, formats]);
  if (told.length === 0) return null;
  const unit = told[0]?.summary.unit;
  const settling = drawing.series.some(({ provisional }) => provisional?.includes(true));
  return (
    <ChartCard
      name={name}
      title={title}
      note={
        <>
          {note !== undefined ? <Text of={note} /> : unit === undefined ? null : formats.name(unit)}
          {settling ? (
            <>
              {' '}
              <Text of={kind === 'lines' ? 'panel.provisional.lines' : 'panel.provisional.bars'} />
            </>
          ) : null}
        </>
      }
      legend={drawn.length < 2 ? null : <PanelLegend drawing={drawing} theme={page.theme} />}
      takeAway={takenSeriesOf(page, tabled, areas.chosen, `${title}${formats.comma}${areaName}`)}
      finding={<NewestFigures told={told} areaName={areaName} />}
      table={<IndicatorsTable url={page.url} name={name} title={title} told={tabled} areaName={areaName} />}
    >
      {drawn.length === 0 ? null : <PanelChart drawing={drawing} theme={page.theme} label={title} />}
    </ChartCard>
  );
};
