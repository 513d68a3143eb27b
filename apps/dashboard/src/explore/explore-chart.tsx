import { palettes } from '../palette.js';
import { Num, Text, useFormats, useText } from '../language.js';
import type { Theme } from '../url-state.js';
import { seriesColours, seriesDashes, type ExploreDrawing } from './explore-option.js';
import { part } from '../part.js';
import { ChartBox } from '../chart-box.js';

const ExploreCanvas = part(() => import('./explore-canvas.js'));

const marks: readonly (string | undefined)[] = [
  undefined,
  'M6 6l6 -6M8 12l12 -12M16 12l6 -6',
  'M10 3h2M16 3h2M13 6h2M10 9h2M16 9h2',
  'M16 0l6 6M8 0l12 12M6 6l6 6',
];

const Swatch = ({ at, kind, theme }: { at: number; kind: 'line' | 'bar'; theme: Theme }) => (
  <svg className="series-swatch" viewBox="0 0 28 12" aria-hidden="true">
    {kind === 'line' ? (
      <line
        x1="1"
        x2="27"
        y1="6"
        y2="6"
        stroke={seriesColours[theme][at]}
        strokeWidth="3"
        strokeDasharray={seriesDashes[at]?.join(' ') || undefined}
      />
    ) : (
      <>
        <rect x="6" y="0" width="16" height="12" rx="2" fill={seriesColours[theme][at]} />
        {/* the same marks as on the bars */}
        <path d={marks[at]} stroke={palettes[theme].surface} strokeWidth="2" fill="none" />
      </>
    )}
  </svg>
);

type Extreme = { readonly name: string; readonly category: string; readonly value: bigint };

/** The largest and the smallest figure of the drawing. */
const extremesOf = ({ categories, series }: ExploreDrawing): readonly [Extreme, Extreme] | undefined => {
  const told = series.flatMap(({ name, values }) =>
    values.flatMap((value, at) => (value === null ? [] : [{ name, category: categories[at] ?? '', value }])),
  );
  const [first] = told;
  if (first === undefined) return undefined;
  const pick = (better: (a: bigint, b: bigint) => boolean): Extreme =>
    told.reduce((best, one) => (better(one.value, best.value) ? one : best), first);
  return [pick((a, b) => a > b), pick((a, b) => a < b)];
};

const Finding = ({ drawing, unit }: { drawing: ExploreDrawing; unit: string }) => {
  const formats = useFormats();
  const found = extremesOf(drawing);
  if (found === undefined) return <Text of="chart.none" />;
  const [highest, lowest] = found;
  const where = ({ name, category }: Extreme): string =>
    [
      ...(drawing.series.length > 1 ? [name] : []),
      drawing.kind === 'line' ? formats.month(category) : category,
    ].join(formats.comma);
  return (
    <Text
      of="explore.finding"
      values={{
        highest: <Num key="highest">{formats.whole(highest.value)}</Num>,
        highestAt: where(highest),
        lowest: <Num key="lowest">{formats.whole(lowest.value)}</Num>,
        lowestAt: where(lowest),
        unit,
      }}
    />
  );
};

/** The selection as a chart, with its finding in words; the table beside it has every figure. */
export const ExploreChart = (props: {
  drawing: ExploreDrawing;
  title: string;
  unit: string;
  /** Name of the measure that is drawn, where the table has others beside it. */
  measure: string | undefined;
  theme: Theme;
  /** Some rows or columns of the table are not drawn. */
  partial: boolean;
}) => {
  const { drawing, title, unit, measure, theme, partial } = props;
  const text = useText();
  const height = drawing.kind === 'bar' ? Math.max(220, drawing.categories.length * 34 + 60) : undefined;
  return (
    <figure className="chart">
      {measure === undefined ? null : <p className="drawn-measure">{measure}</p>}
      <ul className="legend">
        {drawing.series.map(({ name }, at) => (
          <li key={name}>
            <Swatch at={at} kind={drawing.kind} theme={theme} />
            <span>{name}</span>
          </li>
        ))}
      </ul>
      <ChartBox height={height}>
        <ExploreCanvas
          drawing={drawing}
          theme={theme}
          label={title}
          undefinedText={text('figure.undefined')}
        />
      </ChartBox>
      <figcaption>
        <Finding drawing={drawing} unit={unit} /> {partial ? <Text of="explore.partial" /> : null}
      </figcaption>
    </figure>
  );
};
