import { useId } from 'react';

type Option = { readonly value: string; readonly label: string; readonly group?: string };

const OptionList = ({ options }: { options: readonly Option[] }) =>
  options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));

const groupsOf = (options: readonly Option[]): readonly (string | undefined)[] => [
  ...new Set(options.map((option) => option.group)),
];

/** One labelled choice of the control band. A value that is not among the options is shown as it is. */
export const Choice = (props: {
  name: string;
  label: string;
  value: string;
  options: readonly Option[];
  onChoose: (value: string) => void;
}) => {
  const id = useId();
  const listed = props.options.some((option) => option.value === props.value);
  return (
    <div className="choice">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        name={props.name}
        value={props.value}
        onChange={(event) => props.onChoose(event.target.value)}
      >
        {listed || props.value === '' ? null : <option value={props.value}>{props.value}</option>}
        {groupsOf(props.options).map((group) => {
          const options = props.options.filter((option) => option.group === group);
          return group === undefined ? (
            <OptionList key="" options={options} />
          ) : (
            <optgroup key={group} label={group}>
              <OptionList options={options} />
            </optgroup>
          );
        })}
      </select>
    </div>
  );
};
