/**
 * `npm run axe [-- --url URL | --data-dir DIR] [--pages a,b]`: what axe-core has against every page in both
 * languages, on light and dark ground, wide and narrow. Prints a table of the numbers of violations and fails above 0.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { launch, openPage } from './screenshots/browser.mjs';
import { runningCountry } from './screenshots/country.mjs';
import { addressOf, appearances, viewsIn, WIDTHS } from './screenshots/views.mjs';

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    'data-dir': { type: 'string' },
    pages: { type: 'string' },
  },
});

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const nameOf = ({ lang, theme, width }) => `${lang} ${theme} ${width}`;

const violationsOn = async (tab) => {
  await tab.page.evaluate(axe);
  return tab.page.evaluate(async () =>
    (await globalThis.axe.run()).violations.map(({ id, nodes }) => ({
      id,
      places: nodes.map(({ target }) => target.join(' ')),
    })),
  );
};

const countOf = (violations) => violations.reduce((sum, { places }) => sum + places.length, 0);

/** Examines every view and prints a row for each as it goes. */
const examine = async (url, browser, views) => {
  const looks = appearances();
  const first = Math.max(...views.map(({ name }) => name.length));
  const tabs = new Map();
  for (const width of WIDTHS) tabs.set(width, await openPage(browser, { width }));
  const found = [];
  console.log([' '.repeat(first), ...looks.map(nameOf)].join('  '));
  for (const view of views) {
    const cells = [];
    for (const look of looks) {
      const tab = tabs.get(look.width);
      await tab.open(url + addressOf(view, look));
      const violations = await tab.inSight(() => violationsOn(tab));
      cells.push(String(countOf(violations)).padStart(nameOf(look).length));
      found.push(...violations.map((one) => ({ ...one, where: `${view.name} ${nameOf(look)}` })));
    }
    console.log([view.name.padEnd(first), ...cells].join('  '));
  }
  for (const { where, id, places } of found) console.log(`✗ ${where}: ${id}: ${places.join(' | ')}`);
  console.log(`${views.length * looks.length} views, ${countOf(found)} violations`);
  return countOf(found);
};

const country = await runningCountry({ url: options.url, dataDir: options['data-dir'] }, (line) =>
  console.error(line),
);
let browser;
try {
  browser = await launch();
  const views = await viewsIn(country.url, options.pages?.split(','));
  process.exitCode = (await examine(country.url, browser, views)) === 0 ? 0 : 1;
} finally {
  await browser?.close();
  await country.close();
}
