import type { LineKind } from '../../../server/src/allocation/domain/line-kind.js';
import { addDays, type CalendarDate, calendarDate } from '../../../server/src/kernel/calendar.js';
import { ModelDebt } from './debt.ts';
import { GRACE_DAYS, Machine } from './machine.ts';
import type { Model } from './model.ts';
import type { ModesChange } from './modes.ts';
import { Place, type PlacesChange } from './place.ts';
import { holdFen } from './prices.ts';
import { more, type Share, SITES, type Wish, type WishLine } from './shares.ts';
import { mostMachines } from './taking.ts';

const DAY_MS = 86_400_000;
/** A hold lives so long from each step of the center on, longer only over long holidays, and never past its whole life. */
const HOLD_DAYS = { least: 14, most: 25, whole: 60 } as const;
/** Five working days, over whatever holidays. */
const RETURNED_DAYS = { least: 7, most: 20 } as const;

export type Person = 'head' | 'acceptance' | 'allocator' | 'reviewer';
/** Who signs which step of the chain; the capacity is taken as the first of them signs. */
export const CHAIN: readonly Person[] = ['head', 'acceptance', 'allocator'];

type State =
  | 'AWAITING_SIGN_OFF'
  | 'UNDER_REVIEW'
  | 'RETURNED'
  | 'PROVISIONING'
  | 'DELIVERED'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'EXPIRED'
  | 'CLOSED';

export class ModelRequest {
  state: State = 'AWAITING_SIGN_OFF';
  step = 0;
  holds = false;
  /** Whether the last sweep may have ended the hold: the day depends on the calendar. */
  mayHaveExpired = false;
  machines: Machine[] = [];
  /** What is held, or was granted: without what is owed. */
  shares: readonly Share[] = [];
  debts: ModelDebt[] = [];
  /** Lines that people still have to fulfil. */
  open = new Set<number>();
  /** What was granted of servers and has not come back; places stay. */
  servers: Share[] = [];
  places: Place[] = [];
  /** Lines of which the places are being changed, from the sending of the change to its end. */
  readonly changingPlaces = new Map<number, ModelRequest>();
  /** Its last day; null = 长期. */
  readonly until: CalendarDate | null;
  /** What its hold reserves, if its department pays: of a request that is no change. */
  reservedFen: bigint | null = null;
  private heldSince: Date | null = null;
  private expires = { least: new Date(0), most: new Date(0) };
  /** Lines of which a machine, or the modes, were changed. */
  readonly resized = new Set<number>();
  readonly changedModes = new Set<number>();
  /** Of a change of places that was granted: whether it made them bigger. */
  grew = false;
  private hasReturned = false;
  private made: Machine[] = [];
  /** Lines of servers, places and services that were handed over, and the day on which their people were told that the term is over. */
  private readonly terms = new Map<number, CalendarDate | null>();

  constructor(
    private readonly model: Model,
    readonly wish: Wish,
    /** The product's. */
    readonly id: string,
    /** 变更申请: it asks for nothing new, but for another size of one machine. */
    readonly change: { readonly machine: Machine; readonly vcpu: number } | null = null,
    /** The same of the DR modes of a line. */
    readonly modes: ModesChange | null = null,
    /** The same of the size of places. */
    readonly resize: PlacesChange | null = null,
  ) {
    this.until = wish.days === null ? null : addDays(calendarDate(model.now), wish.days);
  }

  get isChange(): boolean {
    return this.change !== null || this.modes !== null || this.resize !== null;
  }

  get inChain(): boolean {
    return this.state === 'AWAITING_SIGN_OFF' || this.state === 'UNDER_REVIEW';
  }

  get wasGranted(): boolean {
    return this.state === 'PROVISIONING' || this.state === 'DELIVERED' || this.state === 'CLOSED';
  }

  /** Nothing of it is left; whether it is said to be over depends on what went last. */
  get mayBeOver(): boolean {
    return (
      !this.isChange &&
      this.wasGranted &&
      [...this.machines.filter((one) => one.state !== 'RELEASED'), ...this.servers, ...this.places].length === 0
    );
  }

