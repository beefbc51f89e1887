import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { TenantScope } from '../kernel/viewer.js';
import { withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ResourceEntity } from './resources.entity.js';
import type { ResourceRow } from './resources.types.js';
import { ResourceUseWindowEntity } from './use-window.entity.js';

/** What the machines in use of one department amount to; the means are weighted by size, hundredths of a percent. */
export interface DepartmentUseRow {
  readonly departmentId: string;
  readonly machines: number;
  /** Of them, those of which anything was seen in the window. */
  readonly seen: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly seenVcpu: number;
  readonly seenMemoryMib: number;
  readonly cpuMean: number | null;
  readonly memoryMean: number | null;
  readonly idle: number;
  readonly idleFen: bigint;
  readonly oversized: number;
  readonly oversizedFen: bigint;
}

@Injectable()
export class UseWindowRepository {
  constructor(private readonly db: DataSource) {}

  /** Machines whose use is reckoned, the next of them after that id. */
  async measured(after: string, limit: number): Promise<ResourceRow[]> {
    return this.db.manager
      .createQueryBuilder(ResourceEntity, 'r')
      .where("r.state = 'IN_USE' and r.management <> 'RECORDED' and r.centerId is not null and r.id > :after", {
        after,
      })
      .orderBy('r.id')
      .take(limit)
      .getMany();
  }

  async write(tx: Tx, rows: readonly ResourceUseWindowEntity[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.manager.query(
      `insert into resource_use_window
         (resource_id, days, cpu_p95, memory_p95, cpu_mean, memory_mean, finding, offer_id, saved_fen, reckoned_at) values ?
       on duplicate key update days = values(days), cpu_p95 = values(cpu_p95), memory_p95 = values(memory_p95),
         cpu_mean = values(cpu_mean), memory_mean = values(memory_mean), finding = values(finding),
         offer_id = values(offer_id), saved_fen = values(saved_fen), reckoned_at = values(reckoned_at)`,
      [
        rows.map((r) => [
          ...[r.resourceId, r.days, r.cpuP95, r.memoryP95, r.cpuMean, r.memoryMean],
          ...[r.finding, r.offerId, r.savedFen.toString(), r.reckonedAt],
        ]),
      ],
    );
  }

  /** Those that were passed by: given back, or not seen in the window. */
  async removeOlder(tx: Tx, than: Date): Promise<void> {
    await tx.manager.query('delete from resource_use_window where reckoned_at < ?', [than]);
  }

  /** Machines in use that are idle by the rules, as last reckoned. For the console itself: callers scope what they show. */
  async idle(): Promise<{ readonly ids: readonly string[]; readonly reckonedAt: Date | null }> {
    const rows: { id: string; at: Date }[] = await this.db.query(
      `select w.resource_id as id, w.reckoned_at as at from resource_use_window w join resource r on r.id = w.resource_id
       where w.finding = 'IDLE' and r.state = 'IN_USE' order by w.resource_id`,
    );
    const newest = Math.max(...rows.map(({ at }) => at.getTime()));
    return { ids: rows.map(({ id }) => id), reckonedAt: rows.length === 0 ? null : new Date(newest) };
  }

  /** @param among null = all of the scope. */
  async byDepartment(scope: TenantScope, among: readonly string[] | null): Promise<DepartmentUseRow[]> {
    const query = this.db.manager
      .createQueryBuilder(ResourceEntity, 'r')
      .leftJoin(ResourceUseWindowEntity, 'w', 'w.resourceId = r.id')
      .where("r.state = 'IN_USE'")
      .select('r.departmentId', 'departmentId')
      .addSelect('count(*)', 'machines')
      .addSelect('count(w.cpuMean)', 'seen')
      .addSelect('sum(r.vcpu)', 'vcpu')
      .addSelect('sum(r.memoryMib)', 'memoryMib')
      .addSelect('coalesce(sum(if(w.cpuMean is null, 0, r.vcpu)), 0)', 'seenVcpu')
      .addSelect('coalesce(sum(if(w.memoryMean is null, 0, r.memoryMib)), 0)', 'seenMemoryMib')
      .addSelect('sum(w.cpuMean * r.vcpu) / sum(if(w.cpuMean is null, null, r.vcpu))', 'cpuMean')
      .addSelect('sum(w.memoryMean * r.memoryMib) / sum(if(w.memoryMean is null, null, r.memoryMib))', 'memoryMean');
    if (among) query.andWhere('r.departmentId in (:...among)', { among: inList(among) });
    for (const [finding, name] of [
      ['IDLE', 'idle'],
      ['OVERSIZED', 'oversized'],
    ] as const)
      query
        .addSelect(`count(if(w.finding = '${finding}', 1, null))`, name)
        .addSelect(`coalesce(sum(if(w.finding = '${finding}', w.savedFen, 0)), 0)`, `${name}Fen`);
    const rows = await withinScope(query, 'r.departmentId', scope, 'r.systemId in (:...scopeSystemIds)')
      .groupBy('r.departmentId')
      .getRawMany<Record<string, string | null>>();
    const number = (value: string | null | undefined) =>
      value === null || value === undefined ? null : Math.round(Number(value));
    return rows.map((row) => ({
      departmentId: row.departmentId as string,
      ...{ machines: Number(row.machines), seen: Number(row.seen) },
      ...{ vcpu: Number(row.vcpu), memoryMib: Number(row.memoryMib) },
      ...{ seenVcpu: Number(row.seenVcpu), seenMemoryMib: Number(row.seenMemoryMib) },
      ...{ cpuMean: number(row.cpuMean), memoryMean: number(row.memoryMean) },
      ...{ idle: Number(row.idle), idleFen: BigInt(row.idleFen ?? '0') },
      ...{ oversized: Number(row.oversized), oversizedFen: BigInt(row.oversizedFen ?? '0') },
    }));
  }
}
