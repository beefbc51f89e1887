import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { DrDebtPolicyEntity } from './drdebts.entity.js';
import { DrDebtsRepository } from './drdebts.repository.js';
import type { DebtRow, PolicyRow } from './drdebts.types.js';

/** What was owed before this console knew of it, as it stands now. */
@Injectable()
export class PastDebts {
  constructor(private readonly repository: DrDebtsRepository) {}

  async takeOver(
    tx: Tx,
    { debts, policies }: { readonly debts: readonly DebtRow[]; readonly policies: readonly PolicyRow[] },
  ): Promise<void> {
    if (debts.length > 0) await this.repository.insert(tx, debts);
    for (const { rules, ...policy } of policies)
      await tx.manager.insert(DrDebtPolicyEntity, { ...policy, rules: rules.map((rule) => ({ ...rule })) });
  }
}
