import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ResourceUseDayEntity } from './utilisation.entity.js';
import type { UseDayRow, UseWindow } from './utilisation.types.js';

export interface KeptDay extends UseDayRow {
  readonly slots: Buffer | null;
}

/** A day of which half is unknown says neither. */
const BOTH = 'cpu_p95 is not null and memory_p95 is not null';
/** An open day has some 8 KiB: a statement stays below a MiB. */
const DAYS_PER_STATEMENT = 100;
/** Closing and pruning go in steps that nobody waits for. */
const SWEPT_PER_RUN = 5_000;

@Injectable()
export class UtilisationRepository {
  constructor(private readonly db: DataSource) {}

  /** In the order of the key, so that two writers meet the same row first. */
  async locked(tx: Tx, keys: readonly (readonly [resourceId: string, day: CalendarDate])[]): Promise<KeptDay[]> {
    if (keys.length === 0) return [];
    const rows: { resource_id: string; day: string; slots: Buffer | null; last_sample_at: Date }[] =
      await tx.manager.query(
        `select resource_id, day, slots, last_sample_at from resource_use_day where (resource_id, day) in (?)
         order by resource_id, day for update`,
        [keys],
      );
    return rows.map((row) => ({
      resourceId: row.resource_id,
      day: row.day,
      slots: row.slots,
      lastSampleAt: row.last_sample_at,
      ...{ hours: 0, samples: 0, cpuP95: null, memoryP95: null, cpuMean: null, memoryMean: null },
      ...{ vcpu: 0, memoryMib: 0, figures: {} },
    }));
  }

  /** Days of which nothing is there yet; of one that somebody else has begun meanwhile, nothing but its lock is taken. */
  begin(tx: Tx, rows: readonly KeptDay[]): Promise<void> {
    return this.put(tx, rows, 'resource_id = values(resource_id)');
  }

  write(tx: Tx, rows: readonly KeptDay[]): Promise<void> {
    return this.put(
      tx,
      rows,
      `hours = values(hours), samples = values(samples), cpu_p95 = values(cpu_p95), memory_p95 = values(memory_p95),
       cpu_mean = values(cpu_mean), memory_mean = values(memory_mean), vcpu = greatest(vcpu, values(vcpu)),
       memory_mib = greatest(memory_mib, values(memory_mib)), figures = values(figures),
       last_sample_at = values(last_sample_at), slots = values(slots)`,
    );
  }

  private async put(tx: Tx, rows: readonly KeptDay[], whereItIs: string): Promise<void> {
    for (let at = 0; at < rows.length; at += DAYS_PER_STATEMENT)
      await tx.manager.query(
        `insert into resource_use_day
           (resource_id, day, hours, samples, cpu_p95, memory_p95, cpu_mean, memory_mean, vcpu, memory_mib, figures,
            last_sample_at, slots) values ? on duplicate key update ${whereItIs}`,
        [
          rows
            .slice(at, at + DAYS_PER_STATEMENT)
            .map((r) => [
              ...[r.resourceId, r.day, r.hours, r.samples, r.cpuP95, r.memoryP95, r.cpuMean, r.memoryMean],
              ...[r.vcpu, r.memoryMib],
              ...[JSON.stringify(r.figures), r.lastSampleAt, r.slots],
            ]),
        ],
      );
  }

  /** Callers have already been let see the machines. */
  async days(resourceIds: readonly string[], from: CalendarDate): Promise<UseDayRow[]> {
    return this.db
      .createQueryBuilder(ResourceUseDayEntity, 'd')
      .select(['d.resourceId', 'd.day', 'd.hours', 'd.samples', 'd.cpuP95', 'd.memoryP95', 'd.cpuMean', 'd.memoryMean'])
      .addSelect(['d.vcpu', 'd.memoryMib', 'd.figures', 'd.lastSampleAt'])
      .where('d.resourceId in (:...ids) and d.day >= :from', { ids: inList(resourceIds), from })
      .orderBy('d.resourceId')
      .addOrderBy('d.day')
      .getMany();
  }

  /** Of days on which both were seen, as the rule of idle machines asks. Callers have already been let see the machines. */
  async windows(resourceIds: readonly string[], from: CalendarDate): Promise<UseWindow[]> {
    const rows: Record<string, string | Date | null>[] = await this.db.query(
      `select resource_id, count(if(${BOTH}, 1, null)) as days, max(last_sample_at) as last_at,
              max(if(${BOTH}, cpu_p95, null)) as cpu, max(if(${BOTH}, memory_p95, null)) as memory,
              round(avg(if(${BOTH}, cpu_mean, null))) as cpu_mean,
              round(avg(if(${BOTH}, memory_mean, null))) as memory_mean,
              max(if(${BOTH}, cpu_p95 * vcpu, null)) as cpu_need,
              max(if(${BOTH}, memory_p95 * memory_mib, null)) as memory_need
       from resource_use_day where resource_id in (?) and day >= ? group by resource_id`,
      [inList(resourceIds), from],
    );
    const number = (value: string | Date | null | undefined) =>
      value === null || value === undefined ? null : Number(value);
    return rows.map((row) => ({
      resourceId: row.resource_id as string,
      days: Number(row.days),
      ...{ cpuP95: number(row.cpu), memoryP95: number(row.memory) },
      ...{ cpuMean: number(row.cpu_mean), memoryMean: number(row.memory_mean) },
      ...{ cpuNeed: number(row.cpu_need), memoryNeed: number(row.memory_need) },
      lastSampleAt: row.last_at as Date,
    }));
  }

  /** Days to which no sample may come any more keep their figures alone. */
  async close(before: CalendarDate): Promise<void> {
    await this.db.query('update resource_use_day set slots = null where slots is not null and day < ? limit ?', [
      before,
      SWEPT_PER_RUN,
    ]);
  }

  async prune(before: CalendarDate): Promise<void> {
    await this.db.query('delete from resource_use_day where day < ? limit ?', [before, SWEPT_PER_RUN]);
  }
}
