import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fillWhole } from './whole-files.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiyun-whole-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('files that another program writes', () => {
  it('replace what was there when all of them are written, and take nothing from it before', async () => {
    await writeFile(join(folder, 'binlog.000001'), 'all of it');
    const broken = fillWhole(folder, async (half) => {
      await writeFile(join(half, 'binlog.000001'), 'half');
      throw new Error('the line broke');
    });
    await expect(broken).rejects.toThrow('the line broke');
    expect(await readFile(join(folder, 'binlog.000001'), 'utf8')).toBe('all of it');
    await fillWhole(folder, async (half) => {
      await writeFile(join(half, 'binlog.000001'), 'all of it, and more');
      await writeFile(join(half, 'binlog.000002'), 'the next');
    });
    expect(await readFile(join(folder, 'binlog.000001'), 'utf8')).toBe('all of it, and more');
    expect((await readdir(folder)).toSorted()).toEqual(['binlog.000001', 'binlog.000002']);
  });
});
