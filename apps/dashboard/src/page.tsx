import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect } from 'react';
import { Unreachable } from './api.js';
import { Controls } from './controls.js';
import { Figures } from './figures.js';
import { Header } from './header.js';
import { LanguageProvider, useText } from './language.js';
import { Quality } from './quality.js';
import { dataflowQuery, dataflowsQuery, releasesQuery, useStatus } from './queries.js';
import { ReleaseBar } from './release-bar.js';
import { selectionOf } from './selection.js';
import { Failure, FiguresSkeleton, Nothing, StaleNotice } from './states.js';
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
    document.title = `${text('app.name')} · ${text('app.subtitle')}`;
  });
};

const Content = ({ url }: { url: UrlState }) => {
  const theme = useTheme(url.theme);
  useDocument(url, theme);
  const status = useStatus();
  const releases = useQuery(releasesQuery);
  const dataflows = useQuery(dataflowsQuery);
  const code = url.dataflow ?? dataflows.data?.[0]?.code;
  const dataflow = useQuery({ ...dataflowQuery(code ?? ''), enabled: code !== undefined });
  const selection = dataflow.data === undefined ? undefined : selectionOf(url, dataflow.data);
  const failed = [dataflow, dataflows].find((query) => query.isError && query.data === undefined);
  const retry = (): void => {
    for (const query of [dataflows, dataflow, releases, status]) if (query.isError) void query.refetch();
  };

  return (
    <>
      <Header url={url} />
      <main>
        <Controls url={url} dataflows={dataflows.data ?? []} selection={selection} />
        <ReleaseBar url={url} releases={releases.data} selection={selection} />
        <StaleNotice shown={status.error instanceof Unreachable && failed === undefined} onRetry={retry} />
        <div id="figures" tabIndex={-1}>
          {failed?.error ? (
            <Failure error={failed.error} onRetry={retry} />
          ) : dataflows.data?.length === 0 || dataflow.data?.months.length === 0 ? (
            <Nothing title="state.empty.all" hint="state.empty.all.hint" />
          ) : selection === undefined ? (
            <FiguresSkeleton />
          ) : (
            <Figures url={url} selection={selection} theme={theme} />
          )}
        </div>
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
