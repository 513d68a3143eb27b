/* global document */
/**
 * `npm run screenshots [-- --out DIR] [--url URL | --data-dir DIR] [--pages a,b]`: every page in both languages, on
 * light and dark ground, wide and narrow, as PNG files, and an index.html that shows them side by side.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { launch, openPage } from './screenshots/browser.mjs';
import { runningCountry } from './screenshots/country.mjs';
import { indexOf } from './screenshots/contact-sheet.mjs';
import { addressOf, appearances, viewsIn, WIDTHS } from './screenshots/views.mjs';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    url: { type: 'string' },
    'data-dir': { type: 'string' },
    pages: { type: 'string' },
  },
});

const folder = resolve(process.env.INIT_CWD ?? process.cwd(), options.out);

const nameOf = ({ name }, { lang, theme, width }) => `${name}-${lang}-${theme}-${width}.png`;

const take = async (url, browser, views) => {
  const problems = [];
  for (const width of WIDTHS) {
    const tab = await openPage(browser, { width });
    for (const view of views)
      for (const look of appearances().filter((one) => one.width === width)) {
        await tab.open(url + addressOf(view, look));
        await tab.inSight(() => tab.page.screenshot({ path: join(folder, nameOf(view, look)) }));
        const wide = await tab.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wide > 0) problems.push(`${nameOf(view, look)}: ${wide} px wider than the window`);
        problems.push(...tab.complaints.map((text) => `${nameOf(view, look)}: ${text}`));
      }
    await tab.close();
  }
  return problems;
};

await mkdir(folder, { recursive: true });
const country = await runningCountry({ url: options.url, dataDir: options['data-dir'] }, (line) =>
  console.error(line),
);
let browser;
try {
  browser = await launch();
  const views = await viewsIn(country.url, options.pages?.split(','));
  const problems = await take(country.url, browser, views);
  await writeFile(join(folder, 'index.html'), indexOf(views, appearances(), nameOf));
  console.log(
    `${views.length * appearances().length} pictures of ${views.length} views: ${folder}/index.html`,
  );
  for (const problem of problems) console.log(`✗ ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await browser?.close();
  await country.close();
}
