import { Num, Text, useFormats } from '../language.js';
import { foundIn, recordsIn } from './compared.js';
import type { KnowledgeComparison } from './comparison-api.js';

/** A comparison in one sentence, and the records behind it in another. */
export const CompareFinding = ({ comparison }: { comparison: KnowledgeComparison }) => {
  const formats = useFormats();
  const { indicators, added, revised, gone, flips } = foundIn(comparison.indicators);
  const records = Object.fromEntries(
    Object.entries(recordsIn(comparison)).map(([key, count]) => [
      key,
      <Num key={key}>{formats.whole(BigInt(count))}</Num>,
    ]),
  );
  return (
    <>
      <p className="finding" data-finding="compare">
        {indicators === 0 ? (
          <Text of="compare.found.none" />
        ) : (
          <>
            <Text of="compare.found" values={{ indicators, added, revised }} />
            {gone === 0 ? null : (
              <>
                {' '}
                <Text of="compare.found.gone" values={{ gone }} />
              </>
            )}
            {flips === 0 ? null : (
              <>
                {' '}
                <Text of="compare.found.flips" values={{ flips }} />
              </>
            )}
          </>
        )}
      </p>
      <p className="faint">
        <Text of="changes.records" values={records} />
      </p>
    </>
  );
};
