import { Inject, Injectable } from '@nestjs/common';
import { modesOf } from '../allocation/domain/dr-change.js';
import { type ItemClaim, ItemRecord } from '../allocation/item-record.service.js';
import { placeTakes } from '../cabinets/domain/space-quota.js';
import { GivenSpaces } from '../cabinets/given-spaces.service.js';
import { SPACE_CONTENTS, type SpaceContents } from '../cabinets/space-contents.types.js';
import { CatalogService } from '../catalog/catalog.service.js';
import type { CabinetOffer, ServerOffer } from '../catalog/domain/entries.js';
import { isOwed } from '../drdebts/domain/debt-state.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import { type CalendarDate, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope } from '../kernel/viewer.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import { stillOwed, unknownThings } from './change-refusals.js';
import { ChangedThingsRepository } from './changed-things.repository.js';
import type { ChangeContent, ChangeLineContent } from './domain/change.js';
import { encumberedParts } from './domain/change.js';
import { itemFen } from './domain/share-price.js';
import { checkThingsWish, type ThingsWish, thingsObjections } from './domain/things-change.js';
import { LineTerms } from './line-terms.service.js';
import type { QuotedLine } from './quotation.service.js';
import { type ItemNow, itemShares, quoteThings, type ThingsGround } from './quoted-things.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';
import type { Shelf } from './shelves.service.js';

/** Servers or places of one line, as they are now. */
export interface ThingsOfLine {
  readonly line: RequestLineRow;
  readonly request: RequestRow;
  /** Its last day, as it was extended since; null = long-term. */
  readonly until: CalendarDate | null;
  readonly items: readonly ItemNow[];
  readonly owed: ThingsGround['owed'];
}

export interface NamedThings {
  readonly content: ChangeLineContent & { readonly things: ThingsWish };
  readonly index: number;
  readonly now: ThingsOfLine;
}

/** 服务器与机柜空间变更: other units, watts and kilograms of places, other DR modes of both. Only what is more is asked for. */
@Injectable()
export class ThingQuotations {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly things: ChangedThingsRepository,
    private readonly changes: RequestItemChangesRepository,
    private readonly items: ItemRecord,
    private readonly spaces: GivenSpaces,
    private readonly debts: DrDebts,
    private readonly catalog: CatalogService,
    private readonly terms: LineTerms,
    @Inject(SPACE_CONTENTS) private readonly contents: SpaceContents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What a system has of both, in sight. */
  async running(scope: TenantScope, systemId: string): Promise<ThingsOfLine[]> {
    return this.nowOf(scope, await this.things.running(systemId));
  }

  /** As they are now, by the lines' ids; what is not in sight is absent. */
  async nowOfLines(scope: TenantScope, lineIds: readonly string[]): Promise<ThingsOfLine[]> {
    const lines = await this.repository.linesByIds(lineIds);
    return this.nowOf(
      scope,
      lines.filter(({ kind, changedLineId }) => (kind === 'SERVER' || kind === 'CABINET') && !changedLineId),
    );
  }

  /** @param requestId the request itself: what it keeps for itself is not in its way. */
  async named(
    scope: TenantScope,
    { lines }: ChangeContent,
    requestId: string | null,
  ): Promise<Result<NamedThings[], readonly Refusal[]>> {
    const wishes = lines.flatMap((content, index) =>
      content.things ? [{ content: { ...content, things: content.things }, index }] : [],
    );
    if (wishes.length === 0) return ok([]);
    const found = await this.nowOfLines(
      scope,
      wishes.flatMap(({ content }) => content.things.lineId ?? []),
    );
    const refusals: Refusal[] = [];
    const named = wishes.flatMap(({ content, index }): NamedThings[] => {
      refusals.push(...checkThingsWish(content.things, index));
      const now = found.find(({ line }) => line.id === content.things.lineId);
      if (!now) {
        refusals.push(unknownThings(index));
        return [];
      }
      refusals.push(...this.objectionsTo(now, index, requestId));
      return [{ content, index, now }];
    });
    return refusals.length > 0 ? refuse(refusals) : ok(named);
  }

