import { useFormats, useText } from '../language.js';
import { dayText, daysIn, partsOf, yearsFor, type DayParts } from './position.js';

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

const Field = (props: {
  name: string;
  label: string;
  value: number;
  options: readonly { readonly value: number; readonly label: string }[];
  onChoose: (value: number) => void;
}) => (
  <select
    name={props.name}
    aria-label={props.label}
    value={props.value}
    onChange={(event) => props.onChoose(Number(event.target.value))}
  >
    {props.options.map(({ value, label }) => (
      <option key={value} value={value}>
        {label}
      </option>
    ))}
  </select>
);

/** A day, chosen by its day, month and year in the calendar that it is written in. */
export const DayFields = (props: {
  name: string;
  label: string;
  value: string;
  /** Instant of the first cut, where the years begin. */
  first: string | undefined;
  onChoose: (day: string) => void;
}) => {
  const { name, label, value, first, onChoose } = props;
  const formats = useFormats();
  const text = useText();
  const parts = partsOf(value);
  const choose = (change: Partial<DayParts>): void => onChoose(dayText({ ...parts, ...change }));
  const year = String(parts.year).padStart(4, '0');
  return (
    <div className="day-fields" role="group" aria-label={label}>
      <Field
        name={`${name}-day`}
        label={text('position.field.day')}
        value={parts.day}
        options={range(daysIn(parts.year, parts.month)).map((day) => ({
          value: day,
          label: formats.whole(BigInt(day)),
        }))}
        onChoose={(day) => choose({ day })}
      />
      <Field
        name={`${name}-month`}
        label={text('position.field.month')}
        value={parts.month}
        options={range(12).map((month) => ({
          value: month,
          label: formats.monthParts(`${year}-${String(month).padStart(2, '0')}`)[0],
        }))}
        onChoose={(month) => choose({ month })}
      />
      <Field
        name={`${name}-year`}
        label={text('position.field.year')}
        value={parts.year}
        options={yearsFor(parts, first, new Date()).map((one) => ({
          value: one,
          label: formats.monthParts(`${one}-01`)[1],
        }))}
        onChoose={(one) => choose({ year: one })}
      />
    </div>
  );
};
