import type { Borrowed } from '../allocation/borrowed-capacity.service.js';
import type { CopyRow } from './drills.types.js';

/** What of the pools the copies of a drill have while it has its group. */
export function borrowedBy(copies: readonly Pick<CopyRow, 'borrowed' | 'diskGib'>[]): Borrowed[] {
  return copies.flatMap(({ borrowed, diskGib }) => (borrowed === null ? [] : { ...borrowed, diskGib }));
}
