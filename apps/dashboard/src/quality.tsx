import type { Release, Status } from './api.js';
import { Num, Text, useFormats } from './language.js';
import type { MessageKey } from './messages-en.js';
import { lagOf } from './queries.js';

const Count = ({ of, value }: { of: MessageKey; value: number }) => {
  const formats = useFormats();
  return (
    <div>
      <dt>
        <Text of={of} />
      </dt>
      <dd>
        <Num>{formats.whole(BigInt(value))}</Num>
      </dd>
    </div>
  );
};

const Freshness = ({ status, releases }: { status: Status; releases: readonly Release[] }) => {
  const formats = useFormats();
  const lag = lagOf(status);
  const newest = releases.at(-1);
  return (
    <ul className="freshness">
      <li>{lag === 0 ? <Text of="quality.fresh" /> : <Text of="quality.lag" values={{ count: lag }} />}</li>
      {newest === undefined ? null : (
        <li>
          <Text
            of="quality.release"
            values={{ name: formats.release(newest.name), day: formats.day(newest.cutAt) }}
          />
        </li>
      )}
      <li>
        <Text of="quality.epoch" values={{ epoch: formats.whole(BigInt(status.epoch)) }} />
      </li>
    </ul>
  );
};

/** What came in, what of it is counted, and how fresh the figures are. */
export const Quality = (props: {
  status: Status | undefined;
  failed: boolean;
  releases: readonly Release[];
}) => {
  const { status, failed, releases } = props;
  return (
    <footer className="quality">
      <div className="quality-row">
        <h2 id="quality-heading">
          <Text of="quality.heading" />
        </h2>
        {status === undefined ? (
          <p>{failed ? <Text of="quality.unknown" /> : <span className="skeleton skeleton-heading" />}</p>
        ) : (
          <>
            <dl>
              <Count of="quality.received" value={status.intake.received} />
              <Count of="quality.accepted" value={status.intake.accepted} />
              <Count of="quality.quarantined" value={status.intake.quarantined} />
              {status.intake.unexplained === 0 ? null : (
                <Count of="quality.unexplained" value={status.intake.unexplained} />
              )}
            </dl>
            <Freshness status={status} releases={releases} />
          </>
        )}
      </div>
    </footer>
  );
};
