import { writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import type { IndicatorService, StatisticsService } from '@karnama/statistics';
import { createApi } from '../api.js';
import { openApiOf } from './openapi.js';

/** Writes the OpenAPI document to the path given; the routes are described without being asked anything. */
const unasked = (): never => {
  throw new Error('the document is made without figures');
};

const statistics: StatisticsService = {
  dataflows: unasked,
  describe: unasked,
  releases: unasked,
  data: unasked,
  availability: unasked,
};

const indicators: IndicatorService = {
  list: unasked,
  describe: unasked,
  releases: unasked,
  position: unasked,
  data: unasked,
  dataOf: unasked,
  stamp: unasked,
  span: unasked,
  deliveries: unasked,
};

const [path = 'openapi.json'] = argv.slice(2);
const app = await createApi({ statistics, indicators, status: unasked, logger: false });
await writeFile(path, `${JSON.stringify(openApiOf(app), null, 2)}\n`);
await app.close();
