/** Decides what of a center's cabinets counts as total, taken, free for everyone, and free but not for everyone. */
import type { NetworkZone } from '../../facilities/domain/facility.js';

/** What a cabinet's room is measured in. */
export const SPACE_RESOURCES = ['UNITS', 'POWER_W', 'WEIGHT_GRAMS'] as const;
export type SpaceResource = (typeof SPACE_RESOURCES)[number];

/** Of one resource; the parts after `total` add up to it. */
export interface SpaceAmounts {
  readonly total: number;
  /** Allocated or occupied. */
  readonly used: number;
  readonly held: number;
  /** Free for any department, behind two feeds. */
  readonly free: number;
  /** Free in cabinets that are wholly one department's: nobody else may have it. */
  readonly reserved: number;
  /** Free behind one feed only: a claim gets it only when it says so. */
  readonly singleFed: number;
  /** Blocked, or free in cabinets that take nothing in. */
  readonly closed: number;
}

/** Of one center and zone. */
export interface SpaceTotals {
  readonly centerId: string;
  readonly zone: NetworkZone;
  readonly cabinets: number;
  readonly amounts: { readonly [R in SpaceResource]: SpaceAmounts };
}

/** Taken is all that is held, allocated or stands there; held is the part of it that is only held. */
export interface LoadSums {
  readonly limit: number;
  readonly taken: number;
  readonly held: number;
}

/** Sums over cabinets of one kind. */
export interface SpaceSums {
  readonly centerId: string;
  readonly zone: NetworkZone;
  readonly status: 'IN_SERVICE' | 'CLOSED';
  readonly ownDepartment: boolean;
  readonly singleFed: boolean;
  readonly cabinets: number;
  readonly units: {
    readonly total: number;
    readonly used: number;
    readonly held: number;
    readonly blocked: number;
    readonly free: number;
  };
  readonly powerW: LoadSums;
  readonly weightGrams: LoadSums;
}

type Part = 'free' | 'reserved' | 'singleFed' | 'closed';

const NOTHING: SpaceAmounts = { total: 0, used: 0, held: 0, free: 0, reserved: 0, singleFed: 0, closed: 0 };

/** In the order of the sums. */
export function spaceTotals(sums: readonly SpaceSums[]): SpaceTotals[] {
  return [...Map.groupBy(sums, ({ centerId, zone }) => `${centerId} ${zone}`).values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const added = (of: (row: SpaceSums) => SpaceAmounts): SpaceAmounts => rows.map(of).reduce(plus, NOTHING);
    return [
      {
        centerId: first.centerId,
        zone: first.zone,
        cabinets: rows.reduce((sum, row) => sum + row.cabinets, 0),
        amounts: {
          UNITS: added((row) => {
            const { total, used, held, blocked, free } = row.units;
            return plus({ ...NOTHING, total, used, held, closed: blocked }, { ...NOTHING, [partOf(row)]: free });
          }),
          POWER_W: added((row) => loadOf(row.powerW, partOf(row))),
          WEIGHT_GRAMS: added((row) => loadOf(row.weightGrams, partOf(row))),
        },
      },
    ];
  });
}

function loadOf({ limit, taken, held }: LoadSums, part: Part): SpaceAmounts {
  return { ...NOTHING, total: limit, used: taken - held, held, [part]: limit - taken };
}

function plus(a: SpaceAmounts, b: SpaceAmounts): SpaceAmounts {
  return {
    total: a.total + b.total,
    used: a.used + b.used,
    held: a.held + b.held,
    free: a.free + b.free,
    reserved: a.reserved + b.reserved,
    singleFed: a.singleFed + b.singleFed,
    closed: a.closed + b.closed,
  };
}

/** What is free in a center that takes nothing in is free for nobody. */
export function asClosed(totals: SpaceTotals): SpaceTotals {
  const close = ({ free, reserved, singleFed, closed, ...taken }: SpaceAmounts): SpaceAmounts => ({
    ...taken,
    free: 0,
    reserved: 0,
    singleFed: 0,
    closed: closed + free + reserved + singleFed,
  });
  const { UNITS, POWER_W, WEIGHT_GRAMS } = totals.amounts;
  return { ...totals, amounts: { UNITS: close(UNITS), POWER_W: close(POWER_W), WEIGHT_GRAMS: close(WEIGHT_GRAMS) } };
}

/** Which part of the total is what such a cabinet has free. The narrower word wins. */
function partOf({ status, ownDepartment, singleFed }: SpaceSums): Part {
  if (status === 'CLOSED') return 'closed';
  if (ownDepartment) return 'reserved';
  return singleFed ? 'singleFed' : 'free';
}
