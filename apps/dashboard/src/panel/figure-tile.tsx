import '../styles/headline.css';
import { ChangeFigure } from '../figure-text.js';
import { Num, Text, useFormats } from '../language.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { latestFigure } from '../readings.js';
import { TileFigure, TileWithoutFigure } from '../tile-figure.js';
import { pageUrl } from '../url-state.js';
import { revisionsOf, type Told } from './told.js';

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
  const row = latestFigure(rows);
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
        <TileWithoutFigure newest={rows.at(-1)} />
      ) : (
        <>
          <TileFigure summary={summary} freq={freq} rows={rows} row={row} />
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
