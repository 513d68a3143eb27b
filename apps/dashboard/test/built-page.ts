import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';

const dashboard = join(dirname(fileURLToPath(import.meta.url)), '..');
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The page as it is shipped, copied into a directory; built first when its sources are newer. */
export const build = async (directory: string): Promise<void> => {
  await promisify(execFile)(process.execPath, [join(dashboard, '../../tools/build.mjs'), 'dashboard']);
  await cp(join(dashboard, 'dist'), directory, { recursive: true });
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

/** Height of a window: a narrow one has the whole page in sight, for there drawings out of sight come seconds later. */
export const heightAt = (width: number): number => (width < 560 ? 6_000 : 900);