  get signer(): Person | undefined {
    return this.inChain ? CHAIN[this.step] : undefined;
  }

  /** Nobody is given anything until a day that has come. */
  private get isTooLate(): boolean {
    return this.until !== null && this.until <= calendarDate(this.model.now);
  }

  sign(who: Person): boolean {
    if (who !== this.signer) return false;
    if (this.state === 'AWAITING_SIGN_OFF' && !this.hold()) return false;
    this.step += 1;
    this.renew(HOLD_DAYS);
    if (this.step === CHAIN.length) this.grant();
    return true;
  }

  private hold(): boolean {
    const { held, owed } = this.modes ? { held: this.modes.up, owed: [] } : this.model.sharesFor(this.wish);
    if (this.isTooLate || !this.model.fits(this, held)) return false;
    for (const debt of this.debts) debt.lapse();
    [this.state, this.holds, this.shares] = ['UNDER_REVIEW', true, held];
    if (!this.isChange) this.reservedFen = holdFen(held, this.wish, calendarDate(this.model.now));
    this.debts.push(...owed.map((share) => new ModelDebt(share)));
    this.heldSince ??= this.model.now;
    return true;
  }

  giveBack(who: Person): boolean {
    if (who !== this.signer) return false;
    this.state = 'RETURNED';
    if (this.holds) this.renew(RETURNED_DAYS);
    return true;
  }

  reject(who: Person): boolean {
    if (who !== this.signer || this.state !== 'UNDER_REVIEW') return false;
    this.end('REJECTED');
    return true;
  }

  sendAgain(): boolean {
    if (this.state !== 'RETURNED' || this.isTooLate) return false;
    [this.state, this.step] = ['AWAITING_SIGN_OFF', 0];
    return true;
  }

  withdraw(): boolean {
    if (!this.inChain && this.state !== 'RETURNED') return false;
    this.end('WITHDRAWN');
    return true;
  }

  /** Time has passed. */
  sweep(): void {
    this.endTerms();
    const { now } = this.model;
    if (!this.holds || now < this.expires.least) return;
    if (now >= this.expires.most) this.expire();
    else this.mayHaveExpired = true;
  }

  /** Nobody is taken anything from before a full grace after they were told; servers have a case, which people decide. */
  private endTerms(): void {
    const { until } = this;
    const today = calendarDate(this.model.now);
    if (until === null || until >= today) return;
    for (const [line, told] of this.terms)
      if (told === null) this.terms.set(line, today);
      else if (addDays(told, GRACE_DAYS) <= today && this.wish.lines[line]?.kind !== 'SERVER') this.endLine(line);
  }

  private endLine(line: number): void {
    this.terms.delete(line);
    this.places = this.places.filter(({ share }) => share.line !== line);
    this.followMains();
  }

  /** Lines of places and services that were handed over and are not given back. */
  get handedLines(): number[] {
    return [...this.terms.keys()].filter((line) => this.wish.lines[line]?.kind !== 'SERVER');
  }

  /** By their department itself: not while they are being changed. */
  giveBackLine(line: number): boolean {
    if (!this.handedLines.includes(line) || this.changingPlaces.has(line)) return false;
    this.endLine(line);
    return true;
  }

  /** A change has taken room beside the places of the line, or has made it theirs and people are about to. */
  hasRoomBeside(line: number): boolean {
    const change = this.changingPlaces.get(line);
    return change !== undefined && (change.holds ? change.isGrowing : change.grew);
  }

  expire(): void {
    if (this.state === 'UNDER_REVIEW') this.end('EXPIRED');
    else this.letGo();
  }

  private renew({ least, most }: { readonly least: number; readonly most: number }): void {
    const after = (from: Date, days: number) => from.getTime() + days * DAY_MS;
    const whole = after(this.heldSince ?? this.model.now, HOLD_DAYS.whole);
    const until = (days: number) => new Date(Math.min(after(this.model.now, days), whole));
    this.expires = { least: until(least), most: until(most) };
  }

