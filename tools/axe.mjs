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

/** Violations by view and appearance. */
const examine = async (url, browser, views) => {
  const found = new Map();
  for (const width of WIDTHS) {
    const tab = await openPage(browser, { width });
    for (const view of views)
      for (const look of appearances().filter((one) => one.width === width)) {
        await tab.open(url + addressOf(view, look));
        found.set(`${view.name} ${nameOf(look)}`, await violationsOn(tab));
      }
    await tab.close();
  }
  return found;
};

const print = (found, names) => {
  const looks = appearances().map(nameOf);
  const first = Math.max(...names.map((name) => name.length));
  console.log([' '.repeat(first), ...looks].join('  '));
  for (const name of names) {
    const counts = looks.map((look) =>
      String(found.get(`${name} ${look}`).reduce((sum, { places }) => sum + places.length, 0)).padStart(
        look.length,
      ),
    );
    console.log([name.padEnd(first), ...counts].join('  '));
  }
  for (const [view, violations] of found)
    for (const { id, places } of violations) console.log(`✗ ${view}: ${id}: ${places.join(' | ')}`);
};

const country = await runningCountry({ url: options.url, dataDir: options['data-dir'] }, (line) =>
  console.error(line),
);
let browser;
try {
  browser = await launch();
  const views = await viewsIn(country.url, options.pages?.split(','));
  const found = await examine(country.url, browser, views);
  print(
    found,
    views.map(({ name }) => name),
  );
  const total = [...found.values()].flat().reduce((sum, { places }) => sum + places.length, 0);
  console.log(`${found.size} views, ${total} violations`);
  process.exitCode = total === 0 ? 0 : 1;
} finally {
  await browser?.close();
  await country.close();
}
