import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RememberedEpoch } from './remembered-epoch.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'jiyun-epoch-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** The disk refuses the file by its name: nothing can take the place of a folder with something in it. */
async function refusing(): Promise<() => Promise<void>> {
  const inTheWay = join(directory, 'database-epoch');
  await rm(inTheWay, { force: true });
  await mkdir(inTheWay);
  await writeFile(join(inTheWay, 'x'), '');
  return () => rm(inTheWay, { recursive: true });
}

describe('RememberedEpoch', () => {
  it('outlives its process', async () => {
    await (await RememberedEpoch.in(directory)).hear(3);
    const next = await RememberedEpoch.in(directory);
    expect([next.epoch, next.isKept]).toEqual([3, true]);
    await next.hear(2);
    expect(next.epoch).toBe(3);
  });

  it('knows what the disk did not take, says that it is not kept, and tries again', async () => {
    const remembered = await RememberedEpoch.in(directory);
    await remembered.hear(1);
    const freed = await refusing();
    await expect(remembered.hear(2)).rejects.toThrow();
    expect([remembered.epoch, remembered.isKept]).toEqual([2, false]);
    // Nothing half of it is left on a disk that is full already.
    expect(await readdir(directory)).toEqual(['database-epoch']);
    await expect(remembered.hear(1)).rejects.toThrow();
    await freed();
    // Heard of no other: it is the one that is known.
    await remembered.hear(1);
    expect([remembered.epoch, remembered.isKept]).toEqual([2, true]);
    expect(await readFile(join(directory, 'database-epoch'), 'utf8')).toBe('2\n');
  });

  it('does not begin from a damaged file', async () => {
    await writeFile(join(directory, 'database-epoch'), '1x');
    await expect(RememberedEpoch.in(directory)).rejects.toThrow(/damaged/);
  });
});
