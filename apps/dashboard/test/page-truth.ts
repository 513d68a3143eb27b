import { headlines } from '../src/overview/headline.js';
import type { RandomView } from './random-views.js';
import { scriptOf, seen, written, type Script, type ToldNumber, type ToldPage } from './told-numbers.js';

export type Row = {
  readonly period: string;
  readonly value: string | null;
  readonly change_previous?: string | null;
  readonly change_previous_percent?: string | null;
  readonly change_year?: string | null;
  readonly change_year_percent?: string | null;
  readonly [dimension: string]: string | null | undefined;
};

type Summary = {
  readonly code: string;
  readonly decimals: number;
  readonly kind: string;
  readonly frequencies: readonly string[];
  readonly dimensions: readonly string[];
  readonly requiredDimensions?: readonly string[];
};

/** Asks the API, past the page and its caches. */
export type Ask = (path: string) => Promise<unknown>;

const isUnknown = (code: string | null | undefined): boolean => code?.endsWith('_U') === true;
const frequencyOf = (period: string): string =>
  period.includes('Q') ? 'Q' : period.includes('-') ? 'M' : 'A';

/**
 * The truth of one view: every number that the page tells is compared with what the API answers to a question that
 * is put here anew, from the place where the number stands. Numbers of sentences and notes must be among the
 * answers to those questions.
 */
