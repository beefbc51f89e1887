import type { MeteredUse } from './domain/intervals.js';

/** A use with the words by which people know the thing. */
export interface NamedUse extends MeteredUse {
  readonly code: string;
  readonly name: string;
  /** That asked for it; null = it was taken in. */
  readonly requestId: string | null;
}

/** Where uses come from: one record of one feature, read in pages. */
export interface UseSource {
  readonly name: string;
  /** The next of them; `cursor` goes to the next call, and an empty page is the end. */
  after(cursor: string, limit: number): Promise<UsePage>;
  /** How many facts about the time before `before` were written down since then, where the record can tell. */
  readonly factsSince?: (since: Date, before: Date) => Promise<number>;
}

export interface UsePage {
  readonly uses: readonly NamedUse[];
  /** null = there are no more. */
  readonly cursor: string | null;
}

/** What the console began to count later than everything else. */
export type MeteringStart = 'ADDRESS' | 'DATA' | 'DISK';
export type MeteringStarts = ReadonlyMap<MeteringStart, Date>;
