import type { LineKind } from '../../../server/src/allocation/domain/line-kind.js';

// A province on paper: three sites of one size, requests, and the things that they got. It knows nothing of how the
// product does it; every act says whether it was allowed, and does it if so.

/** Two same-city centers and the recovery center. */
export const SITES = ['A', 'B', 'R'] as const;
export type Site = (typeof SITES)[number];
/** Of every site. Small, so that requests get into each other's way. */
export const CAPACITY = { vcpu: 12, servers: 2, places: 3 } as const;
/** Of the one department, over all sites. */
export const MACHINES_QUOTA = 12;
/** Of the offer that is asked for; a standby machine takes half of it, data none. */
export const MACHINE_VCPU = 2;
/** Of the one that a machine may be changed to, and from there back. */
export const BIG_VCPU = 4;
/** Longer than any hold lives unless it is renewed, and than the bin keeps. */
export const LONG_DAYS = 20;

export interface Wish {
  readonly lines: readonly { readonly kind: LineKind; readonly count: number }[];
  readonly dual: boolean;
  readonly remote: 'NONE' | 'DATA' | 'APPLICATION';
  /** Where it runs, if in one center. */
  readonly site: 'A' | 'B';
  /** 单位自付: its hold encumbers a budget of the department. */
  readonly ownPays: boolean;
}

export type Standing = 'RUNNING' | 'STANDBY' | 'DATA';
export interface Share {
  readonly line: number;
  readonly kind: LineKind;
  readonly site: Site;
  readonly standing: Standing;
  readonly count: number;
}

export interface Taken {
  vcpu: number;
  machines: number;
  data: number;
  servers: number;
  places: number;
}

/** DUAL_ACTIVE is the same in A and B; a remote mode adds the recovery share, of what is no machine only under APPLICATION. */
export function sharesOf({ lines, dual, remote, site }: Wish): Share[] {
  return lines.flatMap(({ kind, count }, line) => {
    if (kind === 'SERVICE') return [];
    const mains = (dual ? (['A', 'B'] as const) : [site]).map(
      (at): Share => ({ line, kind, site: at, standing: 'RUNNING', count }),
    );
    if (remote === 'NONE' || (remote === 'DATA' && kind !== 'VM')) return mains;
    return [...mains, { line, kind, site: 'R', standing: remote === 'DATA' ? 'DATA' : 'STANDBY', count }];
  });
}

const VCPU_OF: { readonly [S in Standing]: number } = { RUNNING: MACHINE_VCPU, STANDBY: MACHINE_VCPU / 2, DATA: 0 };

export type Taking = { readonly [S in Site]: Taken };
export const nothing = (): Taking => {
  const none = (): Taken => ({ vcpu: 0, machines: 0, data: 0, servers: 0, places: 0 });
  return { A: none(), B: none(), R: none() };
};

function add(to: Taking, { kind, site, standing, count }: Omit<Share, 'line'>): void {
  const at = to[site];
  if (kind === 'SERVER') at.servers += count;
  else if (kind === 'CABINET') at.places += count;
  else {
    at.vcpu += VCPU_OF[standing] * count;
    if (standing === 'DATA') at.data += count;
    else at.machines += count;
  }
}

export type MachineState = 'PROVISIONING' | 'FAILED' | 'IN_USE' | 'IN_BIN' | 'RELEASING' | 'RELEASED';

export class Machine {
  state: MachineState = 'PROVISIONING';
  isProtected = false;
  reclaimed = false;
  /** Taken of its pool: what it is, or still was until it is seen to be smaller. */
  vcpu: number;
  /** The request that changes its size, from its sending to its end: meanwhile nobody lets it go. */
  changing: ModelRequest | null = null;

  constructor(
    readonly request: ModelRequest,
    readonly share: Share,
    /** Within its share, from 1. */
    readonly number: number,
  ) {
    this.vcpu = VCPU_OF[share.standing];
  }

  get mayChange(): boolean {
    const { dual, remote } = this.request.wish;
    return this.state === 'IN_USE' && this.changing === null && !dual && remote === 'NONE';
  }

  get wasDelivered(): boolean {
    return this.state !== 'PROVISIONING' && this.state !== 'FAILED';
  }

  /** Back to its department's hands: into the bin, or at once where there is nothing on it yet. */
  release(inBatch: boolean): boolean {
    if (this.isProtected || this.changing !== null) return false;
    if (this.state === 'IN_USE') this.state = 'IN_BIN';
    else if (!this.wasDelivered && !inBatch) this.state = 'RELEASING';
    else return false;
    return true;
  }

  restore(): boolean {
    if (this.state !== 'IN_BIN' || this.reclaimed) return false;
    this.state = 'IN_USE';
    return true;
  }

  purge(): boolean {
    if (this.state !== 'IN_BIN' || this.isProtected) return false;
    [this.state, this.reclaimed] = ['RELEASING', false];
    return true;
  }

