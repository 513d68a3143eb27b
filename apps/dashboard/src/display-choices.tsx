import { useEffect, useId, useRef, useState, type FocusEvent, type KeyboardEvent } from 'react';
import { Choice } from './choice.js';
import { Text, useText } from './language.js';
import type { MessageKey } from './messages-en.js';
import { changeUrl, type UrlState } from './url-state.js';
import { navigate } from './use-url.js';

type Key = 'theme' | 'digits' | 'calendar';

/** What may be chosen; the first of each is the page's own way, which the address leaves out. */
const choices: Readonly<Record<Key, { label: MessageKey; options: Readonly<Record<string, MessageKey>> }>> = {
  theme: {
    label: 'app.theme',
    options: { '': 'theme.auto', light: 'theme.light', dark: 'theme.dark' },
  },
  digits: {
    label: 'display.digits',
    options: {
      '': 'display.digits.own',
      persian: 'display.digits.persian',
      latin: 'display.digits.latin',
    },
  },
  calendar: {
    label: 'display.calendar',
    options: {
      '': 'display.calendar.own',
      jalali: 'display.calendar.jalali',
      gregorian: 'display.calendar.gregorian',
    },
  },
};

const keys = ['digits', 'calendar', 'theme'] as const;

/** How everything is written and coloured: digits, calendar and ground. It goes with the reader from page to page. */
export const DisplayChoices = ({ url }: { url: UrlState }) => {
  const text = useText();
  const id = useId();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = ({ target }: PointerEvent): void => {
      if (target instanceof Node && box.current?.contains(target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const leave = ({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>): void => {
    if (relatedTarget !== null && !currentTarget.contains(relatedTarget)) setOpen(false);
  };
  const escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open) return;
    setOpen(false);
    button.current?.focus();
  };
  const choose = (key: Key, value: string): void =>
    navigate(changeUrl(url, { [key]: value === '' ? undefined : value }));
  return (
    <div ref={box} className="display" onBlur={leave} onKeyDown={escape}>
      <button
        ref={button}
        type="button"
        className="quiet-button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <Text of="display.open" />
      </button>
      <div id={id} className="display-panel" hidden={!open}>
        {keys.map((key) => (
          <Choice
            key={key}
            name={key}
            label={text(choices[key].label)}
            value={url[key] ?? ''}
            options={Object.entries(choices[key].options).map(([value, label]) => ({
              value,
              label: text(label),
            }))}
            onChoose={(value) => choose(key, value)}
          />
        ))}
      </div>
    </div>
  );
};