export const pageTruth = async (
  view: RandomView,
  told: ToldPage,
  ask: Ask,
  catalogue: readonly Summary[],
  releases: readonly string[],
  country: string,
  pageAsked: readonly string[],
): Promise<readonly string[]> => {
  const { query } = view;
  const script: Script = view.digits ?? scriptOf(view.lang);
  const position = query['asKnownAt'] ?? 'latest';
  const at = position === 'latest' ? releases.length : releases.indexOf(position);
  const earlier = at > 0 ? releases[at - 1] : undefined;
  const area = query['area'];
  const wrong: string[] = [];
  const answered = new Set<string>();
  const remember = (value: unknown): void => {
    if (typeof value === 'number') answered.add(String(value));
    else if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) answered.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(remember);
  };
  const put = async (path: string): Promise<unknown> => {
    const answer = await ask(path);
    remember(answer);
    return answer;
  };
  const summaryOf = (code: string): Summary | undefined => catalogue.find((one) => one.code === code);
  const rowsOf = async (
    code: string,
    freq: string,
    more: Readonly<Record<string, string>> = {},
    known = position,
  ): Promise<readonly Row[]> => {
    const summary = summaryOf(code);
    const { area: where, ...rest } = more;
    const byArea =
      summary?.dimensions.includes('area') === true && where !== undefined ? { area: where } : {};
    const parameters = new URLSearchParams({
      freq,
      ...byArea,
      ...rest,
      asKnownAt: known,
      change: 'previous,year',
    });
    const answer = (await put(`/api/indicators/${code}/data?${parameters}`)) as { rows?: readonly Row[] };
    return answer.rows ?? [];
  };
  const latest = (rows: readonly Row[]): Row | undefined => rows.findLast(({ value }) => value !== null);

  const check = (number: ToldNumber, expected: string | null | undefined, signed = false): void => {
    const wanted =
      expected === null || expected === undefined ? undefined : written(expected, script, signed);
    if (seen(number.text) !== wanted)
      wrong.push(`${JSON.stringify(number)} should be ${wanted ?? 'no number'}`);
  };
  const checkAmong = (number: ToldNumber, values: readonly (string | null | undefined)[]): void => {
    const forms = values.flatMap((value) =>
      value === null || value === undefined ? [] : [written(value, script), written(value, script, true)],
    );
    if (!forms.includes(seen(number.text)))
      wrong.push(`${JSON.stringify(number)} should be one of ${forms.join(' ')}`);
  };
  /** A change is told by its size and, of levels, in per cent beside it. */
  const checkChange = (
    number: ToldNumber,
    row: Row | undefined,
    against: 'previous' | 'year',
    nth: number,
  ): void => check(number, nth === 0 ? row?.[`change_${against}`] : row?.[`change_${against}_percent`], true);

  const tile = async (number: ToldNumber): Promise<void> => {
    const { indicator = '', period = '' } = number;
    const place = area ?? country;
    const freq = frequencyOf(period);
    const rows = await rowsOf(indicator, freq, { area: place });
    const row = latest(rows);
    if (row?.period !== period) wrong.push(`${indicator} tells ${period}, not ${row?.period ?? 'nothing'}`);
    if (number.isTileValue) return check(number, row?.value);
    if (number.isChange)
      return checkAmong(
        number,
        (['change_previous', 'change_previous_percent', 'change_year', 'change_year_percent'] as const).map(
          (key) => row?.[key],
        ),
      );
    const before = earlier === undefined ? [] : await rowsOf(indicator, freq, { area: place }, earlier);
    checkAmong(number, [before.find((one) => one.period === period)?.value]);
  };

  const indicatorOf = (): { code: string; freq: string; place: string | undefined } => {
    const code = query['indicator'] ?? 'EMP_JOBS';
    const summary = summaryOf(code);
    const byArea = summary?.dimensions.includes('area') === true;
    return {
      code,
      freq: query['freq'] ?? summary?.frequencies[0] ?? 'M',
      place: byArea ? (area ?? country) : undefined,
    };
  };
  const placed = (place: string | undefined): Readonly<Record<string, string>> =>
    place === undefined ? {} : { area: place };

  const ofPeriods = async (number: ToldNumber): Promise<void> => {
    const { code, freq, place } = indicatorOf();
    const row = (await rowsOf(code, freq, placed(place))).find(({ period }) => period === number.row);
    if (number.column === 'value') return check(number, row?.value);
    if (number.column === 'previous' || number.column === 'year')
      return checkChange(number, row, number.column, number.nth);
    if (earlier === undefined) return check(number, undefined);
    const before = await rowsOf(code, freq, placed(place), earlier);
    check(number, before.find(({ period }) => period === number.row)?.value);
  };

  const lies = (period: string): boolean => {
    const months: readonly [string, string] =
      frequencyOf(period) === 'M'
        ? [period, period]
        : frequencyOf(period) === 'A'
          ? [`${period}-01`, `${period}-12`]
          : ((['01 03', '04 06', '07 09', '10 12'][Number(period.slice(6)) - 1] ?? '01 03')
              .split(' ')
              .map((month) => `${period.slice(0, 4)}-${month}`) as unknown as readonly [string, string]);
    const { from, to } = query;
    return (from === undefined || months[1] >= from) && (to === undefined || months[0] <= to);
  };

  /** The newest period in its parts, as the indicator page or the map of the overview tells it. */
  const partsOf = async (): Promise<{ by: string; rows: readonly Row[] }> => {
    if (view.page === 'overview') {
      const choice = headlines.find(
        ({ code }) => code === query['map'] && summaryOf(code)?.dimensions.includes('area'),
      );
      const { code, freq } = choice ?? { code: 'JSK_RATIO', freq: 'M' };
      const whole = await rowsOf(code, freq, { area: country });
      const period = (latest(whole) ?? whole.at(-1))?.period;
      return {
        by: 'area',
        rows: (await rowsOf(code, freq, { by: 'area' })).filter((row) => row.period === period),
      };
    }
    const { code, freq, place } = indicatorOf();
    const summary = summaryOf(code);
    const required = summary?.requiredDimensions ?? [];
    const others = summary?.dimensions.filter((one) => one !== 'area') ?? [];
    const own = place === country && summary?.dimensions.includes('area') === true ? 'area' : others[0];
    const by = query['by'] ?? required[0] ?? own ?? '';
    const all = await rowsOf(code, freq, {
      by: [...new Set([by, ...required])].join(','),
      ...placed(by === 'area' && place !== undefined ? country : place),
    });
    const whole = required.length > 0 ? all : await rowsOf(code, freq, placed(place));
    const cut = required.length > 0 ? whole : whole.filter(({ period }) => lies(period));
    // where the range holds no period that is known, the newest one is told, by its name
    const period = (latest(cut) ?? cut.at(-1) ?? latest(all) ?? all.at(-1))?.period;
    if (by === 'area') await rowsOf(code, freq, { area: country });
    return { by, rows: all.filter((row) => row.period === period) };
  };

  const ofParts = async (number: ToldNumber, compact: boolean): Promise<void> => {
    const { by, rows } = await partsOf();
    const row = rows.find((one) => one[by] === number.row);
    if (number.column === 'value') return check(number, row?.value);
    if (number.isChange) return checkChange(number, row, 'year', compact ? 0 : number.nth);
    // the rank: one more than there are larger figures
    const larger = rows.filter((one) => !isUnknown(one[by]) && Number(one.value) > Number(row?.value)).length;
    check(number, String(larger + 1));
  };

  const ofArea = async (number: ToldNumber): Promise<void> => {
    const code = number.indicator ?? '';
    const freq = headlines.find((one) => one.code === code)?.freq ?? 'M';
    const codes = (await put('/api/dataflows/JOBS')) as {
      dimensions: readonly {
        code: string;
        codes: readonly { code: string; parent?: string; name: { fa: string; en: string } }[];
      }[];
    };
    const listed =
      codes.dimensions.find((one) => one.code === 'area')?.codes.filter(({ parent }) => parent === country) ??
      [];
    const sorted = listed.toSorted(
      (a, b) =>
        Number(isUnknown(a.code)) - Number(isUnknown(b.code)) ||
        a.name[view.lang].localeCompare(b.name[view.lang], view.lang),
    );
    const here = area ?? sorted[0]?.code ?? '';
    const whole = latest(await rowsOf(code, freq, { area: country }));
    const own = (await rowsOf(code, freq, { area: here })).find(({ period }) => period === whole?.period);
    if (number.column === 'here') return check(number, own?.value);
    if (number.column === 'country') return check(number, whole?.value);
    if (number.isChange) return checkChange(number, own, 'year', number.nth);
    const ranked = (await rowsOf(code, freq, { by: 'area' })).filter(
      (row) => row.period === whole?.period && !isUnknown(row['area']) && row.value !== null,
    );
    const value = ranked.find((row) => row['area'] === here)?.value;
    const rank = 1 + ranked.filter((row) => Number(row.value) > Number(value)).length;
    // the sentence above the table tells the best and the worst of these places
    remember([rank, ranked.length]);
    checkAmong(number, [String(rank), String(ranked.length)]);
  };

  const ofTriangle = async (number: ToldNumber): Promise<void> => {
    const { code, freq, place } = indicatorOf();
    const answer = (await put(
      `/api/indicators/${code}/revisions?${new URLSearchParams({ freq, ...placed(place) })}`,
    )) as {
      releases: readonly string[];
      periods: readonly { period: string; values: readonly (string | null)[] }[];
    };
    const newest = position === 'latest' ? answer.releases.length - 1 : answer.releases.indexOf(position);
    const values = answer.periods.find(({ period }) => period === number.row)?.values;
    check(number, values?.[newest - (number.cell - 1)]);
  };

  const movementsAsked = async (known: string, more: Readonly<Record<string, string>>) =>
    (
      (await put(
        `/api/data/${query['dataflow'] ?? ''}?${new URLSearchParams({
          measure: query['measure'] ?? '',
          area: area ?? country,
          asKnownAt: known,
          view: 'effective',
          ...more,
        })}`,
      )) as { rows: readonly Readonly<Record<string, string | number | null>>[] }
    ).rows;
  const cellText = (value: string | number | null | undefined): string | undefined =>
    value === null || value === undefined ? undefined : String(value);

  const ofMonths = async (number: ToldNumber): Promise<void> => {
    const measure = query['measure'] ?? '';
    const valueAt = async (known: string, month: string): Promise<bigint | undefined> => {
      const text = cellText(
        (await movementsAsked(known, { by: 'month' })).find((row) => row['month'] === month)?.[measure],
      );
      return text === undefined ? undefined : BigInt(text);
    };
    const month = number.row ?? '';
    const [year, at] = [Number(month.slice(0, 4)), Number(month.slice(5))];
    const back = at === 1 ? `${year - 1}-12` : `${year}-${String(at - 1).padStart(2, '0')}`;
    const [value, now] = [await valueAt(position, month), await valueAt('latest', month)];
    if (number.column === 'value') return check(number, value?.toString());
    if (number.column === 'now') return check(number, now?.toString());
    const before = number.column === 'change' ? await valueAt(position, back) : value;
    const after = number.column === 'change' ? value : now;
    check(number, before === undefined || after === undefined ? undefined : String(after - before), true);
  };

  /** A table of several indicators: its columns are indicators and its rows periods. */
  const ofPanel = async (number: ToldNumber): Promise<void> => {
    const { row: period = '', column = '' } = number;
    const rows = await rowsOf(column, frequencyOf(period), { area: area ?? country });
    check(number, rows.find((one) => one.period === period)?.value);
  };

  const loose: ToldNumber[] = [];
  for (const number of told.numbers) {
    const isPeriod = /^\d{4}(-(\d{2}|Q\d))?$/.test(number.row ?? '');
    if (number.table === undefined && number.indicator !== undefined) await tile(number);
    else if (number.table === 'periods') await ofPeriods(number);
    else if (number.table === 'provinces') await ofParts(number, true);
    else if (number.table === 'parts' && view.page === 'indicator') await ofParts(number, false);
    else if (number.table === 'area') await ofArea(number);
    else if (number.table === 'triangle') await ofTriangle(number);
    else if (number.table === 'months') await ofMonths(number);
    else if (isPeriod && summaryOf(number.column ?? '') !== undefined) await ofPanel(number);
    else loose.push(number);
  }

  if (told.map.some(({ figure }) => figure !== '')) {
    const { rows } = await partsOf();
    for (const { area: code, told: sentence, figure } of told.map) {
      const value = rows.find((row) => row['area'] === code)?.value ?? null;
      if ((value !== null) !== (figure !== '')) wrong.push(`the map tells ${code} as ${sentence}`);
      if (value !== null && !seen(sentence).includes(`: ${written(value, script)} `))
        wrong.push(`the map tells ${code} as ${sentence}, not ${value}`);
    }
  }

  // sentences, notes and what stands in no table of these: among the answers to the page's own questions
  if (loose.length > 0) {
    for (const path of pageAsked) await put(path);
    const derived = loose.some(({ tile }) => tile !== undefined)
      ? await movementChanges(movementsAsked, query, position)
      : [];
    const forms = new Set(
      [...answered, ...derived].flatMap((value) => [written(value, script), written(value, script, true)]),
    );
    for (const number of loose)
      if (!forms.has(seen(number.text))) wrong.push(`${JSON.stringify(number)} is in no answer`);
  }
  return wrong;
};

/** Differences and percentages that the tiles of the movements tell between two months of the answer. */
const movementChanges = async (
  asked: (
    known: string,
    more: Readonly<Record<string, string>>,
  ) => Promise<readonly Readonly<Record<string, string | number | null>>[]>,
  query: Readonly<Record<string, string>>,
  position: string,
): Promise<readonly string[]> => {
  const rows = await asked(position, { by: 'month' });
  const values = rows.map((row) => Number(row[query['measure'] ?? ''] ?? 0));
  return values.flatMap((value, i) =>
    [1, 12].flatMap((back) => {
      const before = values[i - back];
      if (before === undefined) return [];
      return [String(value - before), (((value - before) / before) * 100).toFixed(1)];
    }),
  );
};
