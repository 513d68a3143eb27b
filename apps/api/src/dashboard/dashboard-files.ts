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

/** Content codings that a build may have ready beside a file, the smallest first, by the ending of their files. */
const codings = [
  { coding: 'br', ending: '.br' },
  { coding: 'gzip', ending: '.gz' },
] as const;

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

/** Whether an Accept-Encoding header allows a coding (RFC 9110, section 12.5.3); none is taken for granted. */
export const accepts = (acceptEncoding: string | undefined, coding: string): boolean => {
  const offers = (acceptEncoding ?? '').split(',').map((offer) => {
    const [name = '', ...parameters] = offer.split(';').map((part) => part.trim().toLowerCase());
    return { name, refused: parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)) };
  });
  const own = offers.find(({ name }) => name === coding) ?? offers.find(({ name }) => name === '*');
  return own !== undefined && !own.refused;
};

/** A compressed form that lies beside the file, is not older than it and is accepted. */
const compressedForm = async (place: string, modified: number, acceptEncoding: string | undefined) => {
  for (const { coding, ending } of codings) {
    if (!accepts(acceptEncoding, coding)) continue;
    const found = await stat(place + ending).catch(() => undefined);
    if (found?.isFile() === true && found.mtimeMs >= modified) return { coding, place: place + ending };
  }
  return undefined;
};

/**
 * The file at a path that `filePathOf` let pass, in the smallest form that lies ready and is accepted; undefined
 * when there is none. The tag is weak: all forms of a file are the same file.
 */
export const dashboardFile = async (
  folder: string,
  path: string,
  acceptEncoding?: string,
): Promise<DashboardFile | undefined> => {
  const place = join(folder, path);
  const found = await stat(place).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const compressed = await compressedForm(place, found.mtimeMs, acceptEncoding);
  const tag = `W/"${found.size.toString(36)}-${Math.floor(found.mtimeMs).toString(36)}"`;
  return {
    tag,
    headers: {
      'content-type': mediaTypes.get(extname(path).toLowerCase()) ?? 'application/octet-stream',
      'cache-control': cachingOf(path),
      vary: 'accept-encoding',
      etag: tag,
      ...(compressed === undefined ? {} : { 'content-encoding': compressed.coding }),
    },
    open: () => createReadStream(compressed?.place ?? place),
  };
};
