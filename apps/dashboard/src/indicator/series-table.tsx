import { FiguresTable } from '../figures-table.js';
import { ChangeFigure, Decimal, reasonText } from '../figure-text.js';
import type { Release } from '../api.js';
import type { IndicatorRow } from '../indicator-api.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import { Text, useFormats, useText } from '../language.js';
import { FreshMark } from '../live/fresh-mark.js';
import { figureKey, type Fresh, type FreshFigures } from '../live/fresh.js';
import type { Series } from './series-card.js';

const Row = (props: {
  row: IndicatorRow;
  earlier: string | null | undefined;
  series: Series;
  fresh: Fresh | undefined;
}) => {
  const { row, earlier, series, fresh } = props;
  const { summary, before, freq } = series;
  const formats = useFormats();
  const text = useText();
  const revised = earlier !== undefined && earlier !== null && earlier !== row.value;
  return (
    <tr data-period={row.period} data-revised={revised} data-fresh={fresh !== undefined}>
      <th scope="row">
        <span className="month">{formats.period(row.period)}</span>
        {row.status === 'provisional' ? (
          <>
            {' '}
            <span className="mark">
              <Text of="status.provisional" />
            </span>
          </>
        ) : null}
        {fresh === undefined ? null : (
          <>
            {' '}
            <FreshMark fresh={fresh} decimals={summary.decimals} />
          </>
        )}
        {revised ? (
          <>
            {' '}
            <span className="mark">
              <Text of="mark.revised" />
            </span>
          </>
        ) : null}
      </th>
      <td className="numeric" data-column="value">
        <Decimal value={row.value} decimals={summary.decimals} reason={row.reason} />
        {row.note === 'at-least' ? (
          <span className="faint">
            {' '}
            <Text of="note.at-least" />
          </span>
        ) : null}
      </td>
      {before === undefined ? null : (
        <td className="numeric" data-column="before">
          <Decimal value={earlier} decimals={summary.decimals} />
        </td>
      )}
      {row.value === null ? (
        <td className="reason" colSpan={freq === 'A' ? 1 : 2} data-column="reason">
          {reasonText(row.reason, text)}
        </td>
      ) : (
        <>
          <td className="numeric" data-column="previous">
            <ChangeFigure row={row} against="previous" of={summary} />
          </td>
          {freq === 'A' ? null : (
            <td className="numeric" data-column="year">
              <ChangeFigure row={row} against="year" of={summary} />
            </td>
          )}
        </>
      )}
    </tr>
  );
};

/** The drawing's figures to the last digit, newest period first. */
export const SeriesTable = (props: {
  series: Series;
  download: string;
  releases?: readonly Release[] | undefined;
  fresh?: FreshFigures;
}) => {
  const { series, download, releases, fresh } = props;
  const nameOf = usePositionName(releases);
  const { summary, areaName, rows, before, freq } = series;
  const formats = useFormats();
  const earlier = before && new Map(before.rows.map(({ period, value }) => [period, value]));
  return (
    <section className="card" aria-labelledby="table-heading">
      <div className="card-heading tight">
        <h3 id="table-heading">
          <Text of="indicator.table" />
        </h3>
        <a className="quiet-button" href={download} download={`${summary.code}.csv`}>
          <Text of="table.csv" />
        </a>
      </div>
      <FiguresTable
        name="periods"
        frame="series-frame"
        caption={
          <Text
            of="indicator.table.caption"
            values={{
              indicator: formats.name(summary.name),
              area: areaName,
              unit: formats.name(summary.unit),
            }}
          />
        }
        columns={[
          { key: 'period', heading: <Text of="indicator.table.period" />, isText: true },
          { key: 'value', heading: <Text of="indicator.table.value" /> },
          ...(before === undefined ? [] : [{ key: 'before', heading: nameOf(before.release) }]),
          { key: 'previous', heading: <Text of="indicator.table.previous" /> },
          ...(freq === 'A' ? [] : [{ key: 'year', heading: <Text of="indicator.table.year" /> }]),
        ]}
      >
        {rows.toReversed().map((row) => (
          <Row
            key={row.period}
            row={row}
            earlier={earlier === undefined ? undefined : (earlier.get(row.period) ?? null)}
            series={series}
            fresh={fresh?.get(figureKey(row, []))}
          />
        ))}
      </FiguresTable>
    </section>
  );
};
