/** What the address says of the table of the Explore page. */

export type Share = 'row' | 'column' | 'total';

/** Left out = the page's own choice. */
export type ExploreChoices = {
  /** Groupings of the API, outermost first; none when empty. */
  readonly rows?: readonly string[];
  readonly columns?: readonly string[];
  readonly where?: Readonly<Record<string, readonly string[]>>;
  /** What percentages are shown of, instead of figures. */
  readonly share?: Share;
  /** Key of a column, with a minus for the largest first; `name` for the names of the rows. */
  readonly sort?: string;
  /** The first row and the first column of figures that are shown. */
  readonly row?: number;
  readonly column?: number;
};

const filterPrefix = 'where.';

const listOf = (text: string | null): readonly string[] | undefined =>
  text === null ? undefined : text === 'none' ? [] : text.split(',').filter((one) => one !== '');

const placeOf = (text: string | null): number | undefined => {
  const place = Number(text ?? 0);
  return Number.isSafeInteger(place) && place > 0 ? place : undefined;
};

const shares: readonly Share[] = ['row', 'column', 'total'];

/** The choices of a query string; undefined when it makes none. */
export const readExplore = (query: URLSearchParams): ExploreChoices | undefined => {
  const filters = [...query.keys()].filter((key) => key.startsWith(filterPrefix) && query.get(key) !== '');
  const where = Object.fromEntries(
    filters.map((key) => [key.slice(filterPrefix.length), listOf(query.get(key)) ?? []]),
  );
  const all: { readonly [K in keyof ExploreChoices]: ExploreChoices[K] | undefined } = {
    rows: listOf(query.get('rows')),
    columns: listOf(query.get('columns')),
    where: filters.length === 0 ? undefined : where,
    share: shares.find((share) => share === query.get('share')),
    sort: query.get('sort') || undefined,
    row: placeOf(query.get('row')),
    column: placeOf(query.get('column')),
  };
  const made = Object.entries(all).filter(([, value]) => value !== undefined);
  return made.length === 0 ? undefined : Object.fromEntries(made);
};

/** Writes the choices into a query string that `readExplore` reads back as the same. */
export const writeExplore = (choices: ExploreChoices | undefined, query: URLSearchParams): void => {
  const put = (key: string, value: string | undefined): void => {
    if (value !== undefined) query.set(key, value);
  };
  const text = (list: readonly string[] | undefined): string | undefined =>
    list === undefined ? undefined : list.length === 0 ? 'none' : list.join(',');
  put('rows', text(choices?.rows));
  put('columns', text(choices?.columns));
  for (const [dimension, codes] of Object.entries(choices?.where ?? {}))
    put(`${filterPrefix}${dimension}`, text(codes));
  put('share', choices?.share);
  put('sort', choices?.sort);
  put('row', choices?.row?.toString());
  put('column', choices?.column?.toString());
};

/** A change to the choices; `undefined` takes one back to the page's own. */
export type ExploreChange = { readonly [K in keyof ExploreChoices]?: ExploreChoices[K] | undefined };

export const changeExplore = (
  choices: ExploreChoices | undefined,
  change: ExploreChange,
): ExploreChoices | undefined => {
  const made = Object.entries({ ...choices, ...change }).filter(([, value]) => value !== undefined);
  return made.length === 0 ? undefined : Object.fromEntries(made);
};
