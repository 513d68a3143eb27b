import { Decimal } from '../figure-text.js';
import { Num, Text, useFormats } from '../language.js';
import type { ComparedChanges, Effects, Records } from './comparison-api.js';

/** The sign of a change turned: growth for one position is decline for the other. */
export const FlipMark = ({ changes }: { changes: ComparedChanges | null }) =>
  changes?.previous.flips === true || changes?.year.flips === true ? (
    <span className="mark flip" data-flip={changes.year.flips ? 'year' : 'previous'}>
      <Text of={changes.year.flips ? 'compare.flip.year' : 'compare.flip.previous'} />
    </span>
  ) : null;

/** Records that came in between, in words. */
export const RecordCounts = ({ records }: { records: Records }) => {
  const formats = useFormats();
  const count = (value: number) => <Num key={value}>{formats.whole(BigInt(value))}</Num>;
  return (
    <Text
      of="compare.records"
      values={{
        added: count(records.onTime + records.late),
        amended: count(records.corrections + records.withdrawals),
      }}
    />
  );
};

/** What a change of definition did, or that there was none. */
export const DefinitionEffect = (props: {
  value: string | undefined;
  redefined: boolean;
  decimals: number;
}) =>
  props.redefined || props.value === undefined ? (
    <Decimal value={props.value} decimals={props.decimals} signed />
  ) : (
    <span className="faint">
      <Text of="compare.definition.same" />
    </span>
  );

const effects = ['newPeriod', 'late', 'corrections', 'definition'] as const;

/** What a difference is made of, part by part. */
export const EffectList = (props: { effects: Effects; redefined: boolean; decimals: number }) => {
  const { redefined, decimals } = props;
  return (
    <dl className="effects">
      {effects.map((of) => {
        const value = props.effects[of];
        return (
          <div key={of} data-effect={of} data-none={!/[1-9]/.test(value)}>
            <dt>
              <Text of={`compare.effect.${of}`} />
            </dt>
            <dd>
              {of === 'definition' ? (
                <DefinitionEffect value={value} redefined={redefined} decimals={decimals} />
              ) : (
                <Decimal value={value} decimals={decimals} signed />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
};
