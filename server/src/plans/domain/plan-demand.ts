/** Decides what of the plans is not yet there, and where the place falls short of it, month by month. */
import { DEMAND_SIDES, type DemandSide, type PlannedLine, type SideDemand, sidesOf } from './plan-line.js';

/** What capacity is counted by: pools by processor and zone, servers by processor, cabinets by zone. */
export const DEMAND_METERS = [
  'VCPU',
  'MEMORY_MIB',
  'STORAGE_GIB_SSD',
  'STORAGE_GIB_HDD',
  'SERVER',
  'CABINET_HALF_UNIT',
  'POWER_W',
] as const;
export type DemandMeter = (typeof DEMAND_METERS)[number];

export const MONTHS_OF_YEAR = 12;

const PARTS: { readonly [M in DemandMeter]: (side: SideDemand) => number } = {
  VCPU: (side) => side.vcpu,
  MEMORY_MIB: (side) => side.memoryMib,
  STORAGE_GIB_SSD: (side) => side.ssdGib,
  STORAGE_GIB_HDD: (side) => side.hddGib,
  SERVER: (side) => side.servers,
  CABINET_HALF_UNIT: (side) => side.halfUnits,
  POWER_W: (side) => side.powerW,
};

/** What a system has now, by the same meters, in all centers together. */
export type InUse = { readonly [M in DemandMeter]?: number };

export interface OpenDemand {
  readonly side: DemandSide;
  readonly architecture: string | null;
  readonly zone: string | null;
  readonly meter: DemandMeter;
  readonly month: number;
  readonly amount: number;
}

/**
 * What one system's lines still ask for beyond what it has. A plan says what is needed in all, so what runs already
 * covers the lines in the order of their months; a line that is half covered asks for the other half.
 */
export function openDemand(lines: readonly PlannedLine[], inUse: InUse, architectureOf: ArchitectureOf): OpenDemand[] {
  const left = new Map<DemandMeter, number>(DEMAND_METERS.map((meter) => [meter, inUse[meter] ?? 0]));
  return lines
    .toSorted((a, b) => a.month - b.month)
    .flatMap((line) =>
      sidesOf(line).flatMap((side) =>
        DEMAND_METERS.flatMap((meter): OpenDemand[] => {
          const [asked, there] = [PARTS[meter](side), left.get(meter) ?? 0];
          const covered = Math.min(asked, there);
          left.set(meter, there - covered);
          if (asked === covered) return [];
          return [
            {
              side: side.side,
              architecture: architectureOf(line),
              zone: line.zone,
              meter,
              month: line.month,
              amount: asked - covered,
            },
          ];
        }),
      ),
    );
}

/** A server's processor is its class's; a machine's is written in the line. */
export type ArchitectureOf = (line: PlannedLine) => string | null;

/** What is free in one center of one kind of room. */
export interface FreeOfCenter {
  readonly side: Exclude<DemandSide, 'EITHER'>;
  readonly centerId: string;
  readonly free: number;
  /** Known to come: in a center that is not open yet, or a server that is planned. */
  readonly arriving: number;
}

export interface DemandRow {
  readonly meter: DemandMeter;
  /** null = whichever there is, out of what the others leave. */
  readonly architecture: string | null;
  readonly zone: string | null;
  readonly centers: readonly (FreeOfCenter & { readonly demanded: number; readonly short: number })[];
  /** Of the year: in one of the same-city centers, whichever has room. */
  readonly either: number;
  readonly demanded: number;
  readonly free: number;
  readonly arriving: number;
  /** At the end of the year, beyond what is free and arrives. */
  readonly short: number;
  /** Demanded in all until the end of each month, January first. */
  readonly byMonth: readonly number[];
  /** The first month in which it does not fit; null = it does. */
  readonly shortFrom: number | null;
}

/** One row for each kind of room that is there or asked for. `free` is keyed by `rowKey`. */
export function demandRows(
  demands: readonly OpenDemand[],
  free: ReadonlyMap<string, readonly FreeOfCenter[]>,
): DemandRow[] {
  const asked = Map.groupBy(demands, rowKey);
  const keys = new Set([...free.keys(), ...asked.keys()]);
  const rows = [...keys].map((key) => rowOf(key, asked.get(key) ?? [], free.get(key) ?? []));
  return rows.map((row) => (isAnyRow(row) ? withLeftovers(row, asked.get(rowKey(row)) ?? [], rows) : row));
}

