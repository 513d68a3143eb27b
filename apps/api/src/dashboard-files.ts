import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';

/** A file of the built dashboard, as it is to be sent. */
export type DashboardFile = {
  readonly headers: Readonly<Record<string, string>>;
  readonly tag: string;
  readonly open: () => ReadStream;
};

/** The kinds of files that a build of the dashboard has. */
const mediaTypes = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
]);

/** A file whose name carries a hash of its content never changes; the page that names it is asked for each time. */
const cachingOf = (path: string): string => {
  if (/^assets\/.*-[\w-]{8,}\.\w+$/.test(path)) return 'public, max-age=31536000, immutable';
  return path.endsWith('.html') ? 'no-cache' : 'public, max-age=3600';
};

/**
 * The path of a request below the dashboard's folder. Undefined for one that could lead out of it, or
 * to a hidden file: such a path is never looked up.
 */
export const filePathOf = (url: string): string | undefined => {
  try {
    const path = decodeURIComponent(url.split('?', 1)[0] ?? '/').replace(/^\/+/, '');
    const strange = /[\0\\:]/.test(path) || path.split('/').some((part) => part.startsWith('.'));
    return strange ? undefined : path;
  } catch {
    return undefined;
  }
};

/** The file at a path that `filePathOf` let pass; undefined when there is none. */
export const dashboardFile = async (folder: string, path: string): Promise<DashboardFile | undefined> => {
  const place = join(folder, path);
  const found = await stat(place).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const tag = `W/"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`;
  return {
    tag,
    headers: {
      'content-type': mediaTypes.get(extname(path).toLowerCase()) ?? 'application/octet-stream',
      'cache-control': cachingOf(path),
      etag: tag,
    },
    open: () => createReadStream(place),
  };
};
