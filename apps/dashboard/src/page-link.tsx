import type { MouseEvent, ReactNode } from 'react';
import { writeUrl, type Language, type UrlState } from './url-state.js';
import { navigate } from './use-url.js';

/** A link to another state of the page: followed in place, and a true address for everything else. */
export const PageLink = (props: {
  to: UrlState;
  children: ReactNode;
  className?: string;
  current?: boolean;
  language?: Language;
}) => {
  const { to, children, className, current, language } = props;
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a
      href={writeUrl(to) || './'}
      onClick={follow}
      {...(className === undefined ? {} : { className })}
      {...(current === true ? { 'aria-current': 'page' as const } : {})}
      {...(language === undefined ? {} : { lang: language, hrefLang: language })}
    >
      {children}
    </a>
  );
};
