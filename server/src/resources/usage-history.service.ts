import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MachineSize } from '../allocation/domain/capacity.js';
import type { OwnMachines } from '../allocation/domain/placement-facts.js';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import { inList } from '../platform/database/unit-of-work.js';

/** How much use of one pool changed in one month of the accounting calendar. */
export interface UseChange {
  readonly poolId: string;
  /** "YYYY-MM" */
  readonly month: string;
  readonly amounts: { readonly [meter: string]: number };
}

export interface SystemUse {
  readonly systemId: string;
  readonly centerId: string;
  readonly architecture: 'AMD64' | 'ARM64';
  readonly zone: string;
  readonly machines: number;
  readonly amounts: { readonly [meter: string]: number };
}

export interface ClaimedMachine {
  readonly claimId: string;
  readonly resourceId: string;
  readonly systemId: string;
}

/** Hours that Shanghai is ahead of what the database keeps; it has no summer time. */
const SHANGHAI_HOURS = 8;

/** So many machines of one system that are all the same. */
export interface MachineShape {
  readonly systemId: string;
  readonly architecture: Architecture;
  readonly zone: NetworkZone;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageTier: 'SSD' | 'HDD';
  readonly diskGib: number;
  readonly machines: number;
}

/** What was in use when, and by whom: read from the lifecycle record and the resources, for those who look at capacity. */
@Injectable()
export class UsageHistory {
  constructor(private readonly db: DataSource) {}

  /**
   * By one statement, whatever its length: an entry's size takes the place of the size before it, a release takes the last
   * one away, and so does the end of a disk that was kept. The sizes of a catalog are few, so grouping by their text leaves few rows.
   */
  async changes(): Promise<UseChange[]> {
    const rows: { pool_id: string; month: string; size: string | null; previous: string | null; n: string }[] =
      await this.db.query(
        `select pool_id, month, size, previous, count(*) as n from (
           select r.pool_id, date_format(date_add(e.at, interval ${SHANGHAI_HOURS} hour), '%Y-%m') as month, e.size,
                  lag(e.size) over (partition by e.resource_id order by e.at, e.id) as previous
           from resource_event e join resource r on r.id = e.resource_id
           where e.size is not null or e.kind in ('RELEASED', 'DISK_ENDED')) entry
         group by pool_id, month, size, previous`,
      );
    return rows.map((row) => {
      const [now, before] = [sizeOf(row.size), sizeOf(row.previous)];
      const times = Number(row.n);
      return {
        poolId: row.pool_id,
        month: row.month,
        amounts: Object.fromEntries(
          Object.keys({ ...now, ...before }).map((meter) => [
            meter,
            times * ((now[meter] ?? 0) - (before[meter] ?? 0)),
          ]),
        ),
      };
    });
  }

  /** What these systems have in centers now, by center, architecture and zone; clouds elsewhere carry nobody's load. */
  async useOfSystems(systemIds: readonly string[]): Promise<SystemUse[]> {
    const rows: Record<string, string>[] = await this.db.query(
      `select system_id, center_id, architecture, zone, count(*) as machines, sum(vcpu) as vcpu, sum(memory_mib) as memory_mib,
              sum(case when storage_tier = 'SSD' then disk_gib else 0 end) as ssd_gib,
              sum(case when storage_tier = 'HDD' then disk_gib else 0 end) as hdd_gib
       from resource where system_id in (?) and center_id is not null and state <> 'RELEASED'
       group by system_id, center_id, architecture, zone`,
      [inList(systemIds)],
    );
    return rows.map((row) => ({
      systemId: row.system_id as string,
      centerId: row.center_id as string,
      architecture: row.architecture as 'AMD64' | 'ARM64',
      zone: row.zone as string,
      machines: Number(row.machines),
      amounts: {
        VCPU: Number(row.vcpu),
        MEMORY_MIB: Number(row.memory_mib),
        STORAGE_GIB_SSD: Number(row.ssd_gib),
        STORAGE_GIB_HDD: Number(row.hdd_gib),
      },
    }));
  }

  /** Live machines of these systems by their size and place: what a plan may begin with. One row a size. */
  async shapesOfSystems(systemIds: readonly string[]): Promise<MachineShape[]> {
    const rows: Record<string, string>[] = await this.db.query(
      `select system_id, architecture, zone, vcpu, memory_mib, storage_tier, disk_gib, count(*) as machines
       from resource where system_id in (?) and state <> 'RELEASED'
       group by system_id, architecture, zone, vcpu, memory_mib, storage_tier, disk_gib
       order by system_id, machines desc, vcpu, memory_mib, disk_gib, architecture, zone, storage_tier`,
      [inList(systemIds)],
    );
    return rows.map((row) => ({
      systemId: row.system_id as string,
      architecture: row.architecture as MachineShape['architecture'],
      zone: row.zone as MachineShape['zone'],
      vcpu: Number(row.vcpu),
      memoryMib: Number(row.memory_mib),
      storageTier: row.storage_tier as MachineShape['storageTier'],
      diskGib: Number(row.disk_gib),
      machines: Number(row.machines),
    }));
  }

  /** Where a system's machines stand now. */
  async placesOfSystem(systemId: string): Promise<OwnMachines[]> {
    const rows: { pool_id: string; center_id: string | null; machines: string }[] = await this.db.query(
      `select pool_id, center_id, count(*) as machines from resource
       where system_id = ? and state <> 'RELEASED' group by pool_id, center_id`,
      [systemId],
    );
    return rows.map((row) => ({ poolId: row.pool_id, centerId: row.center_id, machines: Number(row.machines) }));
  }

  /** The machines that stand on these claims; a claim that is only held has none. */
  async machinesOf(claimIds: readonly string[]): Promise<ClaimedMachine[]> {
    const rows: { id: string; claim_id: string; system_id: string }[] = await this.db.query(
      "select id, claim_id, system_id from resource where claim_id in (?) and state <> 'RELEASED'",
      [inList(claimIds)],
    );
    return rows.map((row) => ({ claimId: row.claim_id, resourceId: row.id, systemId: row.system_id }));
  }
}

function sizeOf(text: string | null): { [meter: string]: number } {
  if (text === null) return {};
  const { vcpu, memoryMib, diskGib, storageTier } = JSON.parse(text) as MachineSize;
  return { VCPU: vcpu, MEMORY_MIB: memoryMib, [`STORAGE_GIB_${storageTier}`]: diskGib };
}
