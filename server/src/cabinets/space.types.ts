import type { InputPath, Refusal } from '../kernel/refusal.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import type { CabinetBook } from './domain/book.js';
import type { Cabinet } from './domain/cabinet.js';
import type { Face, Holder, HolderWords } from './domain/holder.js';
import { placeTakes } from './domain/space-quota.js';
import { unitRange } from './domain/units.js';
import { type PlaceWish, type Wish, wishOf } from './domain/wish.js';

/** A sentence that names more is not read. */
const HOLDERS_NAMED_MAX = 4;

export type { PlaceWish };

/** The very units that a wish asked for, and the first of those who have some of them. */
export interface UnitsTaken {
  readonly cabinetCode: string;
  /** "U1–2" */
  readonly units: string;
  readonly holders: readonly {
    readonly holderId: string;
    readonly units: string;
    /** Whose it is and what it is called: the caller shows it only to whoever may see it. */
    readonly label: string;
    readonly departmentId: string | null;
  }[];
}

export interface Objection {
  readonly refusal: Refusal;
  /** null = other things than its units are in the way. */
  readonly taken: UnitsTaken | null;
}

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

/** Space that was given to a department, with the cabinet that it is in. */
export interface GivenPlace {
  readonly holder: Holder;
  readonly cabinet: Pick<
    Cabinet,
    | 'id'
    | 'code'
    | 'centerId'
    | 'roomId'
    | 'heightUnits'
    | 'startingUnit'
    | 'numbering'
    | 'departmentId'
    | 'ownerHolderId'
  >;
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
  return wishOf(asked, asked.holderId ?? newId(tx.now.getTime()));
}

/** Asked right after the book refused the wish. */
export function objectionOf(book: CabinetBook, wish: Wish, refusal: Refusal): Objection {
  const { where, heightHalfUnits } = wish;
  const cabinet = 'among' in where ? undefined : book.cabinet(where.cabinetId);
  const holders = refusal.code === 'SPACE_SHORTAGE' && refusal.meter === 'UNITS' ? book.inTheWay(wish) : [];
  if (holders.length === 0 || !cabinet || 'among' in where || where.startUnit === null) return { refusal, taken: null };
  return {
    refusal,
    taken: {
      cabinetCode: cabinet.code,
      units: unitRange(where.startUnit, heightHalfUnits),
      holders: holders
        .toSorted((a, b) => a.startHalfUnit - b.startHalfUnit)
        .slice(0, HOLDERS_NAMED_MAX)
        .map((holder) => ({
          holderId: holder.id,
          units: unitRange(book.startUnit(holder) ?? 0, holder.heightHalfUnits),
          label: holder.label,
          departmentId: holder.departmentId,
        })),
    },
  };
}

const NOBODYS = { departmentId: null, ownerHolderId: null };

export function placedOf(book: CabinetBook, holder: Holder): Placed {
  return {
    holderId: holder.id,
    cabinetId: holder.cabinetId,
    startHalfUnit: holder.startHalfUnit,
    startUnit: book.startUnit(holder),
    takes: placeTakes(holder, book.cabinet(holder.cabinetId) ?? NOBODYS),
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
