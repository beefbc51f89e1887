import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What another program writes comes into the folder when it has written all of it, in the order of the names: a line that
 * breaks meanwhile takes nothing from what was there, and a process that dies leaves no gap before its newest.
 */
export async function fillWhole(folder: string, write: (half: string) => Promise<void>): Promise<void> {
  const half = join(folder, '.half');
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true, mode: 0o700 });
  try {
    await write(half);
    for (const name of (await readdir(half)).toSorted()) await rename(join(half, name), join(folder, name));
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}
