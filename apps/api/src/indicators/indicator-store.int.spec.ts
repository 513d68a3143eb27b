import { describe, expect, it } from '@jest/globals';
import { openDatabase, postgresCellStore } from '@karnama/adapter-postgres';
import { usePostgres } from '@karnama/conformance';
import { changesBetween, publishedSeries, type IndicatorService } from '@karnama/statistics';
import { jalaliReleases, sampleIndicators } from '../../test/indicator-cells.js';

const seriesOf = async (indicators: IndicatorService, asKnownAt: string) => {
  const all: Record<string, unknown> = {};
  for (const indicator of indicators.list())
    all[indicator.code] = await publishedSeries(indicators, indicator, asKnownAt);
  return all;
};

describe('indicators over PostgreSQL', () => {
  const postgres = usePostgres();

  it('are the same as over any other store: every series, at every release, and what changed between', async () => {
    const database = await openDatabase(await postgres.freshDatabase());
    try {
      const [there, here] = [await sampleIndicators(postgresCellStore(database)), await sampleIndicators()];
      for (const name of ['latest', ...jalaliReleases.map((release) => release.name)]) {
        const series = await seriesOf(here, name);
        expect(Object.keys(series)).toHaveLength(here.list().length);
        expect(await seriesOf(there, name)).toEqual(series);
      }
      const [older, newer] = jalaliReleases.map(({ name }) => name) as [string, string];
      const changes = await changesBetween(here, newer, older);
      expect(changes.indicators.length).toBeGreaterThan(20);
      expect(await changesBetween(there, newer, older)).toEqual(changes);
    } finally {
      await database.close();
    }
  });
});
