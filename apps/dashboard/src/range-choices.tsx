import { Choice } from './choice.js';
import { useFormats, useText } from './language.js';
import { monthsOfPeriod } from './periods.js';
import type { UrlChange, UrlState } from './url-state.js';

/** First and last period of what is shown; the address keeps them as months, and leaves out the page's own. */
export const RangeChoices = (props: {
  url: UrlState;
  /** All there are, ascending; none while they are read. */
  periods: readonly string[];
  choose: (change: UrlChange) => void;
}) => {
  const { url, periods, choose } = props;
  const text = useText();
  const formats = useFormats();
  const first = periods[0];
  const last = periods.at(-1);
  // their places are kept while the periods are read, so that no other choice moves
  if (first === undefined || last === undefined)
    return ['from', 'to'].map((name) => <div key={name} className="choice" aria-hidden="true" />);
  const startOf = (period: string): string => monthsOfPeriod(period)[0];
  const endOf = (period: string): string => monthsOfPeriod(period)[1];
  const from = periods.find((period) => url.from !== undefined && endOf(period) >= url.from) ?? first;
  const to = periods.findLast((period) => url.to !== undefined && startOf(period) <= url.to) ?? last;
  const optionsOf = (list: readonly string[]) =>
    list.map((period) => ({ value: period, label: formats.period(period) }));
  return (
    <>
      <Choice
        name="from"
        label={text('indicator.from')}
        value={from}
        options={optionsOf(periods.filter((period) => period <= to))}
        onChoose={(period) => choose({ from: period === first ? undefined : startOf(period) })}
      />
      <Choice
        name="to"
        label={text('indicator.to')}
        value={to}
        options={optionsOf(periods.filter((period) => period >= from))}
        onChoose={(period) => choose({ to: period === last ? undefined : endOf(period) })}
      />
    </>
  );
};
