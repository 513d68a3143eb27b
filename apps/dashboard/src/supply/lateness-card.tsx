import { useId } from 'react';
import { Decimal } from '../figure-text.js';
import type { IndicatorRow } from '../indicator-api.js';
import { Num, Text, useFormats } from '../language.js';
import { PageLink } from '../page-link.js';
import type { Told } from '../panel/told.js';
import { agencyName, recordKind } from '../record-names.js';
import { pageUrl, type UrlState } from '../url-state.js';
import { latestFirst, newestBySender, type Deliverer } from './senders.js';
import type { Supply } from './supply-api.js';

const Finding = ({ worst }: { worst: Deliverer | undefined }) => {
  const formats = useFormats();
  if (worst === undefined || worst.delivery.late === 0) return <Text of="supply.timeliness.none" />;
  const { onTime, late, lateShare } = worst.delivery;
  return (
    <Text
      of="supply.timeliness.finding"
      values={{
        kind: formats.name(recordKind(worst.contract)),
        agency: formats.name(agencyName(worst.agency)),
        late: <Num key="late">{formats.whole(BigInt(late))}</Num>,
        all: <Num key="all">{formats.whole(BigInt(onTime + late))}</Num>,
        share: <Num key="share">{formats.decimal(lateShare ?? '0', 2)}</Num>,
      }}
    />
  );
};

const Row = (props: {
  sender: Deliverer;
  horizon: string | null;
  lags: readonly (IndicatorRow | undefined)[];
}) => {
  const { sender, horizon, lags } = props;
  const { agency, contract, delivery } = sender;
  const formats = useFormats();
  const count = (value: number) => <Num>{formats.whole(BigInt(value))}</Num>;
  const behind = delivery.last !== null && horizon !== null && delivery.last < horizon;
  return (
    <tr data-row={`${agency}/${contract}`}>
      <th scope="row">
        {formats.name(recordKind(contract))} <span className="faint">{formats.name(agencyName(agency))}</span>
      </th>
      <td className="numeric" data-column="lateShare">
        <Decimal value={delivery.lateShare} decimals={2} reason="no-data" />
      </td>
      <td className="numeric" data-column="late">
        {count(delivery.late)}
      </td>
      <td className="numeric" data-column="onTime">
        {count(delivery.onTime)}
      </td>
      {lags.map((row, at) => (
        <td key={at} className="numeric" data-column={at === 0 ? 'lag50' : 'lag95'}>
          <Decimal value={row?.value ?? null} decimals={0} reason="no-data" />
        </td>
      ))}
      <td className="numeric" data-column="corrections">
        {count(delivery.corrections)}
      </td>
      <td className="numeric" data-column="withdrawals">
        {count(delivery.withdrawals)}
      </td>
      <td data-column="last">
        {delivery.last === null ? null : <span className="month">{formats.month(delivery.last)}</span>}
        {behind && horizon !== null ? (
          <>
            {' '}
            <span className="mark">
              <Text of="supply.last.behind" values={{ horizon: formats.month(horizon) }} />
            </span>
          </>
        ) : null}
      </td>
    </tr>
  );
};

/** Who sends late, and since when nothing came. */
export const LatenessCard = (props: {
  url: UrlState;
  supply: Supply;
  median: Told | undefined;
  tail: Told | undefined;
}) => {
  const { url, supply, median, tail } = props;
  const id = useId();
  const senders = latestFirst(supply.senders);
  const [middle, ends] = [newestBySender(median), newestBySender(tail)];
  const link = (indicator: string, of: 'supply.lag50' | 'supply.lag95' | 'supply.corrections') => (
    <PageLink to={pageUrl(url, 'indicator', { indicator })}>
      <Text of={of} />
    </PageLink>
  );
  return (
    <section className="card" aria-labelledby={`${id}h`} data-card="lateness">
      <div className="card-heading">
        <div>
          <h3 id={`${id}h`}>
            <Text of="supply.timeliness" />
          </h3>
          <p className="faint">
            <Text of="supply.timeliness.note" />
          </p>
        </div>
      </div>
      <p className="finding">
        <Finding worst={senders[0]} />
      </p>
      <div className="table-frame panel-frame" role="region" aria-labelledby={id} tabIndex={0}>
        <table className="figures" data-figures="lateness">
          <caption id={id}>
            <span>
              <Text of="supply.timeliness.table" />
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Text of="supply.sender" />
              </th>
              <th scope="col" className="numeric">
                <Text of="supply.lateShare" />
                <br />
                <span className="faint">
                  <Text of="supply.percent" />
                </span>
              </th>
              <th scope="col" className="numeric">
                <Text of="supply.late" />
              </th>
              <th scope="col" className="numeric">
                <Text of="supply.onTime" />
              </th>
              <th scope="col" className="numeric">
                {link('DQ_LAG50', 'supply.lag50')}
                <br />
                <span className="faint">
                  <Text of="supply.days" />
                </span>
              </th>
              <th scope="col" className="numeric">
                {link('DQ_LAG95', 'supply.lag95')}
                <br />
                <span className="faint">
                  <Text of="supply.days" />
                </span>
              </th>
              <th scope="col" className="numeric">
                {link('DQ_CORR_SH', 'supply.corrections')}
              </th>
              <th scope="col" className="numeric">
                <Text of="supply.withdrawals" />
              </th>
              <th scope="col">
                <Text of="supply.last" />
              </th>
            </tr>
          </thead>
          <tbody>
            {senders.map((sender) => {
              const name = `${sender.agency}/${sender.contract}`;
              return (
                <Row
                  key={name}
                  sender={sender}
                  horizon={supply.horizon}
                  lags={[middle.get(name), ends.get(name)]}
                />
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
};
