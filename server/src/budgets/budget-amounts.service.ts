import { Injectable } from '@nestjs/common';
import type { AuditFact } from '../audit/audit.types.js';
import { say } from '../kernel/bilingual.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { amountEntry } from './amount-entry.js';
import { BudgetsRepository } from './budgets.repository.js';
import { type Budget, budgetShortage, plain } from './domain/budget.js';
import { beyondLevel, unknownBudget, versionConflict, whatIsShort } from './domain/budget-refusals.js';
import { LedgerRepository } from './ledger.repository.js';

export interface AmountChange {
  readonly budgetId: string;
  /** Left out where what counts are the figures as they are then. */
  readonly expectedVersion?: number;
  /** More, or less. */
  readonly change: Fen;
  readonly reason: string;
  readonly by: string;
}

/** What follows of it in the act: its audit row, and what is taken last. */
export interface ChangedAmount {
  readonly audit: AuditFact;
  readonly last: () => Promise<Result<void, readonly Refusal[]>>;
}

/** Amounts of budgets as they are changed: the entry, the figure, and the part that a department has given to its items. */
@Injectable()
export class BudgetAmounts {
  constructor(
    private readonly repository: BudgetsRepository,
    private readonly ledger: LedgerRepository,
  ) {}

  /** Never less than what is reserved, spent or given to its items; items never have more together than their department. */
  async change(
    tx: Tx,
    scope: TenantScope,
    { budgetId, expectedVersion, change, reason, by }: AmountChange,
  ): Promise<Result<ChangedAmount, readonly Refusal[]>> {
    const budget = await this.repository.locked(tx, scope, budgetId);
    if (!budget) return refuse([unknownBudget()]);
    if (expectedVersion !== undefined && budget.version !== expectedVersion)
      return refuse([versionConflict(expectedVersion, budget.version)]);
    const beyond = beyondLevel(scope, budget.budgetLevel, []);
    if (beyond.length > 0) return refuse(beyond);
    const short = whatIsShort(budget, change);
    if (short) return refuse([short]);
    await this.repository.changeAmount(tx, budget.id, change);
    await this.enter(tx, budget.id, change, by, reason.trim());
    const [parent] = await this.repository.byIds(WHOLE_PROVINCE, [budget.parentId ?? ''], tx.manager);
    return ok({
      audit: {
        objectType: 'Budget',
        objectId: budget.id,
        departmentId: budget.departmentId,
        summary: say(`调整预算 ${budget.key}：${reason.trim()}`, `Adjusted the budget ${budget.key}: ${reason.trim()}`),
        before: plain({ amount: budget.amount }),
        after: plain({ amount: budget.amount + change }),
      },
      last: async () => this.allot(tx, parent ?? null, change, ['change']),
    });
  }

  async enter(tx: Tx, budgetId: string, change: Fen, by: string, reason: string): Promise<void> {
    if (change === 0n) return;
    await this.ledger.append(tx, [
      amountEntry({ entryId: newId(tx.now.getTime()), at: tx.now }, budgetId, change, by, reason),
    ]);
  }

  /** Part of what a department has becomes an item's, or is its own again. The sum stands in the department's row. */
  async allot(
    tx: Tx,
    parent: Budget | null,
    change: Fen,
    path: readonly string[],
  ): Promise<Result<void, readonly Refusal[]>> {
    if (parent === null || change === 0n || (await this.repository.allot(tx, parent.id, change))) return ok(undefined);
    const [now = parent] = await this.repository.byIds(WHOLE_PROVINCE, [parent.id], tx.manager);
    return refuse([budgetShortage(now, now.amount - now.allotted, change, path)]);
  }
}
