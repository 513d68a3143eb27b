import './styles/typeface.css';
import './styles/tokens.css';
import './styles/page.css';
import './styles/shell.css';
import './styles/figures.css';
import './styles/print.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { watchFresh } from './live/fresh.js';
import { followFigures } from './live/live-link.js';
import { askEarly } from './early.js';
import { Page } from './page.js';
import { loadPage } from './pages.js';
import { createQueryClient } from './queries.js';
import { readUrl } from './url-state.js';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element "root"');

// asked for before the shell is drawn, so that the two come together
const { page } = readUrl(window.location.search);
void loadPage(page).catch(() => undefined);

// before the first figure is read: what is counted from now on is not missed
const client = createQueryClient();
askEarly(client, page);
watchFresh(client);
followFigures(client);

// drawn in small steps: a slow telephone keeps answering its reader meanwhile
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Page />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
