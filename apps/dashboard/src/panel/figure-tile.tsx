import '../styles/headline.css';
import { ChangeFigure, Decimal, reasonText } from '../figure-text.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { Sparkline } from '../overview/sparkline.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { latestFigure } from '../readings.js';
import { pageUrl, type Frequency } from '../url-state.js';
import { revisionsOf, type Told } from './told.js';

/** Periods that a sparkline shows at most. */
const sparkPeriods: Readonly<Record<Frequency, number>> = { M: 24, Q: 12, A: 10 };

const Revision = (props: { page: PageProps; told: Told; period: string }) => {
  const { page, told, period } = props;
  const formats = useFormats();
  const nameOf = usePositionName(page.releases);
  const own = revisionsOf(told).find((one) => one.period === period);
  const earlier = told.before?.rows.find((one) => one.period === period)?.value ?? null;
  // what was chosen to compare with is told also where nothing changed
  if (told.before === undefined || earlier === null) return null;
  if (own === undefined && page.url.vs === undefined) return null;
  return (
    <p className="tile-note" data-revised={own === undefined ? 'none' : 'own'}>
      {own === undefined ? null : (
        <>
          <span className="mark">
            <Text of="mark.revised" />
          </span>{' '}
        </>
      )}
      <Text
        of="panel.against"
        values={{
          position: nameOf(told.before.release),
          value: <Num key="value">{formats.decimal(earlier, told.summary.decimals)}</Num>,
        }}
      />
    </p>
  );
};

/** The newest figure of an indicator with its period, course, change on a year before and revision. */
export const FigureTile = ({ page, told }: { page: PageProps; told: Told }) => {
  const { summary, freq, rows } = told;
  const formats = useFormats();
  const text = useText();
  const row = latestFigure(rows);
  const newest = rows.at(-1);
  const against = freq === 'A' ? 'previous' : 'year';
  const link = pageUrl(page.url, 'indicator', {
    indicator: summary.code,
    freq: freq === summary.frequencies[0] ? undefined : freq,
  });
  return (
    <article className="tile headline" data-indicator={summary.code} data-ready="true">
      <h4>
        <PageLink to={link}>{formats.name(summary.name)}</PageLink>
      </h4>
      {row === undefined ? (
        <>
          <p className="tile-value">
            <Decimal value={null} decimals={0} reason={newest?.reason ?? 'no-data'} />
          </p>
          <p className="tile-note">{reasonText(newest?.reason ?? 'no-data', text)}</p>
        </>
      ) : (
        <>
          <div className="tile-figure">
            <div>
              <p className="tile-value">
                <Decimal value={row.value} decimals={summary.decimals} />
              </p>
              <p className="tile-period">
                <span className="tile-unit">{formats.name(summary.unit)}</span>
                {formats.comma}
                <time dateTime={row.period}>{formats.period(row.period)}</time>
                {row.status === 'provisional' ? (
                  <>
                    {' '}
                    <span className="mark" data-status="provisional">
                      <Text of="status.provisional" />
                    </span>
                  </>
                ) : null}
                {row.note === 'at-least' ? (
                  <>
                    {' '}
                    <Text of="note.at-least" />
                  </>
                ) : null}
              </p>
            </div>
            <Sparkline values={rows.slice(-sparkPeriods[freq]).map(({ value }) => value)} />
          </div>
          <ul className="tile-changes">
            <li>
              <span className="faint">
                <Text of={`tile.${against}.${freq}`} />
              </span>{' '}
              <ChangeFigure row={row} against={against} of={summary} />
            </li>
          </ul>
          <Revision page={page} told={told} period={row.period} />
        </>
      )}
    </article>
  );
};

/** Tiles of the indicators that were told, in the order asked. */
export const FigureTiles = (props: {
  page: PageProps;
  told: ReadonlyMap<string, Told>;
  asked: readonly string[];
}) => (
  <div className="figure-tiles">
    {props.asked.flatMap((name) => {
      const told = props.told.get(name);
      return told === undefined ? [] : [<FigureTile key={name} page={props.page} told={told} />];
    })}
  </div>
);
