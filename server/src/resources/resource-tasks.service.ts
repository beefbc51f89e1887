import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { say } from '../kernel/bilingual.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { matching, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { type TaskState, taskKindOf, taskStateOf } from './domain/task.js';
import { ResourceTaskEntity } from './resource-task.entity.js';
import type { ResourceDesired, ResourceObservation } from './resources.types.js';

export type ResourceTaskRow = Readonly<ResourceTaskEntity>;

/** A quarter: long enough to explain a bill or a drill. What became of a resource stands in its own record for ever. */
const KEPT_DAYS = 92;
const DAY_MS = 86_400_000;
/** What one round takes away at most, so that it keeps nobody waiting. */
const PRUNED_AT_ONCE = 1_000;
/** Wishes that one look takes up at most; the next look takes the rest. */
const QUEUED_AT_ONCE = 1_000;
const MESSAGE_LENGTH_MAX = 500;
const QUEUED_TEXT = say('排队等待处理', 'Waiting for its turn');

interface TaskFilter {
  readonly centerId: string | null;
  readonly resourceId: string | null;
  readonly states: readonly TaskState[];
  readonly search: string | null;
}

/** Why a wish is not carried out yet. */
interface TaskFailure {
  readonly failureClass: string;
  readonly message: string;
  readonly failures: number;
  readonly retryAt: Date;
}

/** A wish without a task. */
interface DueTask {
  readonly id: string;
  readonly generation: number;
  readonly department_id: string;
  readonly system_id: string;
  readonly kind: string;
}

export interface TaskReading {
  readonly desired: ResourceDesired;
  readonly reading: Omit<ResourceObservation, 'observedAt'>;
}

/** 任务日志: written by the worker once for each change of a task's state or progress, never for a look. */
@Injectable()
export class ResourceTasks {
  constructor(private readonly db: DataSource) {}

  /** Wishes of a center that nobody has taken up yet. */
  async due(centerId: string): Promise<readonly DueTask[]> {
    return this.db.query(
      `select r.id, r.generation, r.department_id, r.system_id,
           case when r.state in ('RELEASING', 'RELEASED') then 'REMOVE' when r.state in ('PROVISIONING', 'FAILED') then 'MAKE'
             when r.state = 'IN_BIN' then 'STOP' when r.former_vcpu is not null then 'RESIZE' else 'APPLY' end as kind
         from resource r left join resource_task t on t.resource_id = r.id and t.generation = r.generation
         where r.center_id = ? and r.management = 'DRIVEN' and r.generation <> r.observed_generation and t.id is null
         order by r.id limit ?`,
      [centerId, QUEUED_AT_ONCE],
    );
  }

  /** Each gets a task; of an older wish, if it still ran, it takes the place. What is no longer the newest wish gets none. */
  async queueUp(tx: Tx, centerId: string, due: readonly DueTask[]): Promise<number> {
    if (due.length === 0) return 0;
    const newest: { id: string; generation: number }[] = await tx.manager.query(
      'select id, generation from resource where id in (?)',
      [due.map(({ id }) => id)],
    );
    const generations = new Map(newest.map(({ generation, id }) => [id, Number(generation)]));
    const rows = due.filter(({ generation, id }) => generations.get(id) === Number(generation));
    if (rows.length === 0) return 0;
    await this.supersede(
      tx,
      rows.map(({ generation, id }) => ({ resourceId: id, generation })),
    );
    await tx.manager.query(
      `insert ignore into resource_task (id, resource_id, department_id, system_id, center_id, generation, kind, state, text,
         failures, queued_at, changed_at) values ?`,
      [
        rows.map((row) => [
          newId(tx.now.getTime()),
          ...[row.id, row.department_id, row.system_id, centerId, row.generation, row.kind, 'QUEUED'],
          ...[JSON.stringify(QUEUED_TEXT), 0, tx.now, tx.now],
        ]),
      ],
    );
    for (const { id } of rows) tx.changed('resourceTask', id);
    return rows.length;
  }

  /** What was seen of each machine. A task that has ended stays as it ended: what comes later is another wish's, or its resource's own record. */
  async seen(tx: Tx, readings: readonly TaskReading[]): Promise<void> {
    const driven = readings.filter(({ desired }) => desired.management === 'DRIVEN' && desired.centerId !== null);
    if (driven.length === 0) return;
    await this.supersede(
      tx,
      driven.map(({ desired }) => desired),
    );
    await tx.manager.query(
      `insert into resource_task (id, resource_id, department_id, system_id, center_id, generation, kind, state, progress_percent,
         text, failure_class, failure_message, failures, retry_at, queued_at, begun_at, changed_at, ended_at)
       select v.* from (${driven.map(() => SEEN_ROW).join(' union all ')}) v
       on duplicate key update
         state = if(resource_task.ended_at is null, values(state), resource_task.state),
         progress_percent = if(resource_task.ended_at is null, values(progress_percent), resource_task.progress_percent),
         text = if(resource_task.ended_at is null, values(text), resource_task.text),
         failure_class = if(resource_task.ended_at is null, values(failure_class), resource_task.failure_class),
         failure_message = if(resource_task.ended_at is null, values(failure_message), resource_task.failure_message),
         failures = if(resource_task.ended_at is null, values(failures), resource_task.failures),
         retry_at = if(resource_task.ended_at is null, values(retry_at), resource_task.retry_at),
         changed_at = if(resource_task.ended_at is null, values(changed_at), resource_task.changed_at),
         begun_at = coalesce(resource_task.begun_at, values(begun_at)),
         ended_at = coalesce(resource_task.ended_at, values(ended_at))`,
      driven.flatMap((each) => this.seenRow(tx, each)),
    );
  }

