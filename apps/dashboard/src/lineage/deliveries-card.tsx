import { useId } from 'react';
import { Num, Text, useFormats } from '../language.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import type { PageProps } from '../page-props.js';
import { agencyName, recordKind } from '../record-names.js';
import type { FigureLineage } from './lineage-api.js';

/** The agencies and kinds of data behind a figure, with counts that everyone may see. */
export const DeliveriesCard = (props: { page: PageProps; lineage: FigureLineage }) => {
  const { page, lineage } = props;
  const nameOf = usePositionName(page.releases);
  const formats = useFormats();
  const id = useId();
  const { deliveries, since } = lineage;
  const count = (value: number) => <Num>{formats.whole(BigInt(value))}</Num>;
  const largest = deliveries.toSorted((a, b) => b.records - a.records);
  return (
    <section className="card" aria-labelledby={`${id}h`} data-card="deliveries">
      <div className="card-heading">
        <div>
          <h3 id={`${id}h`}>
            <Text of="lineage.deliveries" />
          </h3>
          <p className="faint">
            <Text of="lineage.deliveries.note" />
          </p>
        </div>
      </div>
      <div className="table-frame panel-frame" role="region" aria-labelledby={id} tabIndex={0}>
        <table className="figures" data-figures="deliveries">
          <caption id={id}>
            <span>
              <Text of="lineage.deliveries.table" />
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Text of="lineage.contract" />
              </th>
              <th scope="col">
                <Text of="lineage.agency" />
              </th>
              <th scope="col" className="numeric">
                <Text of="lineage.records" />
              </th>
              <th scope="col" className="numeric">
                <Text of="lineage.entities" />
              </th>
              <th scope="col" className="numeric">
                <Text of="lineage.withdrawn" />
              </th>
              {since === null ? null : (
                <th scope="col" className="numeric since-column">
                  <Text of="lineage.since" values={{ position: nameOf(since) }} />
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {largest.map((feed) => (
              <tr key={`${feed.agency}/${feed.contract}`} data-row={`${feed.agency}/${feed.contract}`}>
                <th scope="row">{formats.name(recordKind(feed.contract))}</th>
                <td>{formats.name(agencyName(feed.agency))}</td>
                <td className="numeric" data-column="records">
                  {count(feed.records)}
                </td>
                <td className="numeric" data-column="entities">
                  {count(feed.entities)}
                </td>
                <td className="numeric" data-column="withdrawn">
                  {count(feed.withdrawn)}
                </td>
                {since === null ? null : (
                  <td className="numeric" data-column="since">
                    {feed.since === null ? null : count(feed.since)}
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
