/** Decides every change of what stands or is promised in cabinets: each act is tried on a book of them, and what the book then differs is what is written. */
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { type BookChanges, holderChanges } from './book-changes.js';
import { type Cabinet, type CabinetDescription, powerLimitOf } from './cabinet.js';
import { objectionToEntry } from './entry.js';
import {
  type Holder,
  type HolderAction,
  type HolderWords,
  isLive,
  type LiveState,
  type Place,
  stateAfter,
  staysInCenter,
} from './holder.js';
import type { Move } from './move.js';
import { isTighter, lackOf, type OpenCabinet, type RowLoad, shortestOf, shortOf, startIn } from './open-cabinet.js';
import { leftWhole, takenWhole } from './own-cabinet.js';
import { changedMeanwhile, growing, illegal, invalid, notApart, unknownCabinet, unknownHolder } from './refusals.js';
import { objectionsTo } from './reshape.js';
import { overlap, Slots } from './slots.js';
import { halfUnitAt, halfUnitsIn, unitAt } from './units.js';
import { type CabinetChoice, checkWish, keptOf, suits, type Wish } from './wish.js';

export type { Move };

/**
 * Some cabinets with their live holders and their rows' load, as they are under lock. A refused act leaves the book half
 * way: it is thrown away with its transaction.
 */
export class CabinetBook {
  private readonly open = new Map<string, OpenCabinet>();
  private readonly rows = new Map<string, RowLoad>();
  private readonly rowsBefore = new Map<string, RowLoad>();
  private readonly before: ReadonlyMap<string, Holder>;
  private readonly now: Map<string, Holder>;
  private readonly touched = new Set<string>();
  /** Cabinets in which wishes that stand apart were placed, by their word. */
  private readonly twins = new Map<string, readonly string[]>();
  private readonly choices = new Map<string, readonly OpenCabinet[]>();

  constructor(cabinets: readonly Cabinet[], rows: readonly RowLoad[], holders: readonly Holder[]) {
    for (const cabinet of cabinets)
      this.open.set(cabinet.id, { cabinet, slots: new Slots(halfUnitsIn(cabinet)), powerW: 0, weightGrams: 0 });
    for (const row of rows) {
      this.rows.set(row.id, row);
      this.rowsBefore.set(row.id, row);
    }
    this.before = new Map(holders.map((holder) => [holder.id, holder]));
    this.now = new Map(this.before);
    for (const holder of holders) {
      const open = this.of(holder);
      open.slots.take(holder, holder.state as LiveState);
      open.powerW += holder.powerW;
      open.weightGrams += holder.weightGrams;
    }
  }

  cabinet(id: string): Cabinet | undefined {
    return this.open.get(id)?.cabinet;
  }

  /** Live ones only. */
  holder(id: string): Holder | undefined {
    const holder = this.now.get(id);
    return holder && isLive(holder.state) ? holder : undefined;
  }

  /** As it was before this book's acts. */
  asFound(id: string): Holder | undefined {
    return this.before.get(id);
  }

  /** The number by which people name a holder's place; null for a strip beside the units. */
  startUnit(holder: Place): number | null {
    const { cabinet } = this.of(holder);
    return holder.heightHalfUnits === 0 ? null : unitAt(cabinet, holder.startHalfUnit, holder.heightHalfUnits);
  }

  /** What has slots of the very units that the wish asks for, as it is now; empty where the wish leaves them open. */
  inTheWay({ where, heightHalfUnits, face }: Wish): Holder[] {
    const open = 'among' in where ? undefined : this.open.get(where.cabinetId);
    if (!open || 'among' in where || where.startUnit === null) return [];
    const startHalfUnit = halfUnitAt(open.cabinet, where.startUnit, heightHalfUnits);
    if (startHalfUnit === undefined) return [];
    const wanted = { startHalfUnit, heightHalfUnits, face };
    return this.inside(where.cabinetId).filter((holder) => overlap(holder, wanted));
  }

  place(wish: Wish): Result<Holder, readonly Refusal[]> {
    const wrong = checkWish(wish);
    if (wrong.length > 0) return refuse(wrong);
    const spot = 'among' in wish.where ? this.tightest(wish, wish.where.among) : this.spotIn(wish, wish.where);
    if (!spot.ok) return refuse([spot.error]);
    const { whole, apart } = wish;
    const holder: Holder = { ...keptOf(wish), ...spot.value };
    this.put(holder);
    if (whole) this.reown(holder, takenWhole);
    if (apart !== undefined) this.twins.set(apart, [...(this.twins.get(apart) ?? []), holder.cabinetId]);
    return ok(holder);
  }

