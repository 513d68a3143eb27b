import type { ReactNode } from 'react';
import type { Answer } from '../api.js';
import { Decimal } from '../figure-text.js';
import { Text } from '../language.js';
import { FiguresTable, type Column } from '../figures-table.js';
import type { Formats } from '../formats.js';
import type { Reason } from '../indicator-api.js';
import { cellText } from './use-cells.js';

export type PanelColumn = Column & { readonly decimals: number };

export type PanelCell = {
  readonly value: string | null;
  readonly reason?: Reason | undefined;
  readonly provisional?: boolean;
};

export type PanelRow = {
  readonly key: string;
  readonly heading: ReactNode;
  /** By column; undefined where there is nothing to tell of. */
  readonly cells: readonly (PanelCell | undefined)[];
};

/** Figures to the last digit, row by row. */
export const PanelTable = (props: {
  name: string;
  caption: ReactNode;
  corner: ReactNode;
  columns: readonly PanelColumn[];
  rows: readonly PanelRow[];
}) => {
  const { name, caption, corner, columns, rows } = props;
  return (
    <FiguresTable
      name={name}
      frame="panel-frame"
      caption={caption}
      columns={[{ key: '', heading: corner, isText: true }, ...columns]}
    >
      {rows.map(({ key, heading, cells }) => (
        <tr key={key} data-row={key}>
          <th scope="row">{heading}</th>
          {columns.map((column, at) => {
            const cell = cells[at];
            return (
              <td key={column.key} className="numeric" data-column={column.key}>
                {cell === undefined ? null : (
                  <>
                    {cell.provisional === true && cell.value !== null ? (
                      <span className="mark" data-status="provisional">
                        <Text of="status.provisional" />
                      </span>
                    ) : null}{' '}
                    <Decimal value={cell.value} decimals={column.decimals} reason={cell.reason} />
                  </>
                )}
              </td>
            );
          })}
        </tr>
      ))}
    </FiguresTable>
  );
};

/** Rows of a dataflow by month as rows of a table, the newest month first. */
export const monthRows = (
  rows: Answer['rows'],
  measures: readonly string[],
  formats: Formats,
): readonly PanelRow[] =>
  rows.toReversed().map((row) => ({
    key: String(row['month']),
    heading: <span className="month">{formats.month(String(row['month']))}</span>,
    cells: measures.map((measure) => ({ value: cellText(row, measure) })),
  }));
