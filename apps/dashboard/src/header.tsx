import type { MouseEvent } from 'react';
import { Text, useText } from './language.js';
import { changeUrl, writeUrl, type Theme, type UrlState } from './url-state.js';
import { navigate } from './use-url.js';

const LanguageLink = ({ url }: { url: UrlState }) => {
  const other = url.language === 'fa' ? 'en' : 'fa';
  const target = changeUrl(url, { language: other });
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(target);
  };
  return (
    <a
      className="quiet-button"
      href={writeUrl(target) || './'}
      lang={other}
      hrefLang={other}
      onClick={follow}
    >
      <Text of="app.language" />
    </a>
  );
};

const ThemeChoice = ({ url }: { url: UrlState }) => {
  const text = useText();
  const choose = (value: string): void =>
    navigate(changeUrl(url, { theme: value === '' ? undefined : (value as Theme) }));
  return (
    <label className="inline-choice">
      <span>{text('app.theme')}</span>
      <select value={url.theme ?? ''} onChange={(event) => choose(event.target.value)}>
        <option value="">{text('theme.auto')}</option>
        <option value="light">{text('theme.light')}</option>
        <option value="dark">{text('theme.dark')}</option>
      </select>
    </label>
  );
};

export const Header = ({ url }: { url: UrlState }) => (
  <header className="masthead">
    <a className="skip" href="#figures">
      <Text of="app.skip" />
    </a>
    <div className="masthead-row">
      <svg className="emblem" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" />
        <path d="M7 22.5l6-7 5 4 7-10" />
        <circle cx="25" cy="9.5" r="2.4" />
      </svg>
      <div className="brand">
        <h1>
          <Text of="app.name" />
        </h1>
        <p>
          <Text of="app.subtitle" />
        </p>
      </div>
      <nav className="masthead-choices">
        <ThemeChoice url={url} />
        <LanguageLink url={url} />
      </nav>
    </div>
  </header>
);
