import { Injectable } from '@nestjs/common';
import type { Sight } from '../facilities/center-lives.service.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CenterGate } from './center-gate.service.js';
import { isExclusive } from './domain/holder.js';
import { alreadyPlaced } from './domain/refusals.js';
import type { Wish } from './domain/wish.js';
import { SpaceRepository } from './space.repository.js';
import { type PlaceWish, toWish } from './space.types.js';

/** What is asked of a wish before any cabinet is looked at: where it may be tried, and what is in its way whatever is free. */
@Injectable()
export class SpaceWishes {
  constructor(
    private readonly repository: SpaceRepository,
    private readonly gate: CenterGate,
  ) {}

  of(tx: Tx, asked: readonly PlaceWish[], sight: Sight = 'KEPT'): Promise<Wish[]> {
    return this.gate.withoutAway(
      tx,
      asked.map((wish) => toWish(wish, tx)),
      sight,
    );
  }

  /** Cabinets that the wishes name, and all that their choices allow. */
  async cabinetsFor(tx: Tx, wishes: readonly Wish[]): Promise<string[]> {
    const named = wishes.flatMap(({ where }) => ('among' in where ? [] : [where.cabinetId]));
    const choices = wishes.flatMap(({ where }) => ('among' in where ? [where.among] : []));
    return [...named, ...(await this.repository.idsOf(tx, choices))];
  }

  /** The center takes nothing in, or the thing has a place already. */
  async objections(tx: Tx, wishes: readonly Wish[], sight: Sight = 'KEPT'): Promise<Refusal[]> {
    const refusals = await this.gate.objections(tx, wishes, sight);
    const exclusive = wishes.filter((wish) => isExclusive(wish.kind) && wish.subjectId !== null);
    if (exclusive.length === 0) return refusals;
    const taken = await this.repository.placedAlready(
      tx,
      exclusive.map((wish) => wish.subjectId as string),
    );
    for (const wish of exclusive) {
      const subjectId = wish.subjectId as string;
      if (taken.has(subjectId)) refusals.push(alreadyPlaced(wish));
      taken.add(subjectId);
    }
    return refusals;
  }
}
