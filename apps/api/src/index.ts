export { createApi, startApi, type RunningApi } from './api.js';
export { openApiOf } from './openapi.js';
export type { ApiOptions, StatusReport } from './options.js';
