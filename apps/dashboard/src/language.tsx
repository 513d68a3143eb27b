import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { formatsFor, type Formats } from './formats.js';
import { english, type MessageKey } from './messages-en.js';
import { persian } from './messages-fa.js';
import type { Language } from './url-state.js';

const FormatsContext = createContext<Formats>(formatsFor('fa'));

const messages = { fa: persian, en: english } as const;

/** Gives everything below it the words and the numerals of one language. */
export const LanguageProvider = ({ language, children }: { language: Language; children: ReactNode }) => {
  const formats = useMemo(() => formatsFor(language), [language]);
  return (
    <IntlProvider locale={language} messages={messages[language]} defaultLocale="fa">
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