  /** Its machine is seen to have the size that was granted. */
  carriedOut(): void {
    for (const place of this.resize?.places ?? []) place.size = this.resize?.to ?? place.size;
    if (this.change) this.change.machine.vcpu = this.change.vcpu;
    this.end('CLOSED');
  }

  private end(state: 'REJECTED' | 'WITHDRAWN' | 'EXPIRED' | 'CLOSED'): void {
    this.state = state;
    this.letGo();
    if (this.change) this.change.machine.changing = null;
    this.resize?.of.changingPlaces.delete(this.resize.line);
    for (const machine of [...(this.modes?.staying ?? []), ...(this.modes?.leaving ?? [])])
      if (machine.changing === this) machine.changing = null;
  }

  private letGo(): void {
    [this.holds, this.heldSince, this.shares] = [false, null, []];
    for (const debt of this.debts) debt.lapse();
  }

  /** Its hold reserves something of a budget of its department's own: of a change what becomes dearer. */
  get encumbers(): boolean {
    const plain = this.change === null && this.resize === null;
    const asksForMore = this.modes ? this.modes.up.length > 0 : plain || this.growth > 0 || this.isGrowing;
    return this.holds && this.wish.ownPays && asksForMore;
  }

  /** What the machine of a change gets more, if it does. */
  get growth(): number {
    return this.change === null ? 0 : Math.max(0, this.change.vcpu - this.change.machine.vcpu);
  }

  /** Whether the places of a change get bigger: then they take so much from the grant on. */
  get isGrowing(): boolean {
    const { places = [], to } = this.resize ?? {};
    const [first] = places;
    return first !== undefined && to !== undefined && more(first.size, to).watts > 0;
  }

  fulfil(line: number): boolean {
    if (!this.open.delete(line)) return false;
    if (this.wish.lines[line]?.kind !== 'VM') this.terms.set(line, null);
    for (const machine of this.machines) if (machine.share.line === line) machine.delivered();
    this.settle();
    return true;
  }

  returnServer(): boolean {
    const returned = this.servers.pop() !== undefined;
    this.hasReturned ||= returned;
    if (returned) this.followMains();
    return returned;
  }

  /** Only servers are still to be handed over, and some went back before: whether any is waited for depends on which. */
  get mayBeDelivered(): boolean {
    return (
      this.state === 'PROVISIONING' &&
      this.hasReturned &&
      this.machines.every((machine) => machine.wasDelivered) &&
      this.waiting.every((line) => this.wish.lines[line]?.kind === 'SERVER')
    );
  }

  /** Lines whose work is waited for; of machines that people make, they themselves are. */
  private get waiting(): number[] {
    return [...this.open].filter((line) => this.wish.lines[line]?.kind !== 'VM');
  }

  /** Everything stands ready: the request is delivered. */
  settle(): void {
    if (this.isChange) return;
    this.settleDebts();
    const ready = this.waiting.length === 0 && this.machines.every((machine) => machine.wasDelivered);
    if (this.state === 'PROVISIONING' && ready) this.state = 'DELIVERED';
  }

  /** A machine is gone: with the last one, and nothing of another kind, the request is over. */
  machineGone(machine: Machine, now: Date): void {
    const { share, keepDays } = machine;
    if (!share.foreign) this.model.rest(share.site, now);
    if (keepDays !== null) this.model.keepDisk(machine, keepDays);
    const things = this.wish.lines.some(({ kind }) => kind === 'SERVER' || kind === 'CABINET');
    if (this.machines.every((machine) => machine.state === 'RELEASED') && !things) this.state = 'CLOSED';
    else this.settle();
    this.followMains();
    this.settleDebts();
  }

  /** 补建: an owed share gets its place now, as a new request would. */
  settleDebt(debt: ModelDebt): boolean {
    const { kind, standing, line } = debt.share;
    const [size] = this.places.flatMap((place) => (place.share.line === line ? place.size : []));
    const share: Share = { ...debt.share, count: debt.count, ...(size ? { size } : {}) };
    if (this.changingPlaces.has(line)) return false;
    if (debt.state !== 'OPEN' || !this.model.recoveryIsOpen || this.isTooLate) return false;
    if ((kind !== 'VM' && this.open.has(line)) || !this.model.fitsBeside([share])) return false;
    debt.state = standing === 'DATA' ? 'SETTLED' : 'SETTLING';
    this.shares = [...this.shares, share];
    if (kind === 'VM' && standing !== 'DATA') this.machines.push(...machinesOf(this, share));
    if (kind === 'SERVER') this.servers.push(...ones(share));
    if (kind === 'CABINET') this.places.push(...ones(share).map((one) => new Place(one)));
    return true;
  }

