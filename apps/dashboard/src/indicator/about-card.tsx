import type { ReactNode } from 'react';
import type { IndicatorDescription } from '../indicator-api.js';
import type { MessageKey } from '../messages-en.js';
import { Text, useFormats } from '../language.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { recordKind } from '../record-names.js';
import { changeUrl, pageUrl } from '../url-state.js';

const Entry = ({ of, children }: { of: MessageKey; children: ReactNode }) => (
  <div>
    <dt>
      <Text of={of} />
    </dt>
    <dd>{children}</dd>
  </div>
);

const addsKey = ({ additivity }: IndicatorDescription): MessageKey => {
  if (additivity.time && additivity.area) return 'indicator.adds.both';
  if (additivity.time) return 'indicator.adds.time';
  return additivity.area ? 'indicator.adds.area' : 'indicator.adds.none';
};

const Permalink = ({ page, code }: { page: PageProps; code: string }) => {
  const { url, releases } = page;
  const formats = useFormats();
  const newest = releases?.at(-1);
  if (url.release !== undefined)
    return <Text of="indicator.permalink.here" values={{ release: formats.release(url.release) }} />;
  if (newest === undefined) return <Text of="release.none" />;
  return (
    <PageLink to={changeUrl(url, { release: newest.name, indicator: code })}>
      <Text of="indicator.permalink.release" values={{ release: formats.release(newest.name) }} />
    </PageLink>
  );
};

/** What the indicator means, what it is made of, how far it reaches, and links that keep their meaning. */
export const AboutCard = ({ page, about }: { page: PageProps; about: IndicatorDescription }) => {
  const formats = useFormats();
  const lag = Number(about.freshness.lag ?? 0);
  const { coverage } = about;
  return (
    <section className="card" aria-labelledby="about-heading">
      <div className="card-heading">
        <h3 id="about-heading">
          <Text of="indicator.about" />
        </h3>
      </div>
      <dl className="about">
        <Entry of="indicator.definition">{formats.name(about.definition)}</Entry>
        <Entry of="indicator.formula">
          <span data-formula={about.code}>{formats.name(about.formula)}</span>
        </Entry>
        {about.caveats === undefined ? null : (
          <Entry of="indicator.caveats">{formats.name(about.caveats)}</Entry>
        )}
        <Entry of="indicator.reference-time">
          <Text of={`time.${about.referenceTime}`} />
        </Entry>
        <Entry of="indicator.adds">
          <Text of={addsKey(about)} />
        </Entry>
        {about.ripeMonths === undefined ? null : (
          <Entry of="indicator.ripe">
            <Text of="indicator.ripe.months" values={{ count: about.ripeMonths }} />
          </Entry>
        )}
        <Entry of="indicator.coverage">
          {coverage === null ? (
            <Text of="indicator.coverage.none" />
          ) : (
            <Text
              of="indicator.coverage.range"
              values={{ first: formats.period(coverage.first), last: formats.period(coverage.last) }}
            />
          )}
        </Entry>
        <Entry of="indicator.freshness">
          {lag === 0 ? (
            <Text of="indicator.freshness.none" />
          ) : (
            <Text of="indicator.freshness.lag" values={{ count: lag }} />
          )}
        </Entry>
        <Entry of="indicator.reference">
          <bdi lang="en">{about.reference}</bdi>
        </Entry>
        <Entry of="indicator.permalink">
          <Permalink page={page} code={about.code} />
          <br />
          <PageLink to={pageUrl(page.url, 'revisions', { indicator: about.code, freq: page.url.freq })}>
            <Text of="indicator.lineage" />
          </PageLink>
          {about.requiredDimensions === undefined ? (
            <>
              <br />
              <PageLink to={pageUrl(page.url, 'lineage', { indicator: about.code, freq: page.url.freq })}>
                <Text of="lineage.of" />
              </PageLink>
            </>
          ) : null}
        </Entry>
        <div className="wide">
          <dt>
            <Text of="indicator.sources" />
          </dt>
          <dd>
            <ul className="chips">
              {about.sources.map((source) => (
                <li key={source}>{formats.name(recordKind(source))}</li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
    </section>
  );
};
