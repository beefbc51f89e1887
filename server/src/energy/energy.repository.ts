import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { HourSums, MeterMonth } from './domain/energy.js';
import { READING_DAYS, type Reading } from './domain/push.js';
import { EnergyMonthEntity, PueTargetEntity } from './energy.entity.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SHANGHAI_HOURS = 8;
/** Old readings leave in the same transactions that bring new ones, a few at a time. */
const PRUNE_MAX = 2_000;

export interface LatestReading {
  readonly subject: string;
  readonly at: Date;
  readonly powerW: number;
}

@Injectable()
export class EnergyRepository {
  constructor(private readonly db: DataSource) {}

  /**
   * Adds what is new and rolls the hours up anew from their readings, so that a second push of the same changes nothing.
   * The hours' rows are locked first: two senders of one hour each see what the other wrote.
   */
  async push(tx: Tx, sourceId: string, readings: readonly Reading[]): Promise<number> {
    const hours = [
      ...new Map(
        readings.map((r) => {
          const hour = new Date(Math.floor(r.at.getTime() / HOUR_MS) * HOUR_MS);
          return [`${r.subjectKind} ${r.subject} ${hour.toISOString()}`, { ...r, hour }] as const;
        }),
      ),
    ]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, hour]) => hour);
    await tx.manager.query(
      'insert ignore into power_hour (subject_kind, subject, hour, samples, sum_w, max_w) values ?',
      [hours.map((h) => [h.subjectKind, h.subject, h.hour, 0, 0, 0])],
    );
    await tx.manager.query(
      'select samples from power_hour where (subject_kind, subject, hour) in (?) order by subject_kind, subject, hour for update',
      [hours.map((h) => [h.subjectKind, h.subject, h.hour])],
    );
    const added: { affectedRows: number } = await tx.manager.query(
      'insert ignore into power_reading (source_id, subject_kind, subject, at, power_w) values ?',
      [readings.map((r) => [sourceId, r.subjectKind, r.subject, r.at, r.powerW])],
    );
    if (added.affectedRows === 0) return 0;
    await this.rollUp(tx, hours);
    await tx.manager.query('delete from power_reading where at < ? limit ?', [
      new Date(tx.now.getTime() - READING_DAYS * DAY_MS - DAY_MS),
      PRUNE_MAX,
    ]);
    return added.affectedRows;
  }

  /** Sums of all subjects of one pushed batch by one statement, written back by one. */
  private async rollUp(
    tx: Tx,
    hours: readonly { readonly subjectKind: string; readonly subject: string; readonly hour: Date }[],
  ): Promise<void> {
    const from = new Date(Math.min(...hours.map((h) => h.hour.getTime())));
    const to = new Date(Math.max(...hours.map((h) => h.hour.getTime())) + HOUR_MS);
    const rows: { subject_kind: string; subject: string; hour: Date; samples: string; sum_w: string; max_w: number }[] =
      await tx.manager.query(
        `select subject_kind, subject, timestamp(date_format(at, '%Y-%m-%d %H:00:00')) as hour, count(*) as samples,
                sum(power_w) as sum_w, max(power_w) as max_w
         from power_reading where (subject_kind, subject) in (?) and at >= ? and at < ? group by subject_kind, subject, hour`,
        [
          [...new Map(hours.map((h) => [`${h.subjectKind} ${h.subject}`, [h.subjectKind, h.subject]])).values()],
          from,
          to,
        ],
      );
    const wanted = new Set(hours.map((h) => `${h.subjectKind} ${h.subject} ${h.hour.getTime()}`));
    const written = rows.filter((r) => wanted.has(`${r.subject_kind} ${r.subject} ${new Date(r.hour).getTime()}`));
    await tx.manager.query(
      `insert into power_hour (subject_kind, subject, hour, samples, sum_w, max_w) values ?
       on duplicate key update samples = values(samples), sum_w = values(sum_w), max_w = values(max_w)`,
      [written.map((r) => [r.subject_kind, r.subject, r.hour, r.samples, r.sum_w, r.max_w])],
    );
  }

  /** By center's code and month, of hours from that moment on. */
  async hourSums(from: Date): Promise<(HourSums & { readonly centerCode: string })[]> {
    const rows: Record<string, string>[] = await this.db.query(
      `select t.subject as center, date_format(date_add(t.hour, interval ${SHANGHAI_HOURS} hour), '%Y-%m') as month,
              sum(t.sum_w / t.samples) as total_wh, count(*) as total_hours,
              sum(case when i.samples > 0 then t.sum_w / t.samples else 0 end) as both_total_wh,
              sum(case when i.samples > 0 then i.sum_w / i.samples else 0 end) as both_it_wh,
              sum(case when i.samples > 0 then 1 else 0 end) as both_hours
       from power_hour t
         left join power_hour i on i.subject_kind = 'IT_TOTAL' and i.subject = t.subject and i.hour = t.hour
       where t.subject_kind = 'CENTER_TOTAL' and t.samples > 0 and t.hour >= ?
       group by t.subject, month`,
      [from],
    );
    return rows.map((row) => ({
      centerCode: row.center as string,
      month: row.month as string,
      totalWh: Number(row.total_wh),
      totalHours: Number(row.total_hours),
      bothTotalWh: Number(row.both_total_wh),
      bothItWh: Number(row.both_it_wh),
      bothHours: Number(row.both_hours),
    }));
  }

  meterMonths(
    centerIds: readonly string[],
    fromMonth: string,
  ): Promise<(MeterMonth & { readonly centerId: string })[]> {
    return this.db
      .createQueryBuilder(EnergyMonthEntity, 'm')
      .where('m.centerId in (:...centerIds) and m.month >= :fromMonth', { centerIds: inList(centerIds), fromMonth })
      .orderBy('m.month')
      .getMany();
  }

  targets(centerIds: readonly string[]): Promise<PueTargetEntity[]> {
    return this.db
      .createQueryBuilder(PueTargetEntity, 't')
      .where('t.centerId in (:...centerIds)', { centerIds: inList(centerIds) })
      .orderBy('t.fromYear')
      .getMany();
  }

  /** The newest reading of each since then. */
  async latest(kind: string, subjects: readonly string[], since: Date): Promise<LatestReading[]> {
    const rows: { subject: string; at: Date; power_w: number }[] = await this.db.query(
      `select r.subject, r.at, max(r.power_w) as power_w from power_reading r
         join (select subject, max(at) as at from power_reading where subject_kind = ? and subject in (?) and at >= ? group by subject) newest
           on newest.subject = r.subject and newest.at = r.at
       where r.subject_kind = ? group by r.subject, r.at`,
      [kind, inList(subjects), since, kind],
    );
    return rows.map((row) => ({ subject: row.subject, at: row.at, powerW: Number(row.power_w) }));
  }

  /** Feeds of one center that were measured since then, by their names; each with its newest reading. */
  async latestFeeds(centerCode: string, since: Date, limit: number): Promise<LatestReading[]> {
    const rows: { subject: string; at: Date; power_w: number }[] = await this.db.query(
      `select r.subject, r.at, max(r.power_w) as power_w from power_reading r
         join (select subject, max(at) as at from power_reading
               where subject_kind = 'FEED' and subject >= ? and subject < ? and at >= ? group by subject order by subject limit ?) newest
           on newest.subject = r.subject and newest.at = r.at
       where r.subject_kind = 'FEED' group by r.subject, r.at order by r.subject`,
      // "0" is the character after "/".
      [`${centerCode}/`, `${centerCode}0`, since, limit],
    );
    return rows.map((row) => ({ subject: row.subject, at: row.at, powerW: Number(row.power_w) }));
  }

  async setMonth(tx: Tx, row: EnergyMonthEntity): Promise<void> {
    await tx.manager.query(
      `insert into energy_month (center_id, month, total_kwh, it_kwh, recorded_by, recorded_at) values (?)
       on duplicate key update total_kwh = values(total_kwh), it_kwh = values(it_kwh), recorded_by = values(recorded_by),
         recorded_at = values(recorded_at)`,
      [[row.centerId, row.month, row.totalKwh, row.itKwh, row.recordedBy, row.recordedAt]],
    );
  }

  async setTarget(tx: Tx, row: PueTargetEntity): Promise<void> {
    await tx.manager.query(
      'insert into pue_target (center_id, from_year, hundredths) values (?) on duplicate key update hundredths = values(hundredths)',
      [[row.centerId, row.fromYear, row.hundredths]],
    );
  }

  async add(tx: Tx, months: readonly EnergyMonthEntity[], targets: readonly PueTargetEntity[]): Promise<void> {
    if (months.length > 0) await tx.manager.insert(EnergyMonthEntity, [...months]);
    if (targets.length > 0) await tx.manager.insert(PueTargetEntity, [...targets]);
  }
}
