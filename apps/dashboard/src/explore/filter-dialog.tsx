import { useId, useState } from 'react';
import type { Code, Dimension } from '../api.js';
import { childrenOf, inReadingOrder, rootsOf } from '../areas.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { Modal } from '../modal.js';
import type { Availability } from './explore-api.js';
import type { ExploreNames } from './explore-names.js';
import { isFound } from './search-text.js';

type Choosable = {
  readonly code: string;
  readonly depth: number;
  /** Months with figures; undefined of one that only stands for those below it. */
  readonly months: number | undefined;
};

/** Codes with figures and what they belong to, each behind its parent; and those chosen without figures. */
const choosableOf = (
  codes: readonly Code[],
  values: Availability['dimensions'][number]['values'],
  chosen: readonly string[],
  inOrder: (codes: readonly Code[]) => readonly Code[],
): readonly Choosable[] => {
  const months = new Map(values.map((value) => [value.code, value.months]));
  const walk = (entry: Code, depth: number): readonly Choosable[] => {
    const below = inOrder(childrenOf(codes, entry.code)).flatMap((child) => walk(child, depth + 1));
    const held = months.get(entry.code);
    if (held === undefined && below.length === 0 && !chosen.includes(entry.code)) return [];
    return [{ code: entry.code, depth, months: held }, ...below];
  };
  const listed = inOrder(rootsOf(codes)).flatMap((root) => walk(root, 0));
  const missing = values.filter(({ code }) => !codes.some((entry) => entry.code === code));
  return [...listed, ...missing.map(({ code, months: held }) => ({ code, depth: 0, months: held }))];
};

/** A list longer than this is searched, not read. */
const mostShown = 300;

const Choosables = (props: {
  entries: readonly Choosable[];
  chosen: readonly string[];
  nameOf: (code: string) => string;
  onToggle: (code: string) => void;
}) => {
  const { entries, chosen, nameOf, onToggle } = props;
  const formats = useFormats();
  return (
    <ul className="choosables">
      {entries.slice(0, mostShown).map(({ code, depth, months }) => (
        <li key={code} style={{ paddingInlineStart: `${depth * 20}px` }}>
          <label>
            <input
              type="checkbox"
              name="code"
              value={code}
              checked={chosen.includes(code)}
              onChange={() => onToggle(code)}
            />
            <span>{nameOf(code)}</span>
            {months === undefined ? null : (
              <span className="faint">
                <Text
                  of="explore.months"
                  values={{ count: <Num key="count">{formats.whole(BigInt(months))}</Num> }}
                />
              </span>
            )}
          </label>
        </li>
      ))}
    </ul>
  );
};

/** The codes of a dimension to choose from: those that have figures under the other filters. */
export const FilterDialog = (props: {
  dimension: Dimension;
  names: ExploreNames;
  availability: Availability;
  chosen: readonly string[];
  onChoose: (codes: readonly string[]) => void;
  onClose: () => void;
}) => {
  const { dimension, names, availability, onChoose, onClose } = props;
  const text = useText();
  const formats = useFormats();
  const titleId = useId();
  const [chosen, setChosen] = useState(props.chosen);
  const [searched, setSearched] = useState('');
  const values = availability.dimensions.find(({ code }) => code === dimension.code)?.values ?? [];
  const nameOf = (code: string): string => names.ofCode(dimension.code, code);
  // places are looked for by name; other lists have an order of their own
  const inOrder = (codes: readonly Code[]): readonly Code[] =>
    dimension.code === 'area' ? inReadingOrder(codes, formats) : codes;
  const all = choosableOf(dimension.codes, values, props.chosen, inOrder);
  const found = all.filter(({ code }) => isFound(searched, nameOf(code), code));
  const toggle = (code: string): void =>
    setChosen(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return (
    <Modal titleId={titleId} onClose={onClose}>
      <h2 id={titleId}>
        <Text of="explore.filter.title" values={{ dimension: names.ofDimension(dimension.code) }} />
      </h2>
      <label className="search">
        <span>{text('explore.filter.search')}</span>
        <input
          type="search"
          name="search"
          value={searched}
          autoComplete="off"
          onChange={(event) => setSearched(event.target.value)}
        />
      </label>
      <p className="faint" role="status">
        <Text
          of={found.length > mostShown ? 'explore.filter.many' : 'explore.filter.found'}
          values={{
            count: found.filter(({ months }) => months !== undefined).length,
            shown: mostShown,
          }}
        />
      </p>
      <div className="choosables-frame" role="group" aria-labelledby={titleId}>
        <Choosables entries={found} chosen={chosen} nameOf={nameOf} onToggle={toggle} />
      </div>
      <div className="modal-actions">
        <button type="button" className="button primary" onClick={() => onChoose(chosen)}>
          <Text of="explore.filter.apply" />
        </button>
        <button type="button" className="button" onClick={() => setChosen([])}>
          <Text of="explore.filter.clear" />
        </button>
      </div>
    </Modal>
  );
};
