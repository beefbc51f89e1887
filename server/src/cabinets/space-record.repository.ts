import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { SqlRow } from './cabinet-rows.js';
import type { Holder } from './domain/holder.js';
import type { SpaceChange, SpaceEntry, SpaceUse } from './space-record.types.js';

/** Lines of one bulk statement; well below the packet limit of every engine. */
const LINES_PER_INSERT = 500;

const ENTRY =
  'holder_id, version, at, recorded_at, state, cabinet_id, start_half_unit, height_half_units, face, power_w, weight_grams, label, department_id';

/** The accounting calendar is Shanghai's, which has no summer time; the database keeps UTC. */
const ACCOUNTING_HOURS_AHEAD = 8;

/** A moment's day and month in the accounting calendar. */
const DAY_OF = (at: string): string => `date(date_add(${at}, interval ${ACCOUNTING_HOURS_AHEAD} hour))`;
const MONTH_OF = (at: string): string =>
  `date_format(date_add(${at}, interval ${ACCOUNTING_HOURS_AHEAD} hour), '%Y-%m')`;

/** The append-only record of what stood or was promised in cabinets, from when. Only inserts and selects. */
@Injectable()
export class SpaceRecordRepository {
  constructor(private readonly db: DataSource) {}

  /** Lines of places in use, or given back, from before `before` that were written since. */
  async factsSince(since: Date, before: Date): Promise<number> {
    const [row] = await this.db.query(
      `select count(*) as n from cabinet_holder_event
        where recorded_at >= ? and at < ? and state in ('ALLOCATED', 'OCCUPIED', 'RELEASED')`,
      [since, before],
    );
    return Number(row.n);
  }

  /** First lines. */
  async begin(tx: Tx, holders: readonly Holder[], since: ReadonlyMap<string, Date>): Promise<void> {
    for (let at = 0; at < holders.length; at += LINES_PER_INSERT)
      await tx.manager.query(`insert into cabinet_holder_event (${ENTRY}) values ?`, [
        holders
          .slice(at, at + LINES_PER_INSERT)
          .map((h) => [
            h.id,
            h.version,
            earlier(since.get(h.id), tx.now),
            tx.now,
            h.state,
            h.cabinetId,
            h.startHalfUnit,
            h.heightHalfUnits,
            h.face,
            h.powerW,
            h.weightGrams,
            h.label,
            h.departmentId,
          ]),
      ]);
  }

  /**
   * Next lines, copied from the rows as they have just been written, so that row and record cannot differ. A unit of work
   * that waited for a lock is older than the one it waited for: its line begins where that one's did, never before it.
   * `since` = of some, when it really began to be so.
   */
  async goOn(tx: Tx, holders: readonly Holder[], since: ReadonlyMap<string, Date>): Promise<void> {
    for (const [at, those] of Map.groupBy(holders, (h) => earlier(since.get(h.id), tx.now).getTime()))
      await this.goOnFrom(tx, those, new Date(at));
  }

  private async goOnFrom(tx: Tx, holders: readonly Holder[], began: Date): Promise<void> {
    for (let at = 0; at < holders.length; at += LINES_PER_INSERT)
      await tx.manager.query(
        `insert into cabinet_holder_event (${ENTRY})
         select h.id, h.version, greatest(max(e.at), ?), greatest(max(e.recorded_at), ?), h.state, h.cabinet_id,
                h.start_half_unit, h.height_half_units, h.face, h.power_w, h.weight_grams, h.label, h.department_id
         from cabinet_holder h join cabinet_holder_event e on e.holder_id = h.id
         where h.id in (?)
         group by h.id, h.version, h.state, h.cabinet_id, h.start_half_unit, h.height_half_units, h.face, h.power_w,
                  h.weight_grams, h.label, h.department_id`,
        [began, tx.now, holders.slice(at, at + LINES_PER_INSERT).map((h) => h.id)],
      );
  }

