/** Decides what is not yet 集约: the clouds outside the province's centers, summed by kind and by owner. */
import type { CalendarDate } from '../../kernel/calendar.js';

/** 城市云, 部门云, 部门数据中心, 专有网, 异构平台 (a foreign platform inside a center). */
export const CLOUD_KINDS = [
  'CITY_CLOUD',
  'DEPARTMENT_CLOUD',
  'DEPARTMENT_DATA_CENTER',
  'PRIVATE_NETWORK',
  'FOREIGN_PLATFORM',
] as const;
export type CloudKind = (typeof CLOUD_KINDS)[number];

export interface CloudCount {
  readonly poolCode: string;
  readonly platformName: string;
  readonly cloudKind: CloudKind;
  readonly ownerDepartmentId: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
  /** null = the owner has not said. */
  readonly servers: number | null;
  readonly rackUnits: number | null;
  readonly migrationTarget: CalendarDate | null;
}

export interface CountSums {
  readonly clouds: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
  readonly servers: number;
  readonly rackUnits: number;
  /** Clouds whose servers or rack units nobody has said: the sums are at least this much. */
  readonly unsaid: number;
}

export function sumCounts(rows: readonly CloudCount[]): CountSums {
  const sum = (of: (row: CloudCount) => number | null): number =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  return {
    clouds: rows.length,
    vcpu: sum((row) => row.vcpu),
    memoryMib: sum((row) => row.memoryMib),
    storageGib: sum((row) => row.storageGib),
    servers: sum((row) => row.servers),
    rackUnits: sum((row) => row.rackUnits),
    unsaid: rows.filter((row) => row.servers === null || row.rackUnits === null).length,
  };
}

/** The years a count may be asked for: the console's first, and no year that has not begun. */
export const COUNT_YEAR_MIN = 2020;

/** How long after a year's end its count may still be taken, should nobody have worked at the turn of it. */
const LATE_DAYS = 7;

/** The year whose count is due today: the running one on its last day, the last one in the first week after it. */
export function yearDue(today: CalendarDate): number | null {
  const [year = 0, month = 0, day = 0] = today.split('-').map(Number);
  if (month === 12 && day === 31) return year;
  return month === 1 && day <= LATE_DAYS ? year - 1 : null;
}
