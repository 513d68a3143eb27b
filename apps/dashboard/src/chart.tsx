import { isolated } from './formats.js';
import type { Names } from './names.js';
import { Name, Num, Text, useFormats, useText } from './language.js';
import type { Report } from './report.js';
import { changesIn } from './revision.js';
import { extremesOf } from './series.js';
import type { Theme } from './url-state.js';
import { part } from './part.js';
import { ChartBox } from './chart-box.js';

const ChartCanvas = part(() => import('./chart-canvas.js'));

const Legend = ({ release }: { release: string }) => (
  <ul className="legend">
    <li>
      <span className="swatch" data-line="known" aria-hidden="true" />
      <span>
        <Text of="chart.known" values={{ release: <Name key="release">{release}</Name> }} />
      </span>
    </li>
    <li>
      <span className="swatch" data-line="now" aria-hidden="true" />
      <Text of="chart.now" />
    </li>
    <li>
      <span className="swatch" data-line="mark" aria-hidden="true" />
      <Text of="chart.marker" />
    </li>
  </ul>
);

/** What the chart shows, in words: for those who do not see it, and as its finding for all. */
const Summary = ({ report, names }: { report: Report; names: Names }) => {
  const formats = useFormats();
  const found = extremesOf(report.shown);
  if (found === undefined) return <Text of="chart.none" />;
  const figure = (value: bigint | null): string => (value === null ? '' : formats.whole(value));
  return (
    <>
      <Text
        of="chart.summary"
        values={{
          ...names,
          from: formats.month(report.period.from),
          to: formats.month(report.period.to),
          latest: <Num key="latest">{figure(found.latest.value)}</Num>,
          latestMonth: formats.month(found.latest.month),
          highest: <Num key="highest">{figure(found.highest.value)}</Num>,
          highestMonth: formats.month(found.highest.month),
          lowest: <Num key="lowest">{figure(found.lowest.value)}</Num>,
          lowestMonth: formats.month(found.lowest.month),
        }}
      />
      {report.revisions === undefined ? null : (
        <>
          {' '}
          <Text of="chart.summary.revised" values={changesIn(report.revisions)} />
        </>
      )}
    </>
  );
};

export const ChartCard = (props: {
  report: Report;
  names: Names;
  release: string | undefined;
  theme: Theme;
}) => {
  const { report, names, release, theme } = props;
  const formats = useFormats();
  const text = useText();
  const period = {
    from: formats.month(report.period.from),
    to: formats.month(report.period.to),
    unit: names.unit,
  };
  return (
    <section className="card" aria-labelledby="chart-heading">
      <div className="card-heading">
        <div>
          <h2 id="chart-heading">
            <Text of="chart.heading" values={names} />
          </h2>
          <p className="faint">
            <Text of="chart.period" values={period} />
          </p>
        </div>
        {release === undefined ? null : <Legend release={release} />}
      </div>
      <figure className="chart">
        <ChartBox>
          <ChartCanvas
            report={report}
            theme={theme}
            known={
              release === undefined ? names.measure : text('chart.known', { release: isolated(release) })
            }
            now={text('chart.now')}
            undefinedText={text('figure.undefined')}
            label={text('chart.heading', { measure: names.measure, area: names.area })}
          />
        </ChartBox>
        <figcaption>
          <Summary report={report} names={names} />
        </figcaption>
      </figure>
    </section>
  );
};
