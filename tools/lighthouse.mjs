/**
 * `npm run lighthouse [-- --url URL | --data-dir DIR] [--runs N] [--pages a,b] [--report-only]`: Lighthouse with the
 * browser of the tests against the real program, as a desktop and as a phone; how soon the overview is complete on
 * this machine; and how much script the first view needs before drawings. Of several runs (an odd number, 3 unless
 * told) the one in the middle counts. Fails below the aims, unless it is only to report.
 */
import { once } from 'node:events';
import { createServer } from 'node:net';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import lighthouse from 'lighthouse';
import desktop from 'lighthouse/core/config/desktop-config.js';
import { launch, openPage } from './screenshots/browser.mjs';
import { runningCountry } from './screenshots/country.mjs';
import { addressOf, viewsIn } from './screenshots/views.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    'data-dir': { type: 'string' },
    runs: { type: 'string', default: '3' },
    pages: { type: 'string', default: 'overview,indicator,explore' },
    'report-only': { type: 'boolean', default: false },
  },
});

const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1 || runs % 2 === 0)
  throw new Error(`--runs ${options.runs}: take an odd number, so that one run stands in the middle`);

const LEAST = { desktop: 0.95, mobile: 0.85 };
const MOST_SCRIPT = 200 * 1024;
const MOST_MS = 2_000;
/** A machine that is slower than this while it is measured is busy with something else, or no desktop. */
const LEAST_SPEED = 1_000;
/** Drawings come after the first view, in a part of their own. */
const isDrawing = (url) => /\/(drawing|[\w-]*canvas|[\w-]*option)-[\w-]+\.js$/.test(url);

const middleOf = (sorted) => sorted[Math.floor(sorted.length / 2)];
const middle = (numbers) => middleOf(numbers.toSorted((a, b) => a - b));

const measureOnce = async (address, form, port) => {
  const flags = {
    port,
    output: 'json',
    logLevel: 'error',
    onlyCategories: ['performance', 'accessibility', 'best-practices'],
  };
  const { lhr } = await lighthouse(address, flags, form === 'desktop' ? desktop : undefined);
  if (lhr.runtimeError !== undefined) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  const { categories, audits, environment } = lhr;
  return {
    speed: environment.benchmarkIndex,
    performance: categories.performance.score,
    accessibility: categories.accessibility.score,
    practices: categories['best-practices'].score,
    fcp: audits['first-contentful-paint'].numericValue,
    lcp: audits['largest-contentful-paint'].numericValue,
    cls: audits['cumulative-layout-shift'].numericValue,
    tbt: audits['total-blocking-time'].numericValue,
    bytes: audits['total-byte-weight'].numericValue,
    failed: Object.values(audits).flatMap(({ id, score, scoreDisplayMode }) =>
      scoreDisplayMode === 'binary' && score === 0 ? [id] : [],
    ),
  };
};

/** The run in the middle by performance: one measured while the machine was busy says little. */
const measure = async (address, form, port) => {
  const measured = [];
  for (let run = 0; run < runs; run += 1) measured.push(await measureOnce(address, form, port));
  const sorted = measured.toSorted((a, b) => a.performance - b.performance);
  return { ...middleOf(sorted), scores: sorted.map(({ performance }) => performance) };
};

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

const row = (cells) =>
  cells.map((cell, at) => String(cell)[at === 0 ? 'padEnd' : 'padStart'](at === 0 ? 18 : 9)).join(' ');

/** A port that nobody listens on: Lighthouse talks to the browser through one. */
const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

const lighthouseTable = async (url) => {
  const problems = [];
  console.log(
    row(['page', 'perf', 'access', 'practice', 'FCP', 'LCP', 'CLS', 'TBT', 'KiB', 'speed', 'runs']),
  );
  const port = await freePort();
  const chrome = await launch([`--remote-debugging-port=${port}`]);
  try {
    for (const view of await viewsIn(url, options.pages.split(',')))
      for (const form of ['desktop', 'mobile']) {
        const name = `${view.name} ${form}`;
        const one = await measure(url + addressOf(view, { lang: 'fa', theme: 'light' }), form, port);
        const scores = [one.performance, one.accessibility, one.practices].map((score) => score.toFixed(2));
        const times = [seconds(one.fcp), seconds(one.lcp), one.cls.toFixed(3), `${Math.round(one.tbt)} ms`];
        console.log(
          row([
            name,
            ...scores,
            ...times,
            Math.round(one.bytes / 1024),
            Math.round(one.speed),
            one.scores.map((score) => score.toFixed(2)).join('/'),
          ]),
        );
        if (one.performance < LEAST[form]) {
          const slow = one.speed < LEAST_SPEED ? ', on a machine that was busy' : '';
          problems.push(`${name}: performance ${one.performance} is below ${LEAST[form]}${slow}`);
        }
        if (one.accessibility < 1)
          problems.push(`${name}: accessibility ${one.accessibility}: ${one.failed.join(', ')}`);
      }
  } finally {
    await chrome.close();
  }
  return problems;
};

/** From the start of the navigation to the first frame in which nothing is left to come. */
const completeIn = async (url, browser) => {
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const tab = await openPage(browser, { width: 1440 });
    await tab.open(`${url}/`);
    times.push(await tab.page.evaluate(() => performance.getEntriesByName('karnama-complete')[0].startTime));
    await tab.close();
  }
  return times;
};

/** Script of the overview until it is complete, as gzip makes it; without drawings, which come after it. */
const firstScript = async (url, browser) => {
  const tab = await openPage(browser, { width: 1440 });
  const scripts = new Map();
  const read = [];
  tab.page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' || isDrawing(response.url())) return;
    read.push(
      response.body().then((body) => scripts.set(response.url(), gzipSync(body, { level: 9 }).length)),
    );
  });
  await tab.open(`${url}/`);
  await Promise.all(read);
  await tab.close();
  return scripts;
};

const country = await runningCountry({ url: options.url, dataDir: options['data-dir'] }, (line) =>
  console.error(line),
);
let browser;
const problems = [];
try {
  browser = await launch();
  const scripts = await firstScript(country.url, browser);
  const size = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.log(
    `script of the first view: ${(size / 1024).toFixed(1)} KiB gzip in ${scripts.size} files, before drawings`,
  );
  if (size > MOST_SCRIPT)
    problems.push(`the first view needs ${size} bytes of script, more than ${MOST_SCRIPT}`);
  const times = await completeIn(country.url, browser);
  console.log(`overview complete after ${times.map((ms) => `${Math.round(ms)} ms`).join(', ')}`);
  if (middle(times) > MOST_MS)
    problems.push(`the overview is complete after ${Math.round(middle(times))} ms`);
  await browser.close();
  problems.push(...(await lighthouseTable(country.url)));
  for (const problem of problems) console.log(`✗ ${problem}`);
  process.exitCode = problems.length === 0 || options['report-only'] ? 0 : 1;
} finally {
  await browser?.close();
  await country.close();
}
