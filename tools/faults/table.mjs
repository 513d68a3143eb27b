const COLUMNS = ['fault', 'runs', 'kills', 'records', 'lost', 'doubled', 'differing', 'seconds', ''];

/** One line for each fault. */
export const tableOf = (rows) => {
  const cells = [
    COLUMNS,
    ...rows.map(({ title, runs, kills, records, lost, doubled, differing, seconds, verdict }) =>
      [title, runs, kills, records, lost, doubled, differing, Math.round(seconds), verdict].map(String),
    ),
  ];
  const widths = COLUMNS.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd();
  return [
    line(cells[0]),
    widths
      .map((width) => '─'.repeat(width))
      .join('  ')
      .trimEnd(),
    ...cells.slice(1).map(line),
  ].join('\n');
};
