import type { CabinetFace } from '../../../graphql/enums';

/** What a thing takes of a cabinet; null = nobody wrote it down. */
export type Takes = { heightUnits: number; powerW: number | null; weightGrams: number | null };

/** Longest free pieces of a cabinet in units; null = not told to this viewer. */
export type FreeRuns = {
  longestFreeRunUnits: number | null;
  longestFreeFrontUnits: number | null;
  longestFreeRearUnits: number | null;
};

/** The part of a filter that keeps cabinets with the room, the power and the load for a thing. */
export function fitFilter({ heightUnits, powerW, weightGrams }: Takes, face: CabinetFace) {
  return {
    // The filter speaks of pieces of full depth; what is mounted on one face only may fit elsewhere too.
    minimumFreeUnits: face === 'BOTH' ? heightUnits : null,
    minimumFreeWatts: powerW,
    minimumFreeGrams: weightGrams,
  };
}

export function freeRunAt(runs: FreeRuns, face: CabinetFace): number | null {
  return { BOTH: runs.longestFreeRunUnits, FRONT: runs.longestFreeFrontUnits, REAR: runs.longestFreeRearUnits }[face];
}

/** Where the runs are not told, nothing speaks against it: the server checks. */
export function hasRunFor(runs: FreeRuns, { heightUnits }: Takes, face: CabinetFace): boolean {
  const run = freeRunAt(runs, face);
  return run === null || run >= heightUnits;
}
