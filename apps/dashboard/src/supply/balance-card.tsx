import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Num, Text, useFormats } from '../language.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import type { PageProps } from '../page-props.js';
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
  const count = (value: number) => <Num>{formats.whole(BigInt(value))}</Num>;
  return (
    <tr data-row={`${agency}/${contract}`} data-broken={unexplained !== undefined && unexplained !== 0}>
      <th scope="row">
        {formats.name(recordKind(contract))} <span className="faint">{formats.name(agencyName(agency))}</span>
      </th>
      <td className="numeric" data-column="received">
        {count(received)}
      </td>
      <td className="numeric" data-column="accepted">
        {count(accepted)}
      </td>
      <td className="numeric" data-column="quarantined">
        {count(quarantined)}
      </td>
      {withOpen ? (
        <td className="numeric" data-column="unexplained">
          {unexplained === undefined ? null : count(unexplained)}
        </td>
      ) : null}
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
  const id = useId();
  const status = useQuery(statusQuery).data as StatusByTopic | undefined;
  const topics = url.release === undefined ? status?.topics : undefined;
  const balances = balancesOf(supply.senders, topics);
  const withOpen = topics !== undefined;
  return (
    <section className="card" aria-labelledby={`${id}h`} data-card="balance">
      <div className="card-heading">
        <h3 id={`${id}h`}>
          <Text of="supply.balance" />
        </h3>
      </div>
      <p className="finding">
        <Finding page={page} status={status} balances={balances} />
      </p>
      <div className="table-frame panel-frame" role="region" aria-labelledby={id} tabIndex={0}>
        <table className="figures" data-figures="balance">
          <caption id={id}>
            <span>
              <Text of="supply.balance.table" />
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Text of="supply.sender" />
              </th>
              {(
                [
                  'supply.balance.all',
                  'supply.balance.accepted',
                  'supply.balance.quarantined',
                  ...(withOpen ? (['supply.balance.open'] as const) : []),
                ] as const
              ).map((key) => (
                <th key={key} scope="col" className="numeric">
                  <Text of={key} />
                </th>
              ))}
              <th scope="col">
                <Text of="supply.problems" />
              </th>
            </tr>
          </thead>
          <tbody>
            {balances.map((balance) => (
              <Row key={`${balance.agency}/${balance.contract}`} balance={balance} withOpen={withOpen} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
