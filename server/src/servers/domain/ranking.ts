/** Decides which of the free servers that suffice is taken first (B5 and B8 of PLACEMENT.md). */
import { distanceTo, type Near, type Whereabouts } from '../../cabinets/domain/nearness.js';

export interface RankedServer {
  readonly memoryMib: number;
  readonly cores: number;
  readonly assetNumber: string;
  /** null or left out = it stands in no cabinet. */
  readonly at?: Whereabouts | null;
}

/** The smallest, so that the big ones stay for who needs them; of equals the one near to what the system has; then by asset number. */
export function byRank(near: Near): (a: RankedServer, b: RankedServer) => number {
  return (a, b) =>
    a.memoryMib - b.memoryMib ||
    a.cores - b.cores ||
    distanceTo(a.at, near) - distanceTo(b.at, near) ||
    (a.assetNumber < b.assetNumber ? -1 : Number(a.assetNumber > b.assetNumber));
}
