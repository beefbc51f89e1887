import type { PlannedLine } from '../allocation/domain/request-plan.js';
import type { ItemLine } from '../allocation/item-claims.service.js';
import type { QuotaWay } from '../quotas/quotas.service.js';
import { lineTakes } from './domain/line-quota.js';
import type { Quotation, QuotedLine } from './quotation.service.js';
import { wishesOf } from './quotation-plan.js';
import type { RequestLineRow } from './requests.types.js';

/** Lines that ask for what is no machine, as they are held. */
export function itemLinesOf(
  quotation: Quotation,
  placed: readonly { readonly line: QuotedLine; readonly row: RequestLineRow; readonly planned: PlannedLine }[],
): ItemLine[] {
  const wishes = wishesOf(quotation);
  return placed.flatMap(({ line, row, planned }, index) => {
    const wish = wishes[index];
    if (!wish || wish.thing.kind === 'VM') return [];
    const serviceTakes = line.thing.kind === 'SERVICE' ? lineTakes(line.thing, [], line.content.count) : {};
    return [{ lineId: row.id, name: row.name, wish, planned, serviceTakes }];
  });
}

/** Whose quotas a request takes: those of its system's department and all above it, of the system and of the project. */
export function wayOf({ system, project }: Quotation): QuotaWay {
  return { departmentId: system.departmentId, system, project };
}
