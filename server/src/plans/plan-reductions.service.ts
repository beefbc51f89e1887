import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { scopeFor, type TenantScope, type Viewer } from '../kernel/viewer.js';
import { maySeePlan, OPINION_LENGTH_MAX } from './domain/decide-plan.js';
import { monthlyOf } from './domain/plan-price.js';
import { type Answer, planChanged, unknownPlan } from './plan-desk.service.js';
import { PlanLinesRepository } from './plan-lines.repository.js';
import { type LineWish, unknownLine } from './plan-lines.service.js';
import { PlansRepository } from './plans.repository.js';
import type { PlanLineRow, PlanRow } from './plans.types.js';

/** What the center takes off a plan while it reviews it, line by line and with a reason. */
@Injectable()
export class PlanReductions {
  constructor(
    private readonly plans: PlansRepository,
    private readonly lines: PlanLinesRepository,
    private readonly acts: Acts,
  ) {}

  /** What the center accepts of a line while it has the plan; `acceptedCount` null = all of it again. */
  async reduce(
    viewer: Viewer,
    scope: TenantScope,
    wish: LineWish & {
      readonly lineId: string | undefined;
      readonly acceptedCount: number | null;
      readonly reason: string;
    },
  ): Answer {
    const { acceptedCount } = wish;
    const reason = wish.reason.trim();
    const input = { ...wish, planId: wish.planId ?? '-' };
    return this.acts.perform(
      { name: 'plan.reduceLine', actor: viewer, idempotencyKey: wish.idempotencyKey, input },
      async (tx) => {
        const plan = await this.plans.locked(tx, scope, input.planId);
        if (!plan || !maySeePlan(viewer, plan)) return refuse([unknownPlan()]);
        if (plan.state !== 'CENTER_REVIEW' || scopeFor(viewer, 'PLAN', 'REVIEW')?.kind !== 'PROVINCE')
          return refuse([notNow(plan)]);
        if (plan.version !== wish.expectedVersion) return refuse([planChanged(wish.expectedVersion, plan.version)]);
        const all = await this.lines.of(plan.id, tx.manager);
        const line = all.find(({ id }) => id === wish.lineId);
        if (!line) return refuse([unknownLine()]);
        const wrong = wrongReduction(line, acceptedCount, reason);
        if (wrong.length > 0) return refuse(wrong);
        const change = { acceptedCount, reductionReason: acceptedCount === null ? null : reason };
        await this.lines.update(tx, line.id, change);
        const monthlyFen = monthlyOf(all.map((one) => (one.id === line.id ? { ...one, ...change } : one)));
        await this.plans.update(tx, plan, { monthlyFen });
        return ok({
          value: { id: plan.id },
          audit: {
            objectType: 'Plan',
            objectId: plan.id,
            departmentId: plan.departmentId,
            summary: say(`核减 ${plan.code} 第 ${line.position} 行`, `Reduced line ${line.position} of ${plan.code}`),
            before: { acceptedCount: line.acceptedCount ?? line.count },
            after: { acceptedCount: acceptedCount ?? line.count, reason: change.reductionReason },
          },
        });
      },
    );
  }
}

function wrongReduction(line: PlanLineRow, acceptedCount: number | null, reason: string): Refusal[] {
  const refusals: Refusal[] = [];
  if (acceptedCount !== null && (!Number.isInteger(acceptedCount) || acceptedCount < 0 || acceptedCount >= line.count))
    refusals.push({
      code: 'INVALID_INPUT',
      path: ['acceptedCount'],
      rule: 'range',
      message: say(`核减后的数量为 0 至 ${line.count - 1}`, `What is accepted is 0 to ${line.count - 1}`),
    });
  if (acceptedCount !== null && (reason === '' || reason.length > OPINION_LENGTH_MAX))
    refusals.push({
      code: 'INVALID_INPUT',
      path: ['reason'],
      rule: 'length',
      message: say(
        `请说明核减理由，最多 ${OPINION_LENGTH_MAX} 字`,
        `Say why in at most ${OPINION_LENGTH_MAX} characters`,
      ),
    });
  return refusals;
}

function notNow(plan: PlanRow): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: [],
    state: plan.state,
    action: 'REDUCE',
    message: say('只有大数据中心审核时可以核减', 'Only the center may reduce, while it reviews'),
  };
}
