import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { say } from '../kernel/bilingual.js';
import type { Fen } from '../kernel/money.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { Actor, TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { type AdjustmentFilter, AdjustmentsRepository } from './adjustments.repository.js';
import { BudgetAmounts } from './budget-amounts.service.js';
import { BudgetsRepository } from './budgets.repository.js';
import {
  type Adjustment,
  type AdjustmentDecision,
  adjustmentDecided,
  adjustmentWaits,
  STATE_AFTER,
  whyNotDecided,
} from './domain/adjustment.js';
import { type Budget, checkReason, plain } from './domain/budget.js';
import { beyondLevel, checkChange, unknown, unknownBudget, whatIsShort } from './domain/budget-refusals.js';

export interface RequestAdjustmentWish {
  readonly idempotencyKey: string;
  readonly budgetId: string;
  readonly change: Fen;
  readonly reason: string;
}

export interface DecideAdjustmentWish {
  readonly idempotencyKey: string;
  readonly id: string;
  readonly decision: AdjustmentDecision;
  readonly note: string;
}

type Answer = Promise<Result<{ id: string; budgetId: string }, readonly Refusal[]>>;

/** 预算调整 by two people: one asks for it, another approves it, and only then the amount changes. */
@Injectable()
export class BudgetAdjustments {
  constructor(
    private readonly repository: AdjustmentsRepository,
    private readonly budgets: BudgetsRepository,
    private readonly amounts: BudgetAmounts,
    private readonly departments: DepartmentsService,
    private readonly notices: Notices,
    private readonly acts: Acts,
  ) {}

  list(scope: TenantScope, filter: AdjustmentFilter, page: PageRequest): Promise<Page<Adjustment>> {
    return this.repository.list(scope, filter, page);
  }

  /** null = not there, or another department's. */
  adjustment(scope: TenantScope, id: string): Promise<Adjustment | null> {
    return this.repository.byId(scope, id);
  }

  /** Asks for it. What cannot be done as things are now is said at once; what counts are the figures at the approval. */
  request(actor: Actor, scope: TenantScope, wish: RequestAdjustmentWish): Answer {
    const malformed: Refusal[] = [...checkReason(wish.reason), ...checkChange(wish.change)];
    return this.acts.perform(
      { name: 'budget.requestAdjustment', actor, idempotencyKey: wish.idempotencyKey, input: plain(wish) },
      async (tx) => {
        if (malformed.length > 0) return refuse(malformed);
        const { budgetId, change } = wish;
        const [budget] = await this.budgets.byIds(scope, [budgetId], tx.manager);
        if (!budget || actor.userId === null) return refuse([unknownBudget()]);
        const beyond = beyondLevel(scope, budget.budgetLevel, []);
        const short = whatIsShort(budget, change);
        if (beyond.length > 0 || short) return refuse([...beyond, ...(short ? [short] : [])]);
        const adjustment: Adjustment = {
          ...{ id: newId(tx.now.getTime()), budgetId, departmentId: budget.departmentId, change },
          ...{ reason: wish.reason.trim(), state: 'REQUESTED', requestedById: actor.userId, requestedBy: actor.name },
          ...{ requestedAt: tx.now, decidedBy: null, decidedAt: null, note: null },
        };
        await this.repository.insert(tx, adjustment);
        await this.notices.tell(tx, adjustmentWaits(adjustment, budget, await this.cityOf(tx, budget)));
        return ok({
          value: { id: adjustment.id, budgetId },
          audit: {
            objectType: 'Budget',
            objectId: budgetId,
            departmentId: budget.departmentId,
            summary: say(
              `申请调整预算 ${budget.key}：${adjustment.reason}`,
              `Asked for an adjustment of the budget ${budget.key}: ${adjustment.reason}`,
            ),
            after: plain({ change }),
          },
        });
      },
    );
  }

  /** Approved or declined by another, or withdrawn by who asked. */
  decide(actor: Actor, scope: TenantScope, wish: DecideAdjustmentWish): Answer {
    return this.acts.perform(
      { name: 'budget.decideAdjustment', actor, idempotencyKey: wish.idempotencyKey, input: { ...wish } },
      async (tx) => {
        const adjustment = await this.repository.locked(tx, scope, wish.id);
        if (!adjustment) return refuse([unknown('id')]);
        const why = whyNotDecided(adjustment, wish.decision, actor.userId, wish.note);
        if (why) return refuse([why]);
        const [budget] = await this.budgets.byIds(scope, [adjustment.budgetId], tx.manager);
        if (!budget) return refuse([unknownBudget()]);
        const beyond = beyondLevel(scope, budget.budgetLevel, []);
        if (beyond.length > 0) return refuse(beyond);
        const state = STATE_AFTER[wish.decision];
        await this.repository.decide(tx, adjustment.id, { state, by: actor.name, at: tx.now, note: wish.note.trim() });
        const news = adjustmentDecided(adjustment, budget, state);
        if (news) await this.notices.tell(tx, news);
        const value = { id: adjustment.id, budgetId: budget.id };
        if (state !== 'APPROVED')
          return ok({
            value,
            audit: {
              objectType: 'Budget',
              objectId: budget.id,
              departmentId: budget.departmentId,
              summary:
                state === 'DECLINED'
                  ? say(`未同意调整预算 ${budget.key}`, `Declined the adjustment of the budget ${budget.key}`)
                  : say(`撤回预算 ${budget.key} 的调整申请`, `Withdrew the adjustment of the budget ${budget.key}`),
            },
          });
        const { budgetId, change, reason, requestedBy } = adjustment;
        const by = `${requestedBy}、${actor.name}`;
        const changed = await this.amounts.change(tx, scope, { budgetId, change, reason, by });
        return changed.ok ? ok({ ...changed.value, value }) : changed;
      },
    );
  }

  private async cityOf(tx: Tx, { budgetLevel, departmentId }: Budget): Promise<string | null> {
    if (budgetLevel === 'PROVINCE') return null;
    return (await this.departments.lineage(departmentId, tx)).find(({ level }) => level === 'CITY')?.id ?? null;
  }
}
