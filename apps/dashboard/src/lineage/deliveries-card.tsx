import { CountCell } from '../count-cell.js';
import { FiguresTable } from '../figures-table.js';
import { Text, useFormats } from '../language.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import type { PageProps } from '../page-props.js';
import { Card } from '../panel/card.js';
import { agencyName, recordKind } from '../record-names.js';
import type { FigureLineage } from './lineage-api.js';

/** The agencies and kinds of data behind a figure, with counts that everyone may see. */
export const DeliveriesCard = (props: { page: PageProps; lineage: FigureLineage }) => {
  const { page, lineage } = props;
  const nameOf = usePositionName(page.releases);
  const formats = useFormats();
  const { deliveries, since } = lineage;
  const largest = deliveries.toSorted((a, b) => b.records - a.records);
  return (
    <Card
      name="deliveries"
      title={<Text of="lineage.deliveries" />}
      note={<Text of="lineage.deliveries.note" />}
    >
      <FiguresTable
        name="deliveries"
        frame="panel-frame"
        caption={<Text of="lineage.deliveries.table" />}
        columns={[
          { key: 'contract', heading: <Text of="lineage.contract" />, isText: true },
          { key: 'agency', heading: <Text of="lineage.agency" />, isText: true },
          { key: 'records', heading: <Text of="lineage.records" /> },
          { key: 'entities', heading: <Text of="lineage.entities" /> },
          { key: 'withdrawn', heading: <Text of="lineage.withdrawn" /> },
          ...(since === null
            ? []
            : [
                {
                  key: 'since',
                  heading: <Text of="lineage.since" values={{ position: nameOf(since) }} />,
                  className: 'since-column',
                },
              ]),
        ]}
      >
        {largest.map((feed) => (
          <tr key={`${feed.agency}/${feed.contract}`} data-row={`${feed.agency}/${feed.contract}`}>
            <th scope="row">{formats.name(recordKind(feed.contract))}</th>
            <td>{formats.name(agencyName(feed.agency))}</td>
            {(['records', 'entities', 'withdrawn'] as const).map((column) => (
              <CountCell key={column} column={column} value={feed[column]} />
            ))}
            {since === null ? null : <CountCell column="since" value={feed.since} />}
          </tr>
        ))}
      </FiguresTable>
    </Card>
  );
};
