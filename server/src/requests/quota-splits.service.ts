import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type QuotaFit, type QuotaSubject, quotaFit, type SomeAmounts } from '../quotas/domain/quota.js';
import { QuotasService } from '../quotas/quotas.service.js';
import { paysBeyondQuota } from '../systems/domain/system.js';
import { changedIds, quotaUnits } from './beyond-quota.js';
import { BeyondQuotaUses } from './beyond-quota-uses.service.js';
import { splitByQuota } from './domain/beyond-quota.js';
import { ALL_COVERED, type BeyondQuota } from './held-lines.js';
import type { Quotation } from './quotation.service.js';
import { askedOf } from './quotation-plan.js';

/** What quotas say of a request, and what of it draws none of them. */
export interface QuotaAnswer extends BeyondQuota {
  readonly fit: QuotaFit;
}

/** Whether a request fits the quotas on its way; where its department pays beyond them, which of it does. */
@Injectable()
export class QuotaSplits {
  constructor(
    private readonly quotas: QuotasService,
    private readonly uses: BeyondQuotaUses,
  ) {}

  /**
   * As the counters stand now, or inside the transaction that will take. Of 定额内统付超出自付 nothing new is refused for want of
   * a quota; what is covered already and grows has to find room, because one item pays for a thing.
   */
  async of(
    quotation: Pick<Quotation, 'lines' | 'project'>,
    levels: readonly QuotaSubject[],
    own: ReadonlyMap<string, SomeAmounts>,
    tx?: Tx,
  ): Promise<QuotaAnswer> {
    const states = await this.quotas.statesOf(levels, tx?.manager);
    if (!paysBeyondQuota(quotation.project.fundingMode))
      return { ...ALL_COVERED, fit: quotaFit(states, askedOf(quotation), own) };
    const already = await this.uses.among(changedIds(quotation), tx);
    const { fixed, units } = quotaUnits(quotation, already);
    const { within, beyond } = splitByQuota(states, fixed, units, own);
    return { beyond, already, fit: quotaFit(states, within, own) };
  }
}

/** Whether anything of it is paid by its department beyond the quotas. */
export function isAnyBeyond({ beyond, already }: BeyondQuota): boolean {
  return beyond.size > 0 || already.size > 0;
}
