import { Decimal } from '../figure-text.js';
import { FiguresTable } from '../figures-table.js';
import { Num, Text, useFormats } from '../language.js';
import { Card } from '../panel/card.js';
import type { LineageTerm } from './lineage-api.js';

/** What the formula adds up: each part with its months, its value and its entities. */
export const TermsCard = ({ terms }: { terms: readonly LineageTerm[] }) => {
  const formats = useFormats();
  return (
    <Card name="terms" title={<Text of="lineage.terms" />}>
      <FiguresTable
        name="terms"
        frame="panel-frame"
        caption={<Text of="lineage.terms.table" />}
        columns={[
          { key: 'term', heading: <Text of="lineage.term" />, isText: true },
          { key: 'months', heading: <Text of="lineage.term.months" />, isText: true },
          { key: 'value', heading: <Text of="lineage.term.value" /> },
          { key: 'entities', heading: <Text of="lineage.term.entities" /> },
        ]}
      >
        {terms.map(({ dataflow, measure, name, unit, from, to, value, entities }) => (
          <tr key={`${dataflow} ${measure} ${from} ${to}`} data-row={`${dataflow}.${measure}`}>
            <th scope="row">
              {formats.name(name)} <span className="faint">{formats.name(unit)}</span>
            </th>
            <td>
              {from === null ? (
                <Text of="lineage.term.upto" values={{ to: formats.month(to) }} />
              ) : from === to ? (
                formats.month(to)
              ) : (
                <Text of="lineage.term.span" values={{ from: formats.month(from), to: formats.month(to) }} />
              )}
            </td>
            <td className="numeric" data-column="value">
              <Decimal value={value} decimals={0} reason="no-data" />
            </td>
            <td className="numeric" data-column="entities">
              {entities === null ? null : <Num>{formats.whole(BigInt(entities))}</Num>}
            </td>
          </tr>
        ))}
      </FiguresTable>
    </Card>
  );
};
