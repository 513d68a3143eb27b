import { useId } from 'react';
import { Num, Text, useFormats, useText } from '../language.js';
import { IndicatorLink } from '../panel/indicators-card.js';
import { PartsTable } from '../panel/parts-table.js';
import type { Told } from '../panel/told.js';
import type { Topic } from '../panel/topic-page.js';
import { extremesAmong, latestFigure } from '../readings.js';
import { useDimensionNames } from '../use-dimensions.js';

const dataflows = ['EMPLOYERS'];

/** Employer enterprises of an area by the number of their jobs. */
export const SizeCard = ({ topic, told }: { topic: Topic; told: Told }) => {
  const formats = useFormats();
  const text = useText();
  const id = useId();
  const names = useDimensionNames(dataflows);
  const period = latestFigure(told.rows)?.period;
  const rows = told.rows.filter((row) => row.period === period);
  const order = names.orderOf('size') ?? [];
  const sorted = rows.toSorted((a, b) => order.indexOf(a['size'] ?? '') - order.indexOf(b['size'] ?? ''));
  const most = extremesAmong(rows)?.highest;
  const values = { area: topic.areaName, period: period === undefined ? '' : formats.period(period) };
  return (
    <section className="card" aria-labelledby={id} data-card="size">
      <div className="card-heading">
        <div>
          <h3 id={id}>
            <Text of="business.size" />
          </h3>
          {period === undefined ? null : (
            <p className="faint">
              <Text of="business.size.note" values={values} />
            </p>
          )}
        </div>
      </div>
      {most === undefined ? (
        <p>
          <Text of="panel.newest.none" values={{ ...values, reason: '' }} />
        </p>
      ) : (
        <>
          <p className="finding">
            <Text
              of="business.size.finding"
              values={{
                ...values,
                name: names.ofCode('size', most['size'] ?? ''),
                value: <Num key="value">{formats.decimal(most.value ?? '0', 0)}</Num>,
              }}
            />
          </p>
          <PartsTable
            name="size"
            caption={<Text of="business.size.table" values={values} />}
            corner={text('business.size.name')}
            heading={<IndicatorLink url={topic.page.url} told={told} />}
            rows={sorted.map((row) => ({
              key: row['size'] ?? '',
              name: names.ofCode('size', row['size'] ?? ''),
              value: row.value,
            }))}
          />
        </>
      )}
    </section>
  );
};
