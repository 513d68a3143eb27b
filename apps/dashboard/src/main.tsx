import '@fontsource-variable/vazirmatn';
import './styles/tokens.css';
import './styles/page.css';
import './styles/shell.css';
import './styles/figures.css';
import './styles/print.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Page } from './page.js';
import { loadPage } from './pages.js';
import { createQueryClient } from './queries.js';
import { readUrl } from './url-state.js';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element "root"');

// asked for before the shell is drawn, so that the two come together
void loadPage(readUrl(window.location.search).page);

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={createQueryClient()}>
      <Page />
    </QueryClientProvider>
  </StrictMode>,
);
