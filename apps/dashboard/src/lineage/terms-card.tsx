import { useId } from 'react';
import { Decimal } from '../figure-text.js';
import { Num, Text, useFormats } from '../language.js';
import type { LineageTerm } from './lineage-api.js';

/** What the formula adds up: each part with its months, its value and its entities. */
export const TermsCard = ({ terms }: { terms: readonly LineageTerm[] }) => {
  const formats = useFormats();
  const id = useId();
  return (
    <section className="card" aria-labelledby={`${id}h`} data-card="terms">
      <div className="card-heading">
        <h3 id={`${id}h`}>
          <Text of="lineage.terms" />
        </h3>
      </div>
      <div className="table-frame panel-frame" role="region" aria-labelledby={id} tabIndex={0}>
        <table className="figures" data-figures="terms">
          <caption id={id}>
            <span>
              <Text of="lineage.terms.table" />
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Text of="lineage.term" />
              </th>
              <th scope="col">
                <Text of="lineage.term.months" />
              </th>
              <th scope="col" className="numeric">
                <Text of="lineage.term.value" />
              </th>
              <th scope="col" className="numeric">
                <Text of="lineage.term.entities" />
              </th>
            </tr>
          </thead>
          <tbody>
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
                    <Text
                      of="lineage.term.span"
                      values={{ from: formats.month(from), to: formats.month(to) }}
                    />
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
          </tbody>
        </table>
      </div>
    </section>
  );
};
