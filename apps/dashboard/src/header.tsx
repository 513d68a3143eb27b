import { DisplayChoices } from './display-choices.js';
import { Text } from './language.js';
import { Navigation } from './navigation.js';
import { PageLink } from './page-link.js';
import { changeUrl, type UrlState } from './url-state.js';

const LanguageLink = ({ url }: { url: UrlState }) => {
  const other = url.language === 'fa' ? 'en' : 'fa';
  return (
    <PageLink className="quiet-button" to={changeUrl(url, { language: other })} language={other}>
      <Text of="app.language" />
    </PageLink>
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
        <DisplayChoices url={url} />
        <LanguageLink url={url} />
      </div>
    </div>
    <Navigation url={url} />
  </header>
);
