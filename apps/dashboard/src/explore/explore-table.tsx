import { Figure, Num, Text, useFormats, useText } from '../language.js';
import type { UrlChange } from '../url-state.js';
import type { Choose } from './explore-controls.js';
import type { ExploreNames } from './explore-names.js';
import { dimensionOf, type ExploreView } from './explore-view.js';
import { keyText, leafName, percentOf, wholeFor, type Leaf, type Pivot, type PivotKey } from './pivot.js';

/** As many as a reader takes in at once; the next ones are a step away. */
export const rowsAtOnce = 50;
export const columnsAtOnce = 24;

const Cell = (props: { pivot: Pivot; row: PivotKey; leaf: Leaf; share: ExploreView['share'] }) => {
  const { pivot, row, leaf, share } = props;
  const formats = useFormats();
  const value = pivot.at(row, leaf.column, leaf.measure);
  if (share === undefined || value === null) return <Figure value={value} />;
  const percent = percentOf(value, wholeFor(pivot, share, row, leaf));
  return percent === null ? <Figure value={null} /> : <Num>{formats.decimal(percent, 1)}</Num>;
};

/** What a click on a heading leads to: largest first, then smallest first, then the order of the list. */
const nextSort = (sort: string | undefined, name: string): string | undefined =>
  sort === `-${name}` ? name : sort === name ? undefined : `-${name}`;

const sortState = (sort: string | undefined, name: string): 'ascending' | 'descending' | 'none' =>
  sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none';

const arrows = { ascending: '▲', descending: '▼', none: '↕' } as const;

type Sorting = { readonly sort: string | undefined; readonly choose: Choose };

const SortButton = ({ name, label, sort, choose }: { name: string; label: string } & Sorting) => (
  <button
    type="button"
    className="sort"
    onClick={() => choose({}, { sort: nextSort(sort, name), row: undefined })}
  >
    {label} <span aria-hidden="true">{arrows[sortState(sort, name)]}</span>
  </button>
);

/** Neighbouring leaves with the same codes up to a level share a heading. */
const headingsAt = (leaves: readonly Leaf[], level: number): readonly { leaf: Leaf; span: number }[] => {
  const headings: { leaf: Leaf; span: number }[] = [];
  for (const leaf of leaves) {
    const last = headings.at(-1);
    const start = (key: PivotKey): string => keyText(key.slice(0, level + 1));
    const same =
      last !== undefined &&
      last.leaf.isTotal === leaf.isTotal &&
      start(last.leaf.column) === start(leaf.column);
    if (same) last.span += 1;
    else headings.push({ leaf, span: 1 });
  }
  return headings;
};

const Head = (props: {
  view: ExploreView;
  names: ExploreNames;
  leaves: readonly Leaf[];
  sorting: Sorting;
}) => {
  const { view, names, leaves, sorting } = props;
  const text = useText();
  const { rows, columns, measures } = view;
  const manyMeasures = measures.length > 1 || columns.length === 0;
  const levels = columns.length + (manyMeasures ? 1 : 0);
  const nameAt = (leaf: Leaf, level: number): string => {
    if (level >= columns.length) return names.ofMeasure(leaf.measure);
    if (leaf.isTotal) return level === 0 ? text('explore.total') : '';
    return names.ofCode(columns[level] ?? '', leaf.column[level] ?? '');
  };
  const headingOf = (leaf: Leaf, level: number) => {
    const name = leafName(leaf);
    const label = nameAt(leaf, level) || text('explore.total');
    return (
      <th
        key={name}
        scope="col"
        className="numeric"
        data-leaf={name}
        aria-sort={sortState(sorting.sort, name)}
      >
        <SortButton name={name} label={label} {...sorting} />
      </th>
    );
  };
  return (
    <thead>
      {Array.from({ length: levels }, (_, level) => (
        <tr key={level}>
          {level === 0
            ? (rows.length === 0 ? [''] : rows).map((grouping, at) => (
                <th
                  key={grouping}
                  scope="col"
                  rowSpan={levels}
                  {...(at === 0 && rows.length > 0
                    ? { 'aria-sort': sorting.sort === 'name' ? ('ascending' as const) : ('none' as const) }
                    : {})}
                >
                  {grouping === '' ? (
                    <span className="unseen">
                      <Text of="explore.total" />
                    </span>
                  ) : at === 0 ? (
                    <button
                      type="button"
                      className="sort"
                      onClick={() =>
                        sorting.choose(
                          {},
                          { sort: sorting.sort === 'name' ? undefined : 'name', row: undefined },
                        )
                      }
                    >
                      {names.ofDimension(dimensionOf(grouping))}{' '}
                      <span aria-hidden="true">{sorting.sort === 'name' ? '▲' : '↕'}</span>
                    </button>
                  ) : (
                    names.ofDimension(dimensionOf(grouping))
                  )}
                </th>
              ))
            : null}
          {level === levels - 1
            ? leaves.map((leaf) => headingOf(leaf, level))
            : headingsAt(leaves, level).map(({ leaf, span }) => (
                <th key={leafName(leaf)} scope="colgroup" colSpan={span} className="group-heading">
                  {nameAt(leaf, level)}
                </th>
              ))}
        </tr>
      ))}
    </thead>
  );
};

