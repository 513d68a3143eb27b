export { createApi, startApi, type RunningApi } from './api.js';
export { entriesOf, type FeedEntry, type ToldRelease } from './feeds/feed-entries.js';
export { openApiOf } from './openapi/openapi.js';
export type { ApiOptions } from './options.js';
export type { StatusReport } from './status-report.js';
