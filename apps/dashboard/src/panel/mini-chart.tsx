import '../styles/mini.css';
import { runsOf, type Box, type Scale } from './mini.js';

const Runs = (props: { line: readonly (number | null)[]; scale: Scale; box: Box; name: 'own' | 'other' }) => {
  const { line, scale, box, name } = props;
  return runsOf(line, scale, box).map((run, at) =>
    run.length === 1 ? (
      <circle key={at} className={`mini-${name}`} cx={run[0]?.x} cy={run[0]?.y} r="2" />
    ) : (
      <polyline
        key={at}
        className={`mini-${name}`}
        points={run.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')}
      />
    ),
  );
};

/** An area's line, and the country's dashed behind it; the figures stand in words beside it. */
export const MiniChart = (props: {
  own: readonly (number | null)[];
  other: readonly (number | null)[] | undefined;
  scale: Scale;
  box: Box;
}) => {
  const { own, other, scale, box } = props;
  const last = runsOf(own, scale, box).at(-1)?.at(-1);
  return (
    <svg className="mini-chart" viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
      {other === undefined ? null : <Runs line={other} scale={scale} box={box} name="other" />}
      <Runs line={own} scale={scale} box={box} name="own" />
      {last === undefined ? null : <circle className="mini-end" cx={last.x} cy={last.y} r="3" />}
    </svg>
  );
};
