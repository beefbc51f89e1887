import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestConsole, type TestConsole } from '../support/console.ts';

const SCRIPT = Buffer.from('export const built = "first";\n');
const SMALL = Buffer.from('export {};\n');

let directory: string;
let console_: TestConsole;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jiyun-built-'));
  const assets = join(directory, 'assets');
  await mkdir(assets);
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>first</title><meta nonce="__NONCE__">');
  await writeFile(join(directory, 'documents.json'), '{}');
  await writeFile(join(assets, 'main-1a2b.js'), SCRIPT);
  await writeFile(join(assets, 'main-1a2b.js.br'), brotliCompressSync(SCRIPT));
  await writeFile(join(assets, 'main-1a2b.js.gz'), gzipSync(SCRIPT));
  await writeFile(join(assets, 'small-3c4d.js'), SMALL);
  console_ = await startTestConsole({ consoleDirectory: directory });
}, 120_000);
afterAll(async () => {
  await console_?.close();
  await rm(directory, { recursive: true, force: true });
});

/** The bytes as they were sent: fetch would unpack them. */
function sent(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number | undefined; headers: IncomingHttpHeaders; body: Buffer }>((resolve, reject) => {
    get(`${console_.url}${path}`, { headers }, (answer) => {
      buffer(answer).then((body) => resolve({ status: answer.statusCode, headers: answer.headers, body }), reject);
    }).on('error', reject);
  });
}

describe('the built console', () => {
  it('sends each asset in the smallest form that the browser takes, for a year', async () => {
    for (const [accepted, encoding, body] of [
      ['gzip, deflate, br', 'br', brotliCompressSync(SCRIPT)],
      ['gzip', 'gzip', gzipSync(SCRIPT)],
      ['br;q=0, gzip;q=0', undefined, SCRIPT],
    ] as const) {
      const answer = await sent('/assets/main-1a2b.js', { 'accept-encoding': accepted });
      expect(answer).toMatchObject({
        status: 200,
        headers: {
          'content-type': expect.stringMatching(/^(text|application)\/javascript/),
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
          vary: 'Accept-Encoding',
        },
      });
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.body).toEqual(body);
    }
    // What is too small to be compressed goes as it is.
    expect((await sent('/assets/small-3c4d.js', { 'accept-encoding': 'br' })).body).toEqual(SMALL);
  });

  it('has nothing else of the folder, nor of any other', async () => {
    for (const path of ['/assets/other.js', '/assets/', '/assets/..%2Findex.html', '/assets/main-1a2b.js.br'])
      expect([path, (await sent(path)).status]).toEqual([path, 404]);
    expect((await sent('/documents.json', { accept: 'application/json' })).status).toBe(404);
  });

  it('goes on with the build that it began with while another takes its place', async () => {
    await rm(directory, { recursive: true });
    expect(await sent('/assets/main-1a2b.js')).toMatchObject({ status: 200, body: SCRIPT });
    const page = await sent('/requests', { accept: 'text/html' });
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('first');
    expect((await sent('/health/live')).status).toBe(200);
  });

  it('tells a Prometheus on the same machine how the clusters are driven, and nobody who comes by another', async () => {
    const metrics = await sent('/metrics');
    expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(metrics.body.toString()).toContain('# TYPE jiyun_queue_depth gauge');
    expect((await sent('/metrics', { 'x-forwarded-for': '198.51.100.7' })).status).toBe(404);
  });
});
