import type { ChangeState, ChangeWhat } from './request-changes.types.js';

/** What a change does to one server or one place in a cabinet; of a server all sizes are 0. */
export interface NewItemChange {
  /** The claim by which the line has it. */
  readonly itemId: string;
  /** The server, or the holder of the place. */
  readonly subjectId: string;
  readonly what: ChangeWhat;
  readonly fromHalfUnits: number;
  readonly fromPowerW: number;
  readonly fromWeightGrams: number;
  readonly toHalfUnits: number;
  readonly toPowerW: number;
  readonly toWeightGrams: number;
  /** A month, before and after. */
  readonly fromFen: bigint;
  readonly toFen: bigint;
}

export interface ItemChangeRow extends NewItemChange {
  readonly id: string;
  readonly requestId: string;
  readonly lineId: string;
  readonly state: ChangeState;
  readonly doneAt: Date | null;
  /** Which of its thing's changes it was, in their order. */
  readonly doneNumber: number | null;
}
