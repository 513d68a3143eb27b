import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

const dashboard = join(dirname(fileURLToPath(import.meta.url)), '..');
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The page as it would be shipped, built from the sources under test. */
export const build = async (directory: string): Promise<void> => {
  const vite = join(
    dirname(createRequire(join(dashboard, 'x.js')).resolve('vite/package.json')),
    'bin/vite.js',
  );
  const options = ['build', '--outDir', directory, '--emptyOutDir', '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, [vite, ...options], {
    cwd: dashboard,
    env: { ...process.env, NODE_ENV: 'production' },
  });
};

type Violation = { readonly id: string; readonly nodes: readonly { readonly html: string }[] };

/** What axe has to say against the page as it stands. */
export const violationsOn = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(await readFile(axePath, 'utf8'));
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations.map(({ id, nodes }) => ({
      id,
      html: nodes.map((node) => node.html),
    }));
  });
  return found.map(({ id, html }) => `${id}: ${html.join(' | ')}`);
};