  /** One step of a holder's life. Released, it gives its place back. */
  act(holderId: string, action: HolderAction, path: InputPath = []): Result<Holder, readonly Refusal[]> {
    const holder = this.now.get(holderId);
    if (!holder) return refuse([unknownHolder(path)]);
    // A plan is applied or given up: nothing can stand in it while it stands elsewhere.
    const ends = action === 'RELEASE' || action === 'EXPIRE';
    const state = holder.plannedForId === null || ends ? stateAfter(holder.state, action) : undefined;
    if (state === undefined)
      return refuse([
        illegal(path, holder.state, action, '这个占位当前不能这样处理', 'The place is not in a state that allows it'),
      ]);
    this.take(holder);
    const next = {
      ...holder,
      state,
      heldUntil: state === 'HELD' ? holder.heldUntil : null,
      version: holder.version + 1,
    };
    if (isLive(state)) this.put(next);
    else this.now.set(holderId, next);
    if (!isLive(state)) this.reown(holder, leftWhole);
    return ok(next);
  }

  /** What is kept for it to grow into. */
  growthOf(holderId: string): Holder[] {
    return [...this.now.values()].filter((holder) => holder.growsHolderId === holderId && isLive(holder.state));
  }

  /** Half-units that are free right below and right above it, on its faces. */
  besideOf(place: Place): { readonly below: number; readonly above: number } {
    const { slots } = this.of(place);
    const { startHalfUnit, heightHalfUnits, face } = place;
    return { below: slots.freeDown(startHalfUnit, face), above: slots.freeFrom(startHalfUnit + heightHalfUnits, face) };
  }

  /** The place becomes another piece of its cabinet; what was kept for it to grow into is a part of it then. */
  remake(holderId: string, next: Pick<Holder, 'startHalfUnit' | 'heightHalfUnits' | 'powerW' | 'weightGrams'>): Holder {
    const holder = this.holder(holderId);
    if (!holder) throw new Error(`holder ${holderId} has ended`);
    for (const { id } of this.growthOf(holderId)) this.act(id, 'RELEASE');
    this.take(holder);
    const made = { ...holder, ...next, version: holder.version + 1 };
    this.put(made);
    return made;
  }

  /** Several at once: all are taken out before any is put back, so that two may change places. */
  move(moves: readonly Move[]): Result<Holder[], readonly Refusal[]> {
    const twice = moves.find((move, at) => moves.findIndex((other) => other.holderId === move.holderId) !== at);
    if (twice) return refuse([invalid(twice.path, 'once', '同一占位只能移动一次', 'A place is moved once in one act')]);
    const taken: { move: Move; holder: Holder }[] = [];
    for (const move of moves) {
      const holder = this.holder(move.holderId);
      if (!holder) return refuse([unknownHolder(move.path)]);
      if (move.expectedVersion !== null && move.expectedVersion !== holder.version)
        return refuse([changedMeanwhile(move.path, move.expectedVersion, holder.version)]);
      if (holder.state === 'BLOCKED' || holder.plannedForId !== null)
        return refuse([
          illegal(
            move.path,
            holder.state,
            'MOVE',
            '停用的U位和计划中的迁移不能移动',
            'Blocked units and planned moves do not move themselves',
          ),
        ]);
      if (holder.growsHolderId !== null || this.growthOf(holder.id).length > 0) return refuse([growing(move.path)]);
      taken.push({ move, holder });
    }
    const owns = ({ holder }: (typeof taken)[number]) => this.of(holder).cabinet.ownerHolderId === holder.id;
    const whole = new Set(taken.filter(owns).map(({ holder }) => holder.id));
    for (const { holder } of taken) this.take(holder);
    for (const { holder } of taken) this.reown(holder, leftWhole);
    const moved: Holder[] = [];
    for (const { move, holder } of taken) {
      const face = move.face ?? holder.face;
      const spot = this.spotIn(
        { ...holder, state: holder.state as LiveState, centerId: this.centerOf(holder), face, path: move.path },
        move,
        holder.cabinetId,
      );
      if (!spot.ok) return refuse([spot.error]);
      const next = { ...holder, ...spot.value, face, version: holder.version + 1 };
      this.put(next);
      if (whole.has(next.id)) this.reown(next, takenWhole);
      moved.push(next);
    }
    return ok(moved);
  }

