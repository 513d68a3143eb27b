import { useId, type ReactNode } from 'react';

/** One labelled choice of the control band. A value that is not among the options is shown as it is. */
export const Choice = (props: {
  name: string;
  label: string;
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
  onChoose: (value: string) => void;
  children?: ReactNode;
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
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
};
