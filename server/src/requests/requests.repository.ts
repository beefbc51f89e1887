import { Injectable } from '@nestjs/common';
import { Brackets, DataSource, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import type { PlacedShare } from '../allocation/domain/dr-shares.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { Condition } from '../approvals/domain/awaiting.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { bulkInsert } from '../platform/database/bulk-insert.js';
import { bulkUpdate } from '../platform/database/bulk-update.js';
import { newId } from '../platform/database/ids.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inAsciiList, inList, type Tx } from '../platform/database/unit-of-work.js';
import { type RequestState, WAITS_FOR_NOBODY, waits } from './domain/request-state.js';
import {
  assignments,
  LINE_COLUMNS,
  NO_CHANGE,
  REQUEST_COLUMNS,
  SELECT_LINES,
  SELECT_REQUEST,
  STEP_COLUMNS,
  toLine,
  toRequest,
} from './request-rows.js';
import { RequestEntity, RequestLineEntity, RequestStepEntity } from './requests.entity.js';
import type {
  NewLine,
  PastRequests,
  RequestLineRow,
  RequestNature,
  RequestOrder,
  RequestRow,
  RequestStepRow,
} from './requests.types.js';

/** What waits for one person: his own drafts, and what the chain's condition finds. */
export interface Awaited {
  readonly own: {
    readonly states: readonly RequestState[];
    readonly scope: TenantScope;
    readonly applicantId: string;
  } | null;
  readonly decided: Condition;
}

export interface RequestListFilter {
  readonly states?: readonly RequestState[] | null;
  readonly natures?: readonly RequestNature[] | null;
  readonly search?: string | null;
  readonly departmentId?: string | null;
  readonly systemId?: string | null;
  readonly applicantId?: string | null;
  readonly awaited?: Awaited | null;
  readonly escalated?: Condition | null;
  /** Only those whose sealed form a step asks for. */
  readonly needsSeal?: Condition | null;
  /** Within which drafts are seen too: a draft is its department's own until it is sent. undefined = none. */
  readonly drafts: TenantScope | undefined;
  /** Only those whose current step was due before. */
  readonly overdueAt?: Date | null;
}

export type NewRequestStep = Omit<RequestStepRow, 'id' | 'at' | 'requestId'>;

@Injectable()
export class RequestsRepository {
  constructor(private readonly db: DataSource) {}

  async insert(tx: Tx, request: RequestRow): Promise<void> {
    const { formerApplicantIds, lineSources, ...row } = request;
    await tx.manager.insert(RequestEntity, {
      ...row,
      lineSources: lineSources ? [...lineSources] : null,
      formerApplicantIds: formerApplicantIds && [...formerApplicantIds],
    });
  }

  async insertPast(tx: Tx, past: PastRequests): Promise<void> {
    await bulkInsert(tx, 'request', REQUEST_COLUMNS, past.requests);
    await bulkInsert(
      tx,
      'request_line',
      LINE_COLUMNS,
      past.lines.map((line) => ({ ...NO_CHANGE, ...line })),
    );
    await bulkInsert(tx, 'request_step', STEP_COLUMNS, past.steps);
  }

  /**
   * Replaces the lines of a draft; a submitted request's lines only get their places.
   * @param ids of lines that stay the same ones, in their order; null = a new one.
   */
  async replaceLines(
    tx: Tx,
    requestId: string,
    lines: readonly NewLine[],
    ids: readonly (string | null)[] = [],
  ): Promise<void> {
    await tx.manager.delete(RequestLineEntity, { requestId });
    await bulkInsert(
      tx,
      'request_line',
      LINE_COLUMNS,
      lines.map((line, position) => ({
        ...NO_CHANGE,
        ...line,
        id: ids[position] ?? newId(tx.now.getTime()),
        requestId,
        position,
        shares: [],
        checks: [],
        candidates: null,
        fulfilledAt: null,
        evidence: null,
      })),
    );
  }

  recordPlacement(
    tx: Tx,
    lines: readonly Pick<RequestLineRow, 'id' | 'shares' | 'checks' | 'candidates' | 'monthlyFen' | 'unitPrices'>[],
  ): Promise<void> {
    const rows = lines.map(({ unitPrices = null, ...line }) => ({ ...line, unitPrices }));
    return bulkUpdate(tx, 'request_line', ['shares', 'checks', 'candidates', 'monthlyFen', 'unitPrices'], rows);
  }

  /** Where the shares of a line stand now. */
  async recordShares(tx: Tx, lineId: string, shares: readonly PlacedShare[]): Promise<void> {
    await tx.manager.query('update request_line set shares = ? where id = ?', [JSON.stringify(shares), lineId]);
  }

  /** false = it was fulfilled before. */
  async markFulfilled(tx: Tx, lineId: string, evidence: string | null): Promise<boolean> {
    const done: { affectedRows: number } = await tx.manager.query(
      'update request_line set fulfilled_at = ?, evidence = ? where id = ? and fulfilled_at is null',
      [tx.now, evidence, lineId],
    );
    return done.affectedRows === 1;
  }

  async requestOfLine(tx: Tx, lineId: string): Promise<string | null> {
    const [row] = await tx.manager.query('select request_id as id from request_line where id = ?', [lineId]);
    return row?.id ?? null;
  }

  /** Of its lines those that people still have to fulfil: those of machines tell by their machines. */
  async unfulfilledLines(tx: Tx, requestId: string): Promise<{ readonly id: string; readonly kind: LineKind }[]> {
    return tx.manager.query(
      "select id, kind from request_line where request_id = ? and kind <> 'VM' and fulfilled_at is null",
      [requestId],
    );
  }

  /** Services run until somebody ends them. */
  async runningServices(tx: Tx, requestId: string): Promise<number> {
    const [row] = await tx.manager.query(
      "select count(*) as n from request_line where request_id = ? and kind = 'SERVICE' and ended_at is null",
      [requestId],
    );
    return Number(row.n);
  }

  /** false = it was given back before, or is neither a service nor of places. */
  async endLine(tx: Tx, lineId: string): Promise<boolean> {
    const done: { affectedRows: number } = await tx.manager.query(
      `update request_line set ended_at = ?
       where id = ? and kind in ('SERVICE', 'CABINET') and ended_at is null and open_change_id is null`,
      [tx.now, lineId],
    );
    return done.affectedRows === 1;
  }

  /** Requests whose holds ran out, the longest ago first. */
  async withExpiredHolds(now: Date, limit: number): Promise<string[]> {
    const rows: { id: string }[] = await this.db.query(
      'select id from request where hold_expires_at <= ? order by hold_expires_at, id limit ?',
      [now, limit],
    );
    return rows.map((row) => row.id);
  }

  async appendStep(tx: Tx, requestId: string, step: NewRequestStep, at = tx.now): Promise<void> {
    await tx.manager.query(
      'insert into request_step (id, request_id, at, actor_id, actor_name, actor_role, action, opinion, from_state, to_state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [
        newId(at.getTime()),
        requestId,
        at,
        step.actorId,
        step.actorName,
        step.actorRole,
        step.action,
        step.opinion,
        step.fromState,
        step.toState,
      ],
    );
  }

  /** Who has changed what it asks, beside its applicant. */
  async editors(tx: Tx, requestId: string): Promise<string[]> {
    const rows: { id: string }[] = await tx.manager.query(
      "select distinct actor_id as id from request_step where request_id = ? and action = 'EDIT' and actor_id is not null",
      [requestId],
    );
    return rows.map((row) => row.id);
  }

  /** The row, locked until commit; null = not there or not in the scope. */
  async locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<RequestRow | null> {
    if (id === undefined) return null;
    return this.one(scope, id, ' for update', tx.manager);
  }

  async update(tx: Tx, id: string, values: Partial<RequestRow>): Promise<void> {
    const set = assignments(values);
    await tx.manager.query(`update request set ${set.sql} where id = ?`, [...set.values, id]);
  }

  async lines(requestId: string, tx?: Tx): Promise<RequestLineRow[]> {
    const rows = await (tx?.manager ?? this.db.manager).query(
      `${SELECT_LINES} where request_id = ? order by position`,
      [requestId],
    );
    return rows.map(toLine);
  }

  async linesByIds(ids: readonly string[], tx?: Tx): Promise<RequestLineRow[]> {
    return (tx?.manager ?? this.db.manager).find(RequestLineEntity, { where: { id: In(inList(ids) as string[]) } });
  }

  async linesOf(requestIds: readonly string[]): Promise<RequestLineRow[]> {
    return this.db.manager.find(RequestLineEntity, {
      where: { requestId: In(inList(requestIds) as string[]) },
      order: { requestId: 'ASC', position: 'ASC' },
    });
  }

  async stepsOf(requestIds: readonly string[]): Promise<RequestStepRow[]> {
    return this.db.manager.find(RequestStepEntity, {
      where: { requestId: In(inList(requestIds) as string[]) },
      order: { at: 'ASC', id: 'ASC' },
    });
  }

  async inScope(scope: TenantScope, id: string, tx?: Tx): Promise<RequestRow | null> {
    return this.one(scope, id, '', tx?.manager ?? this.db.manager);
  }

  private async one(
    scope: TenantScope,
    id: string,
    lock: '' | ' for update',
    manager: EntityManager,
  ): Promise<RequestRow | null> {
    const [found] =
      scope.kind === 'PROVINCE'
        ? await manager.query(`${SELECT_REQUEST} where id = ?${lock}`, [id])
        : await manager.query(`${SELECT_REQUEST} where id = ? and (department_id in (?) or system_id in (?))${lock}`, [
            id,
            inList(scope.departmentIds),
            inList(scope.systemIds ?? []),
          ]);
    return found ? toRequest(found) : null;
  }

  async byIds(scope: TenantScope, ids: readonly string[]): Promise<RequestRow[]> {
    return this.scoped(scope)
      .andWhere('r.id in (:...ids)', { ids: inList(ids) })
      .getMany();
  }

  /** Unscoped: of rows that the viewer may see. */
  async byCodes(codes: readonly string[]): Promise<RequestRow[]> {
    return this.scoped({ kind: 'PROVINCE' })
      .andWhere('r.code in (:...codes)', { codes: inAsciiList(codes) })
      .getMany();
  }

  async page(
    scope: TenantScope,
    filter: RequestListFilter,
    order: RequestOrder,
    page: PageRequest,
  ): Promise<Page<RequestRow>> {
    const totalCount = await this.filtered(scope, filter).getCount();
    const query = this.filtered(scope, filter);
    const [column, direction] = SORTS[order];
    query.orderBy(column, direction).addOrderBy('r.id', direction);
    if (page.after) {
      const sign = direction === 'DESC' ? '<' : '>';
      query.andWhere(`(${column} ${sign} :key or (${column} = :key and r.id ${sign} :id))`, {
        key: new Date(page.after[0] as string),
        id: page.after[1],
      });
    }
    const rows = await query.take(page.first + 1).getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  async count(scope: TenantScope, filter: RequestListFilter): Promise<number> {
    return this.filtered(scope, filter).getCount();
  }

  async countsByState(
    scope: TenantScope,
    drafts: TenantScope | undefined,
  ): Promise<{ state: RequestState; count: number }[]> {
    const rows = await withDrafts(this.scoped(scope), drafts)
      .select('r.state', 'state')
      .addSelect('count(*)', 'count')
      .groupBy('r.state')
      .getRawMany<{ state: RequestState; count: string }>();
    return rows.map((r) => ({ state: r.state, count: Number(r.count) }));
  }

  private filtered(scope: TenantScope, filter: RequestListFilter): SelectQueryBuilder<RequestEntity> {
    const query = withDrafts(this.scoped(scope), filter.drafts);
    if (filter.states?.length) query.andWhere('r.state in (:...states)', { states: filter.states });
    if (filter.natures?.length) query.andWhere('r.nature in (:...natures)', { natures: filter.natures });
    if (filter.departmentId) query.andWhere('r.departmentId = :departmentId', { departmentId: filter.departmentId });
    if (filter.systemId) query.andWhere('r.systemId = :systemId', { systemId: filter.systemId });
    if (filter.applicantId) query.andWhere('r.applicantId = :applicantId', { applicantId: filter.applicantId });
    matching(query, ['r.code', 'r.purpose', 'r.applicantName'], filter.search ?? null);
    const { awaited, escalated, needsSeal, overdueAt } = filter;
    if (awaited) query.andWhere(awaits(awaited));
    if (escalated) query.andWhere(escalated.sql, escalated.parameters);
    if (needsSeal) query.andWhere(needsSeal.sql, needsSeal.parameters);
    if (overdueAt) query.andWhere('r.dueAt <= :overdueAt', { overdueAt });
    return query;
  }

  private scoped(scope: TenantScope): SelectQueryBuilder<RequestEntity> {
    const every = this.db.manager.createQueryBuilder(RequestEntity, 'r').where('1 = 1');
    return withinScope(every, 'r.departmentId', scope, 'r.systemId in (:...scopeSystemIds)');
  }
}

function withDrafts(
  query: SelectQueryBuilder<RequestEntity>,
  drafts: TenantScope | undefined,
): SelectQueryBuilder<RequestEntity> {
  if (drafts?.kind === 'PROVINCE') return query;
  return query.andWhere("(r.state <> 'DRAFT' or r.departmentId in (:...draftsIn) or r.systemId in (:...draftsOf))", {
    draftsIn: inList(drafts?.departmentIds ?? []),
    draftsOf: inList(drafts?.systemIds ?? []),
  });
}

/** As late as DATETIME goes. */
const NEVER = '9999-12-31 23:59:59.000';
const NEVER_TIME = new Date('9999-12-31T23:59:59.000Z');

const SORTS: { readonly [O in RequestOrder]: readonly [string, 'ASC' | 'DESC'] } = {
  NEWEST: ['r.createdAt', 'DESC'],
  OLDEST: ['r.createdAt', 'ASC'],
  // What waits for nobody comes last.
  WAITING_LONGEST: [
    `if(r.state in (${WAITS_FOR_NOBODY.map((state) => `'${state}'`).join(', ')}), '${NEVER}', r.stateSince)`,
    'ASC',
  ],
  // Those that nothing is due of come last, the first of them as long ago as the others.
  DUE_FIRST: [`coalesce(r.dueAt, '${NEVER}')`, 'ASC'],
};

/** The column of the sort, for the cursor. */
export function sortTime(order: RequestOrder, row: RequestRow): Date {
  if (order === 'DUE_FIRST') return row.dueAt ?? NEVER_TIME;
  if (order !== 'WAITING_LONGEST') return row.createdAt;
  return waits(row.state) ? row.stateSince : NEVER_TIME;
}

function awaits({ own, decided }: Awaited): Brackets {
  return new Brackets((any) => {
    any.where(decided.sql, decided.parameters);
    if (own)
      any.orWhere(
        new Brackets((all) => {
          all.where('r.state in (:...ownStates) and r.applicantId = :own', {
            ownStates: own.states,
            own: own.applicantId,
          });
          if (own.scope.kind === 'DEPARTMENTS')
            all.andWhere('(r.departmentId in (:...ownIn) or r.systemId in (:...ownOfSystems))', {
              ownIn: inList(own.scope.departmentIds),
              ownOfSystems: inList(own.scope.systemIds ?? []),
            });
        }),
      );
  });
}
