import type { PlanGround } from '../../../server/src/allocation/domain/plan-lines.js';
import type { FreeServer } from '../../../server/src/allocation/domain/server-placement.js';
import { type Cabinet, powerLimitOf } from '../../../server/src/cabinets/domain/cabinet.js';
import { SpaceSight } from '../../../server/src/cabinets/domain/space-sight.js';
import { cabinetDescription } from './cabinet.ts';
import { factsOf, poolFacts } from './placement.ts';

/** An empty cabinet of 42 U, in a row of its own. */
export function emptyCabinet(id: string, centerId: string, more: Partial<Cabinet> = {}): Cabinet {
  const description = cabinetDescription({ code: id });
  const free = description.heightUnits * 2;
  return {
    ...description,
    ...{ id, centerId, roomId: `room-${centerId}`, rowId: `row-${id}`, ownerHolderId: null, version: 1 },
    ...{ usedHalfUnits: 0, heldHalfUnits: 0, blockedHalfUnits: 0, freeHalfUnits: free },
    ...{ longestFullHalfUnits: free, longestFrontHalfUnits: free, longestRearHalfUnits: free },
    ...{ powerLimitW: powerLimitOf(description), powerW: 0, weightGrams: 0 },
    ...more,
  } as Cabinet;
}

export function freeServer(id: string, centerId: string, more: Partial<FreeServer> = {}): FreeServer {
  const size = { architecture: 'ARM64', cpuMaker: 'KUNPENG', cores: 64, memoryMib: 262_144 };
  return { ...size, id, centerId, assetNumber: id, accelerators: [], ...more };
}

/** Two same-city centers and a recovery center, each with a pool of 100 vCPU, some free servers and empty cabinets. */
export function groundOf({ servers = 4, cabinets = 2 } = {}): PlanGround {
  const centers = ['a', 'b', 'c'];
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
  const frames = centers.flatMap((id) => numbers(cabinets).map((at) => emptyCabinet(`${id}-cab-${at}`, id)));
  return {
    facts: factsOf(centers.map((centerId) => poolFacts(`${centerId}1`, {}, { centerId }))),
    servers: centers.flatMap((id) => numbers(servers).map((at) => freeServer(`${id}-srv-${at}`, id))),
    space: new SpaceSight({
      cabinets: frames,
      rows: frames.map(({ rowId }) => ({ id: rowId, floorLimitGrams: null, weightGrams: 0 })),
      holders: [],
    }),
    asker: { requestId: null, departmentId: null },
  };
}
