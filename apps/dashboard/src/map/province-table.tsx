import '../styles/map.css';
import { ChangeFigure, Decimal, reasonText, type Described } from '../figure-text.js';
import type { IndicatorRow } from '../indicator-api.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { FiguresTable } from '../figures-table.js';
import { PageLink } from '../page-link.js';
import { rankedBy } from '../readings.js';
import { changeUrl, type UrlState } from '../url-state.js';

/** The map's figures as a table, largest first. */
export const ProvinceTable = (props: {
  url: UrlState;
  rows: readonly IndicatorRow[];
  of: Described;
  period: string;
  name: string;
  nameOf: (code: string) => string;
}) => {
  const { url, rows, of, period, name, nameOf } = props;
  const formats = useFormats();
  const text = useText();
  return (
    <FiguresTable
      name="provinces"
      frame="rank-frame"
      caption={
        <Text
          of="rank.caption"
          values={{ indicator: name, period: formats.period(period), unit: formats.name(of.unit) }}
        />
      }
      columns={[
        { key: 'rank', heading: <Text of="rank.rank" /> },
        { key: 'province', heading: <Text of="rank.province" />, isText: true },
        { key: 'value', heading: <Text of="rank.value" /> },
        { key: 'year', heading: <Text of="rank.year" /> },
      ]}
    >
      {rankedBy(rows, 'area').map(({ code, row, rank }) => (
        <tr key={code} data-code={code} data-chosen={code === url.area}>
          <td className="numeric">{rank === undefined ? '' : <Num>{formats.whole(BigInt(rank))}</Num>}</td>
          <th scope="row">
            <PageLink to={changeUrl(url, { area: code })}>{nameOf(code)}</PageLink>
          </th>
          <td className="numeric" data-column="value">
            <Decimal value={row.value} decimals={of.decimals} reason={row.reason} />
          </td>
          {row.value === null ? (
            <td className="reason">{reasonText(row.reason, text)}</td>
          ) : (
            <td className="numeric">
              <ChangeFigure row={row} against="year" of={of} compact />
            </td>
          )}
        </tr>
      ))}
    </FiguresTable>
  );
};
