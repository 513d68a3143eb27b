import { Problem, Unreachable } from './api.js';
import { Name, Text } from './language.js';
import type { MessageKey } from './messages-en.js';

/** Same outline as the figures, so that nothing moves when they come. */
export const FiguresSkeleton = () => (
  <div role="status" className="figures-skeleton">
    <span className="unseen">
      <Text of="state.loading" />
    </span>
    <div className="tiles" aria-hidden="true">
      {Array.from({ length: 4 }, (_, i) => (
        <div key={i} className="tile">
          <span className="skeleton skeleton-label" />
          <span className="skeleton skeleton-value" />
          <span className="skeleton skeleton-label" />
        </div>
      ))}
    </div>
    <div className="card" aria-hidden="true">
      <span className="skeleton skeleton-heading" />
      <div className="skeleton chart-box" />
    </div>
    <div className="card" aria-hidden="true">
      <div className="skeleton skeleton-table" />
    </div>
  </div>
);

export const BlockSkeleton = () => (
  <div role="status">
    <span className="unseen">
      <Text of="state.loading" />
    </span>
    <div className="skeleton skeleton-table" aria-hidden="true" />
  </div>
);

/** No figures, and what to do about it. */
export const Nothing = (props: { title: MessageKey; hint: MessageKey; onReset?: () => void }) => (
  <div className="card message">
    <h2>
      <Text of={props.title} />
    </h2>
    <p>
      <Text of={props.hint} />
    </p>
    {props.onReset === undefined ? null : (
      <button type="button" className="button" onClick={props.onReset}>
        <Text of="state.empty.reset" />
      </button>
    )}
  </div>
);

const Refusal = ({ problem }: { problem: Problem }) => (
  <>
    <p>
      <bdi lang="en">{problem.message}</bdi>
    </p>
    {problem.mend === undefined ? null : (
      <p>
        <Text
          of="state.error.mend"
          values={{
            mend: (
              <bdi key="mend" lang="en">
                {problem.mend}
              </bdi>
            ),
          }}
        />
      </p>
    )}
    <p className="faint">
      <Text of="state.error.code" values={{ code: <Name key="code">{problem.code}</Name> }} />
    </p>
  </>
);

/** What went wrong in the server's words, or that it cannot be reached; always with a way on. */
export const Failure = (props: {
  error: Error;
  onRetry: () => void;
  /** Inside a card, which may be one of many that fail: told without alarm. */
  bare?: boolean;
}) => {
  const { error, onRetry, bare } = props;
  const away = error instanceof Unreachable;
  return (
    <div
      className={bare === true ? 'message' : 'card message'}
      {...(bare === true ? {} : { role: 'alert' as const })}
    >
      {bare === true ? (
        <p>
          <Text of={away ? 'state.offline' : 'state.error'} />
        </p>
      ) : (
        <h2>
          <Text of={away ? 'state.offline' : 'state.error'} />
        </h2>
      )}
      {away ? (
        <p>
          <Text of="state.offline.hint" />
        </p>
      ) : error instanceof Problem ? (
        <Refusal problem={error} />
      ) : (
        <p>
          <bdi lang="en">{error.message}</bdi>
        </p>
      )}
      <button type="button" className="button" onClick={onRetry}>
        <Text of="state.retry" />
      </button>
    </div>
  );
};

/** Above figures that are still right but may not be the newest. */
export const StaleNotice = ({ shown, onRetry }: { shown: boolean; onRetry: () => void }) => (
  <div role="status" className="stale-slot">
    {shown ? (
      <div className="stale">
        <p>
          <Text of="state.stale" />
        </p>
        <button type="button" className="button" onClick={onRetry}>
          <Text of="state.retry" />
        </button>
      </div>
    ) : null}
  </div>
);
