import { useId, useState } from 'react';
import type { DataflowSummary, Dimension } from '../api.js';
import { Choice } from '../choice.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { monthsBetween } from '../months.js';
import type { UrlChange } from '../url-state.js';
import type { Availability } from './explore-api.js';
import type { ExploreNames } from './explore-names.js';
import type { ExploreChange } from './explore-url.js';
import { dimensionOf, fieldsOf, type ExploreView, type Field } from './explore-view.js';
import { FilterDialog } from './filter-dialog.js';

export type Choose = (change: UrlChange, table?: ExploreChange) => void;

type Place = 'rows' | 'columns' | 'none';

const placeOf = (view: ExploreView, { dimension }: Field): Place => {
  const has = (groupings: readonly string[]): boolean =>
    groupings.some((grouping) => dimensionOf(grouping) === dimension);
  return has(view.rows) ? 'rows' : has(view.columns) ? 'columns' : 'none';
};

const groupingOf = (view: ExploreView, field: Field): string =>
  [...view.rows, ...view.columns].find((grouping) => dimensionOf(grouping) === field.dimension) ??
  field.groupings[0] ??
  field.dimension;

/** The table with a field at another place, or at another level in the same place. */
const placed = (view: ExploreView, field: Field, place: Place, grouping: string): ExploreChange => {
  const other = (one: string): boolean => dimensionOf(one) !== field.dimension;
  const put = (groupings: readonly string[], here: boolean): readonly string[] => {
    const at = groupings.findIndex((one) => !other(one));
    if (here && at >= 0) return groupings.with(at, grouping);
    return here ? [...groupings, grouping] : groupings.filter(other);
  };
  return {
    rows: put(view.rows, place === 'rows'),
    columns: put(view.columns, place === 'columns'),
    sort: undefined,
    row: undefined,
    column: undefined,
  };
};

