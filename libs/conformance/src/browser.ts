import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from './browser.config.js';

export { chromiumPath };

/** Without a browser there is nothing to see with; on CI that is a failure, elsewhere a skipped suite. */
export const hasChromium = existsSync(chromiumPath);

/** A browser with a fresh profile that talks to nobody but the page. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
