import type { CabinetHolderKind } from '../../../graphql/enums';
import type { RackCabinet, RackHolder } from '../elevation/arrangement';
import type { Spot } from './use-spot-words';

export type PlannedMove = { planId: string; planVersion: number; from: Spot; to: Spot };

/** A thing in a cabinet with all that the panel beside the picture says of it. */
export type BoardHolder = RackHolder & {
  version: number;
  kind: CabinetHolderKind | null;
  subjectId: string | null;
  powerW: number | null;
  weightGrams: number | null;
  heldUntil: string | null;
  /** Of what stood there before the console knew of it. */
  usedSince: string | null;
  sourcePlatform: string | null;
  plannedForId: string | null;
  plannedMove: PlannedMove | null;
  department: { id: string; name: string } | null;
};

export type BoardCabinet = RackCabinet<BoardHolder> & { version: number };
