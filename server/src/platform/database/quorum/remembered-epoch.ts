import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'database-epoch';
const OWNER_ONLY = 0o600;

/**
 * The highest epoch of the database that this console has ever heard of, also from before its last start: cut off with nodes
 * of an older history, which would call themselves complete, it still knows that they are not the newest.
 */
export class RememberedEpoch {
  private kept = true;

  private constructor(
    private readonly path: string,
    private highest: number,
  ) {}

  static async in(directory: string): Promise<RememberedEpoch> {
    const path = join(directory, FILE);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '0';
      throw error;
    });
    if (!/^\d{1,15}\s*$/.test(text))
      throw new Error(`${path} is damaged: write into it the epoch that the console shows in the other centers.`);
    return new RememberedEpoch(path, Number(text));
  }

  get epoch(): number {
    return this.highest;
  }

  /** false = it is known to this process, and would be forgotten by the next: nobody writes on the word of it. */
  get isKept(): boolean {
    return this.kept;
  }

  /** On the disk before anybody acts on it. @throws where the disk does not take it; the next time tries again. */
  async hear(epoch: number): Promise<void> {
    if (epoch <= this.highest && this.kept) return;
    // Whatever the disk says: what is known is not unlearned while this process lives.
    this.highest = Math.max(epoch, this.highest);
    this.kept = false;
    const half = `${this.path}.${process.pid}`;
    try {
      await mkdir(join(this.path, '..'), { recursive: true, mode: 0o700 });
      const file = await open(half, 'w', OWNER_ONLY);
      try {
        await file.writeFile(`${this.highest}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(half, this.path);
    } catch (error) {
      await rm(half, { force: true }).catch(() => undefined);
      throw error;
    }
    this.kept = true;
  }
}
