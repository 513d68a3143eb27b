import { useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { figureText } from '../figure-text.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { figuresQuery, indicatorQuery } from '../indicator-queries.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { pageUrl } from '../url-state.js';
import type { FigureLineage, LineageQuestion } from './lineage-api.js';

const Finding = ({ lineage }: { lineage: FigureLineage }) => {
  const formats = useFormats();
  const count = (value: number, key: string) => <Num key={key}>{formats.whole(BigInt(value))}</Num>;
  const { terms, deliveries, entities } = lineage;
  if (terms.every(({ value }) => value === null)) return <Text of="lineage.untraced" />;
  if (deliveries.length === 0) return <Text of="lineage.finding.none" />;
  return (
    <Text
      of="lineage.finding"
      values={{
        records: count(
          deliveries.reduce((sum, { records }) => sum + records, 0),
          'records',
        ),
        entities: count(entities, 'entities'),
        agencies: count(new Set(deliveries.map(({ agency }) => agency)).size, 'agencies'),
      }}
    />
  );
};

const Told = ({ name, children }: { name: ReactNode; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** The figure as known now and at the release shown, its formula, and what it rests on. */
export const FigureCard = (props: {
  page: PageProps;
  summary: IndicatorSummary;
  question: LineageQuestion;
  lineage: FigureLineage;
}) => {
  const { page, summary, question, lineage } = props;
  const { url } = page;
  const formats = useFormats();
  const text = useText();
  const id = useId();
  const nameOf = usePositionName(page.releases);
  const about = useQuery(indicatorQuery(summary.code));
  const { indicator, freq, month, area } = question;
  const then = useQuery({
    ...figuresQuery({
      indicator,
      freq,
      by: [],
      ...(area === undefined ? {} : { area }),
      from: month,
      to: month,
      asKnownAt: url.release ?? 'latest',
    }),
    enabled: url.release !== undefined,
  });
  const earlier = then.data?.rows.at(-1);
  return (
    <section className="card" aria-labelledby={id} data-card="figure">
      <div className="card-heading">
        <div>
          <h3 id={id}>
            <Text of="lineage.figure" />
          </h3>
          <p className="faint">{formats.period(lineage.period)}</p>
        </div>
        <PageLink
          className="quiet-button"
          to={pageUrl(url, 'indicator', {
            indicator: summary.code,
            freq: freq === summary.frequencies[0] ? undefined : freq,
          })}
        >
          <Text of="lineage.to.indicator" />
        </PageLink>
      </div>
      <dl className="about">
        <Told name={<Text of="lineage.figure.now" />}>
          <bdi className="lineage-figure" data-figure="now">
            {figureText(lineage.figure.value, summary, formats, text, lineage.figure.reason)}
          </bdi>
        </Told>
        {url.release === undefined ? null : (
          <Told name={<Text of="lineage.figure.then" values={{ position: nameOf(url.release) }} />}>
            {then.data === undefined ? (
              <span className="skeleton skeleton-cell" aria-hidden="true" />
            ) : (
              <bdi className="lineage-figure" data-figure="then">
                {figureText(earlier?.value ?? null, summary, formats, text, earlier?.reason)}
              </bdi>
            )}
          </Told>
        )}
        <div className="wide">
          <dt>
            <Text of="lineage.formula" />
          </dt>
          <dd>
            {about.data === undefined ? (
              <span className="skeleton skeleton-label" aria-hidden="true" />
            ) : (
              formats.name(about.data.formula)
            )}
          </dd>
        </div>
      </dl>
      <p className="finding">
        <Finding lineage={lineage} />
      </p>
      {lineage.since === null ? null : (
        <p className="faint">
          <Text of="lineage.figure.note" values={{ position: nameOf(lineage.since) }} />
        </p>
      )}
    </section>
  );
};