  /** The holder goes where its plan says; the plan ends. */
  applyPlan(planId: string, path: InputPath = []): Result<Holder, readonly Refusal[]> {
    const plan = this.holder(planId);
    const holder = plan?.plannedForId ? this.holder(plan.plannedForId) : undefined;
    if (!plan || !holder) return refuse([unknownHolder(path)]);
    const ended = this.act(planId, 'RELEASE', path);
    if (!ended.ok) return ended;
    const { cabinetId, face, startHalfUnit, heightHalfUnits } = plan;
    const startUnit = unitAt(this.of(plan).cabinet, startHalfUnit, heightHalfUnits);
    const moved = this.move([{ holderId: holder.id, cabinetId, face, startUnit, expectedVersion: null, path }]);
    return moved.ok ? ok(moved.value[0] as Holder) : moved;
  }

  /**
   * Other words of its record for the same thing in the same place: refused where the cabinet is wholly another
   * department's, or cannot feed or carry what it is now said to draw and weigh.
   */
  describe(holderId: string, words: HolderWords, path: InputPath): Result<Holder, readonly Refusal[]> {
    const holder = this.holder(holderId);
    if (!holder) return refuse([unknownHolder(path)]);
    if ((Object.keys(words) as (keyof HolderWords)[]).every((word) => holder[word] === words[word])) return ok(holder);
    this.take(holder);
    const next: Holder = { ...holder, ...words, version: holder.version + 1 };
    const where = { cabinetId: holder.cabinetId, startUnit: this.startUnit(holder) };
    const spot = this.spotIn(
      { ...next, state: holder.state as LiveState, centerId: null, path },
      where,
      holder.cabinetId,
    );
    if (!spot.ok) return refuse([spot.error]);
    this.put(next);
    return ok(next);
  }

  /** The center that the thing does not leave; null = it may stand in any. */
  centerOf(holder: Holder): string | null {
    return staysInCenter(holder.kind) ? this.of(holder).cabinet.centerId : null;
  }

  /** Another description of a cabinet: refused where something that is in it would lose its place, its power or its floor. */
  reshape(cabinetId: string, next: CabinetDescription, path: InputPath): Result<Cabinet, readonly Refusal[]> {
    const open = this.open.get(cabinetId);
    if (!open) return refuse([unknownCabinet(path)]);
    const load = { powerW: open.powerW, weightGrams: open.weightGrams, floorLeftGrams: this.floorLeft(open) };
    const refusals = objectionsTo(open.cabinet, next, this.inside(cabinetId), load, path);
    if (refusals.length > 0) return refuse(refusals);
    const slots = new Slots(halfUnitsIn(next));
    for (const holder of this.inside(cabinetId)) slots.take(holder, holder.state as LiveState);
    this.loadRow(open.cabinet.rowId, next.ownWeightGrams - open.cabinet.ownWeightGrams);
    const kept = next.departmentId === open.cabinet.departmentId ? {} : { ownerHolderId: null };
    open.cabinet = {
      ...open.cabinet,
      ...next,
      ...kept,
      powerLimitW: powerLimitOf(next),
      version: open.cabinet.version + 1,
    };
    open.slots = slots;
    this.choices.clear();
    this.touched.add(cabinetId);
    return ok(open.cabinet);
  }

  changes(): BookChanges {
    return {
      ...holderChanges(this.before, this.now),
      cabinets: [...this.touched].toSorted().map((id) => this.counted(this.open.get(id) as OpenCabinet)),
      rows: [...this.rows.values()]
        .filter((row) => row !== this.rowsBefore.get(row.id))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    };
  }

  /** All of them with what is in them now. */
  readonly cabinets = (): Cabinet[] => [...this.open.values()].map((open) => this.counted(open));

  private counted({ cabinet, slots, powerW, weightGrams }: OpenCabinet): Cabinet {
    return { ...cabinet, ...slots.counts(), powerW, weightGrams };
  }

  private put(holder: Holder): void {
    const open = this.of(holder);
    open.slots.take(holder, holder.state as LiveState);
    this.load(open, holder, 1);
    this.now.set(holder.id, holder);
  }

  private take(holder: Holder): void {
    const open = this.of(holder);
    open.slots.free(holder);
    this.load(open, holder, -1);
  }

  private load(open: OpenCabinet, holder: Holder, sign: 1 | -1): void {
    open.powerW += sign * holder.powerW;
    open.weightGrams += sign * holder.weightGrams;
    this.loadRow(open.cabinet.rowId, sign * holder.weightGrams);
    this.touched.add(open.cabinet.id);
  }

  private loadRow(rowId: string, grams: number): void {
    const row = this.rows.get(rowId) as RowLoad;
    if (grams !== 0) this.rows.set(rowId, { ...row, weightGrams: row.weightGrams + grams });
  }

