import type { Label } from '@karnama/kernel';
import type { IndicatorDescription, IndicatorRequest, IndicatorService, Release } from '@karnama/statistics';
import { stableId, writeAtom, type AtomEntry } from './atom.js';
import { namesOf } from '../take-away/code-names.js';
import {
  entriesOf,
  type FeedEntry,
  type FeedFigure,
  type FeedKind,
  type ToldRelease,
} from './feed-entries.js';
import {
  digitsIn,
  figureIn,
  nameIn,
  periodName,
  releaseName,
  type FileLanguage,
} from '../take-away/file-language.js';
import { titleOf } from '../indicators/indicator-table.js';

/** The series that is followed: an indicator, narrowed by filters, at a frequency. */
export type FollowedSeries = Pick<IndicatorRequest, 'indicator' | 'where' | 'freq'>;

/** As many releases as a feed goes back. */
const releasesToldOf = 24;

const figuresToldOf = 6;

/** What each of the newest releases told of the series, oldest first, with the one before them to compare with. */
const toldReleases = async (
  service: IndicatorService,
  { indicator, where, freq }: FollowedSeries,
  by: readonly string[],
  releases: readonly Release[],
): Promise<readonly ToldRelease[]> => {
  const told: ToldRelease[] = [];
  for (const release of releases) {
    // by the definition in force then: what was told in an entry stays as it is
    const known = { asKnownAt: release.name, definedAt: release.name };
    const request = { indicator, where, freq, by, ...known, change: ['previous'] as const };
    told.push({ release, rows: (await service.data(request)).rows });
  }
  return told;
};

const headings: Readonly<Record<FeedKind, Label>> = {
  released: { fa: 'رقم تازه', en: 'new figures' },
  revised: { fa: 'بازنگری', en: 'revised' },
  flipped: { fa: 'تغییر جهت', en: 'sign turned' },
};

type Told = {
  readonly about: IndicatorDescription;
  readonly by: readonly string[];
  readonly language: FileLanguage;
};

const partIn = ({ about, by, language }: Told, codes: readonly string[]): string =>
  codes
    .map(
      (code, at) =>
        namesOf([...about.dataflows, 'DELIVERY'], by[at] ?? '', [code], language).codes.get(code) ?? code,
    )
    .join(language === 'fa' ? '، ' : ', ');

const figureText = (told: Told, { period, codes, value, before }: FeedFigure): string => {
  const { about, language } = told;
  const number = (text: string): string => `\u2068${figureIn(text, about.decimals, language)}\u2069`;
  const unit = nameIn(about.unit, language);
  const where = [periodName(period, language), ...(codes.length === 0 ? [] : [partIn(told, codes)])];
  const name = where.join(language === 'fa' ? '، ' : ', ');
  if (before === null || before === value) return `${name}: ${number(value)} ${unit}`;
  return language === 'fa'
    ? `${name}: از ${number(before)} به ${number(value)} ${unit}`
    : `${name}: from ${number(before)} to ${number(value)} ${unit}`;
};

const summaryOf = (told: Told, { figures }: FeedEntry): string => {
  const { language } = told;
  const [and, end] = language === 'fa' ? ['؛ ', '.'] : ['; ', '.'];
  const shown = figures.slice(0, figuresToldOf).map((figure) => figureText(told, figure));
  const rest = figures.length - shown.length;
  const more = digitsIn(String(rest), language);
  const others = language === 'fa' ? `و ${more} رقم دیگر` : `and ${more} more`;
  return [...shown, ...(rest > 0 ? [others] : [])].join(and) + end;
};

const countIn = (count: number, language: FileLanguage): string => digitsIn(String(count), language);

/** Address of the page that shows the series, as known at a release or now. */
const pageAddress = (
  origin: string,
  { indicator, where, freq }: FollowedSeries,
  language: FileLanguage,
  release: string | undefined,
): string => {
  const area = where['area'];
  const query = new URLSearchParams({
    page: 'indicator',
    indicator,
    ...(area === undefined ? {} : { area: area.join(',') }),
    ...(release === undefined ? {} : { asKnownAt: release }),
    freq,
    ...(language === 'fa' ? {} : { lang: language }),
  });
  return `${origin}/?${query.toString()}`;
};

/** @param origin scheme and host under which the service was asked */
export const indicatorFeed = async (
  service: IndicatorService,
  series: FollowedSeries,
  language: FileLanguage,
  origin: string,
  self: string,
  licence: string,
): Promise<string> => {
  const about = await service.describe(series.indicator);
  const by = (about.requiredDimensions ?? []).filter((dimension) => series.where[dimension] === undefined);
  const releases = (await service.releases()).slice(-releasesToldOf - 1);
  const told = await toldReleases(service, series, by, releases);
  const form = { about, by, language };
  const title = nameIn(titleOf({ about, request: { ...series, by, asKnownAt: 'latest' } }), language);
  const where = Object.keys(series.where)
    .sort()
    .map((name) => `${name}=${(series.where[name] ?? []).join(',')}`);
  const id = (...more: readonly string[]): string =>
    stableId('feed', series.indicator, series.freq, ...where, language, ...more);
  const entries = entriesOf(told)
    // the oldest is only there to compare with, unless it is the first release of all
    .filter(({ release }) => releases.length <= releasesToldOf || release !== releases[0])
    .map((entry): AtomEntry => {
      const { kind, release, figures } = entry;
      const name = releaseName(release.name, language);
      const heading = nameIn(headings[kind], language);
      const count = countIn(figures.length, language);
      return {
        id: id(release.name, kind),
        title:
          language === 'fa'
            ? `${title}: ${heading} در انتشار ${name} (${count} دوره)`
            : `${title}: ${heading} in release ${name} (${count})`,
        updated: release.cutAt,
        alternate: pageAddress(origin, series, language, release.name),
        category: kind,
        summary: summaryOf(form, entry),
      };
    });
  return writeAtom({
    id: id(),
    title: language === 'fa' ? `کارنامه: ${title}` : `Karnama: ${title}`,
    language,
    updated: releases.at(-1)?.cutAt ?? '1970-01-01T00:00:00.000Z',
    self,
    alternate: pageAddress(origin, series, language, undefined),
    author: language === 'fa' ? 'کارنامه' : 'Karnama',
    rights: licence,
    entries,
  });
};
