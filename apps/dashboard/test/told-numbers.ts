import type { Page } from 'playwright-core';
import type { Language } from '../src/url-state.js';

/** A number on the page, and where it stands. */
export type ToldNumber = {
  readonly text: string;
  /** The table it stands in, and the keys of its row and column. */
  readonly table: string | undefined;
  readonly row: string | undefined;
  readonly column: string | undefined;
  /** Place of the cell in its row, and of the number in its cell. */
  readonly cell: number;
  readonly nth: number;
  /** The indicator of the tile or row it stands in, the period that the tile tells, and the tile of movements. */
  readonly indicator: string | undefined;
  readonly period: string | undefined;
  readonly tile: string | undefined;
  readonly isTileValue: boolean;
  readonly isChange: boolean;
};

export type ToldPage = {
  readonly numbers: readonly ToldNumber[];
  /** Provinces of the map with what is told of each. */
  readonly map: readonly { readonly area: string; readonly told: string; readonly figure: string }[];
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly text: string;
  readonly sideways: number;
  readonly alerts: number;
};

/** Everything that the page tells in numbers, read at one moment. */
export const readTold = (page: Page): Promise<ToldPage> =>
  page.evaluate(() => {
    const figures = document.querySelector('#figures');
    const of = (element: Element | null | undefined, ...names: string[]): string | undefined =>
      names.map((name) => element?.getAttribute(name) ?? undefined).find((value) => value !== undefined);
    const numbers = [...(figures?.querySelectorAll('.num') ?? [])]
      .filter((number) => number.closest('.map-legend') === null)
      .map((number) => {
        const cell = number.closest('td, th');
        const row = number.closest('tr');
        const tile = number.closest('article[data-indicator]');
        return {
          text: number.textContent ?? '',
          table: of(number.closest('table'), 'data-figures'),
          row: of(row, 'data-period', 'data-month', 'data-code', 'data-row'),
          column: of(cell, 'data-column'),
          cell: cell === null || row === null ? -1 : [...row.children].indexOf(cell),
          nth: cell === null ? -1 : [...cell.querySelectorAll('.num')].indexOf(number),
          indicator: of(tile ?? row, 'data-indicator'),
          period: of(tile?.querySelector('time'), 'datetime'),
          tile: of(number.closest('[data-tile]'), 'data-tile'),
          isTileValue: number.closest('.tile-value') !== null,
          isChange: number.closest('.change') !== null,
        };
      });
    const map = [...(figures?.querySelectorAll('.province-map [data-area]') ?? [])].map((province) => ({
      area: province.getAttribute('data-area') ?? '',
      told: province.getAttribute('aria-label') ?? province.querySelector('.unseen')?.textContent ?? '',
      figure: province.hasAttribute('data-missing') ? '' : 'told',
    }));
    const rows: Record<string, number> = {};
    for (const table of figures?.querySelectorAll('table[data-figures]') ?? [])
      rows[table.getAttribute('data-figures') ?? ''] = table.querySelectorAll('tbody tr').length;
    const { scrollWidth, clientWidth } = document.documentElement;
    return {
      numbers,
      map,
      rows,
      text: (figures as HTMLElement | null)?.innerText ?? '',
      sideways: scrollWidth - clientWidth,
      alerts: document.querySelectorAll('[role="alert"]').length,
    };
  });

/** How digits, separators and signs are written; made without the page's own formats. */
export type Script = 'persian' | 'latin';

/** The script of a language, where no digits are chosen. */
export const scriptOf = (language: Language): Script => (language === 'fa' ? 'persian' : 'latin');

/** Exact decimal text in a script, without direction marks. */
export const written = (value: string, script: Script, signed = false): string => {
  const [whole = '', fraction] = value.replace(/^-/, '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const gain = signed && /[1-9]/.test(value) ? '+' : '';
  const latin = `${value.startsWith('-') && /[1-9]/.test(value) ? '\u2212' : gain}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
  if (script === 'latin') return latin;
  return latin
    .replace(/\d/g, (digit) => String.fromCharCode(0x06f0 + Number(digit)))
    .replaceAll(',', '٬')
    .replace('.', '٫');
};

/** What the eye sees: direction marks carry no ink, nor does what is not there. */
export const seen = (text: string | null | undefined): string =>
  (text ?? '').replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, '').trim();
