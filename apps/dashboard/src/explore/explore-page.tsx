import '../styles/explore.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Dataflow, DataflowSummary } from '../api.js';
import { Choice } from '../choice.js';
import { Text, useFormats, useText } from '../language.js';
import { monthsBetween } from '../months.js';
import { Gradually } from '../gradually.js';
import { PageHeading } from '../page-heading.js';
import type { PageProps } from '../page-props.js';
import { dataflowQuery, dataflowsQuery } from '../queries.js';
import { BlockSkeleton, Failure, FiguresSkeleton, Nothing } from '../states.js';
import { TakeAwayButton } from '../take-away/take-away-button.js';
import { changeUrl, type UrlState } from '../url-state.js';
import { navigate } from '../use-url.js';
import {
  availabilityQuery,
  exploreAddress,
  exploreMetadataAddress,
  exploreQuery,
  type Availability,
} from './explore-api.js';
import { ExploreChart } from './explore-chart.js';
import { ExploreControls, type Choose } from './explore-controls.js';
import { drawingOf } from './explore-drawing.js';
import { useExploreNames, type ExploreNames } from './explore-names.js';
import { ExploreTable } from './explore-table.js';
import { changeExplore, type Share } from './explore-url.js';
import { exploreViewOf, sizeOf, type ExploreView } from './explore-view.js';
import { leavesOf, pivotOf, sortedRows, type Pivot } from './pivot.js';
import { RequestCard } from './request-card.js';

const ownDataflow = 'JOBS';

/** More cells than a page can hold; such answers are for programs, which take them as a stream. */
const mostCells = 60_000;

/**
 * The API leaves out what comes to nothing. Only the stock of the declared movements is not nothing there: it
 * is not defined where no opening stock was declared.
 */
const emptyOf = (measure: string): bigint | null => (measure === 'stock' ? null : 0n);

type Pivoted = {
  readonly pivot: Pivot | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
};

/** The cells and the totals, each asked of the API: not every measure adds up. */
const usePivot = (view: ExploreView, names: ExploreNames, enabled: boolean): Pivoted => {
  const { question, rows, columns } = view;
  const both = rows.length > 0 && columns.length > 0;
  const cells = useQuery({ ...exploreQuery(question, [...rows, ...columns]), enabled });
  const rowTotals = useQuery({ ...exploreQuery(question, rows), enabled: enabled && both });
  const columnTotals = useQuery({ ...exploreQuery(question, columns), enabled: enabled && both });
  const total = useQuery({
    ...exploreQuery(question, []),
    enabled: enabled && rows.length + columns.length > 0,
  });
  const asked = [cells, ...(both ? [rowTotals, columnTotals] : []), total];
  const failed = asked.find((query) => query.isError && query.data === undefined);
  const complete = asked.every((query) => query.data !== undefined);
  const pivot = useMemo(
    () =>
      complete && cells.data !== undefined
        ? pivotOf(
            {
              cells: cells.data,
              rowTotals: both ? rowTotals.data : undefined,
              columnTotals: both ? columnTotals.data : undefined,
              total: total.data,
            },
            {
              rows,
              columns,
              order: names.orderOf,
              months:
                question.from === undefined || question.to === undefined
                  ? []
                  : monthsBetween(question.from, question.to),
              empty: emptyOf,
            },
          )
        : undefined,
    [
      complete,
      both,
      cells.data,
      rowTotals.data,
      columnTotals.data,
      total.data,
      rows,
      columns,
      names,
      question.from,
      question.to,
    ],
  );
  return {
    pivot: enabled ? pivot : undefined,
    error: failed?.error ?? null,
    retry: () => asked.forEach((query) => void query.refetch()),
  };
};

const ShareChoice = ({ view, choose }: { view: ExploreView; choose: Choose }) => {
  const text = useText();
  return (
    <Choice
      name="share"
      label={text('explore.share')}
      value={view.share ?? 'none'}
      options={(['none', 'row', 'column', 'total'] as const).map((share) => ({
        value: share,
        label: text(`explore.share.${share}`),
      }))}
      onChoose={(share) => choose({}, { share: share === 'none' ? undefined : (share as Share) })}
    />
  );
};

