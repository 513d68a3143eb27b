import './styles/headline.css';
import { sparkRuns } from './spark.js';

const box = { width: 120, height: 40, margin: 4 } as const;

/** The course of the figures in one glance; the figures themselves stand in words beside it. */
export const Sparkline = ({ values }: { values: readonly (string | null)[] }) => {
  const runs = sparkRuns(values, box);
  const last = runs.at(-1)?.at(-1);
  return (
    <svg className="sparkline" viewBox={`0 0 ${box.width} ${box.height}`} aria-hidden="true">
      {runs.map((run, i) =>
        run.length === 1 ? (
          <circle key={i} cx={run[0]?.x} cy={run[0]?.y} r="1.8" />
        ) : (
          <polyline key={i} points={run.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')} />
        ),
      )}
      {last === undefined ? null : <circle className="spark-end" cx={last.x} cy={last.y} r="3" />}
    </svg>
  );
};
