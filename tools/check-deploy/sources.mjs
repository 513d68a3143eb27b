/** What the sources know: variables by app, and metrics. */
import { all, text, unique, walk, without } from './report.mjs';

export const sources = ['libs', 'apps'].flatMap((place) =>
  walk(place).filter((path) => /\/src\/.*\.ts$/.test(path) && !/\.(spec|contract)\.ts$/.test(path)),
);
export const program = sources.map(text).join('\n');

const SETTING = /(optionalSecret|secret)?\(\s*'(KARNAMA_\w+)'/g;
/** Variables of a piece of source; those of secrets may be given by a file too. */
export const variablesIn = (source) =>
  [...source.matchAll(SETTING)].flatMap(([, secret, name]) => (secret ? [name, `${name}_FILE`] : [name]));
export const settingsSource = text('libs/nest/src/settings.ts');
const groups = new Map(
  [...settingsSource.matchAll(/export const (\w+Settings) = \{\n([\s\S]*?)\n\};/g)].map(([, name, body]) => [
    name,
    body,
  ]),
);
const configOf = (app) => {
  const own = text(`apps/${app}/src/config.ts`);
  return [own, ...all(own, /\.\.\.(\w+Settings)/g).map((name) => groups.get(name) ?? '')].join('\n');
};
/** What an app reads, and what it cannot start without. */
export const variablesOf = (app) => unique(variablesIn(configOf(app)));
const neededBy = (app) => all(configOf(app), /(?<![\w])secret\(\s*'(KARNAMA_\w+)'/g);

export const environmentFaults = (where, app, names) => [
  ...without(
    names.filter((name) => name.startsWith('KARNAMA_')),
    variablesOf(app),
  ).map((name) => `${where}: ${app} knows no ${name}`),
  ...neededBy(app)
    .filter((name) => !names.includes(name) && !names.includes(`${name}_FILE`))
    .map((name) => `${where}: ${app} cannot start without ${name}`),
];

/** Three words at least: names of two are those of notifications in PostgreSQL. */
export const METRIC = /'(karnama_[a-z]+_[a-z_]+)'/g;
export const HISTOGRAM = ['_bucket', '_sum', '_count'];
export const histograms = all(program, /histogram\(\s*'(karnama_\w+)'/g);
/** From exporters that are no part of this repository. */
const foreign = [
  'up',
  'ALERTS',
  'node_filesystem_avail_bytes',
  'node_filesystem_size_bytes',
  'kubelet_volume_stats_available_bytes',
  'kubelet_volume_stats_capacity_bytes',
];
const ofNode = walk('node_modules/prom-client/lib/metrics').flatMap((path) =>
  all(text(path), /['"]((?:process|nodejs)_\w+)['"]/g),
);
export const metrics = new Set([
  ...all(program, METRIC).filter((name) => !histograms.includes(name)),
  ...[...histograms, 'nodejs_gc_duration_seconds'].flatMap((name) => HISTOGRAM.map((end) => name + end)),
  ...ofNode,
  ...foreign,
]);
export const metricsIn = (expression) =>
  all(
    expression
      .replaceAll(/"[^"]*"/g, '')
      .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ''),
    /\b(?:karnama|nodejs|process|node|kubelet)_\w+|\bup\b/g,
  );
