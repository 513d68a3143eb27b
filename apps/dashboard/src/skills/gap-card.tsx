import { Decimal } from '../figure-text.js';
import { FiguresTable } from '../figures-table.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { Card } from '../panel/card.js';
import { IndicatorLink } from '../panel/indicators-card.js';
import { TwoSided } from '../panel/two-sided.js';
import type { Topic } from '../panel/topic.js';
import { useTold } from '../panel/use-told.js';
import { BlockSkeleton, Failure } from '../states.js';
import { takenParts } from '../take-away/taken-topic.js';
import { useDimensionNames } from '../use-dimensions.js';
import { bySkill, skillsInOrder, type BySkill } from './by-skill.js';

const asked = ['SKILL_GAP@M', 'CERT_ISSUED@A', 'GRAD_EMP_6@A', 'SKILL_MATCH@A'];
const dataflows = ['TRAINING'];

const Finding = (props: {
  gap: BySkill;
  skills: readonly string[];
  nameOf: (code: string) => string;
  areaName: string;
}) => {
  const { gap, skills, nameOf, areaName } = props;
  const formats = useFormats();
  const known = skills.filter((code) => (gap.rows.get(code)?.value ?? null) !== null);
  const [short, ample] = [known[0], known.at(-1)];
  if (short === undefined || ample === undefined)
    return <Text of="skills.gap.none" values={{ area: areaName }} />;
  const figure = (code: string) => (
    <Num key={code}>{formats.signedDecimal(gap.rows.get(code)?.value ?? '0', gap.told.summary.decimals)}</Num>
  );
  return (
    <Text
      of="skills.gap.finding"
      values={{
        area: areaName,
        short: nameOf(short),
        shortValue: figure(short),
        ample: nameOf(ample),
        ampleValue: figure(ample),
      }}
    />
  );
};

const GapTable = (props: {
  topic: Topic;
  gap: BySkill;
  others: readonly BySkill[];
  skills: readonly string[];
  nameOf: (code: string) => string;
}) => {
  const { topic, gap, others, skills, nameOf } = props;
  const formats = useFormats();
  const values = skills.flatMap((code) => gap.rows.get(code)?.value ?? []);
  return (
    <FiguresTable
      name="skills"
      caption={<Text of="skills.gap.table" values={{ area: topic.areaName }} />}
      columns={[
        { key: 'skill', heading: <Text of="skills.skill" />, isText: true },
        { key: 'bar', heading: <Text of="skills.gap.bar" />, isText: true, className: 'wide-cell' },
        ...[gap, ...others].map(({ told, period }) => ({
          key: told.summary.code,
          heading: <IndicatorLink url={topic.page.url} told={told} />,
          unit: [
            formats.name(told.summary.unit),
            ...(period === undefined ? [] : [formats.period(period)]),
          ].join(formats.comma),
        })),
      ]}
    >
      {skills.map((code) => {
        const own = gap.rows.get(code)?.value ?? null;
        return (
          <tr key={code} data-row={code}>
            <th scope="row">{nameOf(code)}</th>
            <td>{own === null ? null : <TwoSided value={own} all={values} />}</td>
            {[gap, ...others].map(({ told, rows }, at) => (
              <td key={told.summary.code} className="numeric" data-column={told.summary.code}>
                <Decimal
                  value={rows.get(code)?.value ?? null}
                  decimals={told.summary.decimals}
                  signed={at === 0}
                  reason={rows.get(code)?.reason ?? 'no-data'}
                />
              </td>
            ))}
          </tr>
        );
      })}
    </FiguresTable>
  );
};

/** Which skills are short and which are ample, with what became of those who learned them. */
export const GapCard = ({ topic }: { topic: Topic }) => {
  const { page, areas, areaName } = topic;
  const formats = useFormats();
  const text = useText();
  const names = useDimensionNames(dataflows);
  const { told, error, retry } = useTold(topic, { indicators: asked, by: ['skill'], area: areas.chosen });
  const [gap, ...others] = asked.flatMap((name) => {
    const one = told?.get(name);
    return one === undefined ? [] : [bySkill(one)];
  });
  const nameOf = (code: string): string => names.ofCode('skill', code);
  const skills = gap === undefined ? [] : skillsInOrder(gap, others);
  return (
    <Card
      name="gap"
      title={<Text of="skills.gap" />}
      note={
        gap?.period === undefined ? undefined : (
          <Text of="skills.gap.note" values={{ period: formats.period(gap.period) }} />
        )
      }
      takeAway={
        gap?.period === undefined
          ? undefined
          : takenParts(
              page,
              gap.told,
              areas.chosen,
              'skill',
              { from: gap.period, to: gap.period },
              text('skills.gap.table', { area: areaName }),
            )
      }
    >
      {error !== null ? (
        <Failure error={error} onRetry={retry} bare />
      ) : told === undefined || gap === undefined ? (
        <BlockSkeleton />
      ) : (
        <>
          <p className="finding">
            <Finding gap={gap} skills={skills} nameOf={nameOf} areaName={areaName} />
          </p>
          {skills.length === 0 ? null : (
            <GapTable topic={topic} gap={gap} others={others} skills={skills} nameOf={nameOf} />
          )}
        </>
      )}
    </Card>
  );
};
