import '../styles/live.css';
import { useEffect, useState } from 'react';
import { Num, Text, useFormats } from '../language.js';
import { useLive } from './use-live.js';
import { freshnessOf } from './freshness.js';

/** The clock, so often that a text about the time since stays true. */
const useClock = (running: boolean): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
};

/** How far the figures on the page are behind the ledger, or that nobody knows. */
export const LiveBadge = ({ fixed }: { fixed: boolean }) => {
  const { link, lag, heardAt } = useLive();
  const formats = useFormats();
  const freshness = freshnessOf(link, lag, fixed);
  const apart = freshness === 'away' || freshness === 'lost' || freshness === 'behind';
  const now = useClock(apart);
  const time = heardAt === undefined ? undefined : formats.time(heardAt);
  const seconds = Math.max(0, Math.round((lag?.seconds ?? 0) + (now - (heardAt ?? now)) / 1000));
  return (
    <div className="live-badge" data-live={freshness}>
      <span className="live-dot" aria-hidden="true" />
      {freshness === 'behind' ? (
        <span>
          <Text of="live.behind" values={{ events: lag?.events ?? 0 }} />
          {lag?.seconds === null ? null : (
            <>
              {' '}
              <Text
                of="live.behind.seconds"
                values={{ seconds: <Num key="s">{formats.whole(BigInt(seconds))}</Num> }}
              />
            </>
          )}
        </span>
      ) : (freshness === 'away' || freshness === 'lost') && time !== undefined ? (
        <Text of={`live.${freshness}.since`} values={{ time: <Num key="time">{time}</Num> }} />
      ) : (
        <Text of={`live.${freshness}`} />
      )}
    </div>
  );
};
