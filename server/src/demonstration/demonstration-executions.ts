import { Injectable } from '@nestjs/common';
import { usualSteps } from '../executions/domain/usual-steps.js';
import { ExecutionActs } from '../executions/execution-acts.service.js';
import { ExecutionApprovals } from '../executions/execution-approvals.service.js';
import { ExecutionRequests } from '../executions/execution-requests.service.js';
import { ExecutionViews } from '../executions/execution-views.service.js';
import { Runbooks } from '../executions/runbooks.service.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { GroupViews } from '../resilience/group-views.service.js';
import { made } from './journey-people.js';
import type { Strangers } from './strangers.js';

interface DrPeople {
  readonly operator: Viewer;
  readonly duty: Viewer;
  readonly authority: Viewer;
}

/** 预案 of the group that keeps its promise, and a tabletop drill of it that is over. */
@Injectable()
export class DemonstrationExecutions {
  constructor(
    private readonly groups: GroupViews,
    private readonly runbooks: Runbooks,
    private readonly requests: ExecutionRequests,
    private readonly approvals: ExecutionApprovals,
    private readonly acts: ExecutionActs,
    private readonly views: ExecutionViews,
  ) {}

  async run({ authority, duty, operator }: DrPeople, strangers: Strangers): Promise<void> {
    const groupId = await this.promisedGroup();
    if (groupId === undefined) return;
    const write = async (kind: 'SWITCHOVER' | 'FAILOVER' | 'DRILL', name: string) => {
      const wish = { groupId, kind, name, steps: usualSteps(kind), idempotencyKey: newId() };
      return (await made(this.runbooks.create(operator, WHOLE_PROVINCE, wish))).runbookId;
    };
    for (const runbookId of [await write('SWITCHOVER', '同城计划内切换'), await write('DRILL', '年度桌面推演')])
      await made(this.runbooks.verify(authority, WHOLE_PROVINCE, { runbookId, number: 1, idempotencyKey: newId() }));
    // Nobody has verified this one yet.
    await write('FAILOVER', '原中心失联时切换');
    await this.drill(groupId, { authority, duty, operator }, strangers);
  }

  private async drill(groupId: string, { authority, duty, operator }: DrPeople, strangers: Strangers): Promise<void> {
    const runbookId = (await this.runbooks.ofGroup(groupId)).find(({ kind }) => kind === 'DRILL')?.id;
    const { executionId } = await made(
      this.requests.request(duty, WHOLE_PROVINCE, {
        ...{ groupId, kind: 'DRILL', form: 'TABLETOP', reason: '年度桌面推演', runbookId, idempotencyKey: newId() },
      }),
    );
    for (const by of [operator, authority]) {
      const row = await this.views.inScope(WHOLE_PROVINCE, executionId);
      const wish = { executionId, expectedVersion: row?.version ?? 0, opinion: '同意', idempotencyKey: newId() };
      await made(this.approvals.approve(by, WHOLE_PROVINCE, wish));
    }
    await strangers.awaited('the tabletop drill', async () => {
      if ((await this.views.inScope(WHOLE_PROVINCE, executionId))?.state === 'CLOSED') return true;
      const [steps] = await this.views.stepsOf([executionId]);
      const step = steps?.find(({ kind, state }) => kind === 'MANUAL' && state === 'RUNNING');
      if (step)
        await this.acts.handIn(operator, WHOLE_PROVINCE, {
          ...{ stepId: step.id, expectedVersion: step.version, idempotencyKey: newId(), fileIds: [] },
          text: '按预案逐条推演，参演各方确认；负载均衡的切换联系人需要更新。',
        });
      return undefined;
    });
  }

  private async promisedGroup(): Promise<string | undefined> {
    const filter = { grades: [], systemId: null, departmentIds: null, search: null };
    const wanted = { ...filter, judgedSince: this.groups.judgedSince };
    const { rows } = await this.groups.page(WHOLE_PROVINCE, wanted, { first: 100, after: null });
    return rows.find(({ targetLevel }) => targetLevel !== null)?.id;
  }
}
