import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { CabinetBook } from './domain/book.js';
import type { Holder } from './domain/holder.js';
import type { Wish } from './domain/wish.js';

/** What another feature asks for. Everything else has its usual meaning when it is left out. */
export type PlaceWish = Pick<
  Wish,
  'where' | 'heightHalfUnits' | 'powerW' | 'weightGrams' | 'label' | 'kind' | 'state'
> &
  Partial<Pick<Wish, 'holderId' | 'face' | 'departmentId' | 'subjectId' | 'reason' | 'heldUntil' | 'since' | 'path'>>;

export interface Placed {
  readonly holderId: string;
  readonly cabinetId: string;
  readonly startHalfUnit: number;
  /** As printed on the frame; null = a strip beside the units. */
  readonly startUnit: number | null;
  /** In a cabinet that is wholly its department's: that has taken its quotas as a whole. */
  readonly wholly: boolean;
}

export function toWish(asked: PlaceWish, tx: Tx): Wish {
  return {
    face: 'BOTH',
    departmentId: null,
    subjectId: null,
    reason: null,
    heldUntil: null,
    since: null,
    path: [],
    ...asked,
    holderId: asked.holderId ?? newId(tx.now.getTime()),
    plannedForId: null,
  };
}

export function placedOf(book: CabinetBook, holder: Holder): Placed {
  return {
    holderId: holder.id,
    cabinetId: holder.cabinetId,
    startHalfUnit: holder.startHalfUnit,
    startUnit: book.startUnit(holder),
    wholly: holder.departmentId !== null && book.cabinet(holder.cabinetId)?.departmentId === holder.departmentId,
  };
}

/** Of those that have stood there for longer than they are written down. */
export function sinceOf(wishes: readonly Wish[]): ReadonlyMap<string, Date> {
  return new Map(wishes.flatMap(({ holderId, since }) => (since === null ? [] : [[holderId, since] as const])));
}
