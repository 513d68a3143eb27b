import { Num, useFormats } from './language.js';

/** A cell with a count of records or entities; empty where there is nothing to count. */
export const CountCell = ({ column, value }: { column: string; value: number | null | undefined }) => {
  const formats = useFormats();
  return (
    <td className="numeric" data-column={column}>
      {value === null || value === undefined ? null : <Num>{formats.whole(BigInt(value))}</Num>}
    </td>
  );
};
