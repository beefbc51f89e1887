/** Decides into which free room beside it a place grows, and which end of it goes when it becomes smaller (R6 of PLACEMENT.md). */
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import type { CabinetBook } from './book.js';
import type { Holder } from './holder.js';
import { shortage, unknownHolder } from './refusals.js';
import { unitAt, unitsOf } from './units.js';
import { wishOf } from './wish.js';

/** What a place has of its cabinet. */
export interface SpaceSize {
  readonly heightHalfUnits: number;
  readonly powerW: number;
  readonly weightGrams: number;
}

/** How much more a place is to have: only this is asked for. */
export interface GrowWish extends SpaceSize {
  readonly holderId: string;
  readonly label: string;
  readonly subjectId: string | null;
  readonly heldUntil: Date | null;
  readonly path: InputPath;
}

export interface Piece {
  readonly startHalfUnit: number;
  readonly heightHalfUnits: number;
}

/** Above it, else below it, else what is above and the rest below: it stays one piece. null = there is not that much. */
export function piecesBeside(
  { startHalfUnit, heightHalfUnits }: Piece,
  free: { readonly below: number; readonly above: number },
  more: number,
): readonly Piece[] | null {
  const top = startHalfUnit + heightHalfUnits;
  if (more <= free.above) return [{ startHalfUnit: top, heightHalfUnits: more }];
  if (more <= free.below) return [{ startHalfUnit: startHalfUnit - more, heightHalfUnits: more }];
  const below = more - free.above;
  if (below > free.below) return null;
  return [
    { startHalfUnit: top, heightHalfUnits: free.above },
    { startHalfUnit: startHalfUnit - below, heightHalfUnits: below },
  ];
}

/**
 * Keeps the room for it, as holders that become a part of it when the change is done: the first has the power and the load.
 * A place that gets power or load alone has a strip without units beside it. `idOf` names the new holders.
 */
export function growIn(book: CabinetBook, wish: GrowWish, idOf: () => string): Result<Holder[], readonly Refusal[]> {
  const { holderId, heightHalfUnits, powerW, weightGrams, label, subjectId, heldUntil, path } = wish;
  const holder = book.holder(holderId);
  const cabinet = holder && book.cabinet(holder.cabinetId);
  if (!holder || !cabinet) return refuse([unknownHolder(path)]);
  const free = book.besideOf(holder);
  const pieces = heightHalfUnits === 0 ? [STRIP] : piecesBeside(holder, free, heightHalfUnits);
  if (!pieces)
    return refuse([shortage('UNITS', unitsOf(heightHalfUnits), unitsOf(free.above + free.below), cabinet, path)]);
  const kept: Holder[] = [];
  for (const [at, piece] of pieces.entries()) {
    const startUnit = piece.heightHalfUnits === 0 ? null : unitAt(cabinet, piece.startHalfUnit, piece.heightHalfUnits);
    const placed = book.place(
      wishOf(
        {
          ...{ label, subjectId, heldUntil, path, kind: holder.kind, face: holder.face, state: 'HELD' },
          ...{ departmentId: holder.departmentId, growsHolderId: holderId },
          where: { cabinetId: holder.cabinetId, startUnit },
          heightHalfUnits: piece.heightHalfUnits,
          powerW: at === 0 ? powerW : 0,
          weightGrams: at === 0 ? weightGrams : 0,
        },
        idOf(),
      ),
    );
    if (!placed.ok) return placed;
    kept.push(placed.value);
  }
  return ok(kept);
}

const STRIP: Piece = { startHalfUnit: 0, heightHalfUnits: 0 };

/** Something that stands in a place, in half-units from the place's own bottom. */
export interface ThingInSpace extends SpaceSize {
  readonly startHalfUnit: number;
}

/**
 * How far the bottom moves up when a place keeps only so much height: its top goes, else its bottom, else something of both,
 * so that all that stands in it stays where it stands. null = what stands in it takes more.
 */
export function bottomAfter(from: number, to: number, things: readonly ThingInSpace[]): number | null {
  const lowest = Math.min(...things.map(({ startHalfUnit }) => startHalfUnit), from);
  const highest = Math.max(...things.map((thing) => thing.startHalfUnit + thing.heightHalfUnits), 0);
  const fits = (bottom: number) => bottom >= 0 && bottom <= lowest && bottom + to >= highest;
  return [0, from - to, highest - to].find(fits) ?? null;
}

/** What of a smaller size the things in a place do not fit into; null = nothing. */
export function tooSmallFor(
  from: SpaceSize,
  to: SpaceSize,
  things: readonly ThingInSpace[],
): 'UNITS' | 'POWER_W' | 'WEIGHT_GRAMS' | null {
  const sum = (of: (thing: ThingInSpace) => number) => things.reduce((total, thing) => total + of(thing), 0);
  if (
    to.heightHalfUnits < from.heightHalfUnits &&
    bottomAfter(from.heightHalfUnits, to.heightHalfUnits, things) === null
  )
    return 'UNITS';
  if (to.powerW < from.powerW && sum(({ powerW }) => powerW) > to.powerW) return 'POWER_W';
  return to.weightGrams < from.weightGrams && sum(({ weightGrams }) => weightGrams) > to.weightGrams
    ? 'WEIGHT_GRAMS'
    : null;
}

/** The place as the change makes it: with what was kept for it, or without the end that goes. Gives how far its bottom moved up. */
export function remakeIn(
  book: CabinetBook,
  holderId: string,
  to: SpaceSize,
  things: readonly ThingInSpace[],
): { readonly holder: Holder; readonly bottomUp: number } {
  const holder = book.holder(holderId);
  if (!holder) throw new Error(`holder ${holderId} has ended`);
  const kept = book.growthOf(holderId).filter(({ heightHalfUnits }) => heightHalfUnits > 0);
  const grownUp =
    to.heightHalfUnits >= holder.heightHalfUnits
      ? Math.min(0, ...kept.map(({ startHalfUnit }) => startHalfUnit - holder.startHalfUnit))
      : bottomAfter(holder.heightHalfUnits, to.heightHalfUnits, things);
  if (grownUp === null) throw new Error(`what stands in ${holderId} does not fit into what is left of it`);
  const { heightHalfUnits, powerW, weightGrams } = to;
  const next = { startHalfUnit: holder.startHalfUnit + grownUp, heightHalfUnits, powerW, weightGrams };
  return { holder: book.remake(holderId, next), bottomUp: grownUp };
}
