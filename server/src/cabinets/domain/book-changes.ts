/** Decides what a book of cabinets says has to be written. */
import type { Cabinet } from './cabinet.js';
import { type Holder, isLive, type Place, placeOf, samePlace } from './holder.js';
import type { RowLoad } from './open-cabinet.js';

/** What has to be written so that the database says what the book says. */
export interface BookChanges {
  readonly inserted: readonly Holder[];
  readonly updated: readonly Holder[];
  /** Places whose slots are free now; to be deleted before any are taken. */
  readonly freed: readonly (Place & { readonly holderId: string })[];
  readonly taken: readonly (Place & { readonly holderId: string })[];
  readonly cabinets: readonly Cabinet[];
  readonly rows: readonly RowLoad[];
}

export function holderChanges(
  was: ReadonlyMap<string, Holder>,
  is: ReadonlyMap<string, Holder>,
): Pick<BookChanges, 'inserted' | 'updated' | 'freed' | 'taken'> {
  const inserted: Holder[] = [];
  const updated: Holder[] = [];
  const freed: BookChanges['freed'][number][] = [];
  const taken: BookChanges['taken'][number][] = [];
  for (const [holderId, now] of is) {
    const before = was.get(holderId);
    if (before === now) continue;
    if (before) updated.push(now);
    else inserted.push(now);
    const stays = before && isLive(now.state) && samePlace(before, now);
    if (before && !stays) freed.push({ ...placeOf(before), holderId });
    if (isLive(now.state) && !stays) taken.push({ ...placeOf(now), holderId });
  }
  return { inserted, updated, freed, taken };
}
