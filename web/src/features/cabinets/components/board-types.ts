import type { CabinetHolderKind } from '../../../graphql/enums';
import type { RackCabinet, RackHolder } from '../elevation/arrangement';

/** A thing in a cabinet with all that the panel beside the picture says of it. */
export type BoardHolder = RackHolder & {
  version: number;
  kind: CabinetHolderKind | null;
  subjectId: string | null;
  powerW: number | null;
  weightGrams: number | null;
  heldUntil: string | null;
  plannedForId: string | null;
  department: { id: string; name: string } | null;
};

export type BoardCabinet = RackCabinet<BoardHolder> & { version: number };