const FilterButton = (props: {
  dimension: Dimension;
  view: ExploreView;
  names: ExploreNames;
  availability: Availability | undefined;
  choose: Choose;
}) => {
  const { dimension, view, names, availability, choose } = props;
  const [open, setOpen] = useState(false);
  const chosen = view.question.where[dimension.code] ?? [];
  const shown = chosen.map((code) => names.ofCode(dimension.code, code));
  const apply = (codes: readonly string[]): void => {
    setOpen(false);
    const { [dimension.code]: _, ...others } = view.question.where;
    const where = codes.length === 0 ? others : { ...others, [dimension.code]: codes };
    choose(
      { area: undefined },
      { where: Object.keys(where).length === 0 ? undefined : where, row: undefined, column: undefined },
    );
  };
  return (
    <>
      <button
        type="button"
        className="button filter-button"
        data-filter={dimension.code}
        data-filtered={chosen.length > 0}
        disabled={availability === undefined}
        onClick={() => setOpen(true)}
      >
        <span className="unseen">
          <Text of="explore.filter.of" values={{ dimension: names.ofDimension(dimension.code) }} />{' '}
        </span>
        {chosen.length === 0 ? (
          <Text of="explore.filter.none" />
        ) : chosen.length < 3 ? (
          <span className="clipped">{shown.join('، ')}</span>
        ) : (
          <Text of="explore.filter.some" values={{ count: chosen.length }} />
        )}
      </button>
      {open && availability !== undefined ? (
        <FilterDialog
          dimension={dimension}
          names={names}
          availability={availability}
          chosen={chosen}
          onChoose={apply}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  );
};

const FieldLine = (props: {
  field: Field;
  view: ExploreView;
  names: ExploreNames;
  availability: Availability | undefined;
  choose: Choose;
}) => {
  const { field, view, names, availability, choose } = props;
  const text = useText();
  const formats = useFormats();
  const id = useId();
  const place = placeOf(view, field);
  const grouping = groupingOf(view, field);
  const dimension = view.dataflow.dimensions.find(({ code }) => code === field.dimension);
  const values = availability?.dimensions.find(({ code }) => code === field.dimension)?.values.length;
  const levelName = (one: string): string => {
    const level = one.includes('@') ? one.split('@')[1] : dimension?.levels?.at(-1);
    return text(`explore.level.${level === 'country' || level === 'state' ? level : 'local'}`);
  };
  return (
    <li className="field" data-field={field.dimension} data-place={place}>
      <div className="field-name">
        <strong id={id}>{names.ofDimension(field.dimension)}</strong>
        {values === undefined ? null : (
          <span className="faint">
            <Text
              of="explore.values"
              values={{ count: <Num key="count">{formats.whole(BigInt(values))}</Num> }}
            />
          </span>
        )}
      </div>
      <select
        aria-labelledby={id}
        name={`place-${field.dimension}`}
        value={place}
        onChange={(event) => choose({}, placed(view, field, event.target.value as Place, grouping))}
      >
        <option value="none">{text('explore.place.none')}</option>
        <option value="rows">{text('explore.place.rows')}</option>
        <option value="columns">{text('explore.place.columns')}</option>
      </select>
      {field.groupings.length > 1 && place !== 'none' ? (
        <select
          aria-label={text('explore.level')}
          name={`level-${field.dimension}`}
          value={grouping}
          onChange={(event) => choose({}, placed(view, field, place, event.target.value))}
        >
          {field.groupings.toReversed().map((one) => (
            <option key={one} value={one}>
              {levelName(one)}
            </option>
          ))}
        </select>
      ) : null}
      {dimension === undefined ? null : (
        <FilterButton
          dimension={dimension}
          view={view}
          names={names}
          availability={availability}
          choose={choose}
        />
      )}
    </li>
  );
};

const Measures = ({ view, choose }: { view: ExploreView; choose: Choose }) => {
  const formats = useFormats();
  const chosen = view.measures.map(({ code }) => code);
  const toggle = (code: string): void => {
    const wanted = view.dataflow.measures
      .map((measure) => measure.code)
      .filter((one) => (one === code ? !chosen.includes(one) : chosen.includes(one)));
    // a table of nothing is no table
    if (wanted.length > 0) choose({ measure: wanted.join(',') }, { sort: undefined, column: undefined });
  };
  return (
    <fieldset className="measures">
      <legend>
        <Text of="explore.measures" />
      </legend>
      {view.dataflow.measures.map((measure) => (
        <label key={measure.code}>
          <input
            type="checkbox"
            name="measure"
            value={measure.code}
            checked={chosen.includes(measure.code)}
            onChange={() => toggle(measure.code)}
          />
          <span>
            {formats.name(measure.name)} <span className="faint">({formats.name(measure.unit)})</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
};

/** What the table shows and how; each choice is a step in the history of the page. */
export const ExploreControls = (props: {
  dataflows: readonly DataflowSummary[];
  view: ExploreView;
  names: ExploreNames;
  /** Of the whole range there is, and under the present filters. */
  months: Availability['months'];
  availability: Availability | undefined;
  choose: Choose;
}) => {
  const { dataflows, view, names, months, availability, choose } = props;
  const text = useText();
  const formats = useFormats();
  const { from, to } = view.question;
  const options = (months === null ? [] : monthsBetween(months.from, months.to)).map((month) => ({
    value: month,
    label: formats.month(month),
  }));
  const swap = (): void =>
    choose(
      {},
      { rows: view.columns, columns: view.rows, sort: undefined, row: undefined, column: undefined },
    );
  return (
    <form
      className="card explore-controls"
      aria-label={text('control.legend')}
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="controls">
        <Choice
          name="dataflow"
          label={text('control.dataflow')}
          value={view.dataflow.code}
          options={dataflows.map(({ code, name }) => ({ value: code, label: formats.name(name) }))}
          onChoose={(dataflow) =>
            choose(
              { dataflow, measure: undefined, from: undefined, to: undefined },
              {
                rows: undefined,
                columns: undefined,
                where: undefined,
                sort: undefined,
                row: undefined,
                column: undefined,
              },
            )
          }
        />
        <Choice
          name="from"
          label={text('control.from')}
          value={from ?? ''}
          options={options.filter(({ value }) => value <= (to ?? value))}
          onChoose={(month) => choose({ from: month }, { column: undefined, row: undefined })}
        />
        <Choice
          name="to"
          label={text('control.to')}
          value={to ?? ''}
          options={options.filter(({ value }) => value >= (from ?? value))}
          onChoose={(month) => choose({ to: month, from }, { column: undefined, row: undefined })}
        />
        <Choice
          name="view"
          label={text('control.view')}
          value={view.question.view}
          options={[
            { value: 'effective', label: text('view.effective') },
            { value: 'declared', label: text('view.declared') },
          ]}
          onChoose={(axis) => choose({ view: axis === 'declared' ? 'declared' : 'effective' })}
        />
      </div>
      <Measures view={view} choose={choose} />
      <div className="fields-heading">
        <h3>
          <Text of="explore.fields" />
        </h3>
        <button type="button" className="quiet-button" onClick={swap}>
          <Text of="explore.swap" />
        </button>
      </div>
      <ul className="fields">
        {fieldsOf(view.dataflow).map((field) => (
          <FieldLine
            key={field.dimension}
            field={field}
            view={view}
            names={names}
            availability={availability}
            choose={choose}
          />
        ))}
      </ul>
    </form>
  );
};
