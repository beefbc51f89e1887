/** @jest-environment node */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const web = join(import.meta.dirname, '../..');

it('has types of the schema as it is today (else: gql.tada generate-output -c web/tsconfig.json)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'jiyun-schema-'));
  try {
    const fresh = join(folder, 'schema.d.ts');
    const cli = join(web, '../node_modules/gql.tada/bin/cli.js');
    await promisify(execFile)(
      process.execPath,
      [cli, 'generate-output', '-c', join(web, 'tsconfig.json'), '-o', fresh],
      {
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    // The printed schema is sorted and the hand-written one is not: the order of fields says nothing.
    const words = (text: string) => text.split(/[\s,;{}[\]|]+/).sort();
    expect(words(await readFile(join(import.meta.dirname, 'schema.d.ts'), 'utf8'))).toEqual(
      words(await readFile(fresh, 'utf8')),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
