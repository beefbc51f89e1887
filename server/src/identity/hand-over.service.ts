import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { accountOf, type Refused, unknownUser } from './account-acts.service.js';
import { DEPARTMENT_TREE, type DepartmentTree } from './domain/department-tree.js';
import {
  departmentsOfSuccessors,
  departmentsToHandOver,
  type KindOfWork,
  refusalsToHandOver,
  rightTo,
  type Worker,
} from './domain/hand-over.js';
import { beyond } from './domain/role-giving.js';
import { type RightsFacts, rightsOf } from './rights.js';
import { UserAccess } from './user-access.service.js';
import { UsersRepository } from './users.repository.js';
import {
  BOUND_SYSTEMS,
  type BoundSystems,
  DEPARTMENTS_OF_PEOPLE,
  type DepartmentsOfPeople,
  type FullUser,
  type UserRow,
} from './users.types.js';
import { WorkToHandOver } from './work-to-hand-over.service.js';

/** Most names that one search for a person answers. */
const PEOPLE_MAX = 50;

export interface HandOverWish {
  readonly fromId: string | undefined;
  readonly toId: string | undefined;
  readonly reason: string;
  /** The person leaves: the account is disabled in the same act. */
  readonly leaves: boolean;
  readonly idempotencyKey: string;
}

export interface WorkCount extends KindOfWork {
  readonly count: number;
}

export interface HandOverPreview {
  readonly from: UserRow;
  readonly parts: readonly WorkCount[];
  readonly mayDisable: boolean;
}

