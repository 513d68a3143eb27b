import type { IndicatorAnswer, IndicatorRow } from '@karnama/statistics';
import { csvLine, type PlainFormat } from '../answers/answer-format.js';

type Column = { readonly name: string; readonly of: (row: IndicatorRow) => string | null | undefined };

/** The columns of an answer: period and codes, the figure and what to know of it, then the changes asked for. */
const columnsOf = ({ by, kind, change }: IndicatorAnswer): readonly Column[] => [
  { name: 'period', of: ({ period }) => period },
  ...by.map((name, i) => ({ name, of: ({ codes }: IndicatorRow) => codes[i] })),
  { name: 'value', of: ({ value }) => value },
  { name: 'reason', of: ({ reason }) => reason },
  { name: 'status', of: ({ status }) => status },
  { name: 'note', of: ({ note }) => note },
  ...change.flatMap((against): Column[] => [
    { name: `change_${against}`, of: ({ changes }) => changes?.[against]?.absolute },
    ...(kind === 'level'
      ? [
          {
            name: `change_${against}_percent`,
            of: ({ changes }: IndicatorRow) => changes?.[against]?.percent,
          },
        ]
      : []),
  ]),
];

const csv = (answer: IndicatorAnswer): string => {
  const columns = columnsOf(answer);
  const lines = answer.rows.map((row) => csvLine(columns.map(({ of }) => of(row) ?? null)));
  return csvLine(columns.map(({ name }) => name)) + lines.join('');
};

/** Figures are exact decimal text; what a row has nothing to say of is left out. */
const json = (answer: IndicatorAnswer): string => {
  const { rows, ...about } = answer;
  const columns = columnsOf(answer);
  const lines = rows.map((row) =>
    JSON.stringify(Object.fromEntries(columns.map(({ name, of }) => [name, of(row)]))),
  );
  return `${JSON.stringify(about).slice(0, -1)},"rows":[${lines.map((line) => `\n${line}`).join(',')}\n]}\n`;
};

/** An answer as text of a media type. */
export const writeIndicator = (format: PlainFormat, answer: IndicatorAnswer): string =>
  format === 'csv' ? csv(answer) : json(answer);
