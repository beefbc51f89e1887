import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { addDays, calendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, withinScope } from '../platform/database/listing.js';
import type { LifePolicy } from './domain/life-policy.js';
import { daysTo, REVIEW_STAGES, type ReviewStage } from './domain/review.js';
import { REMINDER_DAYS } from './domain/term.js';
import { ResourceEntity } from './resources.entity.js';
import type { ResourceRow } from './resources.types.js';

/** TO_REVIEW: its yearly review is due or soon. ENDING: temporary, the nearest end first. IN_BIN: in the recycle bin. */
export const LIFE_LISTS = ['TO_REVIEW', 'ENDING', 'IN_BIN'] as const;
export type LifeList = (typeof LIFE_LISTS)[number];

type Column = 'reviewFrom' | 'temporaryUntil' | 'binUntil';
const SORT: Readonly<Record<LifeList, Column>> = {
  TO_REVIEW: 'reviewFrom',
  ENDING: 'temporaryUntil',
  IN_BIN: 'binUntil',
};
const DAY_MS = 86_400_000;

/** Which resources wait for a person or for the calendar. */
@Injectable()
export class ResourceLists {
  constructor(private readonly db: DataSource) {}

  async page(
    scope: TenantScope,
    list: LifeList,
    search: string | null,
    page: PageRequest,
    { now, policy }: { readonly now: Date; readonly policy: LifePolicy },
  ): Promise<Page<ResourceRow>> {
    const column = SORT[list];
    const filtered = (): SelectQueryBuilder<ResourceEntity> => {
      const query = this.db.manager.createQueryBuilder(ResourceEntity, 'r').where(`r.${column} is not null`);
      if (list === 'TO_REVIEW')
        query.andWhere("r.state = 'IN_USE' and r.reviewFrom <= :from", {
          from: daysBefore(now, daysTo('OWNER', policy)),
        });
      else if (list === 'ENDING') query.andWhere("r.state not in ('RELEASING', 'RELEASED')");
      return matching(
        withinScope(query, 'r.departmentId', scope, 'r.systemId in (:...scopeSystemIds)'),
        ['r.name', 'r.code'],
        search,
      );
    };
    const totalCount = await filtered().getCount();
    const query = filtered();
    if (page.after) {
      const [key, id] = page.after as [string, string];
      query.andWhere(`(r.${column} > :key or (r.${column} = :key and r.id > :id))`, {
        key: column === 'temporaryUntil' ? key : new Date(key),
        id,
      });
    }
    const rows = await query
      .orderBy(`r.${column}`, 'ASC')
      .addOrderBy('r.id', 'ASC')
      .take(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  /** Key of a row in that list's order. */
  keyOf(list: LifeList, row: ResourceRow): readonly string[] {
    const value = row[SORT[list]];
    return [value instanceof Date ? value.toISOString() : (value ?? ''), row.id];
  }

  async binOver(now: Date, limit: number): Promise<string[]> {
    return this.ids('bin_until <= ? order by bin_until, id limit ?', [now, limit]);
  }

  /** Temporary ones of which a reminder is due: the window of each reminder in which it was not given yet. */
  async toRemind(now: Date, limit: number): Promise<string[]> {
    const today = calendarDate(now);
    const windows = REMINDER_DAYS.map((days, at) => {
      // Down to the next smaller one: within it this reminder is the pressing one. The last reaches to the last day.
      const after = REMINDER_DAYS[at + 1];
      return {
        sql: `(temporary_until ${after === undefined ? '>=' : '>'} ? and temporary_until <= ? and (reminded_days is null or reminded_days > ?))`,
        values: [addDays(today, after ?? 0), addDays(today, days), days],
      };
    });
    return this.ids(
      `state in ('PROVISIONING', 'FAILED', 'IN_USE') and (${windows.map(({ sql }) => sql).join(' or ')}) order by temporary_until, id limit ?`,
      [...windows.flatMap(({ values }) => values), limit],
    );
  }

  /** In use after its last day. */
  async toStop(now: Date, limit: number): Promise<string[]> {
    return this.ids(
      "temporary_until < ? and term_over_at is null and state = 'IN_USE' order by temporary_until, id limit ?",
      [calendarDate(now), limit],
    );
  }

  /** Stopped for so many days after its last one; of what only is on record, people decide. */
  async toBin(now: Date, policy: Pick<LifePolicy, 'TERM_GRACE_DAYS'>, limit: number): Promise<string[]> {
    return this.ids(
      `temporary_until < ? and state in ('PROVISIONING', 'FAILED', 'IN_USE') and management = 'DRIVEN' and deletion_protected = 0
       order by temporary_until, id limit ?`,
      [addDays(calendarDate(now), -policy.TERM_GRACE_DAYS), limit],
    );
  }

  /** Long-term ones whose review has not reached the stage that it should have. */
  async toReview(now: Date, stage: Exclude<ReviewStage, 'NONE'>, policy: LifePolicy, limit: number): Promise<string[]> {
    const before = REVIEW_STAGES[REVIEW_STAGES.indexOf(stage) - 1];
    return this.ids(
      "review_from <= ? and review_stage = ? and state = 'IN_USE' and temporary_until is null order by review_from, id limit ?",
      [daysBefore(now, daysTo(stage, policy)), before, limit],
    );
  }

  private async ids(where: string, values: readonly unknown[]): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(`select id from resource where ${where}`, [...values]);
    return rows.map((row) => row.id);
  }
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
