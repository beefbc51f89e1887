/** @jest-environment node */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, parse, specifiedRules, validate } from 'graphql';

/** Design §13: what a browser fetches until home can be used, gzipped. */
const BUDGET_KB = 330;
/** The server's DEPTH_MAX (platform/graphql/document-limits); as there, a fragment is no level of its own. */
const DEPTH_MAX = 10;
const HOME = 'src/app/StartPage.tsx';

type Chunk = { file: string; css?: string[]; imports?: string[]; isEntry?: boolean };
type Manifest = Record<string, Chunk>;

let folder = '';
let manifest: Manifest = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiyun-web-'));
  const root = join(import.meta.dirname, '../../..');
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const args = [
    vite,
    'build',
    '--config',
    join(root, 'web/vite.config.ts'),
    '--outDir',
    folder,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ];
  await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
  });
  manifest = JSON.parse(await readFile(join(folder, '.vite/manifest.json'), 'utf8')) as Manifest;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The chunk's files and those of everything it imports at once; what is imported lazily comes later. */
function filesOf(name: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const style of chunk.css ?? []) seen.add(style);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen);
  return seen;
}

function homeFiles(): Set<string> {
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry);
  if (!entry || !manifest[HOME])
    throw new Error('The manifest knows no entry or no home page: the budget would measure nothing.');
  return filesOf(HOME, filesOf(entry));
}

describe('first load of home', () => {
  it(`is at most ${BUDGET_KB} KB gzipped`, async () => {
    let bytes = 0;
    for (const file of homeFiles()) bytes += gzipSync(await readFile(join(folder, file)), { level: 9 }).length;
    expect(bytes / 1000).toBeGreaterThan(100);
    expect(bytes / 1000).toBeLessThanOrEqual(BUDGET_KB);
  });

  it('carries no table, form, date picker or chart of antd', async () => {
    for (const file of homeFiles()) {
      const text = file.endsWith('.js') ? await readFile(join(folder, file), 'utf8') : '';
      expect(text).not.toMatch(/ant-(table|picker|form-item)-|echarts/);
    }
  });
});

describe('the build', () => {
  it('stamps a place for the nonce, and lists trusted documents', async () => {
    expect(await readFile(join(folder, 'index.html'), 'utf8')).toContain('nonce="__NONCE__"');
    const documents = JSON.parse(await readFile(join(folder, 'documents.json'), 'utf8')) as Record<string, string>;
    expect(Object.values(documents).some((text) => text.includes('mutation SubmitRequest('))).toBe(true);
    // Whatever has a field of its own; what asks for one word of the server has nothing to be kept under.
    const ofObjects = Object.values(documents).filter((text) => /\{[^{}]*\{/.test(text));
    expect(ofObjects.filter((text) => !text.includes('__typename'))).toEqual([]);
    expect(ofObjects.length).toBeGreaterThan(Object.keys(documents).length / 2);
  });

  it('asks nothing deeper than the server answers', async () => {
    const texts = Object.values(
      JSON.parse(await readFile(join(folder, 'documents.json'), 'utf8')) as Record<string, string>,
    );
    const schema = buildSchema(await readFile(join(import.meta.dirname, '../../../server/schema.graphql'), 'utf8'));
    const rule = maxDepthRule({
      n: DEPTH_MAX,
      flattenFragments: true,
      propagateOnRejection: false,
      onReject: [(context, error) => context?.reportError(error)],
    });
    for (const text of texts) expect(validate(schema, parse(text), [...specifiedRules, rule])).toEqual([]);
  });
});