  protect(on: boolean): boolean {
    if (this.state === 'RELEASING' || this.state === 'RELEASED') return false;
    this.isProtected = on;
    return true;
  }

  /** The center's decision, whatever protects it from its own people. */
  reclaim(): boolean {
    if (this.state !== 'IN_USE' || this.changing !== null) return false;
    [this.state, this.reclaimed] = ['IN_BIN', true];
    return true;
  }

  undoReclaim(): boolean {
    if (this.state !== 'IN_BIN' || !this.reclaimed) return false;
    [this.state, this.reclaimed] = ['IN_USE', false];
    return true;
  }

  observe(seen: 'RUNNING' | 'FAILED' | 'GONE'): void {
    if (this.changing?.state === 'PROVISIONING') this.changing.carriedOut();
    if (seen === 'RUNNING' && !this.wasDelivered) {
      this.state = 'IN_USE';
      this.request.settle();
    }
    if (seen === 'FAILED' && this.state === 'PROVISIONING') this.state = 'FAILED';
    if (seen === 'GONE' && this.state === 'RELEASING') {
      this.state = 'RELEASED';
      this.request.settleGone();
    }
  }
}

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
  machines: Machine[] = [];
  /** Lines that people still have to fulfil. */
  open = new Set<number>();
  /** What was granted of servers and has not come back; places stay. */
  servers: Share[] = [];
  places: Share[] = [];

  constructor(
    private readonly model: Model,
    readonly wish: Wish,
    /** The product's. */
    readonly id: string,
    /** 变更申请: it asks for nothing new, but for another size of one machine. */
    readonly change: { readonly machine: Machine; readonly vcpu: number } | null = null,
  ) {}

  private hasReturned = false;

  get inChain(): boolean {
    return this.state === 'AWAITING_SIGN_OFF' || this.state === 'UNDER_REVIEW';
  }

  get wasGranted(): boolean {
    return this.state === 'PROVISIONING' || this.state === 'DELIVERED' || this.state === 'CLOSED';
  }

  /** Nothing of it is left; whether it is said to be over depends on what went last. */
  get mayBeOver(): boolean {
    return (
      this.change === null &&
      this.wasGranted &&
      [...this.machines.filter((one) => one.state !== 'RELEASED'), ...this.servers, ...this.places].length === 0
    );
  }

  get signer(): Person | undefined {
    return this.inChain ? CHAIN[this.step] : undefined;
  }

  sign(who: Person): boolean {
    if (who !== this.signer) return false;
    if (this.state === 'AWAITING_SIGN_OFF') {
      if (!this.model.fits(this)) return false;
      [this.state, this.holds] = ['UNDER_REVIEW', true];
    }
    this.step += 1;
    if (this.step === CHAIN.length) this.grant();
    return true;
  }

  giveBack(who: Person): boolean {
    if (who !== this.signer) return false;
    this.state = 'RETURNED';
    return true;
  }

  reject(who: Person): boolean {
    if (who !== this.signer || this.state !== 'UNDER_REVIEW') return false;
    this.end('REJECTED');
    return true;
  }

  sendAgain(): boolean {
    if (this.state !== 'RETURNED') return false;
    [this.state, this.step] = ['AWAITING_SIGN_OFF', 0];
    return true;
  }

  withdraw(): boolean {
    if (!this.inChain && this.state !== 'RETURNED') return false;
    this.end('WITHDRAWN');
    return true;
  }

  expire(): void {
    if (!this.holds) return;
    this.holds = false;
    if (this.state === 'UNDER_REVIEW') this.end('EXPIRED');
  }

  /** Its machine is seen to have the size that was granted. */
  carriedOut(): void {
    if (this.change) this.change.machine.vcpu = this.change.vcpu;
    this.end('CLOSED');
  }

  private end(state: 'REJECTED' | 'WITHDRAWN' | 'EXPIRED' | 'CLOSED'): void {
    [this.state, this.holds] = [state, false];
    if (this.change) this.change.machine.changing = null;
  }

  /** Its hold reserves something of a budget of its department's own: of a change what becomes dearer. */
  get encumbers(): boolean {
    return this.holds && this.wish.ownPays && (this.change === null || this.growth > 0);
  }

  /** What the machine of a change gets more, if it does. */
  get growth(): number {
    return this.change === null ? 0 : Math.max(0, this.change.vcpu - this.change.machine.vcpu);
  }

  fulfil(line: number): boolean {
    if (!this.open.delete(line)) return false;
    this.settle();
    return true;
  }

  returnServer(): boolean {
    const returned = this.servers.pop() !== undefined;
    this.hasReturned ||= returned;
    return returned;
  }

  /** Only servers are still to be handed over, and some went back before: whether any is waited for depends on which. */
  get mayBeDelivered(): boolean {
    return (
      this.state === 'PROVISIONING' &&
      this.hasReturned &&
      this.machines.every((machine) => machine.wasDelivered) &&
      [...this.open].every((line) => this.wish.lines[line]?.kind === 'SERVER')
    );
  }

  /** Everything stands ready: the request is delivered. */
  settle(): void {
    if (this.change) return;
    const ready = this.open.size === 0 && this.machines.every((machine) => machine.wasDelivered);
    if (this.state === 'PROVISIONING' && ready) this.state = 'DELIVERED';
  }

  /** A machine is gone: with the last one, and nothing of another kind, the request is over. */
  settleGone(): void {
    const things = this.wish.lines.some(({ kind }) => kind === 'SERVER' || kind === 'CABINET');
    if (this.machines.every((machine) => machine.state === 'RELEASED') && !things) this.state = 'CLOSED';
    else this.settle();
  }

  /** What it takes now: all that it asked for while it holds, what is left of it once it was granted. */
  addTaken(to: Taking): void {
    if (this.holds) this.addAsked(to);
    for (const { state, share, vcpu } of this.machines) {
      if (state === 'RELEASED') continue;
      to[share.site].machines += 1;
      to[share.site].vcpu += vcpu;
    }
    for (const share of [...this.servers, ...this.places]) add(to, share);
    if (this.machines.length > 0)
      for (const share of sharesOf(this.wish))
        if (share.standing === 'DATA')
          add(to, { ...share, count: Math.min(share.count, this.mostMachines(share.line)) });
  }

  /** All that it holds once it holds: of a change only what its machine gets more. */
  addAsked(to: Taking): void {
    for (const share of sharesOf(this.wish)) add(to, share);
    if (this.change) to[this.change.machine.share.site].vcpu += this.growth;
  }

  private grant(): void {
    if (this.change) {
      const { machine } = this.change;
      [this.state, this.holds, machine.vcpu] = ['PROVISIONING', false, machine.vcpu + this.growth];
      return;
    }
    const shares = sharesOf(this.wish);
    [this.state, this.holds] = ['PROVISIONING', false];
    const machines = shares.filter(({ kind, standing }) => kind === 'VM' && standing !== 'DATA');
    this.machines = machines.flatMap((share) =>
      Array.from({ length: share.count }, (_, at) => new Machine(this, share, at + 1)),
    );
    const ones = (kind: LineKind): Share[] =>
      shares
        .filter((share) => share.kind === kind)
        .flatMap((share) => Array.from({ length: share.count }, () => ({ ...share, count: 1 })));
    [this.servers, this.places] = [ones('SERVER'), ones('CABINET')];
    this.open = new Set(this.wish.lines.flatMap(({ kind }, line) => (kind === 'VM' ? [] : [line])));
    this.settle();
  }

  /** Of a line, in whichever site has most: so many data sets are needed. */
  private mostMachines(line: number): number {
    const living = this.machines.filter((machine) => machine.share.line === line && machine.state !== 'RELEASED');
    return Math.max(...SITES.map((site) => living.filter((machine) => machine.share.site === site).length));
  }
}

