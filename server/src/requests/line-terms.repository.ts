import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { addDays, calendarDate } from '../kernel/calendar.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { matching, soonestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import type { LifePolicy } from '../resources/domain/life-policy.js';
import { REVIEW_STAGES, type ReviewStage, reachedFrom } from '../resources/domain/review.js';
import { remindersDue } from '../resources/resource-lists.service.js';
import { RequestLineTermEntity } from './line-terms.entity.js';
import type { LineTermList, LineTermRow, NamedLineTerm, TakenInThing } from './line-terms.types.js';
import { RequestEntity, RequestLineEntity } from './requests.entity.js';
import type { RequestRow } from './requests.types.js';

const TAKEN_IN_COLUMNS = [
  ...(['lineId', 'requestId', 'departmentId', 'systemId', 'reviewFrom', 'takenInKind', 'takenInName'] as const),
  ...(['takenInCode', 'subjectId'] as const),
];
const SORT = { TO_REVIEW: 'reviewFrom', ENDING: 'temporaryUntil' } as const satisfies Record<LineTermList, string>;

@Injectable()
export class LineTermsRepository {
  constructor(private readonly db: DataSource) {}

  /** Machines have their own. Its request says for how long. */
  async begin(tx: Tx, request: RequestRow, lineId: string): Promise<void> {
    const { id, departmentId, systemId, temporaryUntil } = request;
    const from = temporaryUntil === null ? tx.now : null;
    await tx.manager.query(
      `insert into request_line_term (line_id, request_id, department_id, system_id, temporary_until, review_from)
       select id, ?, ?, ?, ?, ? from request_line where id = ? and kind <> 'VM'`,
      [id, departmentId, systemId, temporaryUntil, from, lineId],
    );
  }

  /** Long-term, and its first year begins now. */
  async beginTakenIn(tx: Tx, things: readonly TakenInThing[]): Promise<void> {
    await bulkInsert(
      tx,
      'request_line_term',
      TAKEN_IN_COLUMNS,
      things.map(({ itemId, batchId, batchCode, departmentId, systemId, kind, name, subjectId }) => ({
        ...{ lineId: itemId, requestId: batchId, departmentId, systemId, reviewFrom: tx.now, subjectId },
        ...{ takenInKind: kind, takenInName: name, takenInCode: batchCode },
      })),
    );
  }

  /** What was taken in and runs, in pages by id. */
  takenInAfter(after: string, limit: number): Promise<LineTermRow[]> {
    return this.db.manager
      .createQueryBuilder(RequestLineTermEntity, 't')
      .where('t.takenInKind is not null and t.endedAt is null and t.lineId > :after', { after })
      .orderBy('t.lineId', 'ASC')
      .limit(limit)
      .getMany();
  }

  /** Of a request, whose lines have `live` things: terms of those that have none any more end. */
  async endGone(tx: Tx, requestId: string, live: readonly string[]): Promise<void> {
    await tx.manager.query(
      `update request_line_term t join request_line l on l.id = t.line_id
       set t.ended_at = ?, t.version = t.version + 1
       where t.request_id = ? and t.ended_at is null
         and (l.ended_at is not null or (l.kind <> 'SERVICE' and l.id not in (?)))`,
      [tx.now, requestId, inList(live)],
    );
  }

  async locked(tx: Tx, lineId: string): Promise<LineTermRow | null> {
    return tx.manager.findOne(RequestLineTermEntity, { where: { lineId }, lock: { mode: 'pessimistic_write' } });
  }

  async update(tx: Tx, row: LineTermRow, values: Partial<LineTermRow>): Promise<void> {
    await tx.manager.update(RequestLineTermEntity, { lineId: row.lineId }, { ...values, version: row.version + 1 });
  }

  /** By their ids; what has no term is absent. */
  async named(lineIds: readonly string[], manager: EntityManager = this.db.manager): Promise<NamedLineTerm[]> {
    const query = this.terms(manager).where('t.lineId in (:...ids)', { ids: inList(lineIds) });
    return (await query.getMany()).map(toNamed);
  }

  async inScope(scope: TenantScope, lineId: string): Promise<NamedLineTerm | null> {
    const query = withinScope(this.terms().where('t.lineId = :lineId', { lineId }), ...scoped(scope));
    const found = await query.getOne();
    return found && toNamed(found);
  }

