import { addressOf } from './api.js';
import type { Names } from './names.js';
import { FateMark } from './fate-mark.js';
import { Figure, Text, useFormats } from './language.js';
import type { Report } from './report.js';
import { seriesQuestion, type Selection } from './selection.js';
import { changeAt } from './series.js';

const NowRows = ({ report }: { report: Report }) => {
  const formats = useFormats();
  return report.shown.toReversed().map((point) => (
    <tr key={point.month} data-month={point.month}>
      <th scope="row">
        <span className="month">{formats.month(point.month)}</span>
      </th>
      <td className="numeric" data-column="value">
        <Figure value={point.value} />
      </td>
      <td className="numeric" data-column="change">
        <Figure value={changeAt(report.all, point.month, 1)?.difference ?? null} signed />
      </td>
    </tr>
  ));
};

const ThenRows = ({ report }: { report: Report }) => {
  const formats = useFormats();
  return (report.revisions ?? []).toReversed().map((revision) => (
    <tr key={revision.month} data-month={revision.month} data-fate={revision.fate}>
      <th scope="row">
        <span className="month">{formats.month(revision.month)}</span> <FateMark fate={revision.fate} />
      </th>
      <td className="numeric" data-column="value">
        <Figure value={revision.known} />
      </td>
      <td className="numeric" data-column="now">
        <Figure value={revision.now} />
      </td>
      <td className="numeric" data-column="difference">
        <Figure value={revision.difference} signed />
      </td>
    </tr>
  ));
};

const Headings = ({ release }: { release: string | undefined }) => (
  <tr>
    <th scope="col">
      <Text of="table.month" />
    </th>
    <th scope="col" className="numeric">
      {release === undefined ? (
        <Text of="table.value" />
      ) : (
        <Text of="table.known" values={{ release: <bdi key="release">{release}</bdi> }} />
      )}
    </th>
    {release === undefined ? (
      <th scope="col" className="numeric">
        <Text of="table.change" />
      </th>
    ) : (
      <>
        <th scope="col" className="numeric">
          <Text of="table.now" />
        </th>
        <th scope="col" className="numeric">
          <Text of="table.difference" />
        </th>
      </>
    )}
  </tr>
);

/** The chart's figures to the last unit, newest month first. */
export const FiguresTable = (props: { report: Report; names: Names; selection: Selection }) => {
  const { report, names, selection } = props;
  const then = report.revisions !== undefined;
  const download = addressOf(
    { ...seriesQuestion(selection, selection.release ?? 'latest'), ...report.period },
    'csv',
  );
  const fileName = `${[selection.dataflow.code, selection.measure, selection.area ?? 'all'].join('-').replaceAll(':', '-')}.csv`;
  return (
    <section className="card" aria-labelledby="table-heading">
      <div className="card-heading tight">
        <h2 id="table-heading">
          <Text of="table.heading" />
        </h2>
        <a className="quiet-button" href={download} download={fileName}>
          <Text of="table.csv" />
        </a>
      </div>
      <div className="table-frame" role="region" aria-labelledby="table-caption" tabIndex={0}>
        <table className="figures" data-figures="months">
          <caption id="table-caption">
            <span>
              <Text of="table.caption" values={names} />
            </span>
          </caption>
          <thead>
            <Headings release={then ? selection.release : undefined} />
          </thead>
          <tbody>{then ? <ThenRows report={report} /> : <NowRows report={report} />}</tbody>
        </table>
      </div>
    </section>
  );
};
