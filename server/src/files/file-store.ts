import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIGURATION, type Configuration } from '../platform/config/configuration.js';

const PLACE_BYTES = 16;
const UNFINISHED = '.part';

/** Bytes on disk, below the data folder and outside of everything that is served, under random names. */
@Injectable()
export class FileStore {
  private readonly directory: string;

  constructor(@Inject(CONFIGURATION) configuration: Configuration) {
    this.directory = join(configuration.dataDirectory, 'files');
  }

  /** Whole and on the disk, or not there at all. Gives the place. */
  async keep(bytes: Uint8Array): Promise<string> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const place = randomBytes(PLACE_BYTES).toString('hex');
    const path = this.pathOf(place);
    const unfinished = `${path}${UNFINISHED}`;
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    return place;
  }

  read(place: string): Promise<Buffer> {
    return readFile(this.pathOf(place));
  }

  async remove(place: string): Promise<void> {
    await rm(this.pathOf(place), { force: true });
  }

  /** Removes what a broken-off upload has left behind. */
  async removeUnfinished(before: Date): Promise<void> {
    const names = await readdir(this.directory).catch(() => []);
    for (const name of names.filter((each) => each.endsWith(UNFINISHED))) {
      const path = join(this.directory, name);
      const { mtime } = await stat(path).catch(() => ({ mtime: new Date() }));
      if (mtime < before) await rm(path, { force: true });
    }
  }

  private pathOf(place: string): string {
    return join(this.directory, place);
  }
}
