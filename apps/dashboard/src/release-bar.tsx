import './styles/compare.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Release } from './api.js';
import { positionQuery } from './compare/comparison-queries.js';
import { kindOf } from './knowledge/position.js';
import { PositionChoice } from './knowledge/position-choice.js';
import { Text, useFormats, useText } from './language.js';
import { LiveBadge } from './live/live-badge.js';
import { changeUrl, type UrlState } from './url-state.js';
import { navigate } from './use-url.js';

/** The day chosen, and which epoch was the last one closed by its end. */
const DayExplanation = ({ day }: { day: string }) => {
  const formats = useFormats();
  const { data, error } = useQuery(positionQuery(day));
  const named = formats.release(day);
  if (error !== null && data === undefined) return <Text of="position.day.none" values={{ day: named }} />;
  if (data?.epoch === undefined || data.epoch === null || data.closedAt === null)
    return <Text of="position.day.waiting" values={{ day: named }} />;
  return (
    <Text
      of="position.day.shown"
      values={{
        day: named,
        epoch: formats.whole(BigInt(data.epoch)),
        closed: (
          <time key="closed" dateTime={data.closedAt}>
            {formats.day(data.closedAt)}
          </time>
        ),
      }}
    />
  );
};

const Explanation = (props: {
  releases: readonly Release[];
  chosen: string | undefined;
  /** Whether the page shows what is known now beside it. */
  besideNow: boolean;
}): ReactNode => {
  const { releases, chosen, besideNow } = props;
  const formats = useFormats();
  const release = releases.find((one) => one.name === chosen);
  if (chosen === undefined) return <Text of={releases.length === 0 ? 'release.none' : 'release.current'} />;
  if (kindOf(chosen, releases) === 'day') return <DayExplanation day={chosen} />;
  if (release === undefined) return <Text of="release.then" values={{ name: formats.release(chosen) }} />;
  return (
    <Text
      of={besideNow ? 'release.then.cut' : 'release.shown'}
      values={{
        name: formats.release(chosen),
        day: (
          <time key="day" dateTime={release.cutAt}>
            {formats.day(release.cutAt)}
          </time>
        ),
      }}
    />
  );
};

/** The position of knowledge for everything on the page, and the one it is compared with. */
export const ReleaseBar = (props: { url: UrlState; releases: readonly Release[] | undefined }) => {
  const { url } = props;
  const releases = props.releases ?? [];
  const text = useText();
  const choose = (release: string | undefined): void =>
    navigate(changeUrl(url, { release, ...(url.vs === (release ?? 'latest') ? { vs: undefined } : {}) }));
  return (
    <section
      className="release-bar"
      data-then={url.release !== undefined || url.vs !== undefined}
      aria-label={text('release.label')}
    >
      <PositionChoice
        name="release"
        label={text('release.label')}
        value={url.release}
        releases={releases}
        onChoose={choose}
      />
      <PositionChoice
        name="vs"
        label={text('compare.label')}
        value={url.vs}
        releases={releases}
        without={url.release ?? 'latest'}
        onChoose={(vs) => navigate(changeUrl(url, { vs }))}
      />
      <div className="release-words">
        <p>
          {props.releases === undefined ? null : (
            <Explanation releases={releases} chosen={url.release} besideNow={url.page === 'movements'} />
          )}
        </p>
        <LiveBadge fixed={url.release !== undefined} />
      </div>
      {url.release === undefined ? null : (
        <button type="button" className="button" onClick={() => choose(undefined)}>
          <Text of="release.back" />
        </button>
      )}
    </section>
  );
};
