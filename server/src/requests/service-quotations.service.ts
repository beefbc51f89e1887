import { Injectable } from '@nestjs/common';
import { validateServiceFields } from '../catalog/domain/service-definition.js';
import { say } from '../kernel/bilingual.js';
import type { PriceMissing, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import { ChangedServicesRepository } from './changed-services.repository.js';
import { type ChangeContent, pathOf } from './domain/change.js';
import type { ServiceAnswer } from './domain/content.js';
import { fenOf, type PricedPart, type QuotedThing, sharePrice } from './domain/line-price.js';
import {
  fenOfParts,
  partsOf,
  type ServicePart,
  type ServiceWish,
  sameAnswers,
  serviceObjections,
  serviceParts,
  takeOff,
} from './domain/service-change.js';
import type { QuotedLine } from './quotation.service.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import type { Shelf } from './shelves.service.js';

/** A service as it runs now: the line that it was asked for by, with all that changes have made of it. */
export interface ServiceNow {
  readonly line: RequestLineRow;
  readonly request: RequestRow;
  readonly count: number;
  readonly answers: readonly ServiceAnswer[];
  readonly parts: readonly ServicePart[];
}

export interface NamedService {
  readonly wish: ServiceWish;
  readonly index: number;
  readonly now: ServiceNow;
}

/** What a line of a change does to a service. */
export interface QuotedServiceChange {
  readonly changedLine: Pick<RequestLineRow, 'id' | 'requestId' | 'name'>;
  readonly fromCount: number;
  readonly fromAnswers: readonly ServiceAnswer[];
  /** Held when the change is accepted; what is less goes back when people have done it. */
  readonly growsBy: number;
}

/** 云服务变更: another quantity, or other answers, of a service that runs. Only what is more is asked for. */
@Injectable()
export class ServiceQuotations {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly services: ChangedServicesRepository,
  ) {}

  /** What runs for a system, in sight. */
  async running(scope: TenantScope, systemId: string): Promise<ServiceNow[]> {
    return this.nowOf(scope, await this.services.running(systemId));
  }

  /** As they run now, by the lines' ids; what is not in sight is absent. */
  async nowOfLines(scope: TenantScope, lineIds: readonly string[]): Promise<ServiceNow[]> {
    const lines = await this.repository.linesByIds(lineIds);
    return this.nowOf(
      scope,
      lines.filter(({ kind, changedLineId }) => kind === 'SERVICE' && !changedLineId),
    );
  }

  /** @param requestId the request itself: what it keeps for itself is not in its way. */
  async named(
    scope: TenantScope,
    { lines }: ChangeContent,
    requestId: string | null,
  ): Promise<Result<NamedService[], readonly Refusal[]>> {
    const wishes = lines.flatMap(({ service }, index) => (service ? [{ wish: service, index }] : []));
    if (wishes.length === 0) return ok([]);
    const found = await this.nowOfLines(
      scope,
      wishes.flatMap(({ wish }) => wish.lineId ?? []),
    );
    const refusals: Refusal[] = [];
    const named = wishes.flatMap(({ wish, index }): NamedService[] => {
      const now = found.find(({ line }) => line.id === wish.lineId);
      if (!now) {
        refusals.push(unknownService(index));
        return [];
      }
      refusals.push(...objectionsTo(now, index, requestId));
      return [{ wish, index, now }];
    });
    return refusals.length > 0 ? refuse(refusals) : ok(named);
  }

  quote({ wish, index, now }: NamedService, shelf: Shelf): Result<QuotedLine, readonly Refusal[]> {
    const { line } = now;
    const offer = shelf.services.get(line.offerId);
    const definition = offer && shelf.definitions.get(offer.id);
    if (!offer || !definition) return refuse([withdrawn(index, line.name)]);
    const count = wish.count ?? now.count;
    const answers = wish.answers ?? now.answers;
    const thing: QuotedThing = { kind: 'SERVICE', offer, definition, answers };
    const refusals = wrongOf(thing, count, index);
    if (count === now.count && sameAnswers(answers, now.answers)) refusals.push(nothingChanges(index));
    if (refusals.length > 0) return refuse(refusals);
    const growsBy = Math.max(0, count - now.count);
    const { parts, missing } = growthPrice(shelf, thing, { already: now.count, count: growsBy }, line.centerId, index);
    const less = fenOfParts(takeOff(now.parts, Math.max(0, now.count - count)).off);
    const none = { vm: null, server: null, cabinet: null } as const;
    const modes = { centerId: line.centerId, localMode: 'SINGLE', remoteMode: 'NONE' } as const;
    return ok({
      content: {
        ...{ kind: 'SERVICE', name: line.name, count, ...none, ...modes },
        service: { offerId: offer.id, answers },
      },
      ...{ thing, ...modes, shares: [], parts, unpricedCenterIds: [], missingPrice: missing },
      monthlyFen: missing === null ? fenOf(parts) - less : null,
      serviceChange: {
        changedLine: { id: line.id, requestId: line.requestId, name: line.name },
        ...{ fromCount: now.count, fromAnswers: now.answers, growsBy },
      },
    });
  }

  private async nowOf(scope: TenantScope, lines: readonly RequestLineRow[]): Promise<ServiceNow[]> {
    if (lines.length === 0) return [];
    const [requests, changes] = await Promise.all([
      this.repository.byIds(
        scope,
        lines.map(({ requestId }) => requestId),
      ),
      this.services.done(lines.map(({ id }) => id)),
    ]);
    return lines.flatMap((line) => {
      const request = requests.find(({ id }) => id === line.requestId);
      return request ? [{ ...stateOf(line, changes), request }] : [];
    });
  }
}

