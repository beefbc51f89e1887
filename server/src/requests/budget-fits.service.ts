import { Injectable } from '@nestjs/common';
import { BudgetPolicies } from '../budgets/budget-policies.service.js';
import { BudgetsService } from '../budgets/budgets.service.js';
import { availableOf, type Budget, budgetShortage, lesser } from '../budgets/domain/budget.js';
import { budgetBlocked, isBlocked } from '../budgets/domain/thresholds.js';
import { BudgetLedger } from '../budgets/ledger.service.js';
import type { Fen } from '../kernel/money.js';
import type { Refusal } from '../kernel/refusal.js';
import type { FundingMode, Project } from '../systems/domain/system.js';
import { type PricedLine, REQUEST_SUBJECT } from './domain/encumbrance.js';
import { amountOf, WHERE } from './domain/funding.js';
import { EncumberingService } from './encumbering.service.js';

/** What a request would reserve, and whether there is that much. */
export interface BudgetFit {
  readonly fundingMode: FundingMode;
  /** null = finance pays and has named no item, or no item is found. */
  readonly budget: Budget | null;
  readonly asked: Fen;
  /** Reserved by the same request already, which is given back as it reserves anew. */
  readonly own: Fen;
  /** Of the narrowest level; null where there is no budget item. */
  readonly available: Fen | null;
  readonly fits: boolean;
  readonly refusals: readonly Refusal[];
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

  async of(project: Project, lines: readonly PricedLine[], requestId: string | null): Promise<BudgetFit> {
    const prepared = await this.encumbering.prepare(project);
    const { fundingMode, item } = prepared;
    const asked = amountOf(prepared, lines);
    const none = { fundingMode, asked, own: 0n, budget: null, available: null };
    if (item === null) return { ...none, fits: true, refusals: [] };
    if (!item.ok) return { ...none, fits: false, refusals: item.error };
    const standing = requestId === null ? [] : await this.ledger.encumbrancesOf(REQUEST_SUBJECT, [requestId]);
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
    return { fundingMode, budget, asked, own, available, fits: refusals.length === 0, refusals };
  }
}
