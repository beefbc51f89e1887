import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { SomeAmounts } from '../quotas/domain/quota.js';
import { CenterGate } from './center-gate.service.js';
import { type GrowWish, growIn, remakeIn, type SpaceSize } from './domain/growth.js';
import type { Holder } from './domain/holder.js';
import { unknownHolder } from './domain/refusals.js';
import { placeTakes } from './domain/space-quota.js';
import { SpaceRepository } from './space.repository.js';
import { SpaceBooks } from './space-books.service.js';
import type { ThingInSpace } from './space-contents.types.js';

export type { GrowWish, SpaceSize };

/** Room that is kept for a place, until it is a part of it. */
export interface KeptRoom {
  readonly holderId: string;
  readonly growsHolderId: string;
  readonly cabinetId: string;
  /** Of quotas; null = nothing, as the place itself. */
  readonly takes: SomeAmounts | null;
}

export interface Remade {
  readonly holderId: string;
  readonly takes: SomeAmounts | null;
  /** Half-units by which its bottom is higher; below zero = lower. */
  readonly bottomUp: number;
}

const NOBODYS = { departmentId: null, ownerHolderId: null };

/** Places that were given become bigger or smaller where they are. Parts of a caller's transaction, as `SpaceService`. */
@Injectable()
export class SpaceGrowth {
  constructor(
    private readonly repository: SpaceRepository,
    private readonly books: SpaceBooks,
    private readonly gate: CenterGate,
  ) {}

  /** Keeps what all of them get more, or nothing; the growing places' cabinets are locked in the order of their ids. */
  async hold(tx: Tx, wishes: readonly GrowWish[]): Promise<Result<KeptRoom[], readonly Refusal[]>> {
    if (wishes.length === 0) return ok([]);
    const objections = await this.closed(tx, wishes, 'KEPT');
    if (objections.length > 0) return refuse(objections.flatMap(({ refusals }) => refusals));
    const book = await this.books.open(
      tx,
      wishes.map(({ holderId }) => holderId),
    );
    const kept: KeptRoom[] = [];
    for (const wish of wishes) {
      const grown = growIn(book, wish, () => newId(tx.now.getTime()));
      if (!grown.ok) return grown;
      kept.push(
        ...grown.value.map((holder) => keptOf(holder, wish.holderId, book.cabinet(holder.cabinetId) ?? NOBODYS)),
      );
    }
    await this.repository.save(tx, book.changes());
    return ok(kept);
  }

  /** What stands in the way of each of them now, were these holders out; those without are absent. Locks and writes nothing. */
  async objections(
    tx: Tx,
    wishes: readonly GrowWish[],
    givenBack: readonly string[] = [],
  ): Promise<ReadonlyMap<string, readonly Refusal[]>> {
    const closed = await this.closed(tx, wishes, 'SEEN');
    const found = new Map(closed.map(({ holderId, refusals }) => [holderId, refusals]));
    const where = await this.repository.cabinetsOfHolders(tx, [
      ...wishes.map(({ holderId }) => holderId),
      ...givenBack,
    ]);
    const book = await this.repository.peek(tx, [...new Set(where.values())]);
    for (const id of givenBack) if (where.has(id)) book.act(id, 'RELEASE');
    for (const [at, wish] of wishes.entries()) {
      let number = 0;
      const grown = growIn(book, wish, () => {
        number += 1;
        return `tried-${at}-${number}`;
      });
      if (!grown.ok && !found.has(wish.holderId)) found.set(wish.holderId, grown.error);
    }
    return found;
  }

  /** Of these holders those that are room kept for a place, with whose it is. */
  async roomsAmong(tx: Tx, holderIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const live = await this.repository.liveAmong(tx, holderIds);
    return new Map(
      live.flatMap(({ id, growsHolderId }) => (growsHolderId === null ? [] : [[id, growsHolderId] as const])),
    );
  }

  /**
   * The work is done: each is what it was to be, and what was kept for it has ended with it. So have these that leave: the
   * cabinets of both are locked together, in the order of their ids. What had ended before stays as it is.
   */
  async remake(
    tx: Tx,
    places: readonly { readonly holderId: string; readonly to: SpaceSize; readonly things: readonly ThingInSpace[] }[],
    leaving: readonly string[] = [],
  ): Promise<Remade[]> {
    const ids = [...places.map(({ holderId }) => holderId), ...leaving];
    if (ids.length === 0) return [];
    const { book, endPlans } = await this.books.openWithPlans(tx, ids);
    // A move that was planned for the old size is planned anew.
    endPlans();
    const remade = places.map(({ holderId, to, things }): Remade => {
      const { holder, bottomUp } = remakeIn(book, holderId, to, things);
      return { holderId, bottomUp, takes: placeTakes(holder, book.cabinet(holder.cabinetId) ?? NOBODYS) };
    });
    for (const id of leaving) if (book.holder(id)) book.act(id, 'RELEASE');
    await this.repository.save(tx, book.changes());
    return remade;
  }

  /** The center, or maintenance, takes nothing in where they stand; who has ended stands nowhere. */
  private async closed(
    tx: Tx,
    wishes: readonly GrowWish[],
    sight: 'KEPT' | 'SEEN',
  ): Promise<{ readonly holderId: string; readonly refusals: readonly Refusal[] }[]> {
    const live = new Map(
      (
        await this.repository.liveAmong(
          tx,
          wishes.map(({ holderId }) => holderId),
        )
      ).map((holder) => [holder.id, holder]),
    );
    const found: { holderId: string; refusals: readonly Refusal[] }[] = [];
    for (const { holderId, path } of wishes) {
      const holder = live.get(holderId);
      const where = { cabinetId: holder?.cabinetId ?? '', startUnit: null };
      const refusals = holder
        ? await this.gate.objections(tx, [{ where, departmentId: holder.departmentId, state: 'HELD', path }], sight)
        : [unknownHolder(path)];
      if (refusals.length > 0) found.push({ holderId, refusals });
    }
    return found;
  }
}

function keptOf(holder: Holder, growsHolderId: string, cabinet: Parameters<typeof placeTakes>[1]): KeptRoom {
  return { holderId: holder.id, growsHolderId, cabinetId: holder.cabinetId, takes: placeTakes(holder, cabinet) };
}
