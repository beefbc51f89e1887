import { Injectable } from '@nestjs/common';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { newId } from '../platform/database/ids.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import type { CabinetBook, Move } from './domain/book.js';
import { type End, type EndObjection, endIn } from './domain/end.js';
import type { Holder, HolderAction } from './domain/holder.js';
import { changedMeanwhile, growing, notPermitted, unknownHolder } from './domain/refusals.js';
import { type CabinetChoice, checkWish, type Wish } from './domain/wish.js';
import { SpaceRepository } from './space.repository.js';
import {
  type Moved,
  movedOf,
  type Objection,
  objectionOf,
  type Placed,
  type PlaceWish,
  placedOf,
  sinceOf,
} from './space.types.js';
import { SpaceBooks } from './space-books.service.js';
import { SpaceWishes } from './space-wishes.service.js';

type Outcome<T> = Result<T, readonly Refusal[]>;

/** Cabinets looked at for one wish before the counters are asked again. */
const CANDIDATES = 20;
/** Every round that finds nothing means that others were granted as many places as there were candidates. */
const ROUNDS_MAX = 5;
const REFUSALS_MAX = 100;

/**
 * The one way in which space in cabinets is promised, taken and given back. Everything here is a part of a caller's
 * transaction; a refusal means that the caller rolls back. Others' changes meanwhile throw WriteConflict: the caller's
 * whole unit of work then runs again.
 */
@Injectable()
export class SpaceService {
  constructor(
    private readonly repository: SpaceRepository,
    private readonly books: SpaceBooks,
    private readonly wishes: SpaceWishes,
  ) {}

