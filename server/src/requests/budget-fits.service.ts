import { Injectable } from '@nestjs/common';
import { BudgetPolicies } from '../budgets/budget-policies.service.js';
import { BudgetsService } from '../budgets/budgets.service.js';
import { availableOf, type Budget, budgetShortage, lesser } from '../budgets/domain/budget.js';
import { budgetBlocked, isBlocked } from '../budgets/domain/thresholds.js';
import { BudgetLedger } from '../budgets/ledger.service.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { FundingMode, Project } from '../systems/domain/system.js';
import { REQUEST_SUBJECT } from './domain/encumbrance.js';
import { amountsOf, type FundedLine, WHERE } from './domain/funding.js';
import { EncumberingService } from './encumbering.service.js';

/** What a request would reserve of one item, and whether there is that much. */
export interface BudgetPartFit {
  /** null = nobody is named to pay, or no item is found. */
  readonly budget: Budget | null;
  readonly asked: Fen;
  /** Reserved by the same request already, which is given back as it reserves anew. */
  readonly own: Fen;
  /** Of the narrowest level; null where there is no budget item. */
  readonly available: Fen | null;
  readonly fits: boolean;
  readonly refusals: readonly Refusal[];
}

export interface BudgetFit extends BudgetPartFit {
  readonly fundingMode: FundingMode;
  /** What lies beyond the quotas, which the department pays itself; null = nothing does. */
  readonly beyond: BudgetPartFit | null;
}

/** What preview says of budgets, as the ledger stands now; nothing is reserved. */
@Injectable()
export class BudgetFits {
  constructor(
    private readonly encumbering: EncumberingService,
    private readonly budgets: BudgetsService,
    private readonly ledger: BudgetLedger,
    private readonly policies: BudgetPolicies,
  ) {}

  async of(project: Project, lines: readonly FundedLine[], requestId: string | null): Promise<BudgetFit> {
    const prepared = await this.encumbering.prepare(project);
    const amounts = amountsOf(prepared, lines);
    const standing = requestId === null ? [] : await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [requestId]);
    const part = (item: Result<Budget, readonly Refusal[]> | null, asked: Fen) => this.part(item, asked, standing);
    const within = await part(prepared.within, amounts.within);
    const beyond = lines.some((line) => line.beyond) ? await part(prepared.beyond, amounts.beyond) : null;
    return {
      ...within,
      fundingMode: prepared.fundingMode,
      beyond,
      fits: within.fits && (beyond?.fits ?? true),
      refusals: [...within.refusals, ...(beyond?.refusals ?? [])],
    };
  }

  private async part(
    item: Result<Budget, readonly Refusal[]> | null,
    asked: Fen,
    standing: Awaited<ReturnType<BudgetLedger['encumbrancesOf']>>,
  ): Promise<BudgetPartFit> {
    const none = { asked, own: 0n, budget: null, available: null };
    if (item === null) return { ...none, fits: true, refusals: [] };
    if (!item.ok) return { ...none, fits: false, refusals: item.error };
    const budget = item.value;
    const own = standing.reduce((sum, { budgetId, left }) => (budgetId === budget.id ? sum + left : sum), 0n);
    const [whole] = budget.parentId === null ? [] : await this.budgets.budgets([budget.parentId]);
    const levels = [budget, ...(whole ? [whole] : [])];
    const available = levels.map((level) => availableOf(level) + own).reduce(lesser);
    const short = levels.find((level) => availableOf(level) + own < asked);
    const rule = await this.policies.inForce();
    const blocked = asked > own ? levels.find((level) => isBlocked(level, rule)) : undefined;
    const refusals = [
      ...(short ? [budgetShortage(short, availableOf(short) + own, asked, WHERE)] : []),
      ...(blocked && !short ? [budgetBlocked(blocked, rule.blockPercent ?? 0, WHERE)] : []),
    ];
    return { budget, asked, own, available, fits: refusals.length === 0, refusals };
  }
}
