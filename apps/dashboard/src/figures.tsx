import { Breakdown } from './breakdown.js';
import { ChartCard } from './chart.js';
import { Text, useFormats } from './language.js';
import { reportOf, type Report } from './report.js';
import type { Selection } from './selection.js';
import { useNames } from './names.js';
import { Failure, FiguresSkeleton, Nothing } from './states.js';
import { FiguresTable } from './table.js';
import { Tiles } from './tiles.js';
import { changeUrl, type Theme, type UrlState } from './url-state.js';
import { useSeries } from './use-series.js';
import { navigate } from './use-url.js';

const Notes = ({ report }: { report: Report }) => {
  const formats = useFormats();
  return (
    <section className="notes">
      {report.measure === undefined ? null : (
        <div>
          <h2>
            <Text of="definition.heading" />
          </h2>
          <p>{formats.name(report.measure.definition)}</p>
        </div>
      )}
      {report.notes.length === 0 ? null : (
        <div>
          <h2>
            <Text of="notes.heading" />
          </h2>
          <ul>
            {report.notes.map((note) => (
              <li key={note.en}>{formats.name(note)}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
};

/** Tiles, chart, table and breakdown of one selection; or the reason why there are none. */
export const Figures = (props: { url: UrlState; selection: Selection; theme: Theme }) => {
  const { url, selection, theme } = props;
  const names = useNames(selection);
  const { shown, today, complete, error, retry } = useSeries(selection);
  if (error !== null) return <Failure error={error} onRetry={retry} />;
  if (!complete || shown === undefined) return <FiguresSkeleton />;
  const report = reportOf(selection, shown, today, url);
  if (report === undefined) return <Nothing title="state.empty" hint="state.empty.hint" />;
  if (report.shown.length === 0 && (report.revisions ?? []).length === 0)
    return (
      <Nothing
        title="state.empty"
        hint="state.empty.hint"
        onReset={() => navigate(changeUrl(url, { from: undefined, to: undefined }))}
      />
    );
  return (
    <>
      <Tiles report={report} names={names} />
      <ChartCard report={report} names={names} release={selection.release} theme={theme} />
      <div className="columns" data-single={selection.breakdown === undefined || report.latest === undefined}>
        <FiguresTable report={report} names={names} selection={selection} />
        {selection.breakdown === undefined || report.latest === undefined ? null : (
          <Breakdown
            selection={selection}
            grouping={selection.breakdown}
            month={report.latest}
            names={names}
          />
        )}
      </div>
      <Notes report={report} />
    </>
  );
};
