import '../styles/mini.css';
import { useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { Decimal } from '../figure-text.js';
import { figuresQuery } from '../indicator-queries.js';
import { Text, useFormats, useText } from '../language.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { MiniChart } from '../panel/mini-chart.js';
import { lies } from '../periods.js';
import { BlockSkeleton, Failure } from '../states.js';
import { changeUrl } from '../url-state.js';
import type { Areas } from '../use-areas.js';
import { multiplesOf } from './small-multiples-lines.js';
import type { View } from './view.js';

const box = { width: 150, height: 56, margin: 4 } as const;

/** A small chart for each province, all on one scale with the country's line behind. */
export const SmallMultiples = (props: { page: PageProps; view: View; areas: Areas }) => {
  const { page, view, areas } = props;
  const { url } = page;
  const { summary, freq } = view;
  const formats = useFormats();
  const text = useText();
  const id = useId();
  const shown = view.hasWhole && summary.dimensions.includes('area');
  const base = { indicator: summary.code, freq, asKnownAt: url.release ?? 'latest' };
  const country = useQuery({ ...figuresQuery({ ...base, by: [], area: areas.country }), enabled: shown });
  const parts = useQuery({ ...figuresQuery({ ...base, by: ['area'] }), enabled: shown });
  const { provinces } = areas;
  const { from, to } = url;
  const multiples = useMemo(() => {
    if (country.data === undefined || parts.data === undefined) return undefined;
    const cut = (rows: typeof country.data.rows) => rows.filter(({ period }) => lies(period, from, to));
    const codes = provinces.map(({ code }) => code).filter((code) => !code.endsWith('_U'));
    return multiplesOf(summary, cut(country.data.rows), cut(parts.data.rows), codes);
    // the provinces are the same as long as the language is
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [country.data, parts.data, summary, from, to, formats]);
  if (!shown) return null;
  const failed = [country, parts].find((query) => query.isError && query.data === undefined);
  return (
    <section className="card" aria-labelledby={id} data-card="multiples">
      <div className="card-heading">
        <div>
          <h3 id={id}>
            <Text of="multiples.heading" />
          </h3>
          {multiples?.period === undefined ? null : (
            <p className="faint">
              <Text
                of={summary.kind === 'share' ? 'multiples.note.share' : 'multiples.note.level'}
                values={{
                  country: areas.nameOf(areas.country),
                  period: `${formats.period(multiples.period)}${formats.language === 'fa' ? '،' : ','} ${formats.name(summary.unit)}`,
                }}
              />
            </p>
          )}
        </div>
      </div>
      {failed?.error ? (
        <Failure error={failed.error} onRetry={() => void failed.refetch()} bare />
      ) : multiples === undefined ? (
        <BlockSkeleton />
      ) : (
        <>
          <p className="finding">
            <Text of="multiples.finding" values={{ up: multiples.up, down: multiples.down }} />
          </p>
          <ul className="small-multiples" aria-label={text('multiples.label')}>
            {multiples.charts.map(({ code, line, figure }) => (
              <li key={code} data-area={code}>
                <PageLink
                  to={changeUrl(url, { indicator: summary.code, area: code, breakdown: 'area' })}
                  current={code === areas.chosen}
                >
                  <span className="multiple-name">
                    <span>{areas.nameOf(code)}</span>{' '}
                    <span className="multiple-value">
                      <Decimal
                        value={figure?.value ?? null}
                        decimals={summary.decimals}
                        reason={figure?.reason ?? 'no-data'}
                      />
                    </span>
                  </span>
                  <MiniChart own={line} other={multiples.whole} scale={multiples.scale} box={box} />
                </PageLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
