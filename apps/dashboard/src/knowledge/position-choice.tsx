import type { Release } from '../api.js';
import { Choice } from '../choice.js';
import { useFormats, useText } from '../language.js';
import { DayFields } from './day-fields.js';
import { dayIn, dayText, kindOf } from './position.js';

/** A time of knowledge: now, a release, or a day. */
export const PositionChoice = (props: {
  name: 'release' | 'vs';
  label: string;
  /** Undefined: now for the position of the page, none for what it is compared with. */
  value: string | undefined;
  releases: readonly Release[];
  /** Positions that are not offered. */
  without?: string | undefined;
  onChoose: (position: string | undefined) => void;
}) => {
  const { name, label, value, releases, without, onChoose } = props;
  const formats = useFormats();
  const text = useText();
  const isMain = name === 'release';
  const kind = value === undefined ? undefined : kindOf(value, releases);
  const choose = (chosen: string): void => {
    if (chosen === 'day') onChoose(dayText(dayIn(new Date(), formats.language)));
    else onChoose(chosen === (isMain ? 'latest' : 'none') ? undefined : chosen);
  };
  return (
    <div className="position-choice">
      <Choice
        name={name}
        label={label}
        value={kind === 'day' ? 'day' : (value ?? (isMain ? 'latest' : 'none'))}
        options={[
          ...(isMain ? [] : [{ value: 'none', label: text('compare.none') }]),
          ...(isMain || without !== 'latest' ? [{ value: 'latest', label: text('release.now') }] : []),
          { value: 'day', label: text('position.choose-day') },
          ...(kind === 'release' && value !== undefined && !releases.some((one) => one.name === value)
            ? [{ value, label: formats.release(value) }]
            : []),
          ...releases
            .toReversed()
            .filter((release) => release.name !== without)
            .map((release) => ({
              value: release.name,
              label: text('release.option', {
                name: formats.release(release.name),
                day: formats.day(release.cutAt),
              }),
            })),
        ]}
        onChoose={choose}
      />
      {kind === 'day' && value !== undefined ? (
        <DayFields name={name} label={label} value={value} first={releases[0]?.cutAt} onChoose={onChoose} />
      ) : null}
    </div>
  );
};
