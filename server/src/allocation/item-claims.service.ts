import { Injectable } from '@nestjs/common';
import type { Near } from '../cabinets/domain/nearness.js';
import { SpaceService } from '../cabinets/space.service.js';
import { SpaceBatches } from '../cabinets/space-batches.service.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { type SomeAmounts, sumAmounts, type Taker } from '../quotas/domain/quota.js';
import { QuotaTakings, type Taking } from '../quotas/quota-takings.service.js';
import { HoldingService as ServerHolding } from '../servers/holding.service.js';
import type { ShareName } from './domain/dr-shares.js';
import type { ResizedPlace } from './domain/grown-space.js';
import { type SomeHeld, thingsHeld } from './domain/held-cap.js';
import { atItsLine, placeWishes } from './domain/planned-items.js';
import type { LineWish, PlannedLine } from './domain/request-plan.js';
import { GrownPlaces } from './grown-places.service.js';
import { type ItemClaim, ItemRecord } from './item-record.service.js';
import { ServerClaims } from './server-claims.service.js';
import { exceptFor, inItsCabinet, isHeld, isInPlan, NOWHERE, placesOf, type Taken, withBeyond } from './taken-items.js';

export interface ItemsFor {
  readonly requestId: string;
  readonly requestCode: string;
  readonly departmentId: string;
  readonly quotaIds: readonly string[];
  readonly expiresAt: Date;
  readonly actorName: string;
  /** Where its system stands already. */
  readonly near?: Near;
}

/** A planned line that asks for things. */
export interface ItemLine {
  readonly lineId: string;
  readonly name: string;
  readonly wish: LineWish;
  readonly planned: PlannedLine;
  /** What a service is counted against. */
  readonly serviceTakes: SomeAmounts;
  /** Of a change: places that are there and become another size. */
  readonly resized?: readonly ResizedPlace[];
  /** How many of each share draw no quota, because their department pays for them; of a service: whether it does. */
  readonly beyond?: ReadonlyMap<ShareName, number>;
  /** Places, by their holder, that draw none already: what they get more draws none either. */
  readonly grownBeyond?: ReadonlySet<string>;
}

export interface TakenItems {
  /** Moved with the pools' counters, last. */
  readonly takers: readonly Taker[];
  /** Servers and room in cabinets. */
  readonly held: SomeHeld;
}

/** More places than that are chosen in memory, with all cabinets that the choice allows locked meanwhile. */
const PLACES_ONE_BY_ONE_MAX = 8;

/** Takes and gives back what is no machine: servers, places in cabinets, services that are counted. */
@Injectable()
export class ItemClaims {
  constructor(
    private readonly record: ItemRecord,
    private readonly servers: ServerHolding,
    private readonly space: SpaceService,
    private readonly batches: SpaceBatches,
    private readonly grown: GrownPlaces,
    private readonly serverClaims: ServerClaims,
    private readonly takings: QuotaTakings,
  ) {}

  /** All of them or a refusal, on which the caller rolls back. */
  async take(tx: Tx, asker: ItemsFor, lines: readonly ItemLine[]): Promise<Result<TakenItems, readonly Refusal[]>> {
    const servers = await this.serverClaims.take(tx, asker, lines);
    const places = await this.takePlaces(tx, asker, lines);
    if (!places.ok) return places;
    const grown = await this.grown.take(tx, asker, lines);
    if (!grown.ok) return grown;
    const services = lines.flatMap((line): Taken[] => {
      if (line.wish.thing.kind !== 'SERVICE' || Object.keys(line.serviceTakes).length === 0) return [];
      return [{ lineId: line.lineId, kind: 'SERVICE', subjectId: line.lineId, takes: line.serviceTakes, ...NOWHERE }];
    });
    const beyondOf = new Map(lines.flatMap(({ lineId, beyond }) => (beyond ? [[lineId, beyond] as const] : [])));
    const taken = [...withBeyond([...servers, ...places.value, ...services], beyondOf), ...grown.value];
    const takings = taken.flatMap(({ subjectId, takes, beyondQuota }): Taking[] =>
      takes === null ? [] : [{ subjectId, quotaIds: beyondQuota ? [] : asker.quotaIds, amounts: takes }],
    );
    await this.takings.take(tx, takings, 'HELD');
    await this.record.endFormer(
      tx,
      servers.map((one) => one.subjectId),
    );
    await this.record.insertHolds(
      tx,
      taken.map(({ takes: _, ...item }) => ({
        ...item,
        requestId: asker.requestId,
        departmentId: asker.departmentId,
      })),
    );
    const things = taken.filter(({ kind }) => kind !== 'SERVICE');
    return ok({ takers: takings, held: thingsHeld(sumAmounts(things.map(({ takes }) => takes ?? {}))) });
  }

