import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const WEB = resolve(import.meta.dirname, '../../web/src');

/** lib, graphql → ui → features/<f>/components → features/<f>/{forms,pages} → app; no feature imports another (design §4). */
function violation(from: string, to: string): string | undefined {
  if (!to.startsWith('.')) return undefined;
  const target = relative('/', resolve('/', from, '..', to));
  const [here, there] = [placeOf(from), placeOf(target)];
  if (here.floor < there.floor) return `${from} imports ${target}, which stands above it`;
  if (here.feature && there.feature && here.feature !== there.feature)
    return `${from} imports another feature: ${target}`;
  return undefined;
}

function placeOf(path: string): { floor: number; feature?: string } {
  const [room = '', feature, part] = path.split('/');
  if (room === 'lib' || room === 'graphql') return { floor: 0 };
  if (room === 'ui') return { floor: 1 };
  if (room === 'features') return { floor: part === 'pages' || part === 'forms' ? 3 : 2, feature };
  return { floor: 4 };
}

const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.(spec\.tsx?|d\.ts)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(WEB, path), 'utf8') }));

const problems = (path: string, text: string): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName }) => violation(path, fileName) ?? []);

describe('floors of the console', () => {
  it('reads the whole console', () => expect(sources.length).toBeGreaterThan(80));

  it('lets nothing import what stands above it, nor one feature another', () => {
    expect(sources.flatMap((s) => problems(s.path, s.text))).toEqual([]);
  });

  it.each([
    ['ui/Panel.tsx', "import { x } from '../features/requests/pages/RequestPage';"],
    ['lib/money.ts', "import { x } from '../ui/Money';"],
    ['features/requests/pages/RequestPage.tsx', "import { x } from '../../resources/components/Facts';"],
    ['features/home/pages/HomePage.tsx', "import { x } from '../../../app/router';"],
  ])('catches a planted fault in %s', (path, text) => expect(problems(path, text)).toHaveLength(1));
});
