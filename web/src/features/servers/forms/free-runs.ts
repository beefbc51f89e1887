import type { CabinetFace, UnitNumbering } from '../../../graphql/enums';

const HALVES_PER_UNIT = 2;

export type Frame = { heightUnits: number; startingUnit: number; numbering: UnitNumbering };
export type Standing = { bottomUnits: number; heightUnits: number; face: CabinetFace };
/** Whole units by their printed numbers, the lower one first. */
export type FreeRun = { from: number; to: number };

/**
 * Where a thing of that height can stand, by the numbers on the frame, lowest first. For people who choose a unit: only
 * whole units are told, and the server alone decides.
 */
export function freeRuns(
  frame: Frame,
  holders: readonly Standing[],
  wanted: { heightUnits: number; fullDepth: boolean },
): FreeRun[] {
  const taken = new Uint8Array(frame.heightUnits * HALVES_PER_UNIT);
  // What is not of full depth is mounted in front, past what stands behind.
  for (const { bottomUnits, heightUnits, face } of holders)
    if (wanted.fullDepth || face !== 'REAR')
      taken.fill(1, bottomUnits * HALVES_PER_UNIT, (bottomUnits + heightUnits) * HALVES_PER_UNIT);
  const least = Math.max(1, Math.ceil(wanted.heightUnits));
  const runs: FreeRun[] = [];
  let length = 0;
  for (let unit = 0; unit <= frame.heightUnits; unit += 1) {
    const free = unit < frame.heightUnits && !taken[unit * HALVES_PER_UNIT] && !taken[unit * HALVES_PER_UNIT + 1];
    if (free) {
      length += 1;
      continue;
    }
    if (length >= least) runs.push(printed(frame, unit - length, length));
    length = 0;
  }
  return runs.toSorted((a, b) => a.from - b.from);
}

function printed(frame: Frame, bottom: number, length: number): FreeRun {
  const below = frame.numbering === 'ASCENDING' ? bottom : frame.heightUnits - bottom - length;
  const from = frame.startingUnit + below;
  return { from, to: from + length - 1 };
}
