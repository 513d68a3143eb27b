import { useEffect, useRef } from 'react';
import { Text, useText } from './language.js';
import { PageLink } from './page-link.js';
import { changeUrl, pageUrl, type PageName, type Theme, type UrlState } from './url-state.js';
import { navigate } from './use-url.js';

const LanguageLink = ({ url }: { url: UrlState }) => {
  const other = url.language === 'fa' ? 'en' : 'fa';
  return (
    <PageLink className="quiet-button" to={changeUrl(url, { language: other })} language={other}>
      <Text of="app.language" />
    </PageLink>
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

const pages: readonly PageName[] = ['overview', 'indicator', 'area', 'releases', 'revisions', 'movements'];

const Navigation = ({ url }: { url: UrlState }) => {
  const text = useText();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // on a narrow screen the list scrolls sideways, and the present page must not lie outside
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [url.page]);
  return (
    <nav className="pages" aria-label={text('nav.label')}>
      <ul ref={list}>
        {pages.map((page) => (
          <li key={page}>
            <PageLink to={pageUrl(url, page)} current={page === url.page}>
              <Text of={`nav.${page}`} />
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
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
      <div className="masthead-choices">
        <ThemeChoice url={url} />
        <LanguageLink url={url} />
      </div>
    </div>
    <Navigation url={url} />
  </header>
);
