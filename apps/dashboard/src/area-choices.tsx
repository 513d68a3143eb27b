import { childrenOf, inReadingOrder, lineageOf, rootsOf } from './areas.js';
import type { Code } from './api.js';
import { Choice } from './choice.js';
import { useFormats, useText } from './language.js';
import { english, type MessageKey } from './messages-en.js';
import { areaDimension, breakdownsOf, type Selection } from './selection.js';
import type { UrlChange } from './url-state.js';

const levelKey = (level: string | undefined): MessageKey => {
  const key = `level.${level ?? 'other'}`;
  return key in english ? (key as MessageKey) : 'level.other';
};

/** One choice for each level of the hierarchy: the country, then its states, then their municipalities. */
export const AreaChoices = (props: { selection: Selection; choose: (change: UrlChange) => void }) => {
  const { selection, choose } = props;
  const formats = useFormats();
  const text = useText();
  const codes = areaDimension(selection.dataflow)?.codes ?? [];
  if (selection.area === undefined || codes.length === 0) return null;
  const path = lineageOf(codes, selection.area);

  /** Another area has other parts, and another country perhaps another calendar. */
  const chooseArea = (area: string): void => {
    const groupings = breakdownsOf(selection.dataflow, area).map((choice) => choice.grouping);
    const keeps = selection.breakdown === undefined || groupings.includes(selection.breakdown);
    const sameCountry = lineageOf(codes, area)[0] === path[0];
    choose({
      area,
      ...(keeps ? {} : { breakdown: undefined }),
      ...(sameCountry ? {} : { from: undefined, to: undefined }),
    });
  };

  const optionsOf = (entries: readonly Code[]) =>
    inReadingOrder(entries, formats).map((entry) => ({ value: entry.code, label: formats.name(entry.name) }));
  const nameOf = (code: string): string => {
    const entry = codes.find((one) => one.code === code);
    return entry === undefined ? code : formats.name(entry.name);
  };

  return [undefined, ...path].map((parent, depth) => {
    const entries = parent === undefined ? rootsOf(codes) : childrenOf(codes, parent);
    if (entries.length === 0) return null;
    const whole =
      parent === undefined
        ? []
        : [{ value: parent, label: text('control.area.all', { name: nameOf(parent) }) }];
    return (
      <Choice
        key={parent ?? 'root'}
        name={`area-${depth}`}
        label={text(levelKey(entries[0]?.level))}
        value={path[depth] ?? parent ?? ''}
        options={[...whole, ...optionsOf(entries)]}
        onChoose={chooseArea}
      />
    );
  });
};
