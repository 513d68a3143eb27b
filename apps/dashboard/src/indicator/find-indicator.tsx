import { useId, type KeyboardEvent } from 'react';
import { isFound } from '../explore/search-text.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { Text, useText } from '../language.js';

/** The indicators whose name in any language, theme or code holds what is searched for. */
export const foundAmong = (
  catalogue: readonly IndicatorSummary[],
  searched: string,
): readonly IndicatorSummary[] =>
  catalogue.filter(({ code, name, theme }) =>
    isFound(searched, code, name.fa, name.en, theme.name.fa, theme.name.en),
  );

/** Narrows the choice of indicators as one types; Enter takes the first. Letters of both keyboards find the same. */
export const FindIndicator = (props: {
  searched: string;
  found: readonly IndicatorSummary[];
  onSearch: (text: string) => void;
  onTake: (code: string) => void;
}) => {
  const { searched, found, onSearch, onTake } = props;
  const text = useText();
  const id = useId();
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && searched !== '') onSearch('');
    else if (event.key === 'Enter' && searched !== '' && found[0] !== undefined) {
      event.preventDefault();
      onSearch('');
      onTake(found[0].code);
    }
  };
  return (
    <div className="choice find">
      <label htmlFor={id}>{text('find.label')}</label>
      <input
        id={id}
        type="search"
        name="find"
        autoComplete="off"
        placeholder={text('find.hint')}
        value={searched}
        onChange={(event) => onSearch(event.target.value)}
        onKeyDown={press}
      />
      <span role="status" className="unseen">
        {searched === '' ? null : <Text of="find.count" values={{ count: found.length }} />}
      </span>
    </div>
  );
};
