// What stands where while a person moves things: the server's answer with moves laid over it that are not answered yet.

import { type Face, type Frame, inTheWay, type Placed, type Side, shifted } from './layout';

export type HolderState = 'HELD' | 'ALLOCATED' | 'OCCUPIED' | 'BLOCKED';

export type RackHolder = Placed & {
  state: HolderState;
  /** Another department's: only that the place is taken is told. */
  foreign: boolean;
  label: string | null;
  reason: string | null;
};

export type RackCabinet<H extends RackHolder = RackHolder> = Frame & {
  id: string;
  code: string;
  holders: readonly H[];
};

export type Target = { cabinetId: string; startUnit: number; face: Face };
/** Holder id → where it is on its way to. */
export type Moves = ReadonlyMap<string, Target>;

/** Cabinets as they will be when every move is accepted. */
export function arranged<H extends RackHolder>(
  cabinets: readonly RackCabinet<H>[],
  moves: Moves,
): readonly RackCabinet<H>[] {
  if (moves.size === 0) return cabinets;
  // Once each: between the answer and the next reading, a thing may be known in its old cabinet and in its new one.
  const moving = [
    ...new Map(
      cabinets.flatMap(({ holders }) =>
        holders.flatMap((holder) => {
          const target = moves.get(holder.id);
          return target ? [[holder.id, { holder, target }] as const] : [];
        }),
      ),
    ).values(),
  ];
  return cabinets.map((cabinet) => ({
    ...cabinet,
    holders: [
      ...cabinet.holders.filter(({ id }) => !moves.has(id)),
      ...moving
        .filter(({ target }) => target.cabinetId === cabinet.id)
        .map(({ holder, target }) => ({ ...holder, startUnit: target.startUnit, face: target.face })),
    ],
  }));
}

/** How often a thing is known: twice while its old cabinet has not been read again. */
export const timesKnown = (cabinets: readonly RackCabinet[], holderId: string): number =>
  cabinets.filter(({ holders }) => holders.some(({ id }) => id === holderId)).length;

/** Blocked units are unblocked, not moved; a strip beside the units has no place; another's thing is not known well enough. */
export const isMovable = (holder: RackHolder): boolean =>
  holder.state !== 'BLOCKED' && holder.startUnit !== null && !holder.foreign;

/** A full-depth thing stays one; a shallow one goes to the side that it is moved on. */
export const faceOn = (face: Face, side: Side): Face => (face === 'BOTH' ? 'BOTH' : side);

/** What a target would collide with, as far as this screen knows; the server decides. */
export function obstacles<H extends RackHolder>(
  cabinets: readonly RackCabinet<H>[],
  holder: H,
  target: Target,
): readonly H[] {
  const cabinet = cabinets.find(({ id }) => id === target.cabinetId);
  return cabinet ? inTheWay(cabinet, cabinet.holders, { ...target, heightUnits: holder.heightUnits }, holder.id) : [];
}

/** One step up or down; halves only for what has half a height. */
export function stepped(cabinet: Frame, holder: Placed, target: Target, upwards: 1 | -1, fine: boolean): Target {
  const step = fine || !Number.isInteger(holder.heightUnits) ? 0.5 : 1;
  return { ...target, startUnit: shifted(cabinet, target.startUnit, holder.heightUnits, upwards * step) };
}

/** The neighbour to the left or right, at the same height from the floor as far as it reaches. */
export function beside(
  cabinets: readonly RackCabinet[],
  holder: Placed,
  target: Target,
  bottomUnits: number,
  step: 1 | -1,
): Target {
  const at = cabinets.findIndex(({ id }) => id === target.cabinetId);
  const next = cabinets[at + step];
  if (!next || next.heightUnits < holder.heightUnits) return target;
  const lowest =
    next.numbering === 'ASCENDING' ? next.startingUnit : next.startingUnit + next.heightUnits - holder.heightUnits;
  return { ...target, cabinetId: next.id, startUnit: shifted(next, lowest, holder.heightUnits, bottomUnits) };
}
