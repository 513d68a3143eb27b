/* global document, requestAnimationFrame */
/** The browser, and pages in it that are waited for until they are complete. */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { chromium } from 'playwright-core';

/** Where the browser is: KARNAMA_CHROMIUM, or where Debian puts it. */
const chromiumPath = process.env.KARNAMA_CHROMIUM ?? '/usr/bin/chromium';

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A fresh browser; `flags` beside its own. */
export const launch = async (flags = []) => {
  if (!existsSync(chromiumPath)) throw new Error(`no browser at ${chromiumPath}: set KARNAMA_CHROMIUM`);
  const args = [...chromiumFlags, ...flags];
  return chromium.launch({ executablePath: chromiumPath, headless: true, args });
};

/**
 * Runs in the page: marks the first frame in which nothing is left to come. A skeleton, a figure that is not read
 * yet, a drawing without lines or a typeface on its way all mean that something is.
 */
const watchForCompletion = () => {
  const isComplete = () =>
    document.querySelector('#figures, .message') !== null &&
    document.querySelector('.skeleton, [data-ready="false"], [aria-busy="true"]') === null &&
    [...document.querySelectorAll('.chart-canvas')].every((box) => box.querySelector('svg') !== null) &&
    document.fonts.status === 'loaded';
  const look = () => {
    if (!isComplete()) return void requestAnimationFrame(look);
    const seen = performance.now();
    // the frame after it has been painted
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (!isComplete()) return look();
        performance.mark('karnama-complete', { startTime: seen });
      }),
    );
  };
  look();
};

/**
 * A page of the browser whose `open` waits until what it shows is complete: no skeleton, no answer on its way (the
 * news that never end are no answer), typefaces loaded. `complaints` are the errors and warnings of its console.
 */
export const openPage = async (browser, { width, height = 900 }) => {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  // a busy machine is no reason to give up a page
  page.setDefaultTimeout(120_000);
  const underWay = new Set();
  const complaints = [];
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') underWay.add(request);
  });
  let silence = () => undefined;
  const end = (request) => {
    underWay.delete(request);
    if (underWay.size === 0) silence();
  };
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.addInitScript(watchForCompletion);

  const quiet = async () => {
    for (;;) {
      await page.waitForFunction(() => performance.getEntriesByName('karnama-complete').length > 0);
      if (underWay.size === 0) break;
      await new Promise((resolve) => (silence = resolve));
    }
    // answers that came last may have asked for more
    await page.waitForFunction(() => document.querySelector('.skeleton, [data-ready="false"]') === null);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  };

  const open = async (address) => {
    complaints.length = 0;
    underWay.clear();
    await page.goto(address, { waitUntil: 'load' });
    await quiet();
  };
  const tallAs = async (tall) => {
    await page.setViewportSize({ width, height: tall });
    await quiet();
    // parts that were out of sight are painted in the frames that follow
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  };

  /** Does something while the window is as tall as the page, so that what is left out of sight is painted, too. */
  const inSight = async (work) => {
    const heightOfPage = () => page.evaluate(() => document.documentElement.scrollHeight);
    try {
      await tallAs(await heightOfPage());
      // what came into sight may be taller than the room that was kept for it
      await tallAs(await heightOfPage());
      return await work();
    } finally {
      await page.setViewportSize({ width, height });
    }
  };
  return { page, open, inSight, complaints, close: () => context.close() };
};
