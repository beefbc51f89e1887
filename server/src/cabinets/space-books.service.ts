import { Injectable } from '@nestjs/common';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { CenterGate } from './center-gate.service.js';
import type { CabinetBook, Move } from './domain/book.js';
import type { LiveState } from './domain/holder.js';
import { SpaceRepository } from './space.repository.js';

/** Opens the book of the cabinets in which given holders are, and sees that they are still there under lock. */
@Injectable()
export class SpaceBooks {
  constructor(
    private readonly repository: SpaceRepository,
    private readonly gate: CenterGate,
  ) {}

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

  /**
   * The book in which these go where they are to go. What comes into another cabinet comes in as what is placed there
   * does: refused where the center or a maintenance window takes nothing, and asked before any cabinet is locked.
   */
  async openToMove(
    tx: Tx,
    moves: readonly Pick<Move, 'holderId' | 'cabinetId' | 'path'>[],
    others: readonly string[] = [],
  ): Promise<Result<CabinetBook, readonly Refusal[]>> {
    const holderIds = moves.map((move) => move.holderId);
    const seen = new Map((await this.repository.liveAmong(tx, holderIds)).map((holder) => [holder.id, holder]));
    const wishOf = ({ holderId, cabinetId, path }: (typeof moves)[number]) => {
      const holder = seen.get(holderId);
      if (!holder) return [];
      const { departmentId, state } = holder;
      return [{ where: { cabinetId, startUnit: null }, departmentId, state: state as LiveState, path }];
    };
    // Asked of all of them: where each stands is known only under lock, and most cabinets object to nothing.
    const coming = moves.filter((move) => seen.get(move.holderId)?.cabinetId !== move.cabinetId);
    const objections = await this.gate.objections(tx, moves.flatMap(wishOf));
    if (objections.length > 0) {
      const own = await this.gate.objections(tx, coming.flatMap(wishOf));
      if (own.length > 0) return refuse(own);
    }
    const book = await this.open(
      tx,
      [...holderIds, ...others],
      moves.map((move) => move.cabinetId),
    );
    for (const { id, cabinetId, departmentId, state } of seen.values()) {
      const now = book.holder(id);
      const otherwise = now?.departmentId !== departmentId || now.state !== state;
      if (otherwise || (objections.length > 0 && now.cabinetId !== cabinetId))
        throw new WriteConflict('it was changed between two looks');
    }
    return ok(book);
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