export class Model {
  readonly requests: ModelRequest[] = [];

  apply(wish: Wish, id: string): ModelRequest {
    const request = new ModelRequest(this, wish, id);
    this.requests.push(request);
    return request;
  }

  applyForChange(machine: Machine, id: string): ModelRequest {
    const { ownPays, site } = machine.request.wish;
    const vcpu = machine.vcpu === MACHINE_VCPU ? BIG_VCPU : MACHINE_VCPU;
    const wish: Wish = { lines: [], dual: false, remote: 'NONE', site, ownPays };
    const request = new ModelRequest(this, wish, id, { machine, vcpu });
    machine.changing = request;
    this.requests.push(request);
    return request;
  }

  get machines(): Machine[] {
    return this.requests.flatMap((request) => request.machines);
  }

  taken(except?: ModelRequest): Taking {
    const sum = nothing();
    for (const request of this.requests) if (request !== except) request.addTaken(sum);
    return sum;
  }

  /** Beside all others; what it holds itself is free for it. */
  fits(asked: ModelRequest): boolean {
    const sum = this.taken(asked);
    asked.addAsked(sum);
    const machines = SITES.reduce((all, site) => all + sum[site].machines, 0);
    const meters = ['vcpu', 'servers', 'places'] as const;
    return (
      machines <= MACHINES_QUOTA && SITES.every((site) => meters.every((meter) => sum[site][meter] <= CAPACITY[meter]))
    );
  }

  /** So long that every hold runs out and the bin is emptied. */
  passLong(): void {
    for (const request of this.requests) request.expire();
    for (const machine of this.machines)
      if (machine.state === 'IN_BIN') [machine.state, machine.reclaimed] = ['RELEASING', false];
  }
}
