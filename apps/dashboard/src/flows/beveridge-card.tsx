import { useMemo } from 'react';
import { Num, Text, useFormats, useText } from '../language.js';
import { IndicatorsTable } from '../panel/indicators-card.js';
import { ChartCard } from '../panel/panel-card.js';
import type { Told } from '../panel/told.js';
import type { Topic } from '../panel/topic.js';
import { takenSeriesOf } from '../take-away/taken-topic.js';
import type { PathDrawing } from './beveridge-option.js';
import { pairsOf, type Pair } from './pairs.js';
import { part } from '../part.js';
import { ChartBox } from '../chart-box.js';

const BeveridgeCanvas = part(() => import('./beveridge-canvas.js'));

const Finding = (props: { pairs: readonly Pair[]; decimals: number; areaName: string }) => {
  const { pairs, decimals, areaName } = props;
  const formats = useFormats();
  const [first, last] = [pairs[0], pairs.at(-1)];
  if (first === undefined || last === undefined)
    return <Text of="flows.beveridge.none" values={{ area: areaName }} />;
  const figure = (value: string, key: string) => <Num key={key}>{formats.decimal(value, decimals)}</Num>;
  return (
    <Text
      of="flows.beveridge.finding"
      values={{
        area: areaName,
        first: formats.period(first.period),
        last: formats.period(last.period),
        u0: figure(first.x, 'u0'),
        u1: figure(last.x, 'u1'),
        v0: figure(first.y, 'v0'),
        v1: figure(last.y, 'v1'),
      }}
    />
  );
};

/** Vacancies over jobseekers, month after month. */
export const BeveridgeCard = (props: { topic: Topic; seekers: Told; vacancies: Told }) => {
  const { topic, seekers, vacancies } = props;
  const formats = useFormats();
  const text = useText();
  const pairs = useMemo(() => pairsOf(seekers.rows, vacancies.rows), [seekers, vacancies]);
  const drawing = useMemo(
    (): PathDrawing => ({
      pairs,
      decimals: seekers.summary.decimals,
      x: formats.name(seekers.summary.name),
      y: formats.name(vacancies.summary.name),
    }),
    [pairs, seekers, vacancies, formats],
  );
  return (
    <ChartCard
      name="beveridge"
      title={<Text of="flows.beveridge" />}
      note={<Text of="flows.beveridge.note" />}
      takeAway={takenSeriesOf(
        topic.page,
        [seekers, vacancies],
        topic.areas.chosen,
        `${text('flows.beveridge')}${formats.comma}${topic.areaName}`,
      )}
      finding={<Finding pairs={pairs} decimals={seekers.summary.decimals} areaName={topic.areaName} />}
      table={
        <IndicatorsTable
          url={topic.page.url}
          name="beveridge"
          title={text('flows.beveridge')}
          told={[seekers, vacancies]}
          areaName={topic.areaName}
        />
      }
    >
      {pairs.length === 0 ? null : (
        <ChartBox>
          <BeveridgeCanvas drawing={drawing} theme={topic.page.theme} label={text('flows.beveridge')} />
        </ChartBox>
      )}
    </ChartCard>
  );
};
