import { Injectable } from '@nestjs/common';
import { usualSteps } from '../executions/domain/usual-steps.js';
import { ExecutionApprovals } from '../executions/execution-approvals.service.js';
import { ExecutionRequests } from '../executions/execution-requests.service.js';
import { ExecutionViews } from '../executions/execution-views.service.js';
import { Runbooks } from '../executions/runbooks.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { GroupForming } from '../resilience/group-forming.service.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { made } from './journey-people.js';
import type { Strangers } from './strangers.js';

interface DrPeople {
  readonly operator: Viewer;
  readonly duty: Viewer;
  readonly authority: Viewer;
}

const SWITCHOVER = 'SWITCHOVER' as const;

/** Each look asks of so many at most: it is asked again in half a second. */
const LOOKED_AT = 5;

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
  ) {}

  async run({ authority, duty, operator }: DrPeople, strangers: Strangers): Promise<void> {
    // What was composed by hand leaves tiers without machines, whose data is written where it was, until groups form again.
    await this.forming.run();
    // Data must have been seen to be carried for some minutes: before, nobody asks for a move of it.
    const movable = await strangers.awaited('a group that could be moved', () => this.movable());
    const { groupId } = movable;
    const write = async (kind: 'SWITCHOVER' | 'FAILOVER', name: string) => {
      const wish = { groupId, kind, name, steps: usualSteps(kind), idempotencyKey: newId() };
      return (await made(this.runbooks.create(operator, WHOLE_PROVINCE, wish))).runbookId;
    };
    const runbookId = await write('SWITCHOVER', '同城计划内切换');
    await made(this.runbooks.verify(authority, WHOLE_PROVINCE, { runbookId, number: 1, idempotencyKey: newId() }));
    // Nobody has verified this one yet.
    await write('FAILOVER', '原中心失联时切换');
    await this.putOff(movable, runbookId, duty);
  }

  private async putOff(of: Move, runbookId: string, duty: Viewer): Promise<void> {
    const asked = { ...of, kind: SWITCHOVER, runbookId, reason: '年度计划内切换', idempotencyKey: newId() };
    const { executionId } = await made(this.requests.request(duty, WHOLE_PROVINCE, asked));
    const row = await this.views.inScope(WHOLE_PROVINCE, executionId);
    const cancel = { executionId, expectedVersion: row?.version ?? 0, idempotencyKey: newId() };
    await made(this.approvals.cancel(duty, WHOLE_PROVINCE, { ...cancel, reason: '与窗口业务高峰冲突，改期再申请' }));
  }

  /** The first that keeps its promise and could be moved now, and to where; undefined = none yet. */
  private async movable(): Promise<Move | undefined> {
    const filter = { grades: ['KEPT' as const], systemId: null, departmentIds: null, search: null };
    const wanted = { ...filter, judgedSince: this.groups.judgedSince };
    const { rows } = await this.groups.page(WHOLE_PROVINCE, wanted, { first: LOOKED_AT, after: null });
    const centers = await this.facilities.centers();
    for (const { id: groupId } of rows.filter(({ localMode }) => localMode === 'DUAL_ACTIVE'))
      for (const { id: toCenterId } of centers) {
        const shown = await this.requests.preview(WHOLE_PROVINCE, { groupId, kind: SWITCHOVER, toCenterId });
        if (!('refusal' in shown)) return { groupId, toCenterId };
      }
    return undefined;
  }
}
