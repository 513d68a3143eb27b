import { useQuery } from '@tanstack/react-query';
import { partsOf, spanOf, type Part } from './breakdown-parts.js';
import type { Names } from './names.js';
import { FateMark } from './fate-mark.js';
import { Figure, Text, useFormats, useText } from './language.js';
import { dataQuery } from './queries.js';
import { breakdownQuestion, type Selection } from './selection.js';
import { BlockSkeleton, Failure } from './states.js';

const most = 10;

const PartRow = (props: { part: Part; name: string; parts: readonly Part[]; then: boolean }) => {
  const { part, name, parts, then } = props;
  const span = spanOf(
    part.value,
    parts.map((one) => one.value),
  );
  return (
    <tr data-code={part.code ?? 'rest'}>
      <th scope="row">
        <bdi>{name}</bdi>
        <span className="bar" aria-hidden="true">
          <span
            data-negative={(part.value ?? 0n) < 0n}
            style={{ insetInlineStart: `${span.start}%`, inlineSize: `${span.width}%` }}
          />
        </span>
      </th>
      <td className="numeric" data-column="value">
        <Figure value={part.value} />
      </td>
      {then ? (
        <td className="numeric" data-column="now">
          <Figure value={part.now} />
          {part.fate === 'same' ? null : (
            <>
              <br />
              <FateMark fate={part.fate} />
            </>
          )}
        </td>
      ) : null}
    </tr>
  );
};

const PartsTable = (props: {
  parts: readonly Part[];
  then: boolean;
  selection: Selection;
  nameOf: (code: string | undefined) => string;
  caption: Record<string, string>;
  heading: string;
}) => (
  <table className="figures" data-figures="parts">
    <caption id="breakdown-caption">
      <span>
        <Text of="breakdown.caption" values={props.caption} />
      </span>
    </caption>
    <thead>
      <tr>
        <th scope="col">{props.heading}</th>
        <th scope="col" className="numeric">
          {props.then ? (
            <Text of="table.known" values={{ release: <bdi key="release">{props.selection.release}</bdi> }} />
          ) : (
            <Text of="table.value" />
          )}
        </th>
        {props.then ? (
          <th scope="col" className="numeric">
            <Text of="table.now" />
          </th>
        ) : null}
      </tr>
    </thead>
    <tbody>
      {props.parts.map((part) => (
        <PartRow
          key={part.code ?? ''}
          part={part}
          parts={props.parts}
          then={props.then}
          name={props.nameOf(part.code)}
        />
      ))}
    </tbody>
  </table>
);

/** The newest month in its largest parts by one dimension. */
export const Breakdown = (props: { selection: Selection; grouping: string; month: string; names: Names }) => {
  const { selection, grouping, month, names } = props;
  const formats = useFormats();
  const text = useText();
  const then = selection.release !== undefined;
  const shown = useQuery(
    dataQuery(breakdownQuestion(selection, grouping, month, selection.release ?? 'latest')),
  );
  const today = useQuery({
    ...dataQuery(breakdownQuestion(selection, grouping, month, 'latest')),
    enabled: then,
  });
  const dimension = selection.dataflow.dimensions.find((one) => one.code === grouping.split('@')[0]);
  const heading = dimension === undefined ? grouping : formats.name(dimension.name);
  const nameOf = (code: string | undefined): string => {
    if (code === undefined) return text('breakdown.rest');
    const entry = dimension?.codes.find((one) => one.code === code);
    return entry === undefined ? code : formats.name(entry.name);
  };
  const failed = [shown, ...(then ? [today] : [])].find((query) => query.isError && query.data === undefined);
  const parts =
    shown.data === undefined || (then && today.data === undefined)
      ? undefined
      : partsOf(shown.data, then ? today.data : undefined, selection.measure, most);
  return (
    <section className="card" aria-labelledby="breakdown-heading">
      <div className="card-heading">
        <h2 id="breakdown-heading">
          <Text of="breakdown.heading" values={{ dimension: heading, month: formats.month(month) }} />
        </h2>
      </div>
      {failed?.error ? (
        <Failure error={failed.error} onRetry={() => void failed.refetch()} />
      ) : parts === undefined ? (
        <BlockSkeleton />
      ) : parts.length === 0 ? (
        <p className="faint">
          <Text of="breakdown.empty" />
        </p>
      ) : (
        <div className="table-frame" role="region" aria-labelledby="breakdown-caption" tabIndex={0}>
          <PartsTable
            parts={parts}
            then={then}
            selection={selection}
            nameOf={nameOf}
            heading={heading}
            caption={{ ...names, month: formats.month(month) }}
          />
        </div>
      )}
    </section>
  );
};
