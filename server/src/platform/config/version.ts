import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

let known: string | undefined;

/** The version in the package.json that this file belongs to, whether it runs from the sources or as built. */
export function consoleVersion(): string {
  known ??= readVersion(import.meta.dirname);
  return known;
}

function readVersion(directory: string): string {
  const path = join(directory, 'package.json');
  if (existsSync(path)) return String((JSON.parse(readFileSync(path, 'utf8')) as { version?: unknown }).version);
  const parent = dirname(directory);
  if (parent === directory) throw new Error('package.json is missing');
  return readVersion(parent);
}