  /** The work order of a settled server or place is done. */
  fulfilDebt(debt: ModelDebt): void {
    if (debt.state === 'SETTLING') debt.state = 'SETTLED';
  }

  private settleDebts(): void {
    for (const debt of this.debts) {
      if (debt.state !== 'SETTLING' || debt.share.kind !== 'VM') continue;
      const own = this.machines.filter(({ share }) => share.line === debt.share.line && share.site === 'R');
      if (own.every(({ isDelivered, state }) => isDelivered || state === 'RELEASED')) debt.state = 'SETTLED';
    }
  }

  private followMains(): void {
    for (const debt of this.debts) {
      const { line, kind } = debt.share;
      const things = kind === 'SERVER' ? this.servers : this.places.map(({ share }) => share);
      const most = Math.max(...SITES.map((at) => things.filter((one) => one.line === line && one.site === at).length));
      debt.follow(kind === 'VM' ? mostMachines(this, line) : most);
    }
  }

  private grant(): void {
    if (this.modes) {
      this.grantModes(this.modes);
      return;
    }
    if (this.change) {
      const { machine } = this.change;
      machine.request.resized.add(machine.share.line);
      [this.state, this.holds, machine.vcpu] = ['PROVISIONING', false, machine.vcpu + this.growth];
      return;
    }
    if (this.resize) {
      this.grew = this.isGrowing;
      if (this.grew) for (const place of this.resize.places) place.size = this.resize.to;
      [this.state, this.holds] = ['PROVISIONING', false];
      return;
    }
    const { shares } = this;
    [this.state, this.holds] = ['PROVISIONING', false];
    const machines = shares.filter(({ kind, standing }) => kind === 'VM' && standing !== 'DATA');
    this.machines = machines.flatMap((share) => machinesOf(this, share));
    const things = (kind: LineKind): Share[] => shares.filter((share) => share.kind === kind).flatMap(ones);
    [this.servers, this.places] = [things('SERVER'), things('CABINET').map((share) => new Place(share))];
    for (const debt of this.debts) if (debt.state === 'PENDING') debt.state = 'OPEN';
    const byPeople = ({ kind, foreign }: WishLine) => kind !== 'VM' || foreign === true;
    this.open = new Set(this.wish.lines.flatMap((one, line) => (byPeople(one) ? [line] : [])));
    this.settle();
  }

  private grantModes({ of, line, up, leaving, staying, withoutData }: ModesChange): void {
    [this.state, this.holds, this.shares] = ['PROVISIONING', false, []];
    for (const machine of [...leaving, ...staying]) machine.changing = null;
    for (const machine of leaving) machine.leave(this.model.now);
    of.changedModes.add(line);
    of.shares = of.shares.filter((share) => !withoutData || share.line !== line || share.standing !== 'DATA');
    of.shares = [...of.shares, ...up];
    this.made = up.filter(({ standing }) => standing !== 'DATA').flatMap((share) => machinesOf(of, share));
    for (const machine of this.made) machine.madeBy = this;
    of.machines.push(...this.made);
    this.closeOnceMade();
  }

  /** All that the change of modes makes has come into use, or went before. */
  closeOnceMade(): void {
    const done = this.made.every(({ isDelivered, state }) => isDelivered || state === 'RELEASED');
    if (this.state === 'PROVISIONING' && done) this.state = 'CLOSED';
  }
}

const machinesOf = (request: ModelRequest, share: Share): Machine[] =>
  Array.from({ length: share.count }, (_, at) => new Machine(request, share, at + 1));

const ones = (share: Share): Share[] => Array.from({ length: share.count }, () => ({ ...share, count: 1 }));
