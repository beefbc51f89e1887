/**
 * Keeps a store in a directory: a snapshot, and one line for every change since. A line is written before the change
 * is answered, so that a killed process loses nothing that it promised; a power cut may cost the last second.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Json, KubeObject } from '../json.js';
import { isObject } from '../json.js';
import { kindByName } from '../kinds/catalogue.js';
import type { Change, ChangeType, Store } from './store.js';

const SNAPSHOT_FILE = 'snapshot.json';
const JOURNAL_FILE = 'journal.jsonl';
/** After so many changes a new snapshot is written, which keeps a start quick. */
const CHANGES_PER_SNAPSHOT = 20_000;
const PRIVATE = 0o600;

export class Journal {
  #file: number | undefined;
  #lines = 0;
  /** Length of the journal's whole lines. */
  #bytes = 0;

  private constructor(
    private readonly store: Store,
    private readonly directory: string,
    private readonly tell: (message: string) => void,
  ) {}

  /** Loads what the directory holds into the store, and records from now on. */
  static open(store: Store, directory: string, tell: (message: string) => void): Journal {
    const journal = new Journal(store, directory, tell);
    journal.#load();
    journal.#file = openSync(journal.#path(JOURNAL_FILE), 'a', PRIVATE);
    store.recordWith((change) => journal.#record(change));
    return journal;
  }

  close(): void {
    if (this.#file === undefined) return;
    fsyncSync(this.#file);
    closeSync(this.#file);
    this.#file = undefined;
  }

  #load(): void {
    const snapshot = this.#path(SNAPSHOT_FILE);
    if (existsSync(snapshot)) {
      const read = JSON.parse(readFileSync(snapshot, 'utf8')) as { revision: number; objects: KubeObject[] };
      this.store.restore(read);
    }
    const path = this.#path(JOURNAL_FILE);
    if (!existsSync(path)) return;
    const bytes = readFileSync(path);
    let start = 0;
    while (start < bytes.length) {
      const end = bytes.indexOf(0x0a, start);
      const line = end < 0 ? undefined : parsed(bytes.subarray(start, end).toString('utf8'));
      if (line === undefined) {
        // Only the last line can be torn by a death; a bad one before others was damaged, and going on would lose those.
        if (end >= 0 && end + 1 < bytes.length)
          throw new Error(`${path} is damaged at byte ${start}: set it aside and start again`);
        this.tell(
          `${JOURNAL_FILE}: cut ${bytes.length - start} bytes after ${this.#lines} changes: the last write was torn`,
        );
        truncateSync(path, start);
        break;
      }
      const kind = kindByName(line.object.apiVersion, line.object.kind);
      if (kind !== undefined) this.store.replay(kind, line.type, line.object);
      this.#lines += 1;
      start = end + 1;
    }
    this.#bytes = start;
  }

  #record(change: Change): void {
    if (this.#file === undefined) throw new Error('the cluster is stopped: nothing can be written any more');
    if (this.#lines >= CHANGES_PER_SNAPSHOT) this.#startAnew();
    const line = Buffer.from(`${JSON.stringify([change.type, change.object])}\n`);
    try {
      for (let written = 0; written < line.length; ) written += writeSync(this.#file, line, written);
    } catch (error) {
      // A full disk may have taken half of it: what the next write joins must be whole, or both would be cut at the start.
      ftruncateSync(this.#file, this.#bytes);
      throw error;
    }
    this.#bytes += line.length;
    this.#lines += 1;
  }

  /** The snapshot is in place before the journal is emptied: a death between the two replays what is there already. */
  #startAnew(): void {
    const next = this.#path(`${SNAPSHOT_FILE}.next`);
    writeFileSync(next, JSON.stringify(this.store.snapshot()), { mode: PRIVATE });
    renameSync(next, this.#path(SNAPSHOT_FILE));
    truncateSync(this.#path(JOURNAL_FILE), 0);
    this.#lines = 0;
    this.#bytes = 0;
  }

  #path(file: string): string {
    return join(this.directory, file);
  }
}

function parsed(line: string): { readonly type: ChangeType; readonly object: KubeObject } | undefined {
  try {
    const read = JSON.parse(line) as Json;
    if (!Array.isArray(read) || typeof read[0] !== 'string' || !isObject(read[1])) return undefined;
    return { type: read[0] as ChangeType, object: read[1] as KubeObject };
  } catch {
    // Half a line: the process died while it wrote.
    return undefined;
  }
}
