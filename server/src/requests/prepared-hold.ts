import type { HeldAmounts } from '../allocation/domain/held-cap.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { QuotasService } from '../quotas/quotas.service.js';
import type { PreparedEncumbrance } from './domain/funding.js';
import type { Judgement } from './gating.service.js';
import type { Quotation } from './quotation.service.js';
import type { RequestLineRow } from './requests.types.js';

/** What a hold is planned with; read before the unit of work in which it is taken. */
export interface PreparedHold {
  readonly quotation: Result<Quotation, readonly Refusal[]>;
  readonly lines: readonly RequestLineRow[];
  readonly levels: Awaited<ReturnType<QuotasService['readyLevelsOf']>>;
  /** null = the request cannot be quoted. */
  readonly encumbrance: PreparedEncumbrance | null;
  readonly judgement: Judgement | null;
  /** What its department may hold at once; null = not capped. */
  readonly cap: HeldAmounts | null;
}