/** 工作交接: one act moves everything that stands in a person's name to a successor. */
@Injectable()
export class HandOver {
  constructor(
    private readonly repository: UsersRepository,
    private readonly acts: Acts,
    private readonly access: UserAccess,
    private readonly work: WorkToHandOver,
    @Inject(DEPARTMENT_TREE) readonly tree: DepartmentTree,
    @Inject(BOUND_SYSTEMS) readonly bound: BoundSystems,
    @Inject(DEPARTMENTS_OF_PEOPLE) private readonly departments: DepartmentsOfPeople,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whose work the viewer may hand over: his own, and that of the people of his departments. */
  async people(viewer: Viewer, search: string | null): Promise<UserRow[]> {
    const scope = departmentsToHandOver(viewer);
    if (!scope) {
      const [self] = await this.repository.byIds(WHOLE_PROVINCE, [viewer.userId]);
      return self && self.departmentId !== null && (search === null || self.displayName.includes(search)) ? [self] : [];
    }
    return this.repository.people(scope.kind === 'PROVINCE' ? null : scope.departmentIds, search, PEOPLE_MAX);
  }

  /** null = no such person, or nobody whose work the viewer may hand over. */
  async preview(viewer: Viewer, fromId: string | undefined): Promise<HandOverPreview | null> {
    const found = await this.person(fromId);
    const right = found && rightTo(viewer, found.worker);
    if (!right) return null;
    const parts = await Promise.all(
      this.work.parts.map(async (part) => ({ key: part.key, name: part.name, count: await part.count(found.row.id) })),
    );
    return { from: found.row, parts, mayDisable: right === 'ADMINISTRATOR' && viewer.userId !== found.row.id };
  }

  async successors(viewer: Viewer, fromId: string, search: string | null): Promise<UserRow[]> {
    const found = await this.person(fromId);
    if (!found || !rightTo(viewer, found.worker)) return [];
    const within = departmentsOfSuccessors(viewer, found.worker, await this.wholeTree(found.worker));
    const people = await this.repository.people(within, search, PEOPLE_MAX);
    return people.filter((person) => person.id !== fromId);
  }

  /**
   * Moves every registered part, or nothing. Refused: UNKNOWN_REFERENCE (person or successor), INVALID_INPUT (reason),
   * NOT_PERMITTED (disabling is an administrator's), and whatever a part refuses.
   */
  async handOver(
    viewer: Viewer,
    wish: HandOverWish,
  ): Promise<Result<{ moved: { key: string; count: number }[] }, Refused>> {
    const { fromId, toId, reason, leaves, idempotencyKey } = wish;
    const seen = await this.person(fromId);
    const wholeTree = seen ? await this.wholeTree(seen.worker) : [];
    return this.acts.perform(
      {
        name: 'identity.handOver',
        actor: viewer,
        idempotencyKey,
        input: { fromId: fromId ?? null, toId: toId ?? null, reason, leaves },
      },
      async (tx) => {
        const { from, to } = await this.lockedPair(tx, fromId, toId);
        const right = from && rightTo(viewer, from.worker);
        if (!from || !right) return refuse([unknownUser(['fromId'])]);
        const successors = departmentsOfSuccessors(viewer, from.worker, wholeTree);
        const wrong = refusalsToHandOver({ from: from.worker, to: to?.worker ?? null }, successors, reason);
        if (wrong.length > 0 || !to) return refuse(wrong);
        const moved: { key: string; count: number }[] = [];
        for (const part of this.work.parts) {
          const result = await part.move(tx, from.worker, to.worker);
          if (!result.ok) return result;
          moved.push({ key: part.key, count: result.value });
        }
        if (leaves) {
          const closed = await this.close(tx, viewer, right, from.user);
          if (!closed.ok) return closed;
        }
        const names = [from.worker.name, to.worker.name];
        return ok({
          value: { moved },
          audit: {
            objectType: 'User',
            objectId: from.worker.userId,
            departmentId: from.worker.departmentId,
            summary: say(
              `工作交接：${names[0]} → ${names[1]}${leaves ? '，原账号停用' : ''}`,
              `Handed over work: ${names[0]} → ${names[1]}${leaves ? '; the account is disabled' : ''}`,
            ),
            before: { fromId, state: from.user.state },
            after: { toId, reason, leaves, moved },
          },
        });
      },
    );
  }

  private async close(
    tx: Tx,
    viewer: Viewer,
    right: 'OWN' | 'HEAD' | 'ADMINISTRATOR',
    user: FullUser,
  ): Promise<Result<unknown, Refused>> {
    if (right !== 'ADMINISTRATOR')
      return refuse([
        {
          code: 'NOT_PERMITTED',
          path: ['leaves'],
          reason: 'ADMINISTRATOR_ONLY',
          message: say('停用账号须由账号管理员办理', 'An account is disabled by whoever looks after accounts'),
        },
      ]);
    const scope = departmentsToHandOver(viewer) ?? { kind: 'DEPARTMENTS', departmentIds: [] };
    const outside = beyond({ userId: viewer.userId, scope }, accountOf(user));
    return outside ? refuse([outside]) : this.access.close(tx, user);
  }

  /** In the order of their ids: two hand-overs between the same two people do not wait for each other. */
  private async lockedPair(tx: Tx, fromId: string | undefined, toId: string | undefined) {
    const locked = new Map<string, { user: FullUser; worker: Worker }>();
    const inTx: RightsFacts = {
      tree: { treeIds: (id) => this.departments.treeIdsIn(tx, id) },
      bound: { boundTo: (id) => this.bound.boundTo(id, tx) },
    };
    for (const id of [...new Set([fromId, toId])].filter((known) => known !== undefined).toSorted()) {
      const user = await this.repository.locked(tx, WHOLE_PROVINCE, id);
      if (user) locked.set(id, { user, worker: await this.workerOf(user, inTx) });
    }
    return { from: locked.get(fromId ?? ''), to: locked.get(toId ?? '') };
  }

  private async person(id: string | undefined): Promise<{ row: UserRow; worker: Worker } | null> {
    const [row] = id === undefined ? [] : await this.repository.byIds(WHOLE_PROVINCE, [id]);
    if (!row) return null;
    const now = this.clock.now();
    const [grants, memberships] = await Promise.all([
      this.repository.grants([row.id], now),
      this.repository.memberships([row.id], now),
    ]);
    const worker = await this.workerOf({
      ...row,
      grants: grants.get(row.id) ?? [],
      memberships: memberships.get(row.id) ?? [],
    });
    return { row, worker };
  }

  private async workerOf(user: FullUser, facts: RightsFacts = this): Promise<Worker> {
    const roles = user.grants.map((grant) => grant.role);
    return {
      userId: user.id,
      name: user.displayName,
      active: user.state === 'ACTIVE',
      ...(await rightsOf(facts, user, roles, user.memberships)),
    };
  }

  private async wholeTree(worker: Worker): Promise<readonly string[]> {
    return worker.departmentId === null ? [] : this.departments.wholeTreeIds(worker.departmentId);
  }
}
