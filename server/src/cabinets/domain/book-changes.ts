/** Decides nothing: what a book of cabinets says has to be written. */
import type { Cabinet } from './cabinet.js';
import type { Holder, Place } from './holder.js';
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
