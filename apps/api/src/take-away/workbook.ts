import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import exceljs from 'exceljs';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { nameIn, type FileLanguage } from './file-language.js';
import type { FileCell, FileColumn, FileTable } from './file-table.js';
import { words } from './file-words.js';

type Sheet = exceljs.Worksheet;

/** Persian digits are a matter of the format: the cell stays a number. */
const numberFormat = (decimals: number, language: FileLanguage): string =>
  `${language === 'fa' ? '[$-3000429]' : ''}#,##0${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`;

/** Digits that a number of a worksheet holds exactly. */
const exactDigits = 15;

/** A number where it holds every digit of the exact text, else the text itself. */
const cellValue = (value: FileCell, { decimals }: FileColumn): string | number | null => {
  if (value === null || decimals === undefined) return value;
  const digits = value.replace(/^-?0*\.?0*/, '').replace('.', '');
  return digits.length > exactDigits ? value : Number(value);
};

const rowsAtOnce = 1000;

const addData = async (
  workbook: exceljs.stream.xlsx.WorkbookWriter,
  table: FileTable,
  language: FileLanguage,
) => {
  const rightToLeft = language === 'fa';
  const readingOrder = rightToLeft ? ('rtl' as const) : ('ltr' as const);
  const sheet: Sheet = workbook.addWorksheet(nameIn(words.data, language), {
    views: [{ rightToLeft, state: 'frozen', ySplit: 1 }],
  });
  sheet.columns = table.columns.map(({ decimals, width }) => ({
    width: width ?? (decimals === undefined ? 18 : 16),
    style:
      decimals === undefined
        ? { alignment: { readingOrder, vertical: 'top' } }
        : {
            numFmt: numberFormat(decimals === 'row' ? 0 : decimals, language),
            alignment: { horizontal: 'right' },
          },
  }));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: table.columns.length } };
  const header = sheet.addRow(table.columns.map(({ name }) => name));
  header.eachCell((cell) => {
    cell.font = { bold: true };
    cell.alignment = { readingOrder, wrapText: true, vertical: 'top' };
  });
  header.commit();
  for (const [index, row] of table.rows.entries()) {
    const line = sheet.addRow(table.columns.map((column, at) => cellValue(row[at] ?? null, column)));
    const decimals = table.rowDecimals?.[index];
    if (decimals !== undefined)
      for (const [at, column] of table.columns.entries())
        if (column.decimals === 'row') line.getCell(at + 1).numFmt = numberFormat(decimals, language);
    line.commit();
    // many rows must not keep every other request waiting
    if (index % rowsAtOnce === rowsAtOnce - 1) await setImmediate();
  }
  sheet.commit();
};

const addNotes = (workbook: exceljs.stream.xlsx.WorkbookWriter, table: FileTable, language: FileLanguage) => {
  const rightToLeft = language === 'fa';
  const readingOrder = rightToLeft ? ('rtl' as const) : ('ltr' as const);
  const sheet: Sheet = workbook.addWorksheet(nameIn(words.notes, language), { views: [{ rightToLeft }] });
  sheet.columns = [{ width: 30 }, { width: 100 }];
  for (const [heading, text] of table.notes) {
    const row = sheet.addRow([nameIn(heading, language), text]);
    row.getCell(1).font = { bold: true };
    row.eachCell((cell) => {
      cell.alignment = { readingOrder, wrapText: true, vertical: 'top' };
    });
    row.commit();
  }
  sheet.commit();
};

/** The first moment that a ZIP archive can tell. */
const noTime = '1980-01-01T00:00:00.000Z';

/** The parts in the order of their names, none of them with a time of its own. */
const packedAlike = (archive: Uint8Array): Buffer => {
  const parts = unzipSync(archive);
  const sorted: Zippable = {};
  for (const name of Object.keys(parts).sort()) {
    const part = parts[name];
    if (part !== undefined) sorted[name] = part;
  }
  // the time is written as the clock of the place tells it, so it is given as such
  return Buffer.from(zipSync(sorted, { level: 6, mtime: new Date(1980, 0, 1) }));
};

/**
 * The table as a workbook: a sheet with the figures as numbers, and one with notes. The same table is
 * the same file, byte by byte.
 */
export const workbookOf = async (table: FileTable, language: FileLanguage): Promise<Buffer> => {
  const stream = new PassThrough();
  const pieces: Buffer[] = [];
  stream.on('data', (piece: Buffer) => pieces.push(piece));
  const moment = new Date(table.provenance.cutAt ?? noTime);
  // it is packed anew in any case: once is enough to press it together
  const zip = { store: true };
  const options = {
    stream,
    zip,
    useStyles: true,
    useSharedStrings: false,
    created: moment,
    modified: moment,
  };
  const workbook = new exceljs.stream.xlsx.WorkbookWriter(options);
  workbook.creator = 'Karnama';
  workbook.lastModifiedBy = 'Karnama';
  await addData(workbook, table, language);
  addNotes(workbook, table, language);
  await workbook.commit();
  return packedAlike(Buffer.concat(pieces));
};