  private of(place: Place): OpenCabinet {
    const open = this.open.get(place.cabinetId);
    if (!open) throw new Error(`cabinet ${place.cabinetId} is not in the book`);
    return open;
  }

  private reown(holder: Holder, changed: typeof takenWhole | typeof leftWhole): void {
    this.of(holder).cabinet = changed(this.of(holder).cabinet, holder);
    this.choices.clear();
  }

  private inside(cabinetId: string): Holder[] {
    return [...this.now.values()].filter((holder) => holder.cabinetId === cabinetId && isLive(holder.state));
  }

  /** The cabinet of this kind that suits best (K8 to K11): one's own, then the shortest piece that will do, then the nearest, then what strands least. */
  private tightest(wish: Wish, among: CabinetChoice): Result<Place, Refusal> {
    const twins = (wish.apart === undefined ? undefined : this.twins.get(wish.apart)) ?? [];
    const all = this.suiting(among, wish.departmentId);
    const asked = twins.length === 0 ? all : all.filter(({ cabinet }) => !twins.includes(cabinet.id));
    let best: OpenCabinet | undefined;
    for (const open of asked)
      if (lackOf(open, wish, this.floorLeft(open)) === null && (!best || isTighter(open, best, wish))) best = open;
    if (best) return this.spotIn(wish, { cabinetId: best.cabinet.id, startUnit: null });
    if (all.some((open) => lackOf(open, wish, this.floorLeft(open)) === null))
      return refuse(notApart(wish.path, twins.length));
    return refuse(shortestOf(asked, wish, (open) => this.floorLeft(open)));
  }

  /** How many cabinets the wish's choice allows that have room for it now. */
  countFitting(wish: Wish, among: CabinetChoice): number {
    return this.fits(wish, among).length;
  }

  private fits(wish: Wish, among: CabinetChoice): OpenCabinet[] {
    return this.suiting(among, wish.departmentId).filter((open) => lackOf(open, wish, this.floorLeft(open)) === null);
  }

  /** Those cabinets, the best first (K8 to K11). Mostly the first will do. */
  *fitting(wish: Wish, among: CabinetChoice, may: (cabinet: Cabinet) => boolean = () => true): Generator<Cabinet> {
    const found = this.fits(wish, among).filter(({ cabinet }) => may(cabinet));
    const [first, ...others] = found;
    if (!first) return;
    const best = others.reduce((so, open) => (isTighter(open, so, wish) ? open : so), first);
    yield best.cabinet;
    for (const { cabinet } of found
      .filter((open) => open !== best)
      .toSorted((a, b) => (isTighter(a, b, wish) ? -1 : 1)))
      yield cabinet;
  }

  /** Of thousands of wishes most ask for the same kind of cabinet. */
  private suiting(among: CabinetChoice, departmentId: string | null): readonly OpenCabinet[] {
    const key = JSON.stringify([among, departmentId]);
    const known = this.choices.get(key);
    if (known) return known;
    const found = [...this.open.values()].filter(({ cabinet }) => suits(cabinet, among, departmentId));
    this.choices.set(key, found);
    return found;
  }

  /** The place in this very cabinet. `from` is where a moved thing was: it may stay in a cabinet that takes nothing new. */
  private spotIn(
    wish: Pick<
      Wish,
      'heightHalfUnits' | 'face' | 'powerW' | 'weightGrams' | 'departmentId' | 'centerId' | 'state' | 'path'
    >,
    where: { readonly cabinetId: string; readonly startUnit: number | null },
    from?: string,
  ): Result<Place, Refusal> {
    const { path, heightHalfUnits, face } = wish;
    const open = this.open.get(where.cabinetId);
    if (!open) return refuse(unknownCabinet([...path, 'cabinetId']));
    const { cabinet, slots } = open;
    const unwelcome = objectionToEntry(cabinet, wish, from);
    if (unwelcome) return refuse(unwelcome);
    const start = startIn(open, wish, where.startUnit);
    if (!start.ok) return start;
    const short = shortOf(open, { ...wish, heightHalfUnits: 0 }, this.floorLeft(open));
    if (short) return refuse(short);
    if (!slots.isFree({ startHalfUnit: start.value, heightHalfUnits, face })) throw new Error('a picked place is free');
    return ok({ cabinetId: cabinet.id, startHalfUnit: start.value, heightHalfUnits, face });
  }

  private floorLeft({ cabinet }: OpenCabinet): number {
    const { floorLimitGrams, weightGrams } = this.rows.get(cabinet.rowId) as RowLoad;
    return floorLimitGrams === null ? Number.POSITIVE_INFINITY : floorLimitGrams - weightGrams;
  }
}
