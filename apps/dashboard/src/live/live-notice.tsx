import '../styles/live.css';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { catalogueQuery } from '../indicator-queries.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { PageLink } from '../page-link.js';
import { changeUrl, type UrlState } from '../url-state.js';
import { forgetFresh } from './fresh.js';
import { summaryOf } from './fresh-summary.js';
import { useFreshMarks } from './use-live.js';

/** Names so many indicators at most; the others are counted. */
const mostNamed = 3;

/** Says calmly that figures of the page changed, and offers to have it explained. Stays until it is put away. */
export const LiveNotice = ({ url, newest }: { url: UrlState; newest: string | undefined }) => {
  const marks = useFreshMarks();
  const formats = useFormats();
  const text = useText();
  const { figures, indicators, at } = summaryOf(marks);
  const catalogue = useQuery({ ...catalogueQuery, enabled: figures > 0 });
  const named = indicators.slice(0, mostNamed).map((code) => {
    const summary = catalogue.data?.find((one) => one.code === code);
    return summary === undefined ? code : formats.name(summary.name);
  });
  // another page, another area: what changed there is not what is shown here
  useEffect(() => forgetFresh, [url.page, url.area, url.indicator, url.release]);
  const said = figures === 0 ? '' : text('live.changed.said', { figures, indicators: indicators.length });
  const spoken = useSettled(said);
  return (
    <>
      <p className="unseen" role="status" data-live-said="true">
        {spoken}
      </p>
      {figures === 0 ? null : (
        <aside className="live-notice" aria-label={text('live.changed.label')}>
          <p>
            <Text of="live.changed" values={{ figures, time: <Num key="time">{formats.time(at)}</Num> }} />
            {': '}
            {named.join(formats.comma)}
            {indicators.length > mostNamed ? (
              <>
                {' '}
                <Text of="live.changed.more" values={{ count: indicators.length - mostNamed }} />
              </>
            ) : null}
          </p>
          <div className="live-notice-ways">
            {newest === undefined || url.vs !== undefined ? null : (
              <PageLink className="quiet-button" to={changeUrl(url, { vs: newest })}>
                <Text of="live.explain" />
              </PageLink>
            )}
            <button type="button" className="button" onClick={forgetFresh}>
              <Text of="live.seen" />
            </button>
          </div>
        </aside>
      )}
    </>
  );
};

/** Between two announcements; under a stream of changes a screen reader must be left to read on. */
const betweenMs = 15_000;

/** Until a text has stood still: a burst of changes is one announcement. */
const settlingMs = 800;

/** A text said when it has stood still for a moment, and not too soon after the one before. */
const useSettled = (text: string): string => {
  const [said, setSaid] = useState({ text: '', at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    if (text === said.text) return undefined;
    const soonest = text === '' ? 0 : said.at + betweenMs - performance.now();
    const timer = setTimeout(() => setSaid({ text, at: performance.now() }), Math.max(settlingMs, soonest));
    return () => clearTimeout(timer);
  }, [text, said]);
  return said.text;
};