  /** One place. Among many cabinets only the one that is taken gets locked. */
  async place(tx: Tx, asked: PlaceWish): Promise<Outcome<Placed>> {
    const [wish] = (await this.wishes.of(tx, [asked])) as [Wish];
    if (!('among' in wish.where)) {
      const placed = await this.placeAll(tx, [wish]);
      return placed.ok ? ok(placed.value[0] as Placed) : placed;
    }
    const objection = [...checkWish(wish), ...(await this.wishes.objections(tx, [wish]))];
    if (objection.length > 0) return refuse(objection);
    const { among } = wish.where;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const candidates = await this.repository.candidates(tx, wish, among, CANDIDATES);
      if (candidates.length === 0) return this.nowhere(tx, wish, among);
      for (const cabinetId of candidates) {
        const book = await this.repository.openIfRoom(tx, cabinetId, wish);
        const placed = book?.place({ ...wish, where: { cabinetId, startUnit: null } });
        if (!book || !placed?.ok) continue;
        await this.repository.save(tx, book.changes(), sinceOf([wish]));
        return ok(placedOf(book, placed.value));
      }
    }
    throw new WriteConflict('every cabinet that had room was filled meanwhile');
  }

  /**
   * All of the wishes or none, in their order, with every refusal told. For thousands: cabinets are read once, places
   * chosen in memory, rows written in bulk; all cabinets that a choice allows are locked meanwhile.
   */
  async placeAll(tx: Tx, asked: readonly PlaceWish[]): Promise<Outcome<Placed[]>> {
    const wishes = await this.wishes.of(tx, asked);
    const seconds = await this.wishes.objections(tx, wishes);
    if (seconds.length > 0) return refuse(seconds.slice(0, REFUSALS_MAX));
    const book = await this.repository.openBook(tx, await this.wishes.cabinetsFor(tx, wishes));
    const placed: Placed[] = [];
    const refusals: Refusal[] = [];
    for (const wish of wishes) {
      const one = book.place(wish);
      if (one.ok) placed.push(placedOf(book, one.value));
      else refusals.push(...one.error);
    }
    if (refusals.length > 0) return refuse(refusals.slice(0, REFUSALS_MAX));
    await this.repository.save(tx, book.changes(), sinceOf(wishes));
    return ok(placed);
  }

  /** What would stand in the way of placing all of the wishes now, were these holders out. Locks and writes nothing, so it promises nothing either. */
  async objections(
    tx: Tx,
    asked: readonly PlaceWish[],
    givenBack: readonly string[] = [],
  ): Promise<readonly Refusal[]> {
    return (await this.objectionsWithHolders(tx, asked, givenBack)).map(({ refusal }) => refusal);
  }

  /** The same, with who has the units that were asked for. The caller decides whom of them its viewer is shown. */
  async objectionsWithHolders(
    tx: Tx,
    asked: readonly PlaceWish[],
    givenBack: readonly string[] = [],
  ): Promise<readonly Objection[]> {
    const wishes = await this.wishes.of(tx, asked, 'SEEN');
    const seconds = await this.wishes.objections(tx, wishes, 'SEEN');
    const standing = await this.repository.cabinetsOfHolders(tx, givenBack);
    const cabinets = [...(await this.wishes.cabinetsFor(tx, wishes)), ...standing.values()];
    const book = await this.repository.peek(tx, [...new Set(cabinets)]);
    for (const holderId of standing.keys()) book.act(holderId, 'RELEASE');
    const refused = wishes.flatMap((wish) => {
      const one = book.place(wish);
      return one.ok ? [] : one.error.map((refusal) => objectionOf(book, wish, refusal));
    });
    return [...seconds.map((refusal) => ({ refusal, taken: null })), ...refused];
  }

  /** Gives the place back, exactly once; plans for it end with it. false = there was nothing left to give back. */
  async release(tx: Tx, holderId: string): Promise<boolean> {
    return (await this.end(tx, { holderId, expectedVersion: null, path: [] }, () => null)).ok;
  }

  /** The same for a person: `objection` may refuse what the holder is. */
  async end(tx: Tx, one: End, objection: EndObjection): Promise<Outcome<Holder>> {
    const ended = await this.endAll(tx, [one], objection);
    return ended.ok ? ok(ended.value[0] as Holder) : ended;
  }

  /** All or none. Cabinets are locked at once and in order: one after the other, two who end neighbours wait crosswise. */
  async endAll(tx: Tx, ends: readonly End[], objection: EndObjection): Promise<Outcome<Holder[]>> {
    const ids = ends.map(({ holderId }) => holderId);
    const { book, endPlans } = await this.books.openWithPlans(tx, ids);
    const ended = endIn(book, ends, objection, endPlans);
    if (ended.ok) await this.repository.save(tx, book.changes());
    return ended;
  }

  /** HELD → ALLOCATED. */
  allocate(tx: Tx, holderId: string): Promise<Outcome<Holder>> {
    return this.act(tx, holderId, 'ALLOCATE');
  }

  /** HELD or ALLOCATED → OCCUPIED: the thing stands there. */
  occupy(tx: Tx, holderId: string): Promise<Outcome<Holder>> {
    return this.act(tx, holderId, 'OCCUPY');
  }

  /** OCCUPIED → ALLOCATED: the thing is out, the place stays given. */
  vacate(tx: Tx, holderId: string): Promise<Outcome<Holder>> {
    return this.act(tx, holderId, 'VACATE');
  }

  /** Ends a hold whose time is over, and plans for it. null = it was given, taken or ended meanwhile. */
  async expire(tx: Tx, holderId: string): Promise<Holder | null> {
    const { book, endPlans } = await this.books.openWithPlans(tx, [holderId]);
    const holder = book.holder(holderId);
    if (holder?.state !== 'HELD' || holder.heldUntil === null || holder.heldUntil > tx.now) return null;
    endPlans();
    book.act(holderId, 'EXPIRE');
    await this.repository.save(tx, book.changes());
    return holder;
  }

  /** Says anew until when these are held. What a request holds goes back with the request, not by itself. */
  holdUntil(tx: Tx, holderIds: readonly string[], heldUntil: Date): Promise<void> {
    return this.repository.holdUntil(tx, holderIds, heldUntil);
  }

  expiredHolds(now: Date, limit: number): Promise<string[]> {
    return this.repository.expiredHolds(now, limit);
  }

  /** Several in one act: all are out before any is in, so that two may change places. */
  async move(tx: Tx, moves: readonly Move[]): Promise<Outcome<Moved[]>> {
    const opened = await this.books.openToMove(tx, moves);
    if (!opened.ok) return opened;
    return this.saveMoved(tx, opened.value, opened.value.move(moves));
  }

  /** Keeps the new place while the thing still stands in the old one. It stays one thing: its plan is no second one. */
  async planMove(tx: Tx, move: Move, heldUntil: Date | null = null): Promise<Outcome<Placed>> {
    const { holderId, expectedVersion, cabinetId, startUnit, face, path } = move;
    const opened = await this.books.openToMove(tx, [move]);
    if (!opened.ok) return opened;
    const book = opened.value;
    const holder = book.holder(holderId);
    if (!holder || holder.state === 'BLOCKED' || holder.plannedForId !== null) return refuse([unknownHolder(path)]);
    if (expectedVersion !== null && expectedVersion !== holder.version)
      return refuse([changedMeanwhile(path, expectedVersion, holder.version)]);
    if (holder.growsHolderId !== null || book.growthOf(holder.id).length > 0) return refuse([growing(path)]);
    if ((await this.repository.plansFor(tx, [holderId])).length > 0)
      return refuse([notPermitted(path, 'MOVE_PLANNED', '已有计划中的迁移', 'A move is planned already')]);
    // Within one cabinet it draws and weighs once, wherever it stands.
    const same = cabinetId === holder.cabinetId;
    const placed = book.place({
      ...holder,
      holderId: newId(tx.now.getTime()),
      where: { cabinetId, startUnit },
      face: face ?? holder.face,
      powerW: same ? 0 : holder.powerW,
      weightGrams: same ? 0 : holder.weightGrams,
      state: 'HELD',
      plannedForId: holder.id,
      centerId: book.centerOf(holder),
      heldUntil,
      since: null,
      path,
    });
    if (!placed.ok) return placed;
    await this.repository.save(tx, book.changes());
    return ok(placedOf(book, placed.value));
  }

  /** The thing stands in its new place now; the old one is free. */
  async applyMove(tx: Tx, planId: string, path: InputPath = []): Promise<Outcome<Moved>> {
    const holderId = await this.repository.plannedFor(tx, planId);
    const cabinetId = (await this.repository.cabinetsOfHolders(tx, [planId])).get(planId);
    if (holderId === null || cabinetId === undefined) return refuse([unknownHolder(path)]);
    const opened = await this.books.openToMove(tx, [{ holderId, cabinetId, path }], [planId]);
    if (!opened.ok) return opened;
    const book = opened.value;
    const applied = book.applyPlan(planId, path);
    const moved = await this.saveMoved(tx, book, applied.ok ? ok([applied.value]) : applied);
    return moved.ok ? ok(moved.value[0] as Moved) : moved;
  }

  private async saveMoved(tx: Tx, book: CabinetBook, moved: Outcome<Holder[]>): Promise<Outcome<Moved[]>> {
    const saved = await this.saved(tx, book, moved);
    return saved.ok ? ok(saved.value.map((holder) => movedOf(book, holder))) : saved;
  }

  private async act(tx: Tx, holderId: string, action: HolderAction): Promise<Outcome<Holder>> {
    const book = await this.books.open(tx, [holderId]);
    return this.saved(tx, book, book.act(holderId, action));
  }

  private async saved<T>(tx: Tx, book: CabinetBook, done: Outcome<T>): Promise<Outcome<T>> {
    if (done.ok) await this.repository.save(tx, book.changes());
    return done;
  }

  private async nowhere(tx: Tx, wish: Wish, among: CabinetChoice): Promise<Outcome<Placed>> {
    const seen = (await this.repository.peek(tx, await this.repository.idsOf(tx, [among]))).place(wish);
    if (seen.ok) throw new WriteConflict('room appeared between two looks');
    return seen;
  }
}