  /** What the request still holds goes back, once. The caller moves what is returned out of the quotas, last. */
  async releaseHeld(tx: Tx, requestId: string, actorName: string): Promise<readonly Taker[]> {
    const held = await this.record.of(requestId, ['HELD'], tx);
    if (held.length === 0) return [];
    await this.servers.releaseHolds(tx, requestId, actorName);
    await this.batches.releaseAll(tx, placesOf(held));
    const { givenBack } = await this.takings.exchange(
      tx,
      held.map((claim) => ({ subjectId: claim.subjectId, wanted: null })),
    );
    await this.record.markReleased(
      tx,
      held.map((claim) => claim.id),
    );
    return givenBack;
  }

  /** HELD → ALLOCATED: servers come into use for the system, places are given. Refused as the server's own feature refuses. */
  async allocate(
    tx: Tx,
    requestId: string,
    user: { readonly departmentId: string; readonly systemId: string },
    actorName: string,
  ): Promise<Result<readonly ItemClaim[], readonly Refusal[]>> {
    const held = await this.record.of(requestId, ['HELD'], tx);
    if (held.some((claim) => claim.kind === 'SERVER')) {
      const given = await this.servers.allocate(tx, requestId, user, actorName);
      if (!given.ok) return given;
    }
    const places = await this.batches.allocateAll(tx, placesOf(held));
    if (!places.ok) return places;
    await this.takings.allocate(
      tx,
      held.map((claim) => claim.subjectId),
    );
    await this.record.markAllocated(tx, requestId);
    return ok(held);
  }

  /** Places say until when they are held; it is the request that gives them back. */
  async setExpiry(tx: Tx, requestId: string, expiresAt: Date): Promise<void> {
    const held = await this.record.of(requestId, ['HELD'], tx);
    await this.space.holdUntil(tx, placesOf(held), expiresAt);
  }

  /** What these have of quotas now. */
  takersOf(claims: readonly ItemClaim[], tx?: Tx): Promise<readonly Taker[]> {
    return this.takings.liveOf(
      claims.map((claim) => claim.subjectId),
      tx,
    );
  }

  private async takePlaces(
    tx: Tx,
    asker: ItemsFor,
    lines: readonly ItemLine[],
  ): Promise<Result<Taken[], readonly Refusal[]>> {
    const wanted = lines.flatMap(({ lineId, name, wish, planned }) => {
      const { thing } = wish;
      if (thing.kind !== 'CABINET') return [];
      return planned.shares
        .filter((share) => isHeld(share) && !share.settled)
        .flatMap((share) =>
          placeWishes(wish, thing, share, asker, '', {
            heldUntil: asker.expiresAt,
            label: `${asker.requestCode} ${name}`,
          }).map((place, at) => ({ lineId, share, place: inItsCabinet(place, share.cabinetIds?.[at]) })),
        );
    });
    // Lines that say how they stand to others come first, as in the plan.
    const related = wanted.filter(isInPlan).toSorted((a, b) => (a.share.turn ?? 0) - (b.share.turn ?? 0));
    const others = wanted.filter((one) => !isInPlan(one));
    const inPlan = related.map((one) => one.place);
    const named = inPlan.length === 0 ? ok([]) : await this.space.placeAll(tx, inPlan);
    if (!named.ok) throw new WriteConflict('cabinets that were chosen beside other lines were filled meanwhile');
    const placed = await this.place(
      tx,
      others.map((one) => one.place),
    );
    if (!placed.ok) return refuse(placed.error.map(atItsLine));
    const places = [...named.value, ...placed.value];
    return ok(
      [...related, ...others].map(({ lineId, share }, at): Taken => {
        const place = places[at];
        if (!place) throw new Error('every wish has its place');
        return {
          ...{ lineId, kind: 'CABINET', subjectId: place.holderId, takes: place.takes },
          share: share.share,
          centerId: share.centerId,
        };
      }),
    );
  }

  private async place(tx: Tx, wishes: Parameters<SpaceService['placeAll']>[1]) {
    if (wishes.length > PLACES_ONE_BY_ONE_MAX) return this.space.placeAll(tx, wishes);
    const placed = [];
    const twins = new Map<string, string[]>();
    for (const wish of wishes) {
      const beside = (wish.apart === undefined ? undefined : twins.get(wish.apart)) ?? [];
      const one = await this.space.place(tx, exceptFor(wish, beside));
      if (!one.ok) return one;
      if (wish.apart !== undefined) twins.set(wish.apart, [...beside, one.value.cabinetId]);
      placed.push(one.value);
    }
    return ok(placed);
  }
}
