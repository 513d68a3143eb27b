import type { Page } from 'playwright-core';
import { seen } from './told-numbers.js';

/** A figure as a reader sees it, in either script's digits, as exact decimal text: not grouped, no sign of a gain. */
export const decimalIn = (text: string | null | undefined): string =>
  seen(text)
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace('٫', '.')
    .replace(/[٬,]/g, '')
    .replace('\u2212', '-')
    .replace('+', '');

/** A whole figure as a reader sees it; undefined when the text is none. */
export const figureIn = (text: string): bigint | undefined => {
  const plain = decimalIn(text.replace(/\s/g, ''));
  return /^-?\d+$/.test(plain) ? BigInt(plain) : undefined;
};

/** One row of the table of months: what is written in it. */
export type ReadRow = {
  readonly month: string;
  readonly heading: string;
  /** Text of each numeric column by its name: `value`, `change`, or `value`, `now`, `difference`. */
  readonly texts: Readonly<Record<string, string>>;
  readonly mark: string;
};

export const readMonths = (page: Page): Promise<readonly ReadRow[]> =>
  page.$$eval('table[data-figures="months"] tbody tr', (rows) =>
    rows.map((row) => ({
      month: row.getAttribute('data-month') ?? '',
      heading: row.querySelector('th .month')?.textContent ?? '',
      texts: Object.fromEntries(
        [...row.querySelectorAll('td.numeric')].map((cell) => [
          cell.getAttribute('data-column') ?? '',
          cell.querySelector('.num')?.textContent ?? '',
        ]),
      ),
      mark: row.querySelector('.mark')?.textContent ?? '',
    })),
  );

export const readParts = (page: Page): Promise<readonly { code: string; value: string }[]> =>
  page.$$eval('table[data-figures="parts"] tbody tr', (rows) =>
    rows.map((row) => ({
      code: row.getAttribute('data-code') ?? '',
      value: row.querySelector('[data-column="value"] .num')?.textContent ?? '',
    })),
  );

/** The big figure of a tile: `value`, `previous`, `year`, `stock`; undefined when it is not there. */
export const readTile = async (page: Page, name: string): Promise<string | undefined> => {
  const tile = await page.$(`[data-tile="${name}"] .tile-value .num`);
  return tile === null ? undefined : ((await tile.textContent()) ?? undefined);
};

export const choose = async (page: Page, name: string, value: string): Promise<void> => {
  await page.selectOption(`select[name="${name}"]`, value);
};

/** How far the page could be scrolled sideways, in pixels. */
export const sidewaysOverflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
