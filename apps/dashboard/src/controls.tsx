import { useQueryClient } from '@tanstack/react-query';
import type { DataflowSummary } from './api.js';
import { AreaChoices } from './area-choices.js';
import { Choice } from './choice.js';
import { useFormats, useText } from './language.js';
import { monthsBetween, periodOf } from './months.js';
import { dataflowQuery } from './queries.js';
import { monthsOf } from './report.js';
import { breakdownsOf, carriedTo, choicesOf, type Selection } from './selection.js';
import { changeUrl, type UrlChange, type UrlState } from './url-state.js';
import { useSeries } from './use-series.js';
import { navigate } from './use-url.js';

const PeriodChoices = (props: {
  url: UrlState;
  selection: Selection;
  choose: (change: UrlChange) => void;
}) => {
  const { url, selection, choose } = props;
  const text = useText();
  const formats = useFormats();
  const { shown, today } = useSeries(selection);
  const months = shown === undefined ? [] : monthsOf(selection.measure, shown, today);
  const period = periodOf(months, url.from, url.to);
  const options = (period === undefined ? [] : monthsBetween(months[0] ?? '', months.at(-1) ?? '')).map(
    (month) => ({ value: month, label: formats.month(month) }),
  );
  return (
    <>
      <Choice
        name="from"
        label={text('control.from')}
        value={period?.from ?? ''}
        options={options.filter((option) => option.value <= (period?.to ?? ''))}
        onChoose={(from) => choose({ from: from === months[0] ? undefined : from })}
      />
      <Choice
        name="to"
        label={text('control.to')}
        value={period?.to ?? ''}
        options={options.filter((option) => option.value >= (period?.from ?? ''))}
        onChoose={(to) => choose({ to: to === months.at(-1) ? undefined : to })}
      />
    </>
  );
};

const BreakdownChoice = (props: { selection: Selection; choose: (change: UrlChange) => void }) => {
  const { selection, choose } = props;
  const text = useText();
  const formats = useFormats();
  return (
    <Choice
      name="by"
      label={text('control.breakdown')}
      value={selection.breakdown ?? 'none'}
      options={[
        ...breakdownsOf(selection.dataflow, selection.area).map(({ grouping, dimension }) => ({
          value: grouping,
          label: formats.name(dimension.name),
        })),
        { value: 'none', label: text('control.breakdown.none') },
      ]}
      onChoose={(breakdown) => choose({ breakdown })}
    />
  );
};

const ReadyControls = (props: {
  url: UrlState;
  selection: Selection;
  choose: (change: UrlChange) => void;
}) => {
  const { url, selection, choose } = props;
  const text = useText();
  const formats = useFormats();
  return (
    <>
      <Choice
        name="measure"
        label={text('control.measure')}
        value={selection.measure}
        options={selection.dataflow.measures.map((measure) => ({
          value: measure.code,
          label: formats.name(measure.name),
        }))}
        onChoose={(measure) => choose({ measure })}
      />
      <AreaChoices selection={selection} choose={choose} />
      <PeriodChoices url={url} selection={selection} choose={choose} />
      <Choice
        name="view"
        label={text('control.view')}
        value={selection.view}
        options={[
          { value: 'effective', label: text('view.effective') },
          { value: 'declared', label: text('view.declared') },
        ]}
        onChoose={(view) => choose({ view: view === 'declared' ? 'declared' : 'effective' })}
      />
      <BreakdownChoice selection={selection} choose={choose} />
    </>
  );
};

const ControlsSkeleton = () =>
  Array.from({ length: 7 }, (_, i) => (
    <div key={i} className="choice" aria-hidden="true">
      <span className="skeleton skeleton-label" />
      <span className="skeleton skeleton-field" />
    </div>
  ));

/** The band of choices. Each choice is a step in the history of the page. */
export const Controls = (props: {
  url: UrlState;
  dataflows: readonly DataflowSummary[];
  selection: Selection | undefined;
}) => {
  const { url, dataflows, selection } = props;
  const text = useText();
  const formats = useFormats();
  const client = useQueryClient();
  const choose = (change: UrlChange): void =>
    navigate(changeUrl(url, { ...(selection === undefined ? {} : choicesOf(selection)), ...change }));
  const chooseDataflow = async (code: string): Promise<void> => {
    const next = await client.fetchQuery(dataflowQuery(code)).catch(() => undefined);
    if (next === undefined || selection === undefined)
      navigate({ page: url.page, language: url.language, view: url.view, dataflow: code });
    else navigate(changeUrl(url, carriedTo(next, selection)));
  };
  return (
    <form
      className="controls"
      aria-label={text('control.legend')}
      onSubmit={(event) => event.preventDefault()}
    >
      <Choice
        name="dataflow"
        label={text('control.dataflow')}
        value={selection?.dataflow.code ?? url.dataflow ?? ''}
        options={dataflows.map((dataflow) => ({ value: dataflow.code, label: formats.name(dataflow.name) }))}
        onChoose={(code) => void chooseDataflow(code)}
      />
      {selection === undefined ? (
        <ControlsSkeleton />
      ) : (
        <ReadyControls url={url} selection={selection} choose={choose} />
      )}
    </form>
  );
};
