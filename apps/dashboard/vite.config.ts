import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type IndexHtmlTransformContext, type Plugin } from 'vite';
import { provinceBoundaries } from './boundaries/plugin.js';

/** Below this a compressed form saves nothing worth a second file. */
const leastBytes = 1024;

const compressible = new Set(['.js', '.css', '.html', '.svg', '.json']);

/** Brotli and gzip forms beside every file, as small as they get: the server has no time for that. */
const compressedForms = (): Plugin => {
  let directory = '';
  return {
    name: 'karnama:compressed-forms',
    apply: 'build',
    configResolved: ({ root, build }) => {
      directory = resolve(root, build.outDir);
    },
    closeBundle: async () => {
      const names = await readdir(directory, { recursive: true });
      await Promise.all(
        names
          .filter((name) => compressible.has(extname(name)))
          .map(async (name) => {
            const place = join(directory, name);
            const content = await readFile(place);
            if (content.length < leastBytes) return;
            const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
            await writeFile(`${place}.br`, await promisify(brotliCompress)(content, quality));
            await writeFile(`${place}.gz`, await promisify(gzip)(content, { level: 9 }));
          }),
      );
    },
  };
};

/** Packages that the shell itself is made of. */
const libraries =
  /node_modules\/(react|react-dom|scheduler|react-intl|@formatjs|intl-messageformat|@tanstack\/(query-core|react-query))\//;

/** Where most readers arrive: one file with what it takes of other pages. */
const overview =
  /dashboard\/src\/(overview|live)\/|compare\/(use-comparison|comparison-|compare-tile|compare-finding|effects|compared)|releases\/changes-card|take-away\/profile-take|map\/(?!drawn-map).*(?<!css)$/;

type Bundle = NonNullable<IndexHtmlTransformContext['bundle']>;

/** The scripts that the overview is made of, without those that the page itself names. */
const overviewParts = (bundle: Bundle): readonly string[] => {
  const chunks = new Map(
    Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])),
  );
  const withImports = (names: readonly string[]): ReadonlySet<string> => {
    const found = new Set(names);
    for (const name of found) for (const next of chunks.get(name)?.imports ?? []) found.add(next);
    return found;
  };
  const of = (wanted: (chunk: { readonly isEntry: boolean; readonly name: string }) => boolean) =>
    withImports([...chunks.values()].filter(wanted).map(({ fileName }) => fileName));
  const named = of(({ isEntry }) => isEntry);
  return [...of(({ name }) => name === 'overview')].filter((name) => !named.has(name));
};

/**
 * What every first view needs is asked for with the page itself, not when the script that names it has come: the
 * Arabic part of the typeface (it has the spaces of all pages, and English ones have a Persian link), and the
 * overview's part of the program, where most readers arrive.
 */
const earlyRequests = (): Plugin => ({
  name: 'karnama:early-requests',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) => {
      const files = Object.values(bundle ?? {});
      const named = (pattern: RegExp): readonly string[] =>
        files.map(({ fileName }) => fileName).filter((name) => pattern.test(name));
      const link = (attrs: Record<string, string | boolean>) =>
        ({ tag: 'link', attrs, injectTo: 'head' }) as const;
      return [
        // before anything is painted, and so before the style sheets; it is too small to be bundled
        { tag: 'script', attrs: { src: './boot.js' }, injectTo: 'head-prepend' },
        ...named(/vazirmatn-arabic-wght.*\.woff2$/).map((name) =>
          link({ rel: 'preload', as: 'font', type: 'font/woff2', href: `./${name}`, crossorigin: true }),
        ),
        ...overviewParts(bundle ?? {}).map((name) =>
          link({ rel: 'modulepreload', href: `./${name}`, crossorigin: true }),
        ),
      ];
    },
  },
});

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react(), provinceBoundaries(), earlyRequests(), compressedForms()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // all of it is some kilobytes: one request instead of one for each part of the program
    cssCodeSplit: false,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // what many pages share comes as one file, not as twenty; drawings stay apart, as they come later
          groups: [
            {
              name: 'vendor',
              test: (id: string) => libraries.test(id) || id.includes('rolldown/runtime'),
              priority: 3,
            },
            { name: 'overview', test: overview, priority: 2 },
            {
              name: 'shared',
              test: (id: string) => /dashboard\/src\//.test(id) && !/drawing|canvas|option|strokes/.test(id),
              minShareCount: 3,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8420' } },
});
