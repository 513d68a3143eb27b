import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { formatsFor, localeOf, type Formats } from './formats.js';
import { english, type MessageKey } from './messages-en.js';
import { persian } from './messages-fa.js';
import type { Reading } from './reading.js';
import type { Language } from './url-state.js';

const FormatsContext = createContext<Formats>(formatsFor('fa'));

const messages = { fa: persian, en: english } as const;

/** Gives everything below it the words of one language, and the numerals and the calendar of the reader. */
export const LanguageProvider = (props: Reading & { language: Language; children: ReactNode }) => {
  const { language, digits, calendar, children } = props;
  const formats = useMemo(() => formatsFor(language, { digits, calendar }), [language, digits, calendar]);
  return (
    <IntlProvider locale={localeOf(language, digits)} messages={messages[language]} defaultLocale="fa">
      <FormatsContext.Provider value={formats}>{children}</FormatsContext.Provider>
    </IntlProvider>
  );
};

export const useFormats = (): Formats => useContext(FormatsContext);

/** Plain text of a message, for attributes and options. */
export type Say = (key: MessageKey, values?: Record<string, string | number>) => string;

export const useText = (): Say => {
  const intl = useIntl();
  return (key, values) => intl.formatMessage({ id: key }, values);
};

/** A message on the page; values may be elements. */
export const Text = ({ of, values }: { of: MessageKey; values?: Record<string, ReactNode> }) => {
  const intl = useIntl();
  return <>{intl.formatMessage({ id: of }, values)}</>;
};

/** A figure kept apart from the direction of the text around it. */
export const Num = ({ children }: { children: string }) => (
  <bdi dir="ltr" className="num">
    {children}
  </bdi>
);

/** A name of data (release, code) whose own direction is not known beforehand. */
export const Name = ({ children }: { children: string }) => <bdi>{children}</bdi>;

/** The exact figure, or a dash that a screen reader is told the meaning of. */
export const Figure = ({ value, signed = false }: { value: bigint | null; signed?: boolean }) => {
  const formats = useFormats();
  if (value !== null) return <Num>{signed ? formats.signed(value) : formats.whole(value)}</Num>;
  return (
    <span className="undefined">
      <span aria-hidden="true">–</span>
      <span className="unseen">
        <Text of="figure.undefined" />
      </span>
    </span>
  );
};