  async page(
    scope: TenantScope,
    list: LineTermList,
    search: string | null,
    page: PageRequest,
    { now, policy }: { readonly now: Date; readonly policy: LifePolicy },
  ): Promise<Page<NamedLineTerm>> {
    const column = SORT[list];
    const filtered = (): SelectQueryBuilder<RequestLineTermEntity> => {
      const query = this.terms().where(`t.endedAt is null and t.${column} is not null`);
      if (list === 'TO_REVIEW') query.andWhere('t.reviewFrom <= :from', { from: reachedFrom('OWNER', now, policy) });
      return matching(
        withinScope(query, ...scoped(scope)),
        ['l.name', 'r.code', 't.takenInName', 't.takenInCode'],
        search,
      );
    };
    const toValue = list === 'ENDING' ? String : (key: string) => new Date(key);
    const { rows, ...rest } = await soonestOf(filtered, `t.${column}`, 't.lineId', page, toValue);
    return { ...rest, rows: rows.map(toNamed) };
  }

  /** Key of a row in that list's order. */
  keyOf(list: LineTermList, row: LineTermRow): readonly string[] {
    const value = row[SORT[list]];
    return [value instanceof Date ? value.toISOString() : (value ?? ''), row.lineId];
  }

  /** Temporary ones of which a reminder is due: within the window of each, that one was not given yet. */
  async toRemind(now: Date, limit: number): Promise<string[]> {
    const due = remindersDue(now);
    return this.ids(`${due.sql} order by temporary_until, line_id limit ?`, [...due.values, limit]);
  }

  /** After their last day, not told yet. */
  async toTellOver(now: Date, limit: number): Promise<string[]> {
    const today = calendarDate(now);
    return this.ids('temporary_until < ? and term_over_at is null order by temporary_until, line_id limit ?', [
      today,
      limit,
    ]);
  }

  /** Over for longer than the grace, in pages by id: what cannot go yet keeps nobody else waiting. */
  async overGrace(
    now: Date,
    policy: Pick<LifePolicy, 'TERM_GRACE_DAYS'>,
    after: string,
    limit: number,
  ): Promise<string[]> {
    const before = addDays(calendarDate(now), -policy.TERM_GRACE_DAYS);
    return this.ids('temporary_until < ? and line_id > ? order by line_id limit ?', [before, after, limit]);
  }

  /** Decided to be taken back and not gone yet, in pages by id. */
  async reclaimed(after: string, limit: number): Promise<string[]> {
    return this.ids('reclaimed_at is not null and line_id > ? order by line_id limit ?', [after, limit]);
  }

  /** Long-term ones whose review has not reached the stage that it should have. */
  async toReview(now: Date, stage: Exclude<ReviewStage, 'NONE'>, policy: LifePolicy, limit: number): Promise<string[]> {
    const before = REVIEW_STAGES[REVIEW_STAGES.indexOf(stage) - 1];
    return this.ids('review_from <= ? and review_stage = ? order by review_from, line_id limit ?', [
      reachedFrom(stage, now, policy),
      before,
      limit,
    ]);
  }

  private async ids(where: string, values: readonly unknown[]): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      `select line_id as id from request_line_term where ended_at is null and ${where}`,
      [...values],
    );
    return rows.map((row) => row.id);
  }

  private terms(manager: EntityManager = this.db.manager) {
    return manager
      .createQueryBuilder(RequestLineTermEntity, 't')
      .leftJoinAndMapOne('t.line', RequestLineEntity, 'l', 'l.id = t.lineId')
      .leftJoinAndMapOne('t.request', RequestEntity, 'r', 'r.id = t.requestId');
  }
}

function scoped(scope: TenantScope) {
  return ['t.departmentId', scope, 't.systemId in (:...scopeSystemIds)'] as const;
}

function toNamed(term: RequestLineTermEntity): NamedLineTerm {
  const { line, request, ...row } = term as RequestLineTermEntity & {
    readonly line: RequestLineEntity | null;
    readonly request: RequestEntity | null;
  };
  const { takenInCode, takenInKind, takenInName } = row;
  if (takenInKind !== null)
    return {
      ...row,
      ...{ name: takenInName ?? '', kind: takenInKind, count: 1, requestCode: takenInCode ?? '', applicantId: null },
    };
  if (!line || !request) throw new Error(`the line of term ${row.lineId} has gone`);
  const { name, kind, itemCount: count } = line;
  return { ...row, name, kind, count, requestCode: request.code, applicantId: request.applicantId };
}
