import type { InputPath } from '../kernel/refusal.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import type { CabinetBook } from './domain/book.js';
import type { Face, Holder, HolderWords } from './domain/holder.js';
import { placeTakes } from './domain/space-quota.js';
import type { Wish } from './domain/wish.js';

/** What another feature asks for. Everything else has its usual meaning when it is left out. */
export type PlaceWish = Pick<
  Wish,
  'where' | 'heightHalfUnits' | 'powerW' | 'weightGrams' | 'label' | 'kind' | 'state'
> &
  Partial<
    Pick<
      Wish,
      | 'holderId'
      | 'face'
      | 'departmentId'
      | 'subjectId'
      | 'reason'
      | 'heldUntil'
      | 'since'
      | 'usedSince'
      | 'sourcePlatform'
      | 'centerId'
      | 'path'
    >
  >;

/** What the record of a thing says anew of it. */
export interface Description extends Partial<HolderWords> {
  readonly holderId: string;
  /** Since when that is so, where it was before it is written down; left out = now. */
  readonly since?: Date | null;
  readonly path?: InputPath;
}

/** Where something was or is, in the words of people. startUnit null = a strip beside the units. */
export interface PlaceName {
  readonly cabinetId: string;
  readonly cabinetCode: string;
  readonly startUnit: number | null;
}

/** Where something stands, as people name it. */
export interface Spot {
  readonly cabinetId: string;
  readonly startUnit: number;
  readonly face: Face;
}

export interface Moved {
  readonly holder: Holder;
  readonly from: PlaceName;
  readonly to: PlaceName;
}

export interface Placed {
  readonly holderId: string;
  readonly cabinetId: string;
  readonly startHalfUnit: number;
  /** As printed on the frame; null = a strip beside the units. */
  readonly startUnit: number | null;
  /** What it takes of quotas there; null = nothing, as in a cabinet that is wholly its department's. */
  readonly takes: SomeAmounts | null;
}

export function toWish(asked: PlaceWish, tx: Tx): Wish {
  return {
    face: 'BOTH',
    departmentId: null,
    subjectId: null,
    reason: null,
    heldUntil: null,
    since: null,
    usedSince: null,
    sourcePlatform: null,
    centerId: null,
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
    takes: placeTakes(holder, { departmentId: book.cabinet(holder.cabinetId)?.departmentId ?? null }),
  };
}

/** Of those that have stood there for longer than they are written down. */
export function sinceOf(wishes: readonly Wish[]): ReadonlyMap<string, Date> {
  return new Map(
    wishes.flatMap(({ holderId, since, usedSince }) => {
      const began = since ?? usedSince;
      return began === null ? [] : [[holderId, began] as const];
    }),
  );
}

export function movedOf(book: CabinetBook, holder: Holder): Moved {
  return { holder, from: placeNameOf(book, book.asFound(holder.id) ?? holder), to: placeNameOf(book, holder) };
}

function placeNameOf(book: CabinetBook, holder: Holder): PlaceName {
  return {
    cabinetId: holder.cabinetId,
    cabinetCode: book.cabinet(holder.cabinetId)?.code ?? '',
    startUnit: book.startUnit(holder),
  };
}
