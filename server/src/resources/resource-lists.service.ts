import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { addDays, calendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, soonestOf, withinScope } from '../platform/database/listing.js';
import { inList } from '../platform/database/unit-of-work.js';
import type { LifePolicy } from './domain/life-policy.js';
import { REVIEW_STAGES, type ReviewStage, reachedFrom } from './domain/review.js';
import { reminderWindows } from './domain/term.js';
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
        query.andWhere("r.state = 'IN_USE' and r.reviewFrom <= :from", { from: reachedFrom('OWNER', now, policy) });
      else if (list === 'ENDING') query.andWhere("r.state not in ('RELEASING', 'RELEASED')");
      return matching(
        withinScope(query, 'r.departmentId', scope, 'r.systemId in (:...scopeSystemIds)'),
        ['r.name', 'r.code'],
        search,
      );
    };
    return soonestOf(filtered, `r.${column}`, 'r.id', page, column === 'temporaryUntil' ? String : toMoment);
  }

  /** Key of a row in that list's order. */
  keyOf(list: LifeList, row: ResourceRow): readonly string[] {
    const value = row[SORT[list]];
    return [value instanceof Date ? value.toISOString() : (value ?? ''), row.id];
  }

  /** Of these centers, in pages by id: what is to be made, and whose cluster last said that no node takes it. */
  async unplaced(centerIds: readonly string[], afterId: string, limit: number): Promise<string[]> {
    return this.ids(
      `center_id in (?) and state in ('PROVISIONING', 'FAILED') and management = 'DRIVEN' and leaving_center_id is null
         and conditions like '%"PodScheduled"%' and id > ? order by id limit ?`,
      [inList(centerIds), afterId, limit],
    );
  }

  async binOver(now: Date, limit: number): Promise<string[]> {
    return this.ids('bin_until <= ? order by bin_until, id limit ?', [now, limit]);
  }

  /** Temporary ones of which a reminder is due: the window of each reminder in which it was not given yet. */
  async toRemind(now: Date, limit: number): Promise<string[]> {
    const due = remindersDue(now);
    return this.ids(
      `state in ('PROVISIONING', 'FAILED', 'IN_USE') and ${due.sql} order by temporary_until, id limit ?`,
      [...due.values, limit],
    );
  }

  /** In use after its last day; what comes behind `after`, so that what may not be stopped now keeps nobody else waiting. */
  async toStop(now: Date, limit: number, after: AfterTerm | null = null): Promise<string[]> {
    return this.ids(
      `temporary_until < ? and term_over_at is null and state = 'IN_USE' ${behind(after)} order by temporary_until, id limit ?`,
      [calendarDate(now), ...keysOf(after), limit],
    );
  }

  /** Stopped for so many days after its last one; of what only is on record, people decide. */
  async toBin(
    now: Date,
    policy: Pick<LifePolicy, 'TERM_GRACE_DAYS'>,
    limit: number,
    after: AfterTerm | null = null,
  ): Promise<string[]> {
    return this.ids(
      `temporary_until < ? and state in ('PROVISIONING', 'FAILED', 'IN_USE') and management = 'DRIVEN' and deletion_protected = 0
       and open_change_id is null ${behind(after)} order by temporary_until, id limit ?`,
      [addDays(calendarDate(now), -policy.TERM_GRACE_DAYS), ...keysOf(after), limit],
    );
  }

  /** Long-term ones whose review has not reached the stage that it should have. */
  async toReview(now: Date, stage: Exclude<ReviewStage, 'NONE'>, policy: LifePolicy, limit: number): Promise<string[]> {
    const before = REVIEW_STAGES[REVIEW_STAGES.indexOf(stage) - 1];
    return this.ids(
      "review_from <= ? and review_stage = ? and state = 'IN_USE' and temporary_until is null order by review_from, id limit ?",
      [reachedFrom(stage, now, policy), before, limit],
    );
  }

  private async ids(where: string, values: readonly unknown[]): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(`select id from resource where ${where}`, [...values]);
    return rows.map((row) => row.id);
  }
}

/** The last of the page before, in the order of terms. */
export interface AfterTerm {
  readonly until: string;
  readonly id: string;
}
const behind = (after: AfterTerm | null): string =>
  after === null ? '' : 'and (temporary_until > ? or (temporary_until = ? and id > ?))';
const keysOf = (after: AfterTerm | null): string[] => (after === null ? [] : [after.until, after.until, after.id]);

function toMoment(key: string): Date {
  return new Date(key);
}

/** Of rows with a last day and the reminder that was given last: where one is due that was not given yet. */
export function remindersDue(now: Date): { readonly sql: string; readonly values: readonly (string | number)[] } {
  const windows = reminderWindows(calendarDate(now));
  const due = '(temporary_until between ? and ? and (reminded_days is null or reminded_days > ?))';
  return {
    sql: `(${windows.map(() => due).join(' or ')})`,
    values: windows.flatMap(({ from, to, days }) => [from, to, days]),
  };
}
