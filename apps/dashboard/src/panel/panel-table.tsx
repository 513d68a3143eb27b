import { useId, type ReactNode } from 'react';
import { Decimal } from '../figure-text.js';
import type { Reason } from '../indicator-api.js';

export type PanelColumn = {
  readonly key: string;
  readonly heading: ReactNode;
  readonly decimals: number;
};

export type PanelCell = { readonly value: string | null; readonly reason?: Reason | undefined };

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
  const id = useId();
  return (
    <div className="table-frame panel-frame" role="region" aria-labelledby={id} tabIndex={0}>
      <table className="figures" data-figures={name}>
        <caption id={id}>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{corner}</th>
            {columns.map(({ key, heading }) => (
              <th key={key} scope="col" className="numeric">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, heading, cells }) => (
            <tr key={key} data-row={key}>
              <th scope="row">{heading}</th>
              {columns.map((column, at) => {
                const cell = cells[at];
                return (
                  <td key={column.key} className="numeric" data-column={column.key}>
                    {cell === undefined ? null : (
                      <Decimal value={cell.value} decimals={column.decimals} reason={cell.reason} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
