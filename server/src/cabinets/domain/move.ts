/** Decides nothing: what is said of a thing that is to go to another place. */
import type { InputPath } from '../../kernel/refusal.js';
import type { Face } from './holder.js';

export interface Move {
  readonly holderId: string;
  readonly cabinetId: string;
  /** null = wherever it fits. */
  readonly startUnit: number | null;
  /** null = as it is. */
  readonly face: Face | null;
  /** Of the holder; null = whatever it is now. */
  readonly expectedVersion: number | null;
  readonly path: InputPath;
}