  /**
   * How much use changed by month, center and zone, by one statement whatever its length: a line adds what it says in its
   * month and takes it away in the next line's. In use is what is given or stands; holds and blocked units are not.
   */
  async changes(): Promise<SpaceChange[]> {
    const rows: SqlRow[] = await this.db.query(
      `with line as (
         select cabinet_id, ${MONTH_OF('at')} as month,
                lead(${MONTH_OF('at')}) over (partition by holder_id order by version) as until,
                state in ('ALLOCATED', 'OCCUPIED') as used, height_half_units, power_w, weight_grams
         from cabinet_holder_event)
       select c.center_id, c.zone, m.month, sum(m.sign * m.height_half_units) as half_units, sum(m.sign * m.power_w) as power_w,
              sum(m.sign * m.weight_grams) as weight_grams
       from (select cabinet_id, month, 1 as sign, height_half_units, power_w, weight_grams from line where used
             union all
             select cabinet_id, until, -1, height_half_units, power_w, weight_grams from line where used and until is not null) m
         join cabinet c on c.id = m.cabinet_id
       group by c.center_id, c.zone, m.month`,
    );
    return rows.map((row) => ({
      centerId: row.center_id as string,
      zone: row.zone as SpaceChange['zone'],
      month: row.month as string,
      halfUnits: Number(row.half_units),
      powerW: Number(row.power_w),
      weightGrams: Number(row.weight_grams),
    }));
  }

  /**
   * Half-unit-days by department, cabinet and kind of use, over the days from `from` until before `until` ("YYYY-MM-DD" of
   * the accounting calendar). A day belongs to what stands at its end: so a move in the middle of a day neither doubles nor
   * loses it. What came and went within one day has none; a minimum is for the tariff to say.
   */
  async use(from: string, until: string): Promise<SpaceUse[]> {
    const rows: SqlRow[] = await this.db.query(
      `select department_id, cabinet_id,
              case when state = 'HELD' then 'HELD' when state = 'BLOCKED' then 'BLOCKED' else 'USED' end as kind,
              sum(height_half_units * datediff(least(coalesce(until, ?), ?), greatest(day, ?))) as half_unit_days
       from (select department_id, cabinet_id, state, height_half_units, ${DAY_OF('at')} as day,
                    lead(${DAY_OF('at')}) over (partition by holder_id order by version) as until
             from cabinet_holder_event) line
       where state <> 'RELEASED' and day < ? and (until is null or until > ?) and (until is null or until > day)
       group by department_id, cabinet_id, kind`,
      [until, until, from, until, from],
    );
    return rows
      .map((row) => ({
        departmentId: row.department_id as string | null,
        cabinetId: row.cabinet_id as string,
        kind: row.kind as SpaceUse['kind'],
        halfUnitDays: Number(row.half_unit_days),
      }))
      .filter(({ halfUnitDays }) => halfUnitDays > 0);
  }

  /** What was in these cabinets at a moment, from the bottom up. */
  async asOf(cabinetIds: readonly string[], at: Date): Promise<SpaceEntry[]> {
    const rows: SqlRow[] = await this.db.query(
      `${WITH_HOLDER} where e.cabinet_id in (?) and e.at <= ? and e.state <> 'RELEASED'
         and not exists (select 1 from cabinet_holder_event n where n.holder_id = e.holder_id and n.version > e.version and n.at <= ?)
       order by e.start_half_unit, e.face, e.holder_id`,
      [inList(cabinetIds), at, at],
    );
    return rows.map(toEntry);
  }

  /** All lines of these holders, the oldest first. */
  async linesOf(holderIds: readonly string[]): Promise<SpaceEntry[]> {
    const rows: SqlRow[] = await this.db.query(
      `${WITH_HOLDER} where e.holder_id in (?) order by e.holder_id, e.version`,
      [inList(holderIds)],
    );
    return rows.map(toEntry);
  }
}

const WITH_HOLDER = `select e.*, h.kind, h.subject_id, h.reason, h.planned_for_id, h.grows_holder_id
  from cabinet_holder_event e join cabinet_holder h on h.id = e.holder_id`;

function earlier(since: Date | undefined, now: Date): Date {
  return since !== undefined && since < now ? since : now;
}

function toEntry(row: SqlRow): SpaceEntry {
  return {
    id: row.holder_id as string,
    version: row.version as number,
    at: row.at as Date,
    recordedAt: row.recorded_at as Date,
    state: row.state as Holder['state'],
    cabinetId: row.cabinet_id as string,
    startHalfUnit: row.start_half_unit as number,
    heightHalfUnits: row.height_half_units as number,
    face: row.face as Holder['face'],
    powerW: row.power_w as number,
    weightGrams: row.weight_grams as number,
    label: row.label as string,
    departmentId: row.department_id as string | null,
    kind: row.kind as Holder['kind'],
    subjectId: row.subject_id as string | null,
    reason: row.reason as string | null,
    // How long a hold would have lasted is no part of the record.
    heldUntil: null,
    plannedForId: row.planned_for_id as string | null,
    growsHolderId: row.grows_holder_id as string | null,
  };
}
