import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ResourceUseDayEntity } from './utilisation.entity.js';
import type { MachineSize, UseDayRow, UseSum, UseWindow } from './utilisation.types.js';

/** A day as it is written. */
export interface KeptDay extends UseDayRow {
  readonly isOpen: boolean;
  /** The hours that say something new. */
  readonly hoursChanged: ReadonlyMap<number, Buffer>;
}

/** A day as it stands. */
export interface StandingDay extends MachineSize {
  readonly resourceId: string;
  readonly day: CalendarDate;
  readonly isOpen: boolean;
  readonly lastSampleAt: Date;
  readonly hours: ReadonlyMap<number, Buffer>;
}

type DayKey = readonly [resourceId: string, day: CalendarDate];

/** A day of which half is unknown says neither. */
const BOTH = 'cpu_p95 is not null and memory_p95 is not null';
/** Days and hours have some hundred bytes each: a statement stays below a MiB. */
const ROWS_PER_STATEMENT = 1_000;
/** Closing and pruning go in steps that nobody waits for. */
const SWEPT_PER_RUN = 5_000;
const HOURS_SWEPT_PER_RUN = 50_000;

@Injectable()
export class UtilisationRepository {
  constructor(private readonly db: DataSource) {}

  /** In the order of the key, so that two writers meet the same row first. Who has the day has its hours. */
  async locked(tx: Tx, keys: readonly DayKey[]): Promise<StandingDay[]> {
    if (keys.length === 0) return [];
    const rows: {
      resource_id: string;
      day: string;
      is_open: number;
      last_sample_at: Date;
      vcpu: number;
      memory_mib: number;
    }[] = await tx.manager.query(
      `select resource_id, day, is_open, last_sample_at, vcpu, memory_mib from resource_use_day
       where (resource_id, day) in (?) order by resource_id, day for update`,
      [keys],
    );
    const hours = await this.hoursOf(
      tx,
      rows.filter((row) => row.is_open).map((row) => [row.resource_id, row.day]),
    );
    return rows.map((row) => ({
      ...{ resourceId: row.resource_id, day: row.day, isOpen: Boolean(row.is_open), lastSampleAt: row.last_sample_at },
      ...{ vcpu: Number(row.vcpu), memoryMib: Number(row.memory_mib) },
      hours: hours.get(`${row.resource_id} ${row.day}`) ?? new Map(),
    }));
  }

  private async hoursOf(tx: Tx, keys: readonly DayKey[]): Promise<Map<string, Map<number, Buffer>>> {
    const found = new Map<string, Map<number, Buffer>>();
    if (keys.length === 0) return found;
    const rows: { resource_id: string; day: string; hour: number; slots: Buffer }[] = await tx.manager.query(
      'select resource_id, day, hour, slots from resource_use_hour where (day, resource_id) in (?)',
      [keys.map(([resourceId, day]) => [day, resourceId])],
    );
    for (const { day, hour, resource_id, slots } of rows) {
      const key = `${resource_id} ${day}`;
      found.set(key, (found.get(key) ?? new Map<number, Buffer>()).set(Number(hour), slots));
    }
    return found;
  }

  /** Days of which nothing is there yet; of one that somebody else has begun meanwhile, nothing but its lock is taken. */
  begin(tx: Tx, rows: readonly KeptDay[]): Promise<void> {
    return this.put(tx, rows, 'resource_id = values(resource_id)');
  }

  async write(tx: Tx, rows: readonly KeptDay[]): Promise<void> {
    await this.put(
      tx,
      rows,
      `hours = values(hours), samples = values(samples), cpu_p95 = values(cpu_p95), memory_p95 = values(memory_p95),
       cpu_mean = values(cpu_mean), memory_mean = values(memory_mean), vcpu = greatest(vcpu, values(vcpu)),
       memory_mib = greatest(memory_mib, values(memory_mib)), figures = values(figures),
       last_sample_at = values(last_sample_at), source = values(source), is_open = values(is_open)`,
    );
    const hours = rows.flatMap(({ day, hoursChanged, resourceId }) =>
      [...hoursChanged].map(([hour, slots]) => [day, resourceId, hour, slots]),
    );
    for (let at = 0; at < hours.length; at += ROWS_PER_STATEMENT)
      await tx.manager.query(
        `insert into resource_use_hour (day, resource_id, hour, slots) values ?
         on duplicate key update slots = values(slots)`,
        [hours.slice(at, at + ROWS_PER_STATEMENT)],
      );
  }

  private async put(tx: Tx, rows: readonly KeptDay[], whereItIs: string): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT)
      await tx.manager.query(
        `insert into resource_use_day
           (resource_id, day, hours, samples, cpu_p95, memory_p95, cpu_mean, memory_mean, vcpu, memory_mib, figures,
            last_sample_at, source, is_open) values ? on duplicate key update ${whereItIs}`,
        [
          rows
            .slice(at, at + ROWS_PER_STATEMENT)
            .map((r) => [
              ...[r.resourceId, r.day, r.hours, r.samples, r.cpuP95, r.memoryP95, r.cpuMean, r.memoryMean],
              ...[r.vcpu, r.memoryMib],
              ...[JSON.stringify(r.figures), r.lastSampleAt, r.source ?? 'PROMETHEUS', r.isOpen],
            ]),
        ],
      );
  }

  /** Callers have already been let see the machines. */
  async days(resourceIds: readonly string[], from: CalendarDate): Promise<UseDayRow[]> {
    return this.db
      .createQueryBuilder(ResourceUseDayEntity, 'd')
      .select(['d.resourceId', 'd.day', 'd.hours', 'd.samples', 'd.cpuP95', 'd.memoryP95', 'd.cpuMean', 'd.memoryMean'])
      .addSelect(['d.vcpu', 'd.memoryMib', 'd.figures', 'd.lastSampleAt', 'd.source'])
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

  /** Over the days from the one to before the other. Callers have already been let see the machines. */
  async sums(resourceIds: readonly string[], from: CalendarDate, before: CalendarDate): Promise<UseSum[]> {
    const rows: Record<'id' | 'days' | 'cpu' | 'vcpu' | 'memory' | 'mib', string>[] = await this.db.query(
      `select resource_id as id, count(*) as days, sum(cpu_mean * vcpu) as cpu, sum(vcpu) as vcpu,
              sum(memory_mean * memory_mib) as memory, sum(memory_mib) as mib
       from resource_use_day
       where resource_id in (?) and day >= ? and day < ? and cpu_mean is not null and memory_mean is not null
       group by resource_id`,
      [inList(resourceIds), from, before],
    );
    return rows.map((row) => ({
      ...{ resourceId: row.id, days: Number(row.days), cpu: BigInt(row.cpu), vcpuDays: BigInt(row.vcpu) },
      ...{ memory: BigInt(row.memory), mibDays: BigInt(row.mib) },
    }));
  }

  /** Days to which no sample may come any more keep their figures alone. */
  async close(before: CalendarDate): Promise<void> {
    await this.db.query('update resource_use_day set is_open = false where is_open and day < ? limit ?', [
      before,
      SWEPT_PER_RUN,
    ]);
    await this.db.query('delete from resource_use_hour where day < ? limit ?', [before, HOURS_SWEPT_PER_RUN]);
  }

  async prune(before: CalendarDate): Promise<void> {
    await this.db.query('delete from resource_use_day where day < ? limit ?', [before, SWEPT_PER_RUN]);
  }
}
