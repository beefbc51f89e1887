import type { HeldPiece } from '../allocation/allocation.types.js';
import type { Claim } from '../allocation/domain/claim.js';
import type { PlannedLine } from '../allocation/domain/request-plan.js';
import { isNothing } from '../allocation/domain/resize.js';
import type { ItemLine } from '../allocation/item-claims.service.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
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

/** Machines of one line as they are held: what is made for it, and what machines that are there get more. */
export function piecesOf(lineId: string, { shares }: PlannedLine, { change }: QuotedLine): HeldPiece[] {
  const made = shares.flatMap(({ share, standing, pieces }) =>
    pieces.map((piece) => ({ ...piece, lineId, share, standing })),
  );
  const more = (change?.resized ?? [])
    .filter(({ grows }) => !isNothing(grows))
    .map(
      ({ claim, grows, share, standing, poolId }): HeldPiece => ({
        ...{ lineId, share, standing, poolId, count: 1 },
        size: { ...grows, storageTier: claim.storageTier },
        grows: { claimId: claim.claimId, quotaIds: claim.quotaIds },
      }),
    );
  return [...made, ...more];
}

/** Whose quotas a request takes: those of its system's department and all above it, of the system and of the project. */
export function wayOf({ system, project }: Quotation): QuotaWay {
  return { departmentId: system.departmentId, system, project };
}

/** What a request holds already: it counts as free for it. */
export interface Own {
  readonly held: readonly Claim[];
  readonly heldPlaces: readonly string[];
  /** By quota. */
  readonly inQuotas: ReadonlyMap<string, SomeAmounts>;
}

export const NOTHING_OWN: Own = { held: [], heldPlaces: [], inQuotas: new Map() };
