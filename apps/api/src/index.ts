export { createApi, startApi, type RunningApi } from './api.js';
export { entriesOf, type FeedEntry, type ToldRelease } from './feed-entries.js';
export { openApiOf } from './openapi.js';
export type { ApiOptions } from './options.js';
export type { StatusReport } from './status-report.js';