  private seenRow(tx: Tx, { desired, reading }: TaskReading): unknown[] {
    const wish = { ...desired, formerVcpu: desired.formerVcpu ?? null };
    const state = taskStateOf(wish, reading);
    const refused = reading.conditions.find(({ status, type }) => type === 'Applied' && status === 'False');
    const ended = state === 'DONE' ? tx.now : null;
    return [
      ...[newId(tx.now.getTime()), desired.generation, taskKindOf(wish), state, reading.progressPercent],
      ...[JSON.stringify(reading.statusText), refused?.reason ?? null, clipped(refused?.message ?? null)],
      ...[tx.now, tx.now, tx.now, ended, desired.resourceId, isUnderWay(desired)],
    ];
  }

  /** A call failed, and it is tried again by itself. */
  async failed(tx: Tx, resourceId: string, { failureClass, failures, message, retryAt }: TaskFailure): Promise<void> {
    const told = await tx.manager.query(
      `update resource_task t join resource r on r.id = t.resource_id and r.generation = t.generation
       set t.state = 'WAITING', t.failure_class = ?, t.failure_message = ?, t.failures = ?, t.retry_at = ?,
         t.begun_at = coalesce(t.begun_at, ?), t.changed_at = ?
       where t.resource_id = ? and t.ended_at is null`,
      [failureClass, clipped(message), failures, retryAt, tx.now, tx.now, resourceId],
    );
    if (told.affectedRows > 0) tx.changed('resourceTask', resourceId);
  }

  /** A new worker knows nothing of what the former waited for: it tries all of it at once. */
  async begin(tx: Tx, centerId: string): Promise<void> {
    await tx.manager.query(
      "update resource_task set state = 'RUNNING', retry_at = null, changed_at = ? where center_id = ? and state = 'WAITING'",
      [tx.now, centerId],
    );
  }

  /** How many were taken away. */
  async prune(tx: Tx): Promise<number> {
    const before = new Date(tx.now.getTime() - KEPT_DAYS * DAY_MS);
    const gone = await tx.manager.query('delete from resource_task where ended_at < ? order by ended_at, id limit ?', [
      before,
      PRUNED_AT_ONCE,
    ]);
    return gone.affectedRows;
  }

  /** Newest wish first. */
  async page(scope: TenantScope, filter: TaskFilter, page: PageRequest): Promise<Page<ResourceTaskRow>> {
    const query = this.db.manager.createQueryBuilder(ResourceTaskEntity, 't').where('1 = 1');
    if (filter.centerId !== null) query.andWhere('t.centerId = :centerId', { centerId: filter.centerId });
    if (filter.resourceId !== null) query.andWhere('t.resourceId = :resourceId', { resourceId: filter.resourceId });
    if (filter.states.length > 0) query.andWhere('t.state in (:...states)', { states: inList(filter.states) });
    if (filter.search !== null) query.innerJoin('resource', 'r', 'r.id = t.resource_id');
    matching(
      withinScope(query, 't.departmentId', scope, 't.systemId in (:...scopeSystemIds)'),
      ['r.name', 'r.code'],
      filter.search,
    );
    const totalCount = await query.getCount();
    if (page.after) query.andWhere('t.id < :after', { after: page.after[0] });
    const rows = await query
      .orderBy('t.id', 'DESC')
      .limit(page.first + 1)
      .getMany();
    return { rows: rows.slice(0, page.first), totalCount, hasNextPage: rows.length > page.first };
  }

  async inScope(scope: TenantScope, id: string): Promise<ResourceTaskRow | null> {
    const query = this.db.manager.createQueryBuilder(ResourceTaskEntity, 't').where('t.id = :id', { id });
    return withinScope(query, 't.departmentId', scope, 't.systemId in (:...scopeSystemIds)').getOne();
  }

  private async supersede(
    tx: Tx,
    wishes: readonly { readonly resourceId: string; readonly generation: number }[],
  ): Promise<void> {
    const later = wishes.filter(({ generation }) => generation > 1);
    if (later.length === 0) return;
    const older = later.map(() => '(resource_id = ? and generation < ?)').join(' or ');
    await tx.manager.query(
      `update resource_task set state = 'SUPERSEDED', retry_at = null, changed_at = ?, ended_at = ?
       where ended_at is null and (${older})`,
      [tx.now, tx.now, ...later.flatMap(({ generation, resourceId }) => [resourceId, generation])],
    );
  }
}

/** Whose department and system it is stands in its resource. */
const SEEN_ROW = `select ? as id, r.id as resource_id, r.department_id, r.system_id, r.center_id, ? as generation, ? as kind,
  ? as state, ? as progress_percent, ? as text, ? as failure_class, ? as failure_message, 0 as failures, null as retry_at,
  ? as queued_at, ? as begun_at, ? as changed_at, ? as ended_at from resource r where r.id = ?
  and (? or exists (select 1 from resource_task x where x.resource_id = r.id and x.generation = r.generation))`;

/** Else its wish was carried out long ago: that task is known, or was taken away, and is not made anew by a later look. */
function isUnderWay({ generation, observedGeneration, state }: ResourceDesired): boolean {
  return observedGeneration !== generation || state === 'PROVISIONING' || state === 'FAILED' || state === 'RELEASING';
}

function clipped(message: string | null): string | null {
  return message === null ? null : message.slice(0, MESSAGE_LENGTH_MAX);
}
