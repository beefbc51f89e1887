import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import type { ResourceManagement } from './domain/management.js';

export interface StandingMachine {
  readonly id: string;
  readonly name: string;
  readonly systemId: string;
  readonly departmentId: string;
  readonly lineId: string;
  readonly centerId: string;
  readonly standby: boolean;
  /** Delivered; else it is still being made. */
  readonly there: boolean;
  readonly vcpu: number;
  readonly memoryMib: number;
  /** Image and disk: two that differ here are not the same machine in another place. */
  readonly madeFrom: string;
  readonly management: ResourceManagement;
  readonly objectNamespace: string;
  readonly objectName: string;
  /** Its disk was torn, and is made of this; left out or null = of its image. */
  readonly diskSnapshot?: string | null;
  readonly tornDiskUid?: string | null;
}

/** Where the machines of a system are, for features that act on all of them. */
@Injectable()
export class SystemSites {
  constructor(private readonly db: DataSource) {}

  /** One entry a center and kind of management, of machines that have not ended. Callers have been let see the system. */
  of(systemId: string, tx?: Tx): Promise<{ centerId: string; management: ResourceManagement }[]> {
    return (tx?.manager ?? this.db.manager).query(
      `select distinct center_id as centerId, management from resource
       where system_id = ? and state <> 'RELEASED' order by center_id, management`,
      [systemId],
    );
  }

  /** Machines in use, with their sizes. Callers have been let see the systems. */
  async machinesInUse(
    systemIds: readonly string[],
  ): Promise<{ id: string; systemId: string; departmentId: string; vcpu: number; memoryMib: number }[]> {
    const rows: { id: string; systemId: string; departmentId: string; vcpu: string; memoryMib: string }[] =
      await this.db.query(
        `select id, system_id as systemId, department_id as departmentId, vcpu, memory_mib as memoryMib
         from resource where system_id in (?) and state = 'IN_USE' order by id`,
        [inList(systemIds)],
      );
    return rows.map((row) => ({ ...row, vcpu: Number(row.vcpu), memoryMib: Number(row.memoryMib) }));
  }

  /** Every machine that stands or is on its way, where it stands, and of which line it is; of these systems, or of all. */
  standing(systemIds: readonly string[] | null, tx?: Tx): Promise<StandingMachine[]> {
    return systemIds === null
      ? this.machinesThat('', [], tx)
      : this.machinesThat('and system_id in (?)', [inList(systemIds)], tx);
  }

  /** The same, of what stands in these namespaces of any cluster. */
  inNamespaces(namespaces: readonly string[]): Promise<StandingMachine[]> {
    return this.machinesThat('and object_namespace in (?)', [inAsciiList(namespaces)]);
  }

  private async machinesThat(that: string, values: readonly unknown[], tx?: Tx): Promise<StandingMachine[]> {
    const rows: (Omit<StandingMachine, 'standby' | 'there' | 'vcpu' | 'memoryMib'> &
      Record<'standby' | 'state' | 'vcpu' | 'memoryMib', string>)[] = await (tx?.manager ?? this.db.manager).query(
      `select id, name, system_id as systemId, department_id as departmentId, line_id as lineId, center_id as centerId,
         standby, state, vcpu, memory_mib as memoryMib, concat_ws('/', image_id, disk_gib, storage_tier) as madeFrom, management,
         object_namespace as objectNamespace, object_name as objectName, disk_snapshot as diskSnapshot, torn_disk_uid as tornDiskUid
       from resource where state in ('PROVISIONING', 'IN_USE', 'FAILED') and center_id is not null
       ${that} order by id`,
      [...values],
    );
    return rows.map(({ memoryMib, standby, state, vcpu, ...row }) => ({
      ...row,
      standby: Number(standby) === 1,
      there: state === 'IN_USE',
      vcpu: Number(vcpu),
      memoryMib: Number(memoryMib),
    }));
  }

  /** Every system that has machines in use. */
  async systemsInUse(): Promise<string[]> {
    const rows: { systemId: string }[] = await this.db.query(
      "select distinct system_id as systemId from resource where state = 'IN_USE' order by system_id",
    );
    return rows.map(({ systemId }) => systemId);
  }

  /** What of the system's machines is in use, by center. */
  async inUse(
    systemId: string,
  ): Promise<{ centerId: string; machines: number; vcpu: number; memoryMib: number; diskGib: number }[]> {
    const rows: Record<'centerId' | 'machines' | 'vcpu' | 'memoryMib' | 'diskGib', string>[] = await this.db.query(
      `select center_id as centerId, count(*) as machines, sum(vcpu) as vcpu, sum(memory_mib) as memoryMib,
         sum(disk_gib) as diskGib
       from resource where system_id = ? and state = 'IN_USE' group by center_id order by center_id`,
      [systemId],
    );
    return rows.map(({ centerId, ...sums }) => ({
      centerId,
      machines: Number(sums.machines),
      vcpu: Number(sums.vcpu),
      memoryMib: Number(sums.memoryMib),
      diskGib: Number(sums.diskGib),
    }));
  }

  /** Machines of each system that have not ended, by code; at most so many of all together. */
  async machinesOf(
    systemIds: readonly string[],
    limit: number,
  ): Promise<{ id: string; code: string; name: string; systemId: string }[][]> {
    const rows: { id: string; code: string; name: string; systemId: string }[] = await this.db.query(
      `select id, code, name, system_id as systemId from resource
       where system_id in (?) and state <> 'RELEASED' order by code limit ?`,
      [inList(systemIds), limit],
    );
    const bySystem = Map.groupBy(rows, (row) => row.systemId);
    return systemIds.map((id) => bySystem.get(id) ?? []);
  }
}
