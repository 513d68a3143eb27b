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

const Effect = (props: { of: string; label: React.ReactNode; value: string; decimals: number }) => (
  <div data-effect={props.of} data-none={!/[1-9]/.test(props.value)}>
    <dt>{props.label}</dt>
    <dd>
      <Decimal value={props.value} decimals={props.decimals} signed />
    </dd>
  </div>
);

/** What a difference is made of, part by part. */
export const EffectList = (props: { effects: Effects; decimals: number }) => {
  const { effects, decimals } = props;
  const { newPeriod, revision, late, corrections, definition } = effects;
  return (
    <dl className="effects">
      <Effect
        of="newPeriod"
        label={<Text of="compare.effect.newPeriod" />}
        value={newPeriod}
        decimals={decimals}
      />
      {late === null || corrections === null ? (
        <Effect
          of="revision"
          label={<Text of="compare.effect.revision" />}
          value={revision}
          decimals={decimals}
        />
      ) : (
        <>
          <Effect of="late" label={<Text of="compare.effect.late" />} value={late} decimals={decimals} />
          <Effect
            of="corrections"
            label={<Text of="compare.effect.corrections" />}
            value={corrections}
            decimals={decimals}
          />
        </>
      )}
      <Effect
        of="definition"
        label={<Text of="compare.effect.definition" />}
        value={definition}
        decimals={decimals}
      />
    </dl>
  );
};
