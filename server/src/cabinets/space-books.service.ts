import { Injectable } from '@nestjs/common';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { CabinetBook } from './domain/book.js';
import { SpaceRepository } from './space.repository.js';

/** Opens the book of the cabinets in which given holders are, and sees that they are still there under lock. */
@Injectable()
export class SpaceBooks {
  constructor(private readonly repository: SpaceRepository) {}

  /** The book in which holders can end or change: with every plan for them, wherever that holds its place. */
  async openWithPlans(
    tx: Tx,
    holderIds: readonly string[],
  ): Promise<{ book: CabinetBook; plans: ReadonlyMap<string, readonly string[]>; endPlans: () => void }> {
    const known = new Map((await this.repository.plansFor(tx, holderIds)).map((plan) => [plan.id, plan.holderId]));
    const book = await this.open(tx, [...holderIds, ...known.keys()]);
    if ((await this.repository.plansFor(tx, holderIds)).some((plan) => !known.has(plan.id)))
      throw new WriteConflict('a move was planned meanwhile');
    const endPlans = (): void => {
      for (const id of known.keys()) book.act(id, 'RELEASE');
    };
    return { book, plans: byHolder(known), endPlans };
  }

  /** The same to look at, not under lock: what changes meanwhile is not in it. */
  async peekWithPlans(
    tx: Tx,
    holderIds: readonly string[],
  ): Promise<{ book: CabinetBook; plans: ReadonlyMap<string, readonly string[]> }> {
    const known = new Map((await this.repository.plansFor(tx, holderIds)).map((plan) => [plan.id, plan.holderId]));
    const where = await this.repository.cabinetsOfHolders(tx, [...holderIds, ...known.keys()]);
    return { book: await this.repository.peek(tx, [...new Set(where.values())]), plans: byHolder(known) };
  }

  /** The book of the cabinets in which these are, and of others. */
  async open(tx: Tx, holderIds: readonly string[], cabinetIds: readonly string[] = []): Promise<CabinetBook> {
    const where = await this.repository.cabinetsOfHolders(tx, holderIds);
    const book = await this.repository.openBook(tx, [...where.values(), ...cabinetIds]);
    for (const id of where.keys()) if (!book.holder(id)) throw new WriteConflict('it was moved or released meanwhile');
    return book;
  }
}

/** Plans by what they are for. */
function byHolder(holderOfPlan: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const groups = Map.groupBy(holderOfPlan, ([, holderId]) => holderId);
  return new Map([...groups].map(([holderId, own]) => [holderId, own.map(([id]) => id)]));
}
