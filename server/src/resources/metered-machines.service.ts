import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { MachineSize } from '../allocation/domain/capacity.js';
import type { Architecture } from '../facilities/domain/facility.js';
import { firstIdOf } from '../platform/database/ids.js';
import { inList } from '../platform/database/unit-of-work.js';

/** A line of the lifecycle record that says a size. */
export interface SizeFact {
  readonly id: string;
  readonly at: Date;
  readonly size: MachineSize;
}

/** A machine that was delivered, with what its use is reckoned from. */
export interface MeteredMachine {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly departmentId: string;
  readonly systemId: string;
  readonly projectId: string | null;
  /** That asked for it; null = it was taken in. */
  readonly requestId: string | null;
  readonly centerId: string | null;
  readonly claimId: string;
  readonly architecture: Architecture;
  readonly accelerators: { readonly [name: string]: number } | null;
  readonly deliveredAt: Date;
  /** Given back for good; how long its cluster takes to remove it afterwards is not its department's affair. */
  readonly endedAt: Date | null;
  readonly facts: readonly SizeFact[];
}

/** When a machine of a line was delivered and given back. */
export interface DeliveredMachine {
  readonly lineId: string;
  readonly centerId: string | null;
  readonly deliveredAt: Date;
  readonly endedAt: Date | null;
}

/** The lifecycle record as metering reads it. */
@Injectable()
export class MeteredMachines {
  constructor(private readonly db: DataSource) {}

  /** The next of them by id, those that have ended, too. Two statements whatever their number. */
  async after(id: string, limit: number): Promise<MeteredMachine[]> {
    return this.read('id > ? and delivered_at is not null order by id limit ?', [id, limit]);
  }

  async byIds(ids: readonly string[]): Promise<MeteredMachine[]> {
    return this.read('id in (?) and delivered_at is not null order by id', [inList(ids)]);
  }

  /** Machines of these lines that were ever delivered. */
  async ofLines(lineIds: readonly string[]): Promise<DeliveredMachine[]> {
    const rows: { line: string; center: string | null; delivered_at: Date; ended_at: Date | null }[] =
      await this.db.query(
        `select r.line_id as line, r.center_id as center, r.delivered_at,
           coalesce((select min(e.at) from resource_event e
             where e.resource_id = r.id and e.kind in ('RELEASE', 'RELEASED')), r.released_at) as ended_at
         from resource r where r.line_id in (?) and r.delivered_at is not null order by r.delivered_at, r.id`,
        [inList(lineIds)],
      );
    return rows.map((row) => ({
      ...{ lineId: row.line, centerId: row.center, deliveredAt: row.delivered_at, endedAt: row.ended_at },
    }));
  }

  /** Facts of use from before `before` that were written since; ids begin with the moment of writing. */
  async factsSince(since: Date, before: Date): Promise<number> {
    const [row] = await this.db.query(
      `select count(*) as n from resource_event
       where id >= ? and at < ? and (size is not null or kind in ('RELEASE', 'RELEASED'))`,
      [firstIdOf(since), before],
    );
    return Number(row.n);
  }

  private async read(where: string, values: readonly unknown[]): Promise<MeteredMachine[]> {
    const rows: MachineRow[] = await this.db.query(
      `select id, code, name, department_id, system_id, project_id, request_id, center_id, claim_id, architecture, accelerators,
              delivered_at, released_at, vcpu, memory_mib, disk_gib, storage_tier from resource where ${where}`,
      [...values],
    );
    const events = Map.groupBy(await this.events(rows.map((row) => row.id)), (event) => event.resource_id);
    return rows.map((row) => machineOf(row, events.get(row.id) ?? []));
  }

  private async events(resourceIds: readonly string[]): Promise<EventRow[]> {
    return this.db.query(
      `select id, resource_id, at, kind, size from resource_event
       where resource_id in (?) and (size is not null or kind in ('RELEASE', 'RELEASED')) order by resource_id, at, id`,
      [inList(resourceIds)],
    );
  }
}

interface MachineRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly department_id: string;
  readonly system_id: string;
  readonly project_id: string | null;
  readonly request_id: string | null;
  readonly center_id: string | null;
  readonly claim_id: string;
  readonly architecture: Architecture;
  readonly accelerators: string | null;
  readonly delivered_at: Date;
  readonly released_at: Date | null;
  readonly vcpu: number;
  readonly memory_mib: number;
  readonly disk_gib: number;
  readonly storage_tier: MachineSize['storageTier'];
}

interface EventRow {
  readonly id: string;
  readonly resource_id: string;
  readonly at: Date;
  readonly kind: string;
  readonly size: string | null;
}

function machineOf(row: MachineRow, events: readonly EventRow[]): MeteredMachine {
  const facts = events.flatMap(({ id, at, size }) =>
    size === null ? [] : [{ id, at, size: JSON.parse(size) as MachineSize }],
  );
  const ended = events.find(({ kind }) => kind === 'RELEASE' || kind === 'RELEASED')?.at ?? row.released_at;
  const now: SizeFact = {
    id: '',
    at: row.delivered_at,
    size: { vcpu: row.vcpu, memoryMib: row.memory_mib, diskGib: row.disk_gib, storageTier: row.storage_tier },
  };
  return {
    ...{ id: row.id, code: row.code, name: row.name, claimId: row.claim_id, architecture: row.architecture },
    ...{ departmentId: row.department_id, systemId: row.system_id, projectId: row.project_id, centerId: row.center_id },
    requestId: row.request_id === '' ? null : row.request_id,
    accelerators: row.accelerators === null ? null : JSON.parse(row.accelerators),
    deliveredAt: row.delivered_at,
    endedAt: ended,
    // Records of before sizes were written down say nothing: what it is now is what it was.
    facts: facts.length > 0 ? facts : [now],
  };
}
