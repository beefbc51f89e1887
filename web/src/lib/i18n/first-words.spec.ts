/** @jest-environment node */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { zhCN } from './zh-CN';
import { firstWords } from './zh-CN/first';

const SOURCE = join(import.meta.dirname, '../..');
const FIRST = ['app/main.tsx', 'app/StartPage.tsx', 'features/session/pages/SignInPage.tsx'];
/** The link beside a refusal: neither home nor the sign-in sends what can be refused so. */
const NEVER_THERE = 'ui/gates/RemedyLink.tsx';

function fileOf(from: string, path: string): string | undefined {
  const at = join(dirname(from), path);
  return [at, `${at}.ts`, `${at}.tsx`, `${at}/index.ts`].find((one) => /\.tsx?$/.test(one) && existsSync(one));
}

/** What is loaded with a file: what is imported lazily, or only for its types, is not. */
async function loadedWith(file: string, seen = new Map<string, string>()): Promise<Map<string, string>> {
  if (seen.has(file)) return seen;
  const text = await readFile(file, 'utf8');
  seen.set(file, text);
  for (const [, path] of text.matchAll(/^(?:import|export) (?!type )(?:[^;]*? from )?'(\.[^']+)'/gm)) {
    const imported = fileOf(file, path as string);
    if (imported) await loadedWith(imported, seen);
  }
  return seen;
}

const has = (words: object, key: string): boolean =>
  key.split('.').reduce<unknown>((tree, step) => (tree as Record<string, unknown> | undefined)?.[step], words) !==
  undefined;

describe('words of the first load', () => {
  it('are all that the sign-in, the shell and home ask for', async () => {
    const seen = new Map<string, string>();
    for (const file of FIRST) await loadedWith(join(SOURCE, file), seen);
    const missing = [...seen].flatMap(([file, text]) => {
      const name = relative(SOURCE, file);
      if (name === NEVER_THERE || name.startsWith('lib/i18n/')) return [];
      const whole = [...text.matchAll(/['"]([a-zA-Z]\w*(?:\.\w+)+)['"]/g)].map(([, key]) => key as string);
      const begun = [...text.matchAll(/`([a-zA-Z]\w*(?:\.\w+)*)\.\$\{/g)].map(([, key]) => key as string);
      return [...whole, ...begun]
        .filter((key) => has(zhCN, key) && !has(firstWords, key))
        .map((key) => `${name} ${key}`);
    });
    expect(seen.size).toBeGreaterThan(50);
    expect(missing).toEqual([]);
  });
});
