import { useId, type ReactNode } from 'react';

/** A column's heading: what it tells, and below it in what unit. */
export type Column = {
  readonly key: string;
  readonly heading: ReactNode;
  readonly unit?: ReactNode;
  /** Words stand at the beginning of their cells, figures at the right of theirs. */
  readonly isText?: boolean;
  readonly className?: string;
};

/** A table of figures in a frame that it may be wider and longer than; the frame is reached by keyboard. */
export const FiguresTable = (props: {
  name: string;
  caption: ReactNode;
  /** Further classes of the frame. */
  frame?: string;
  columns: readonly Column[];
  /** Rows of the body. */
  children: ReactNode;
}) => {
  const { name, caption, frame, columns, children } = props;
  const id = useId();
  return (
    <div
      className={frame === undefined ? 'table-frame' : `table-frame ${frame}`}
      role="region"
      aria-labelledby={id}
      tabIndex={0}
    >
      <table className="figures" data-figures={name}>
        <caption id={id}>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map(({ key, heading, unit, isText, className }) => (
              <th
                key={key}
                scope="col"
                className={[isText === true ? '' : 'numeric', className ?? ''].join(' ').trim()}
              >
                {heading}
                {unit === undefined ? null : (
                  <>
                    <br />
                    <span className="faint">{unit}</span>
                  </>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
};
