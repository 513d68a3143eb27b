import { CountCell } from '../count-cell.js';
import { Decimal } from '../figure-text.js';
import { FiguresTable } from '../figures-table.js';
import type { IndicatorRow } from '../indicator-api.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { Card } from '../panel/card.js';
import type { Told } from '../panel/told.js';
import { agencyName, recordKind } from '../record-names.js';
import { takenCells } from '../take-away/taken-topic.js';
import { pageUrl } from '../url-state.js';
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
  const behind = delivery.last !== null && horizon !== null && delivery.last < horizon;
  return (
    <tr data-row={`${agency}/${contract}`}>
      <th scope="row">
        {formats.name(recordKind(contract))} <span className="faint">{formats.name(agencyName(agency))}</span>
      </th>
      <td className="numeric" data-column="lateShare">
        <Decimal value={delivery.lateShare} decimals={2} reason="no-data" />
      </td>
      <CountCell column="late" value={delivery.late} />
      <CountCell column="onTime" value={delivery.onTime} />
      {lags.map((row, at) => (
        <td key={at} className="numeric" data-column={at === 0 ? 'lag50' : 'lag95'}>
          <Decimal value={row?.value ?? null} decimals={0} reason="no-data" />
        </td>
      ))}
      <CountCell column="corrections" value={delivery.corrections} />
      <CountCell column="withdrawals" value={delivery.withdrawals} />
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

/** The table's records, of all months together. */
const byKind = { dataflow: 'DELIVERY', measures: ['records'], by: ['agency', 'contract', 'kind'] };

/** Who sends late, and since when nothing came. */
export const LatenessCard = (props: {
  page: PageProps;
  supply: Supply;
  median: Told | undefined;
  tail: Told | undefined;
}) => {
  const { page, supply, median, tail } = props;
  const { url } = page;
  const text = useText();
  const senders = latestFirst(supply.senders);
  const [middle, ends] = [newestBySender(median), newestBySender(tail)];
  const link = (indicator: string, of: 'supply.lag50' | 'supply.lag95' | 'supply.corrections') => (
    <PageLink to={pageUrl(url, 'indicator', { indicator })}>
      <Text of={of} />
    </PageLink>
  );
  return (
    <Card
      name="lateness"
      title={<Text of="supply.timeliness" />}
      note={<Text of="supply.timeliness.note" />}
      takeAway={takenCells(page, byKind, text('supply.timeliness.table'))}
    >
      <p className="finding">
        <Finding worst={senders[0]} />
      </p>
      <FiguresTable
        name="lateness"
        frame="panel-frame"
        caption={<Text of="supply.timeliness.table" />}
        columns={[
          { key: 'sender', heading: <Text of="supply.sender" />, isText: true },
          {
            key: 'lateShare',
            heading: <Text of="supply.lateShare" />,
            unit: <Text of="supply.percent" />,
          },
          { key: 'late', heading: <Text of="supply.late" /> },
          { key: 'onTime', heading: <Text of="supply.onTime" /> },
          { key: 'lag50', heading: link('DQ_LAG50', 'supply.lag50'), unit: <Text of="supply.days" /> },
          { key: 'lag95', heading: link('DQ_LAG95', 'supply.lag95'), unit: <Text of="supply.days" /> },
          { key: 'corrections', heading: link('DQ_CORR_SH', 'supply.corrections') },
          { key: 'withdrawals', heading: <Text of="supply.withdrawals" /> },
          { key: 'last', heading: <Text of="supply.last" />, isText: true },
        ]}
      >
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
      </FiguresTable>
    </Card>
  );
};