  async quote(
    { content, index, now }: NamedThings,
    system: GovernmentSystem,
    shelf: Shelf,
    departmentIds: readonly string[],
  ): Promise<Result<QuotedLine, readonly Refusal[]>> {
    const { line, items, owed } = now;
    const from = modesOf([...itemShares(items), ...owed]);
    const modesChange =
      (content.localMode ?? from.localMode) !== from.localMode ||
      (content.remoteMode ?? from.remoteMode) !== from.remoteMode;
    if (owed.length > 0 && modesChange) return refuse([stillOwed(index, line.name)]);
    const offer = await this.offerOf(line);
    if (!offer) return refuse([unknownThings(index)]);
    return quoteThings({ content, index, items, owed, changedLine: line, offer, system, departmentIds, shelf });
  }

  objectionsTo({ line, request, items, until }: ThingsOfLine, index: number, requestId: string | null): Refusal[] {
    return thingsObjections(
      {
        ...{ name: line.name, kind: line.kind === 'SERVER' ? 'SERVER' : 'CABINET', requestState: request.state },
        ...{ fulfilled: line.fulfilledAt !== null, ended: Boolean(line.endedAt), count: items.length },
        ...{ openChangeId: line.openChangeId ?? null, openChangeCode: line.openChangeCode ?? null },
        overSince: until !== null && until < calendarDate(this.clock.now()) ? until : null,
      },
      index,
      requestId,
    );
  }

  /** What stays is no longer asked whether it is still offered. */
  private async offerOf(line: RequestLineRow): Promise<ThingsGround['offer'] | null> {
    if (line.kind === 'SERVER') {
      const [offer] = await this.catalog.serverOffers([line.offerId]);
      return offer ? { kind: 'SERVER', offer: offer as ServerOffer } : null;
    }
    const [offer] = await this.catalog.cabinetOffers([line.offerId]);
    return offer ? { kind: 'CABINET', offer: offer as CabinetOffer } : null;
  }

  private async nowOf(scope: TenantScope, lines: readonly RequestLineRow[]): Promise<ThingsOfLine[]> {
    if (lines.length === 0) return [];
    const ids = lines.map(({ id }) => id);
    const [requests, claims, debts, terms] = await Promise.all([
      this.repository.byIds(
        scope,
        lines.map(({ requestId }) => requestId),
      ),
      this.items.ofLines(ids),
      this.debts.ofLines(ids),
      this.terms.ofLines(ids),
    ]);
    const live = claims.flat().filter(({ state }) => state === 'ALLOCATED');
    const places = live.flatMap(({ kind, subjectId }) => (kind === 'CABINET' ? subjectId : []));
    const [done, given, standing] = await Promise.all([
      this.changes.doneOf(live.map(({ id }) => id)),
      this.spaces.byIds(places),
      this.contents.of(places),
    ]);
    const spaces = new Map(given.map((place) => [place.holder.id, place]));
    return lines.flatMap((line, at) => {
      const request = requests.find(({ id }) => id === line.requestId);
      if (!request) return [];
      const items = (claims[at] ?? []).flatMap((item): ItemNow[] => {
        const { centerId } = item;
        const space = spaces.get(item.subjectId);
        if (item.state !== 'ALLOCATED' || centerId === null || (item.kind === 'CABINET' && !space)) return [];
        return [
          {
            item: { ...item, centerId },
            monthlyFen: fenNow(item, line, done),
            place: space ? { ...space, inQuota: placeTakes(space.holder, space.cabinet) !== null } : null,
            things: standing.get(item.subjectId) ?? [],
          },
        ];
      });
      const owed = (debts[at] ?? []).filter(({ state }) => isOwed(state));
      const term = terms[at];
      return [{ line, request, until: term ? term.temporaryUntil : request.temporaryUntil, items, owed }];
    });
  }
}

type Done = Awaited<ReturnType<RequestItemChangesRepository['doneOf']>>;

/** What reserved what of one thing: the request that asked for it, then each that made it dearer. */
export function itemParts(item: ItemClaim, line: RequestLineRow, done: Done, monthlyFen = itemFen([line], item)) {
  const own = done.filter(({ itemId }) => itemId === item.id);
  return encumberedParts(line.requestId, monthlyFen, own);
}

function fenNow(item: ItemClaim, line: RequestLineRow, done: Done): bigint {
  const last = done.findLast(({ itemId }) => itemId === item.id);
  return last ? last.toFen : itemFen([line], item);
}