export function rowKey({ meter, architecture, zone }: Pick<OpenDemand, 'meter' | 'architecture' | 'zone'>): string {
  return [meter, architecture ?? '', zone ?? ''].join(' ');
}

function rowOf(key: string, demands: readonly OpenDemand[], centers: readonly FreeOfCenter[]): DemandRow {
  const [meter, architecture, zone] = key.split(' ') as [DemandMeter, string, string];
  const until = (month: number, side?: DemandSide) =>
    sum(demands.filter((d) => d.month <= month && (!side || d.side === side)));
  const at = (month: number) => shortage(centers, (side) => until(month, side));
  const end = at(MONTHS_OF_YEAR);
  const months = Array.from({ length: MONTHS_OF_YEAR }, (_, i) => i + 1);
  return {
    meter,
    architecture: architecture || null,
    zone: zone || null,
    centers: end.centers,
    either: until(MONTHS_OF_YEAR, 'EITHER'),
    demanded: until(MONTHS_OF_YEAR),
    free: centers.reduce((total, center) => total + center.free, 0),
    arriving: centers.reduce((total, center) => total + center.arriving, 0),
    short: end.short,
    byMonth: months.map((month) => until(month)),
    shortFrom: months.find((month) => at(month).short > 0) ?? null,
  };
}

/**
 * Each side's own demand must fit its own center; what may stand in either same-city center takes what those two have
 * left. Centers that are not there have nothing.
 */
function shortage(
  centers: readonly FreeOfCenter[],
  demanded: (side: DemandSide) => number,
): { centers: DemandRow['centers']; short: number } {
  const sides = DEMAND_SIDES.filter((side) => side !== 'EITHER');
  const room = (side: DemandSide) =>
    centers.filter((c) => c.side === side).reduce((total, c) => total + c.free + c.arriving, 0);
  const shortOf = (side: DemandSide) => Math.max(0, demanded(side) - room(side));
  const left = (['ACTIVE_A', 'ACTIVE_B'] as const).reduce(
    (total, side) => total + Math.max(0, room(side) - demanded(side)),
    0,
  );
  const short = sides.reduce((total, side) => total + shortOf(side), Math.max(0, demanded('EITHER') - left));
  return { short, centers: centers.map((c) => ({ ...c, demanded: demanded(c.side), short: shortOf(c.side) })) };
}

function isAnyRow(row: DemandRow): boolean {
  return (
    (row.architecture === null && row.meter !== 'CABINET_HALF_UNIT' && row.meter !== 'POWER_W') ||
    (row.zone === null && row.meter !== 'SERVER')
  );
}

/** What says no processor or no zone takes what the rows that it may use leave over, center by center. */
function withLeftovers(row: DemandRow, demands: readonly OpenDemand[], rows: readonly DemandRow[]): DemandRow {
  const usable = rows.filter(
    (other) =>
      other.meter === row.meter &&
      !isAnyRow(other) &&
      (row.architecture === null || other.architecture === row.architecture) &&
      (row.zone === null || other.zone === row.zone),
  );
  const centers = usable.flatMap((other) => {
    // What may stand in either center is reckoned with the first that has room, so that no room is counted twice.
    let either = other.either;
    return other.centers.map((center) => {
      const spare = Math.max(0, center.free + center.arriving - center.demanded);
      const taken = center.side === 'RECOVERY' ? 0 : Math.min(either, spare);
      either -= taken;
      return { side: center.side, centerId: center.centerId, free: spare - taken, arriving: 0 };
    });
  });
  const merged = [...Map.groupBy(centers, (center) => center.centerId).values()].map((of) => ({
    ...(of[0] as FreeOfCenter),
    free: of.reduce((total, center) => total + center.free, 0),
  }));
  return rowOf(rowKey(row), demands, merged);
}

function sum(demands: readonly OpenDemand[]): number {
  return demands.reduce((total, demand) => total + demand.amount, 0);
}
