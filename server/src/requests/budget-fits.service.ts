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
import type { PaidParts } from './beyond-quota.js';
import { BEYOND_SUBJECT, REQUEST_SUBJECT } from './domain/encumbrance.js';
import { amountsOf, WHERE } from './domain/funding.js';
import { EncumberingService } from './encumbering.service.js';

/** What one item would reserve, and whether there is that much. */
export interface ItemFit {
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

/** What a request would reserve, and whether there is that much. */
export interface BudgetFit extends ItemFit {
  readonly fundingMode: FundingMode;
  /** 定额内统付超出自付: what goes beyond the quotas, of the department's own item; null = nothing does. */
  readonly beyond: ItemFit | null;
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

  async of(project: Project, parts: PaidParts, requestId: string | null): Promise<BudgetFit> {
    const prepared = await this.encumbering.prepare(project);
    const { fundingMode } = prepared;
    const asked = amountsOf(prepared, parts);
    const within = await this.fit(prepared.item, asked.within, { kind: REQUEST_SUBJECT, requestId });
    const pays = parts.beyond.length > 0;
    const beyond = pays ? await this.fit(prepared.beyond, asked.beyond, { kind: BEYOND_SUBJECT, requestId }) : null;
    return { fundingMode, ...within, beyond };
  }

  private async fit(
    item: Result<Budget, readonly Refusal[]> | null,
    asked: Fen,
    { kind, requestId }: { readonly kind: string; readonly requestId: string | null },
  ): Promise<ItemFit> {
    const none = { asked, own: 0n, budget: null, available: null };
    if (item === null) return { ...none, fits: true, refusals: [] };
    if (!item.ok) return { ...none, fits: false, refusals: item.error };
    const standing = requestId === null ? [] : await this.ledger.encumbrancesOf(kind, [requestId]);
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