const Line = (props: {
  view: ExploreView;
  names: ExploreNames;
  pivot: Pivot;
  row: PivotKey;
  leaves: readonly Leaf[];
  total?: boolean;
}) => {
  const { view, names, pivot, row, leaves, total } = props;
  const { rows } = view;
  return (
    <tr data-row={total === true ? 'total' : keyText(row)}>
      {total === true || rows.length === 0 ? (
        <th scope="row" colSpan={Math.max(1, rows.length)}>
          <Text of="explore.total" />
        </th>
      ) : (
        rows.map((grouping, at) => (
          <th key={grouping} scope="row">
            <bdi>{names.ofCode(grouping, row[at] ?? '')}</bdi>
          </th>
        ))
      )}
      {leaves.map((leaf) => (
        <td key={leafName(leaf)} className="numeric" data-leaf={leafName(leaf)} data-total={leaf.isTotal}>
          <Cell pivot={pivot} row={row} leaf={leaf} share={view.share} />
        </td>
      ))}
    </tr>
  );
};

const Steps = (props: {
  of: 'row' | 'column';
  first: number;
  shown: number;
  all: number;
  step: number;
  go: (first: number | undefined) => void;
}) => {
  const { of, first, shown, all, step, go } = props;
  const formats = useFormats();
  if (all <= step) return null;
  const number = (n: number): string => formats.whole(BigInt(n));
  return (
    <div className="steps" data-steps={of}>
      <button
        type="button"
        className="button"
        disabled={first === 0}
        onClick={() => go(Math.max(0, first - step) || undefined)}
      >
        <Text of={`explore.steps.${of}.before`} />
      </button>
      <span role="status">
        <Text
          of={`explore.steps.${of}`}
          values={{
            first: <Num key="first">{number(first + 1)}</Num>,
            last: <Num key="last">{number(first + shown)}</Num>,
            all: <Num key="all">{number(all)}</Num>,
          }}
        />
      </span>
      <button
        type="button"
        className="button"
        disabled={first + shown >= all}
        onClick={() => go(first + step)}
      >
        <Text of={`explore.steps.${of}.next`} />
      </button>
    </div>
  );
};

/** Where a page of so many begins, of the pages that there are. */
export const pageStart = (wanted: number, all: number, step: number): number =>
  wanted < all ? wanted - (wanted % step) : 0;

/** The table, a page of rows and of columns at a time; totals as the API tells them. */
export const ExploreTable = (props: {
  view: ExploreView;
  names: ExploreNames;
  pivot: Pivot;
  rows: readonly PivotKey[];
  leaves: readonly Leaf[];
  caption: string;
  choose: Choose;
}) => {
  const { view, names, pivot, rows, leaves, caption, choose } = props;
  const firstRow = pageStart(view.row, rows.length, rowsAtOnce);
  const firstLeaf = pageStart(view.column, leaves.length, columnsAtOnce);
  const rowsShown = rows.slice(firstRow, firstRow + rowsAtOnce);
  const leavesShown = leaves.slice(firstLeaf, firstLeaf + columnsAtOnce);
  const nothing: UrlChange = {};
  const sorting = { sort: view.sort, choose };
  return (
    <>
      <Steps
        of="column"
        first={firstLeaf}
        shown={leavesShown.length}
        all={leaves.length}
        step={columnsAtOnce}
        go={(column) => choose(nothing, { column })}
      />
      <div className="table-frame explore-frame" role="region" aria-labelledby="explore-caption" tabIndex={0}>
        <table className="figures pivot" data-figures="explore" aria-rowcount={rows.length}>
          <caption id="explore-caption">
            <span>{caption}</span>
          </caption>
          <Head view={view} names={names} leaves={leavesShown} sorting={sorting} />
          <tbody>
            {rowsShown.map((row) => (
              <Line
                key={keyText(row)}
                view={view}
                names={names}
                pivot={pivot}
                row={row}
                leaves={leavesShown}
              />
            ))}
          </tbody>
          {view.rows.length === 0 ? null : (
            <tfoot>
              <Line view={view} names={names} pivot={pivot} row={[]} leaves={leavesShown} total />
            </tfoot>
          )}
        </table>
      </div>
      <Steps
        of="row"
        first={firstRow}
        shown={rowsShown.length}
        all={rows.length}
        step={rowsAtOnce}
        go={(row) => choose(nothing, { row })}
      />
    </>
  );
};