/** What done changes have made of a line. */
export function stateOf(line: RequestLineRow, changes: readonly RequestLineRow[]): Omit<ServiceNow, 'request'> {
  const own = changes.filter(({ changedLineId }) => changedLineId === line.id);
  const last = own.at(-1) ?? line;
  const parts = serviceParts(
    partsOf(line.requestId, line.itemCount, line.monthlyFen ?? 0n, line.unitPrices),
    own.map(({ requestId, fromCount, itemCount, monthlyFen, unitPrices: units }) => ({
      ...{ requestId, from: fromCount ?? itemCount, to: itemCount, fen: monthlyFen ?? 0n, units },
    })),
  );
  return { line, count: last.itemCount, answers: last.answers ?? [], parts };
}

export function objectionsTo(
  { line, request, answers }: ServiceNow,
  index: number,
  requestId: string | null,
): Refusal[] {
  return serviceObjections(
    {
      ...{ name: line.name, kind: line.kind, requestState: request.state, answers },
      ...{ fulfilled: line.fulfilledAt !== null, ended: Boolean(line.endedAt) },
      ...{ openChangeId: line.openChangeId ?? null, openChangeCode: line.openChangeCode ?? null },
    },
    index,
    requestId,
  );
}

function growthPrice(
  shelf: Shelf,
  thing: QuotedThing,
  { already, count }: { readonly already: number; readonly count: number },
  centerId: string | null,
  index: number,
): { readonly parts: readonly PricedPart[]; readonly missing: PriceMissing | null } {
  if (count === 0) return { parts: [], missing: null };
  const path = pathOf(index, 'service');
  const share = { standing: 'RUNNING', owed: false, count } as const;
  const price = sharePrice(shelf.prices, thing, share, centerId, path, already);
  return price.ok ? { parts: price.value, missing: null } : { parts: [], missing: price.error };
}

function wrongOf(
  { definition, answers }: Extract<QuotedThing, { kind: 'SERVICE' }>,
  count: number,
  index: number,
): Refusal[] {
  const checked = validateServiceFields(definition, Object.fromEntries(answers.map(({ key, value }) => [key, value])));
  const wrong: Refusal[] = checked.ok
    ? []
    : checked.error.map((refusal) => ({
        ...refusal,
        path: pathOf(index, 'service', 'answers', ...refusal.path.slice(1)),
      }));
  if (count > definition.quantityMaximum)
    wrong.push({
      code: 'INVALID_INPUT',
      path: pathOf(index, 'service', 'count'),
      rule: 'range',
      message: say(
        `该服务一次最多 ${definition.quantityMaximum}`,
        `At most ${definition.quantityMaximum} of this service at once`,
      ),
    });
  return wrong;
}

function unknownService(index: number): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: pathOf(index, 'service', 'lineId'),
    message: say('找不到这项服务，或不属于您的单位', 'There is no such service, or it is not your department’s'),
  };
}

function withdrawn(index: number, name: string): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: pathOf(index, 'service', 'lineId'),
    reason: 'WITHDRAWN',
    message: say(
      `${name} 的服务项已下架，不能变更：可继续使用或退还，需要更多请申请替代的服务`,
      `${name} is no longer offered and cannot change: keep it or give it back, and ask for what replaces it`,
    ),
  };
}

function nothingChanges(index: number): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: pathOf(index, 'service'),
    rule: 'nothingChanges',
    message: say('数量和填写内容都与现在相同', 'Quantity and answers are as they are'),
  };
}
