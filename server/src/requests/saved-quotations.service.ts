import { Injectable } from '@nestjs/common';
import { unitsOf } from '../cabinets/domain/units.js';
import type { Refusal } from '../kernel/refusal.js';
import { type Result, refuse } from '../kernel/result.js';
import { type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { ChangeQuotations } from './change-quotations.service.js';
import { type ChangeContent, restartNotAgreed } from './domain/change.js';
import type { ThingsWish } from './domain/things-change.js';
import { type Quotation, QuotationService } from './quotation.service.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import type { ChangeRow } from './request-changes.types.js';
import { contentOf, GRAMS_PER_KG } from './request-rows.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** A saved request quoted anew, whatever its nature: offers, prices, payers and what is there may have changed since. */
@Injectable()
export class SavedQuotations {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestChangesRepository,
    private readonly quotations: QuotationService,
    private readonly changeQuotations: ChangeQuotations,
  ) {}

  async of(
    request: RequestRow,
    known?: readonly RequestLineRow[],
    scope: TenantScope = WHOLE_PROVINCE,
  ): Promise<Result<Quotation, readonly Refusal[]>> {
    const lines = known ?? (await this.repository.lines(request.id));
    if (request.nature === 'NEW') return this.quotations.quote(scope, contentOf(request, lines));
    const content = changeContentOf(request, lines, await this.changes.ofRequest(request.id));
    const quotation = await this.changeQuotations.quote(scope, content, request.id);
    // Once it is sent, what cannot be done while it runs waits for whoever restarts it: nobody signs in vain for a node that is down.
    if (!quotation.ok || request.restartAgreed || !isToBeSent(request)) return quotation;
    const restarts = quotation.value.lines.some(({ change }) => (change?.ways.restarting ?? 0) > 0);
    return restarts ? refuse([restartNotAgreed()]) : quotation;
  }
}

function isToBeSent({ state }: Pick<RequestRow, 'state'>): boolean {
  return state === 'DRAFT' || state === 'RETURNED';
}

/** A saved change as it was asked. */
export function changeContentOf(
  request: RequestRow,
  lines: readonly RequestLineRow[],
  changes: readonly ChangeRow[],
): ChangeContent {
  return {
    purpose: request.purpose,
    restartAgreed: request.restartAgreed,
    lines: lines.map((line) => {
      const { id, kind, changedLineId, itemCount, answers, offerId, diskGib, localMode, remoteMode, centerId } = line;
      const of = changedLineId ?? undefined;
      const machine = kind === 'VM' ? { offerId, diskGib } : { offerId: null, diskGib: null };
      const modes =
        kind === 'SERVICE'
          ? { localMode: null, remoteMode: null, centerId: null }
          : { localMode, remoteMode, centerId };
      return {
        resourceIds: changes
          .filter(({ lineId, what }) => lineId === id && what !== 'MAKE')
          .map(({ resourceId }) => resourceId),
        ...machine,
        ...modes,
        service: kind === 'SERVICE' ? { lineId: of, count: itemCount, answers } : null,
        things: kind === 'SERVER' || kind === 'CABINET' ? thingsWishOf(line) : null,
      };
    }),
  };
}

function thingsWishOf({ kind, changedLineId, heightHalfUnits, powerW, weightGrams }: RequestLineRow): ThingsWish {
  const lineId = changedLineId ?? undefined;
  if (kind === 'SERVER') return { lineId, heightUnits: null, powerW: null, weightKg: null };
  return {
    lineId,
    heightUnits: unitsOf(heightHalfUnits ?? 0),
    powerW,
    weightKg: weightGrams === null ? null : weightGrams / GRAMS_PER_KG,
  };
}
