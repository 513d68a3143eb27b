import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest } from '@jest/globals';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromiumPath, hasChromium, launchChromium } from '@karnama/conformance';
import { build } from './built-page.js';

/**
 * A suite that needs a browser. Without one it is skipped and says so on stderr; on CI it runs all the same,
 * and fails. A test may take two minutes; a suite that needs longer sets its own time.
 */
export const browserSuite = (name: string, tests: () => void): void => {
  jest.setTimeout(120_000);
  const runs = hasChromium || process.env['CI'] === 'true';
  if (!runs) {
    const spec = basename(expect.getState().testPath ?? name, '.spec.ts');
    process.stderr.write(`${spec}: skipped, no browser at ${chromiumPath} (set KARNAMA_CHROMIUM)\n`);
  }
  (runs ? describe : describe.skip)(name, tests);
};

/** What serves the page: at `url`, without a slash at its end. */
type Server = { readonly url: string; readonly close: () => Promise<unknown> };

type Manner = {
  /** The server has a page of its own; otherwise the page as it is shipped lies in the directory. */
  readonly servesOwnPage?: boolean;
  /** What the pages of this suite have to show before they count as settled, besides what every page has. */
  readonly shows?: readonly string[];
  /** How the context of the pages is made, besides the size of its window. */
  readonly context?: BrowserContextOptions;
  /** Every test has a context of its own, for what is set for all pages of one and cannot be taken back. */
  readonly contextPerTest?: boolean;
};

/** A site and the page that a test looks at it with; each is there from `beforeAll` or `beforeEach` on. */
export type Site<S extends Server> = {
  readonly server: S;
  readonly url: string;
  /** A directory of the suite's own, gone when it ends. */
  readonly directory: string;
  readonly context: BrowserContext;
  /** A new one for each test, 1440 by 900. */
  readonly page: Page;
  /** Errors and warnings on the page's console, what was thrown on it, and what it asked of anybody else. */
  readonly complaints: string[];
  /** Loads an address of the site, which begins with `?`, and waits until the page is settled. */
  readonly open: (search: string) => Promise<void>;
  /** Until figures and drawings stand on the page, with nothing left to come. */
  readonly settled: () => Promise<void>;
};

const isSettled = (shown: readonly string[]): boolean =>
  shown.every((selector) => document.querySelector(selector) !== null) &&
  document.querySelector('.skeleton, [data-ready="false"], [data-compare="false"]') === null &&
  [...document.querySelectorAll('.chart-canvas')].every((box) => box.querySelector('svg') !== null);

/** All that a page can keep beyond its tab; the program that it consists of is not among it. */
const kept = 'cookies,local_storage,indexeddb,cache_storage,service_workers';

/**
 * Gives the tests of the suite it is called in a server, a browser and a page each. The pages share one context,
 * so that what never changes is loaded and compiled once; nothing else that one leaves behind reaches the next.
 */
export const useSite = <S extends Server>(
  start: (directory: string) => Promise<S>,
  { servesOwnPage = false, shows = [], context: manner = {}, contextPerTest = false }: Manner = {},
): Site<S> => {
  let directory: string;
  let server: S;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  const shown = ['#figures h2', '[data-ready="true"], [data-figures]', ...shows];

  const newContext = async (): Promise<void> => {
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...manner });
  };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'karnama-browser-'));
    if (!servesOwnPage) await build(directory);
    server = await start(directory);
    browser = await launchChromium();
    if (!contextPerTest) await newContext();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    complaints.length = 0;
    if (contextPerTest) await newContext();
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${server.url}/`) && !request.url().startsWith('data:'))
        complaints.push(request.url());
    });
  });

  afterEach(async () => {
    if (contextPerTest) return context.close();
    // a test that failed may have left the context without a network
    await context.setOffline(false);
    const session = await context.newCDPSession(page);
    const { origin } = new URL(server.url);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: kept });
    await page.close();
  });

  const settled = async (): Promise<void> => {
    await page.waitForFunction(isSettled, shown);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  };

  const open = async (search: string): Promise<void> => {
    await page.goto(`${server.url}/${search}`);
    await settled();
  };

  return {
    get server() {
      return server;
    },
    get url() {
      return server.url;
    },
    get directory() {
      return directory;
    },
    get context() {
      return context;
    },
    get page() {
      return page;
    },
    complaints,
    open,
    settled,
  };
};
