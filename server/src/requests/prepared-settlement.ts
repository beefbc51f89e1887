import type { ShareWish } from '../allocation/domain/dr-shares.js';
import type { QuotasService } from '../quotas/quotas.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import type { PreparedEncumbrance } from './domain/funding.js';
import type { PreparedGrant } from './granting.service.js';
import type { Quotation, QuotedLine } from './quotation.service.js';
import type { RequestLineRow } from './requests.types.js';

/** What settles an owed share, and must not be asked for within the unit of work. */
export interface PreparedSettlement {
  /** Paid by the project of the request, or by whoever pays for the system now. */
  readonly projectId: string;
  readonly line: RequestLineRow;
  /** Machines that the share is made beside, as they were seen. */
  readonly mains: readonly ResourceRow[];
  readonly quotation: Quotation;
  readonly quoted: QuotedLine;
  readonly share: ShareWish;
  readonly levels: Awaited<ReturnType<QuotasService['readyLevelsOf']>>;
  readonly encumbrance: PreparedEncumbrance;
  readonly grant: PreparedGrant;
}
