import type { ReactNode } from 'react';
import { Decimal } from '../figure-text.js';
import { FiguresTable } from '../figures-table.js';
import { Text } from '../language.js';

export type PartRow = {
  readonly key: string;
  readonly name: string;
  /** Begins a group of rows with this heading. */
  readonly group?: string;
  readonly value: string | null;
};

/** Parts of a whole with a bar for each: a drawing and its table in one. */
export const PartsTable = (props: {
  name: string;
  caption: ReactNode;
  corner: string;
  heading: ReactNode;
  rows: readonly PartRow[];
}) => {
  const { name, caption, corner, heading, rows } = props;
  const most = Math.max(1, ...rows.map(({ value }) => Number(value ?? 0)));
  return (
    <FiguresTable
      name={name}
      caption={caption}
      columns={[
        { key: 'part', heading: corner, isText: true },
        { key: 'value', heading },
        {
          key: 'bar',
          heading: (
            <span className="unseen">
              <Text of="panel.bar" />
            </span>
          ),
          className: 'bar-cell',
        },
      ]}
    >
      {rows.map((row) => (
        <PartLine key={row.key} row={row} most={most} />
      ))}
    </FiguresTable>
  );
};

const PartLine = ({ row, most }: { row: PartRow; most: number }) => (
  <>
    {row.group === undefined ? null : (
      <tr className="group-row">
        <th scope="colgroup" colSpan={3}>
          {row.group}
        </th>
      </tr>
    )}
    <tr data-row={row.key}>
      <th scope="row">{row.name}</th>
      <td className="numeric" data-column="value">
        <Decimal value={row.value} decimals={0} />
      </td>
      <td className="bar-cell" aria-hidden="true">
        <span className="state-bar">
          <span style={{ inlineSize: `${(Number(row.value ?? 0) / most) * 100}%` }} />
        </span>
      </td>
    </tr>
  </>
);
