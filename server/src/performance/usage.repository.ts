import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { addDays, type CalendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { matching, newestOf, soonestOf, withinScope } from '../platform/database/listing.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { REMINDER_DAYS } from './domain/self-evaluation.js';
import { SelfEvaluationEntity, type SelfEvaluationState, UsageNoticeEntity } from './usage.entity.js';

export type UsageNoticeRow = Readonly<UsageNoticeEntity>;
export type SelfEvaluationRow = Readonly<SelfEvaluationEntity>;

export interface NoticeFilter {
  readonly month: string | null;
  readonly unread: boolean;
  readonly search: string | null;
}

export interface SelfEvaluationFilter {
  readonly state: SelfEvaluationState | null;
  /** Only those that are too late on that day. */
  readonly overdueOn: CalendarDate | null;
  readonly search: string | null;
}

@Injectable()
export class UsageRepository {
  constructor(private readonly db: DataSource) {}

  notices(
    scope: TenantScope,
    { month, unread, search }: NoticeFilter,
    page: PageRequest,
  ): Promise<Page<UsageNoticeRow>> {
    return newestOf(
      () => {
        const query = this.db.createQueryBuilder(UsageNoticeEntity, 'n').where('1 = 1');
        if (month !== null) query.andWhere('n.month = :month', { month });
        if (unread) query.andWhere('n.readAt is null');
        return matching(withinScope(query, 'n.departmentId', scope), ['n.departmentName'], search);
      },
      // Of the newest month first, whenever each was made: one that was missing is made up for later.
      'n.month',
      'n.id',
      page,
      String,
    );
  }

  notice(scope: TenantScope, id: string, manager = this.db.manager): Promise<UsageNoticeRow | null> {
    const query = manager.createQueryBuilder(UsageNoticeEntity, 'n').where('n.id = :id', { id });
    return withinScope(query, 'n.departmentId', scope).getOne();
  }

  /** Departments that have that month's already. */
  async noticed(month: string): Promise<ReadonlySet<string>> {
    const rows: { id: string }[] = await this.db.query('select department_id as id from usage_notice where month = ?', [
      month,
    ]);
    return new Set(rows.map(({ id }) => id));
  }

  async insertNotice(tx: Tx, row: UsageNoticeRow): Promise<void> {
    await tx.manager.insert(UsageNoticeEntity, row);
  }

  /** @returns false = it was read already. */
  async markRead(tx: Tx, id: string, by: string): Promise<boolean> {
    const { affected } = await tx.manager
      .createQueryBuilder()
      .update(UsageNoticeEntity)
      .set({ readBy: by, readAt: tx.now })
      .where('id = :id and read_at is null', { id })
      .execute();
    return affected === 1;
  }

  tasks(scope: TenantScope, filter: SelfEvaluationFilter, page: PageRequest): Promise<Page<SelfEvaluationRow>> {
    return soonestOf(
      () => {
        const query = this.db.createQueryBuilder(SelfEvaluationEntity, 's').where('1 = 1');
        if (filter.state !== null) query.andWhere('s.state = :state', { state: filter.state });
        if (filter.overdueOn !== null)
          query.andWhere("s.state = 'OPEN' and s.dueTo <= :overdueOn", { overdueOn: filter.overdueOn });
        return matching(withinScope(query, 's.departmentId', scope), ['s.systemName'], filter.search);
      },
      's.dueTo',
      's.id',
      page,
      String,
    );
  }

  task(scope: TenantScope, id: string): Promise<SelfEvaluationRow | null> {
    const query = this.db.createQueryBuilder(SelfEvaluationEntity, 's').where('s.id = :id', { id });
    return withinScope(query, 's.departmentId', scope).getOne();
  }

  locked(tx: Tx, scope: TenantScope, id: string): Promise<SelfEvaluationRow | null> {
    const query = tx.manager
      .createQueryBuilder(SelfEvaluationEntity, 's')
      .where('s.id = :id', { id })
      .setLock('pessimistic_write');
    return withinScope(query, 's.departmentId', scope).getOne();
  }

  /** Systems with a task for the day since which they are live, as "system day". */
  async known(): Promise<ReadonlySet<string>> {
    const rows: { id: string; day: string }[] = await this.db.query(
      'select system_id as id, live_since as day from self_evaluation',
    );
    return new Set(rows.map(({ id, day }) => `${id} ${day}`));
  }

  async insertTask(tx: Tx, row: SelfEvaluationRow): Promise<void> {
    await tx.manager.insert(SelfEvaluationEntity, row as SelfEvaluationEntity);
  }

  /** Of which a word is due: those that have heard it stand in nobody's way. As `stageDue` counts. */
  async toRemind(today: CalendarDate, limit: number): Promise<SelfEvaluationRow[]> {
    const passed = REMINDER_DAYS.map((_, at) => `(s.dueTo <= :until${at})`).join(' + ');
    const until = Object.fromEntries(REMINDER_DAYS.map((days, at) => [`until${at}`, addDays(today, days)]));
    return this.db
      .createQueryBuilder(SelfEvaluationEntity, 's')
      .where("s.state = 'OPEN' and s.dueFrom <= :today", { today })
      .andWhere(`s.toldStage < 1 + ${passed}`, until)
      .orderBy('s.dueTo')
      .addOrderBy('s.id')
      .take(limit)
      .getMany();
  }

  async update(tx: Tx, id: string, values: Partial<SelfEvaluationRow>): Promise<void> {
    await tx.manager.update(SelfEvaluationEntity, { id }, values as Partial<SelfEvaluationEntity>);
  }
}