const Table = (props: {
  page: PageProps;
  view: ExploreView;
  names: ExploreNames;
  pivot: Pivot;
  choose: Choose;
}) => {
  const { page, view, names, pivot, choose } = props;
  const formats = useFormats();
  const text = useText();
  const leaves = useMemo(() => leavesOf(pivot, view.columns.length > 0), [pivot, view.columns]);
  const rows = useMemo(
    () =>
      sortedRows(pivot, leaves, view.sort, (a, b) =>
        formats.compare(names.ofKey(view.rows, a), names.ofKey(view.rows, b)),
      ),
    [pivot, leaves, view.sort, view.rows, names, formats],
  );
  const drawing = useMemo(() => drawingOf(view, pivot, rows, names), [view, pivot, rows, names]);
  const [measure] = view.measures;
  const { question } = view;
  const by = [...view.rows, ...view.columns];
  const range =
    question.from === undefined || question.to === undefined
      ? ''
      : text('explore.range', { from: formats.month(question.from), to: formats.month(question.to) });
  const title = text('explore.title', {
    dataflow: formats.name(view.dataflow.name),
    measures: question.measures.map(names.ofMeasure).join(formats.comma),
  });
  const units = [...new Set(view.measures.map(({ unit }) => formats.name(unit)))].join(formats.comma);
  const caption = [title, range, view.share === undefined ? units : text(`explore.share.${view.share}`)]
    .filter((part) => part !== '')
    .join(formats.comma);
  const fixed = page.releases?.at(-1)?.name;
  const drawn = (drawing?.series.length ?? 0) * (drawing?.categories.length ?? 0);
  return (
    <>
      <section className="card" aria-labelledby="explore-heading" data-take="explore">
        <div className="card-heading">
          <div>
            <h3 id="explore-heading">{title}</h3>
            <p className="faint">{range}</p>
          </div>
          <TakeAwayButton
            figure={{
              title,
              data: exploreAddress(question, by),
              metadata: exploreMetadataAddress(question, by),
              picture: '[data-take="explore"] .chart-canvas svg',
              ...(page.url.release !== undefined || fixed === undefined
                ? {}
                : { fixed: changeUrl(page.url, { release: fixed }) }),
            }}
          />
        </div>
        {drawing === undefined ? null : (
          <ExploreChart
            drawing={drawing}
            title={title}
            unit={measure === undefined ? '' : formats.name(measure.unit)}
            measure={
              view.measures.length > 1 && measure !== undefined ? formats.name(measure.name) : undefined
            }
            theme={page.theme}
            partial={drawn < pivot.rows.length * Math.max(1, pivot.columns.length)}
          />
        )}
      </section>
      <section className="card" aria-labelledby="explore-table-heading">
        <div className="card-heading">
          <h3 id="explore-table-heading">
            <Text of="table.heading" />
          </h3>
          <ShareChoice view={view} choose={choose} />
        </div>
        <ExploreTable
          view={view}
          names={names}
          pivot={pivot}
          rows={rows}
          leaves={leaves}
          caption={caption}
          choose={choose}
        />
      </section>
    </>
  );
};

const Body = (props: {
  page: PageProps;
  dataflow: Dataflow;
  dataflows: readonly DataflowSummary[];
  /** What there is of the dataflow in all. */
  whole: Availability;
}) => {
  const { page, dataflow, dataflows, whole } = props;
  const { url } = page;
  const names = useExploreNames(dataflow);
  const view = useMemo(() => exploreViewOf(url, dataflow, whole.months), [url, dataflow, whole.months]);
  const availability = useQuery(availabilityQuery(view.question));
  const size = availability.data === undefined ? undefined : sizeOf(view, availability.data);
  const { pivot, error, retry } = usePivot(view, names, size !== undefined && size <= mostCells);
  const choose: Choose = (change, table) =>
    navigate(
      changeUrl(url, {
        dataflow: dataflow.code,
        measure: view.question.measures.join(','),
        ...change,
        explore: changeExplore(
          {
            rows: view.rows,
            columns: view.columns,
            ...url.explore,
            ...(Object.keys(view.question.where).length === 0 ? {} : { where: view.question.where }),
          },
          table ?? {},
        ),
      }),
    );
  const by = [...view.rows, ...view.columns];
  const address = new URL(exploreAddress(view.question, by, { format: 'csv' }), window.location.href).href;
  const failure = availability.error ?? error;
  return (
    <>
      <ExploreControls
        dataflows={dataflows}
        view={view}
        names={names}
        months={whole.months}
        availability={availability.data}
        choose={choose}
      />
      {failure !== null && pivot === undefined ? (
        <Failure
          error={failure}
          onRetry={() => {
            void availability.refetch();
            retry();
          }}
        />
      ) : size !== undefined && size > mostCells ? (
        <Nothing title="explore.large" hint="explore.large.hint" />
      ) : pivot === undefined ? (
        <div className="card">
          <BlockSkeleton />
        </div>
      ) : pivot.rows.length === 0 ? (
        <Nothing
          title="state.empty"
          hint="explore.empty.hint"
          onReset={() => choose({ from: undefined, to: undefined, area: undefined }, { where: undefined })}
        />
      ) : (
        <Gradually
          fallback={
            <div className="card">
              <BlockSkeleton />
            </div>
          }
        >
          <Table page={page} view={view} names={names} pivot={pivot} choose={choose} />
        </Gradually>
      )}
      <RequestCard address={address} />
    </>
  );
};

const dataflowIn = (url: UrlState, dataflows: readonly DataflowSummary[]): string | undefined =>
  url.dataflow ?? (dataflows.find(({ code }) => code === ownDataflow) ?? dataflows[0])?.code;

/** A table of any dataflow, turned any way. */
const ExplorePage = (page: PageProps) => {
  const { url } = page;
  const dataflows = useQuery(dataflowsQuery);
  const code = dataflowIn(url, dataflows.data ?? []);
  const dataflow = useQuery({ ...dataflowQuery(code ?? ''), enabled: code !== undefined });
  const whole = useQuery({
    ...availabilityQuery({
      dataflow: code ?? '',
      measures: [],
      where: {},
      asKnownAt: url.release ?? 'latest',
      view: url.view,
    }),
    enabled: code !== undefined,
  });
  const queries = [dataflows, dataflow, whole];
  const failed = queries.find((query) => query.isError && query.data === undefined);
  return (
    <div id="figures" tabIndex={-1}>
      <PageHeading title={<Text of="explore.heading" />} lead={<Text of="explore.lead" />} isLong />
      {failed?.error ? (
        <Failure error={failed.error} onRetry={() => queries.forEach((query) => void query.refetch())} />
      ) : dataflows.data?.length === 0 || whole.data?.months === null ? (
        <Nothing title="state.empty.all" hint="state.empty.all.hint" />
      ) : dataflows.data === undefined || dataflow.data === undefined || whole.data === undefined ? (
        <FiguresSkeleton />
      ) : (
        <Gradually fallback={<FiguresSkeleton />}>
          <Body page={page} dataflow={dataflow.data} dataflows={dataflows.data} whole={whole.data} />
        </Gradually>
      )}
    </div>
  );
};

export default ExplorePage;
