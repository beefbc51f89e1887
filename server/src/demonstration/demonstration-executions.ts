import { Inject, Injectable } from '@nestjs/common';
import { DepartmentsService } from '../departments/departments.service.js';
import { usualSteps } from '../executions/domain/usual-steps.js';
import { ExecutionApprovals } from '../executions/execution-approvals.service.js';
import { ExecutionRequests } from '../executions/execution-requests.service.js';
import { ExecutionViews } from '../executions/execution-views.service.js';
import { PastExecutions } from '../executions/past-executions.service.js';
import { Runbooks } from '../executions/runbooks.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { UserNames } from '../identity/user-names.service.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { GroupForming } from '../resilience/group-forming.service.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { loaderActor } from './demonstration-loader.js';
import { made } from './journey-people.js';
import { madeUpMoves } from './made-up-moves.js';

interface DrPeople {
  readonly operator: Viewer;
  readonly duty: Viewer;
  readonly authority: Viewer;
}

const SWITCHOVER = 'SWITCHOVER' as const;

interface Move {
  readonly groupId: string;
  readonly toCenterId: string;
}

/** 预案 of the group that keeps its promise, and a switchover of it that was asked for and put off before anything ran. */
@Injectable()
export class DemonstrationExecutions {
  constructor(
    private readonly forming: GroupForming,
    private readonly groups: GroupViews,
    private readonly facilities: FacilitiesService,
    private readonly runbooks: Runbooks,
    private readonly requests: ExecutionRequests,
    private readonly approvals: ExecutionApprovals,
    private readonly views: ExecutionViews,
    private readonly past: PastExecutions,
    private readonly departments: DepartmentsService,
    private readonly users: UserNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ authority, duty, operator }: DrPeople): Promise<void> {
    // What was composed by hand leaves tiers without machines, whose data is written where it was, until groups form again.
    await this.forming.run();
    const whole = await this.whole();
    const movable = await this.movable(whole);
    await this.moved(
      whole.filter((id) => id !== movable?.groupId),
      { authority, duty, operator },
    );
    const groupId = movable?.groupId ?? whole[0];
    if (groupId === undefined) return;
    // Where a copy is kept in the recovery center it is sent from the new writer afterwards.
    const group = await this.groups.inScope(WHOLE_PROVINCE, groupId);
    const isRemote = group !== null && group.remoteMode !== 'NONE';
    const write = async (kind: 'SWITCHOVER' | 'FAILOVER', name: string) => {
      const wish = { groupId, kind, name, steps: usualSteps(kind, isRemote), idempotencyKey: newId() };
      return (await made(this.runbooks.create(operator, WHOLE_PROVINCE, wish))).runbookId;
    };
    const runbookId = await write('SWITCHOVER', '同城计划内切换');
    await made(this.runbooks.verify(authority, WHOLE_PROVINCE, { runbookId, number: 1, idempotencyKey: newId() }));
    // Nobody has verified this one yet.
    await write('FAILOVER', '原中心失联时切换');
    // Where its data has no copy yet nobody asks for a move of it.
    if (movable) await this.putOff(movable, runbookId, duty);
  }

  /** 以往的切换: once there for the works on the power of a hall, and back three days later. */
  private async moved(groupIds: readonly string[], { authority, duty, operator }: DrPeople): Promise<void> {
    const movable = await this.movable(groupIds);
    if (!movable) return;
    const { groupId, toCenterId } = movable;
    const shown = await this.requests.preview(WHOLE_PROVINCE, { groupId, kind: SWITCHOVER, toCenterId });
    const group = await this.groups.inScope(WHOLE_PROVINCE, groupId);
    if ('refusal' in shown || !group) return;
    const [department] = await this.departments.departments([group.departmentId]);
    const head = department && (await this.users.activeByName(`head.${department.code}`));
    const verifier = head ? { userId: head.id, name: head.displayName, departmentId: head.departmentId } : authority;
    const people = { requester: duty, approvers: [authority, operator], verifier };
    const of = { groupId, isRemote: group.remoteMode !== 'NONE', sides: shown.sides };
    await made(this.past.takeOver(loaderActor(), madeUpMoves(of, people, this.clock.now())));
  }

  private async putOff(of: Move, runbookId: string, duty: Viewer): Promise<void> {
    const asked = { ...of, kind: SWITCHOVER, runbookId, reason: '年度计划内切换', idempotencyKey: newId() };
    const { executionId } = await made(this.requests.request(duty, WHOLE_PROVINCE, asked));
    const row = await this.views.inScope(WHOLE_PROVINCE, executionId);
    const cancel = { executionId, expectedVersion: row?.version ?? 0, idempotencyKey: newId() };
    await made(this.approvals.cancel(duty, WHOLE_PROVINCE, { ...cancel, reason: '与窗口业务高峰冲突，改期再申请' }));
  }

  /** Those that have all that was promised, but for what signals say of it in some minutes. */
  private async whole(): Promise<string[]> {
    const rows = (await this.groups.all(WHOLE_PROVINCE)).filter(({ localMode }) => localMode === 'DUAL_ACTIVE');
    const groups = await this.groups.pictures(rows.map(({ id }) => id));
    return groups.flatMap((group) => {
      const tiers = group?.facts.tiers.filter(({ members }) => members.length > 0) ?? [];
      const has = tiers.every(
        ({ localMode, owed, source }) => localMode === 'DUAL_ACTIVE' && owed.length === 0 && source === 'CLUSTER',
      );
      return group && has && tiers.length > 0 ? [group.row.id] : [];
    });
  }

  /** The first of them that could be moved now, and to where: of others something is rehearsed just now. */
  private async movable(groupIds: readonly string[]): Promise<Move | undefined> {
    const centers = await this.facilities.centers();
    for (const groupId of groupIds)
      for (const { id: toCenterId } of centers) {
        const shown = await this.requests.preview(WHOLE_PROVINCE, { groupId, kind: SWITCHOVER, toCenterId });
        if (!('refusal' in shown)) return { groupId, toCenterId };
      }
    return undefined;
  }
}
