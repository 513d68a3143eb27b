import { Num, Text, useFormats, useText } from '../language.js';
import { IndicatorLink } from '../panel/indicators-card.js';
import { Card } from '../panel/card.js';
import { PartsTable } from '../panel/parts-table.js';
import type { Told } from '../panel/told.js';
import type { Topic } from '../panel/topic.js';
import { useTold } from '../panel/use-told.js';
import { extremesAmong, latestFigure } from '../readings.js';
import { takenParts } from '../take-away/taken-topic.js';
import { useDimensionNames } from '../use-dimensions.js';

const dataflows = ['EMPLOYERS'];
const indicator = 'ENT_EMPLOYERS';

const Sizes = ({ topic, told }: { topic: Topic; told: Told }) => {
  const formats = useFormats();
  const text = useText();
  const names = useDimensionNames(dataflows);
  const period = latestFigure(told.rows)?.period;
  const rows = told.rows.filter((row) => row.period === period);
  const order = names.orderOf('size') ?? [];
  const sorted = rows.toSorted((a, b) => order.indexOf(a['size'] ?? '') - order.indexOf(b['size'] ?? ''));
  const most = extremesAmong(rows)?.highest;
  const values = { area: topic.areaName, period: period === undefined ? '' : formats.period(period) };
  return (
    <Card
      name="size"
      title={<Text of="business.size" />}
      note={period === undefined ? undefined : <Text of="business.size.note" values={values} />}
      takeAway={
        period === undefined
          ? undefined
          : takenParts(
              topic.page,
              told,
              topic.areas.chosen,
              'size',
              { from: period, to: period },
              text('business.size.table', values),
            )
      }
    >
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
    </Card>
  );
};

/** Employer enterprises of an area by the number of their jobs. */
export const SizeCard = ({ topic }: { topic: Topic }) => {
  const told = useTold(topic, { indicators: [indicator], by: ['size'], area: topic.areas.chosen }).told?.get(
    indicator,
  );
  return told === undefined ? null : <Sizes topic={topic} told={told} />;
};
