import type { ReactNode } from 'react';
import type { Names } from './names.js';
import { Figure, Num, Text, useFormats } from './language.js';
import { FateMark } from './fate-mark.js';
import { shiftMonth } from './months.js';
import type { Report } from './report.js';
import { fateOf } from './revision.js';
import { changeAt, valueAt } from './series.js';

const Tile = (props: { name: string; label: ReactNode; value: ReactNode; children: ReactNode }) => (
  <div className="tile" data-tile={props.name}>
    <dt>{props.label}</dt>
    <dd className="tile-value">{props.value}</dd>
    <dd className="tile-note">{props.children}</dd>
  </div>
);

/** Today's figure under one of a release. */
const Today = ({ known, now }: { known: bigint | null; now: bigint | null }) =>
  known === now ? (
    <Text of="tile.unchanged" />
  ) : (
    <>
      <Text of="tile.today" values={{ value: <Figure key="now" value={now} /> }} />{' '}
      <FateMark fate={fateOf(known, now)} />
    </>
  );

const ChangeTile = (props: {
  name: string;
  label: ReactNode;
  report: Report;
  month: string;
  back: number;
}) => {
  const { report, month, back } = props;
  const formats = useFormats();
  const change = changeAt(report.all, month, back);
  const against = formats.month(shiftMonth(month, -back));
  return (
    <Tile name={props.name} label={props.label} value={<Figure value={change?.difference ?? null} signed />}>
      {change === null ? (
        <Text of="tile.undefined" values={{ month: against }} />
      ) : (
        <>
          {change.share === null ? null : (
            <>
              <Text
                of="tile.percent"
                values={{ value: <Num key="share">{formats.signedPercent(change.share)}</Num> }}
              />{' '}
            </>
          )}
          <Text of="tile.against" values={{ month: against }} />
        </>
      )}
    </Tile>
  );
};

const StockTile = ({ report, month }: { report: Report; month: string }) => {
  const formats = useFormats();
  const { stock } = report;
  const value = stock === undefined ? null : valueAt(stock.series, month);
  if (stock === undefined || value === null) return null;
  return (
    <Tile
      name="stock"
      label={`${formats.name(stock.measure.name)}${formats.language === 'fa' ? '،' : ','} ${formats.month(month)}`}
      value={<Figure value={value} />}
    >
      {report.revisions === undefined ? (
        formats.name(stock.measure.unit)
      ) : (
        <Today known={value} now={valueAt(stock.now, month)} />
      )}
    </Tile>
  );
};

/** The newest month of the period: its figure, its changes, and the stock where there is one. */
export const Tiles = ({ report, names }: { report: Report; names: Names }) => {
  const formats = useFormats();
  const month = report.latest;
  if (month === undefined) return null;
  const value = valueAt(report.all, month);
  const revision = report.revisions?.find((one) => one.month === month);
  return (
    <section aria-labelledby="tiles-heading">
      <h2 id="tiles-heading" className="unseen">
        <Text of="tile.heading" />
      </h2>
      <dl className="tiles">
        <Tile
          name="value"
          label={`${names.measure}${formats.language === 'fa' ? '،' : ','} ${formats.month(month)}`}
          value={<Figure value={value} />}
        >
          {revision === undefined ? names.unit : <Today known={revision.known} now={revision.now} />}
        </Tile>
        <ChangeTile
          name="previous"
          label={<Text of="tile.previous" />}
          report={report}
          month={month}
          back={1}
        />
        <ChangeTile name="year" label={<Text of="tile.year" />} report={report} month={month} back={12} />
        <StockTile report={report} month={month} />
      </dl>
    </section>
  );
};
