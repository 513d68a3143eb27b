import { useQuery } from '@tanstack/react-query';
import { Suspense, useLayoutEffect } from 'react';
import { Unreachable } from './api.js';
import { Header } from './header.js';
import { LanguageProvider, useText } from './language.js';
import { pages } from './pages.js';
import { Quality } from './quality.js';
import { releasesQuery, useStatus } from './queries.js';
import { ReleaseBar } from './release-bar.js';
import { FiguresSkeleton, StaleNotice } from './states.js';
import { useTheme } from './theme.js';
import type { UrlState } from './url-state.js';
import { useUrl } from './use-url.js';

const useDocument = (url: UrlState, theme: string): void => {
  const text = useText();
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = url.language;
    documentElement.dir = url.language === 'fa' ? 'rtl' : 'ltr';
    documentElement.dataset['theme'] = theme;
    document.title = `${text(`nav.${url.page}`)} · ${text('app.name')}`;
  });
};

const Content = ({ url }: { url: UrlState }) => {
  const theme = useTheme(url.theme);
  useDocument(url, theme);
  const status = useStatus();
  const releases = useQuery(releasesQuery);
  const Body = pages[url.page];
  return (
    <>
      <Header url={url} />
      <main>
        <ReleaseBar url={url} releases={releases.data} />
        <StaleNotice
          shown={status.error instanceof Unreachable}
          onRetry={() => [status, releases].forEach((query) => void query.refetch())}
        />
        <Suspense fallback={<FiguresSkeleton />}>
          <Body url={url} theme={theme} releases={releases.data} status={status.data} />
        </Suspense>
      </main>
      <Quality status={status.data} failed={status.isError} releases={releases.data ?? []} />
    </>
  );
};

/** The whole page; everything it shows follows from the address and the API. */
export const Page = () => {
  const url = useUrl();
  return (
    <LanguageProvider language={url.language}>
      <Content url={url} />
    </LanguageProvider>
  );
};
