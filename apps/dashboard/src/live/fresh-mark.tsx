import '../styles/live.css';
import { Num, Text, useFormats } from '../language.js';
import type { Fresh } from './fresh.js';

/** Says that a figure has just become another one, and what it was. */
export const FreshMark = ({ fresh, decimals }: { fresh: Fresh | undefined; decimals: number }) => {
  const formats = useFormats();
  if (fresh === undefined) return null;
  return (
    <span className="fresh-mark" data-fresh="true">
      {fresh.before === null ? (
        <Text of="live.mark.new" />
      ) : (
        <Text
          of="live.mark"
          values={{ before: <Num key="before">{formats.decimal(fresh.before, decimals)}</Num> }}
        />
      )}
    </span>
  );
};
