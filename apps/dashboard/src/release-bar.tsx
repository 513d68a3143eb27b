import type { Release } from './api.js';
import { Choice } from './choice.js';
import { Text, useFormats, useText } from './language.js';
import { changeUrl, type UrlState } from './url-state.js';
import { navigate } from './use-url.js';

const Explanation = (props: {
  releases: readonly Release[];
  chosen: string | undefined;
  /** Whether the page shows what is known now beside it. */
  besideNow: boolean;
}) => {
  const { releases, chosen, besideNow } = props;
  const formats = useFormats();
  const release = releases.find((one) => one.name === chosen);
  if (chosen === undefined)
    return (
      <p>
        <Text of={releases.length === 0 ? 'release.none' : 'release.current'} />
      </p>
    );
  return (
    <p>
      {release === undefined ? (
        <Text of="release.then" values={{ name: formats.release(chosen) }} />
      ) : (
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
      )}
    </p>
  );
};

/** The position of knowledge: now, or a release, for everything on the page. */
export const ReleaseBar = (props: { url: UrlState; releases: readonly Release[] | undefined }) => {
  const { url } = props;
  const releases = props.releases ?? [];
  const formats = useFormats();
  const text = useText();
  const choose = (release: string | undefined): void => navigate(changeUrl(url, { release }));
  return (
    <section className="release-bar" data-then={url.release !== undefined} aria-label={text('release.label')}>
      <Choice
        name="release"
        label={text('release.label')}
        value={url.release ?? 'latest'}
        options={[
          { value: 'latest', label: text('release.now') },
          ...releases.toReversed().map((release) => ({
            value: release.name,
            label: text('release.option', {
              name: formats.release(release.name),
              day: formats.day(release.cutAt),
            }),
          })),
        ]}
        onChoose={(value) => choose(value === 'latest' ? undefined : value)}
      />
      {props.releases === undefined ? (
        <p />
      ) : (
        <Explanation releases={releases} chosen={url.release} besideNow={url.page === 'movements'} />
      )}
      {url.release === undefined ? null : (
        <button type="button" className="button" onClick={() => choose(undefined)}>
          <Text of="release.back" />
        </button>
      )}
    </section>
  );
};
