import '../styles/pages.css';
import '../styles/lineage.css';
import { useQuery } from '@tanstack/react-query';
import { AreaChoice } from '../area-choice.js';
import { Choice } from '../choice.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { figuresQuery } from '../indicator-queries.js';
import { Text, useFormats, useText } from '../language.js';
import { FiguresFrame } from '../figures-frame.js';
import { PageHeading } from '../page-heading.js';
import type { PageProps } from '../page-props.js';
import { lies, monthsOfPeriod } from '../periods.js';
import { latestFigure } from '../readings.js';
import { BlockSkeleton, Failure, FiguresSkeleton, Nothing } from '../states.js';
import { changeUrl, type Frequency, type UrlChange } from '../url-state.js';
import type { Areas } from '../use-areas.js';
import { navigate } from '../use-url.js';
import { AuditCard } from './audit-card.js';
import { DeliveriesCard } from './deliveries-card.js';
import { FigureCard } from './figure-card.js';
import { lineageQuery } from './lineage-api.js';
import { TermsCard } from './terms-card.js';

const ownIndicator = 'HIRES';

const Controls = (props: {
  page: PageProps;
  catalogue: readonly IndicatorSummary[];
  summary: IndicatorSummary;
  areas: Areas;
  freq: Frequency;
  period: string | undefined;
  periods: readonly string[];
}) => {
  const { page, catalogue, summary, areas, freq, period, periods } = props;
  const { url } = page;
  const text = useText();
  const formats = useFormats();
  const choose = (change: UrlChange): void =>
    navigate(changeUrl(url, { indicator: summary.code, ...change }));
  return (
    <form
      className="controls"
      aria-label={text('lineage.controls')}
      onSubmit={(event) => event.preventDefault()}
    >
      <Choice
        name="indicator"
        label={text('indicator.choose')}
        value={summary.code}
        options={catalogue
          .filter(({ requiredDimensions }) => requiredDimensions === undefined)
          .map(({ code, name, theme }) => ({
            value: code,
            label: formats.name(name),
            group: formats.name(theme.name),
          }))}
        onChoose={(indicator) => choose({ indicator, freq: undefined, from: undefined, to: undefined })}
      />
      <Choice
        name="freq"
        label={text('indicator.freq')}
        value={freq}
        options={summary.frequencies.map((value) => ({ value, label: text(`freq.${value}`) }))}
        onChoose={(value) =>
          choose({
            freq: value === summary.frequencies[0] ? undefined : (value as Frequency),
            from: undefined,
          })
        }
      />
      <Choice
        name="period"
        label={text('lineage.period')}
        value={period ?? ''}
        options={periods.toReversed().map((value) => ({ value, label: formats.period(value) }))}
        onChoose={(value) => choose({ from: monthsOfPeriod(value)[0] })}
      />
      {summary.dimensions.includes('area') ? <AreaChoice url={url} areas={areas} /> : null}
    </form>
  );
};

const Loaded = (props: {
  page: PageProps;
  catalogue: readonly IndicatorSummary[];
  summary: IndicatorSummary;
  areas: Areas;
}) => {
  const { page, catalogue, summary, areas } = props;
  const { url, releases } = page;
  const formats = useFormats();
  const byArea = summary.dimensions.includes('area');
  const area = byArea ? areas.chosen : undefined;
  const freq = url.freq ?? summary.frequencies[0] ?? 'M';
  const figures = useQuery(
    figuresQuery({
      indicator: summary.code,
      by: [],
      freq,
      ...(area === undefined ? {} : { area }),
      asKnownAt: 'latest',
    }),
  );
  const rows = figures.data?.rows ?? [];
  const wanted =
    url.from === undefined ? undefined : rows.find((row) => lies(row.period, url.from, url.from));
  const period = (wanted ?? latestFigure(rows) ?? rows.at(-1))?.period;
  const since = url.release ?? releases?.at(-1)?.name;
  const question =
    period === undefined || releases === undefined
      ? undefined
      : {
          indicator: summary.code,
          freq,
          month: monthsOfPeriod(period)[0],
          ...(area === undefined ? {} : { area }),
          ...(since === undefined ? {} : { since }),
        };
  const lineage = useQuery({
    ...lineageQuery(question ?? { indicator: '', freq, month: '' }),
    enabled: question !== undefined,
  });
  const failed = figures.data === undefined ? figures.error : lineage.error;
  const areaName = areas.nameOf(area ?? areas.country);
  return (
    <>
      <PageHeading
        title={
          <Text of="lineage.heading" values={{ indicator: formats.name(summary.name), area: areaName }} />
        }
        lead={<Text of="lineage.lead" />}
        isLong
      />
      <Controls
        page={page}
        catalogue={catalogue}
        summary={summary}
        areas={areas}
        freq={freq}
        period={period}
        periods={rows.map((row) => row.period)}
      />
      {failed !== null ? (
        <Failure
          error={failed}
          onRetry={() => {
            void figures.refetch();
            void lineage.refetch();
          }}
        />
      ) : figures.data !== undefined && period === undefined ? (
        <Nothing title="state.empty" hint="state.empty.hint" />
      ) : lineage.data === undefined || question === undefined ? (
        <div className="card">
          <p className="finding" role="status">
            <Text of="lineage.following" />
          </p>
          <BlockSkeleton />
        </div>
      ) : (
        <>
          <FigureCard page={page} summary={summary} question={question} lineage={lineage.data} />
          <div className="card-pair lineage-pair">
            <TermsCard terms={lineage.data.terms} />
            {lineage.data.deliveries.length === 0 ? null : (
              <DeliveriesCard page={page} lineage={lineage.data} />
            )}
          </div>
          <AuditCard question={question} terms={lineage.data.terms} />
        </>
      )}
    </>
  );
};

/** From a figure back to the agencies and, for auditors, to the records and events it rests on. */
const LineagePage = (page: PageProps) => (
  <FiguresFrame url={page.url}>
    {({ catalogue, areas }) => {
      const whole = catalogue.filter(({ requiredDimensions }) => requiredDimensions === undefined);
      const summary = whole.find(({ code }) => code === (page.url.indicator ?? ownIndicator)) ?? whole[0];
      return summary === undefined ? (
        <FiguresSkeleton />
      ) : (
        <Loaded page={page} catalogue={catalogue} summary={summary} areas={areas} />
      );
    }}
  </FiguresFrame>
);

export default LineagePage;
