import { useQuery } from '@tanstack/react-query';
import { CountCell } from '../count-cell.js';
import { FiguresTable } from '../figures-table.js';
import { Num, Text, useFormats } from '../language.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import type { PageProps } from '../page-props.js';
import { Card } from '../panel/card.js';
import { statusQuery } from '../queries.js';
import { agencyName, recordKind } from '../record-names.js';
import { problemName } from './problem-names.js';
import { balancesOf, type Balance } from './senders.js';
import type { StatusByTopic, Supply } from './supply-api.js';

const sumOf = (balances: readonly Balance[], field: 'received' | 'accepted' | 'quarantined'): number =>
  balances.reduce((sum, balance) => sum + balance[field], 0);

const Finding = (props: {
  page: PageProps;
  status: StatusByTopic | undefined;
  balances: readonly Balance[];
}) => {
  const { page, status, balances } = props;
  const { release } = page.url;
  const nameOf = usePositionName(page.releases);
  const formats = useFormats();
  const count = (value: number, key: string) => <Num key={key}>{formats.whole(BigInt(value))}</Num>;
  if (release !== undefined)
    return (
      <Text
        of="supply.balance.then"
        values={{
          position: nameOf(release),
          received: count(sumOf(balances, 'received'), 'received'),
          accepted: count(sumOf(balances, 'accepted'), 'accepted'),
          quarantined: count(sumOf(balances, 'quarantined'), 'quarantined'),
        }}
      />
    );
  if (status === undefined) return null;
  const { received, accepted, quarantined, unexplained } = status.intake;
  return (
    <Text
      of={unexplained === 0 ? 'supply.balance.kept' : 'supply.balance.broken'}
      values={{
        received: count(received, 'received'),
        accepted: count(accepted, 'accepted'),
        quarantined: count(quarantined, 'quarantined'),
        unexplained: count(unexplained, 'unexplained'),
      }}
    />
  );
};

const Row = ({ balance, withOpen }: { balance: Balance; withOpen: boolean }) => {
  const formats = useFormats();
  const { agency, contract, received, accepted, quarantined, unexplained, problems } = balance;
  return (
    <tr data-row={`${agency}/${contract}`} data-broken={unexplained !== undefined && unexplained !== 0}>
      <th scope="row">
        {formats.name(recordKind(contract))} <span className="faint">{formats.name(agencyName(agency))}</span>
      </th>
      <CountCell column="received" value={received} />
      <CountCell column="accepted" value={accepted} />
      <CountCell column="quarantined" value={quarantined} />
      {withOpen ? <CountCell column="unexplained" value={unexplained} /> : null}
      <td data-column="problems">
        <ul className="problem-codes">
          {problems.slice(0, 3).map(({ code, records }) => (
            <li key={code}>
              <bdi title={code}>{formats.name(problemName(code))}</bdi>{' '}
              <Num>{formats.whole(BigInt(records))}</Num>
            </li>
          ))}
        </ul>
      </td>
    </tr>
  );
};

/** What came in and what became of it, by agency and contract. */
export const BalanceCard = ({ page, supply }: { page: PageProps; supply: Supply }) => {
  const { url } = page;
  const status = useQuery(statusQuery).data as StatusByTopic | undefined;
  const topics = url.release === undefined ? status?.topics : undefined;
  const balances = balancesOf(supply.senders, topics);
  const withOpen = topics !== undefined;
  return (
    <Card name="balance" title={<Text of="supply.balance" />}>
      <p className="finding">
        <Finding page={page} status={status} balances={balances} />
      </p>
      <FiguresTable
        name="balance"
        frame="panel-frame"
        caption={<Text of="supply.balance.table" />}
        columns={[
          { key: 'sender', heading: <Text of="supply.sender" />, isText: true },
          { key: 'received', heading: <Text of="supply.balance.all" /> },
          { key: 'accepted', heading: <Text of="supply.balance.accepted" /> },
          { key: 'quarantined', heading: <Text of="supply.balance.quarantined" /> },
          ...(withOpen ? [{ key: 'unexplained', heading: <Text of="supply.balance.open" /> }] : []),
          { key: 'problems', heading: <Text of="supply.problems" />, isText: true },
        ]}
      >
        {balances.map((balance) => (
          <Row key={`${balance.agency}/${balance.contract}`} balance={balance} withOpen={withOpen} />
        ))}
      </FiguresTable>
    </Card>
  );
};
