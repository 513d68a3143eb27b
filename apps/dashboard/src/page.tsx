import { useQuery } from '@tanstack/react-query';
import { memo, Suspense, useDeferredValue, useLayoutEffect, useMemo } from 'react';
import { Unreachable } from './api.js';
import { Header } from './header.js';
import { LanguageProvider, useText } from './language.js';
import { LiveNotice } from './live/live-notice.js';
import { pages } from './pages.js';
import { Quality } from './quality.js';
import { releasesQuery, useStatus } from './queries.js';
import { ReleaseBar } from './release-bar.js';
import { BlockSkeleton, FiguresSkeleton, StaleNotice } from './states.js';
import { Embed } from './take-away/embed.js';
import { useTheme } from './theme.js';
import type { UrlState } from './url-state.js';
import { useUrl } from './use-url.js';
import { part } from './part.js';

const ShellHeader = memo(Header);
const ShellReleaseBar = memo(ReleaseBar);

const CompareCard = part(() => import('./compare/compare-card.js'));

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
  // the shell has news of its own, which are no reason to draw the page again, least of all in one long step
  const known = useDeferredValue(releases.data);
  const body = useMemo(
    () => (
      <Suspense
        fallback={
          <div id="figures" tabIndex={-1}>
            <FiguresSkeleton />
          </div>
        }
      >
        <Body url={url} theme={theme} releases={known} />
      </Suspense>
    ),
    [Body, url, theme, known],
  );
  if (url.embed === true) return <Embed url={url} theme={theme} releases={releases.data} />;
  return (
    <>
      <ShellHeader url={url} />
      <main>
        <ShellReleaseBar url={url} releases={releases.data} />
        <StaleNotice
          shown={status.error instanceof Unreachable}
          onRetry={() => [status, releases].forEach((query) => void query.refetch())}
        />
        {url.vs === undefined || url.page === 'overview' ? null : (
          <Suspense fallback={<BlockSkeleton />}>
            <CompareCard url={url} releases={releases.data} />
          </Suspense>
        )}
        {body}
      </main>
      <Quality status={status.data} failed={status.isError} releases={releases.data ?? []} />
      <LiveNotice url={url} newest={releases.data?.at(-1)?.name} />
    </>
  );
};

/** The whole page; everything it shows follows from the address and the API. */
export const Page = () => {
  const url = useUrl();
  return (
    <LanguageProvider language={url.language} digits={url.digits} calendar={url.calendar}>
      <Content url={url} />
    </LanguageProvider>
  );
};
