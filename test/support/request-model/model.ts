import type { ModelDebt } from './debt.ts';
import type { Machine } from './machine.ts';
import { type ModesChange, modesChangesOf } from './modes.ts';
import { type PlacesChange, placesChangeOf } from './place.ts';
import { ModelRequest } from './request.ts';
import {
  add,
  addData,
  BIG_VCPU,
  CAPACITY,
  MACHINE_VCPU,
  MACHINES_QUOTA,
  nothing,
  type Share,
  SITES,
  type Site,
  sharesOf,
  type Taking,
  type Wish,
} from './shares.ts';
import { addAsked, addTaken } from './taking.ts';

const DAY_MS = 86_400_000;
/** An address that was given back is nobody's for so long. */
export const ADDRESS_RESTS_DAYS = 7;

/** The disk of a machine that is gone, for some days. */
export interface KeptDisk {
  readonly of: Machine;
  state: 'KEPT' | 'ENDING' | 'GONE';
  readonly until: Date;
}

/**
 * A province on paper: requests, and the things that they got. It knows nothing of how the product does it; every act says
 * whether it was allowed, and does it if so. What is taken is never counted: it is derived each time it is asked.
 */
export class Model {
  readonly requests: ModelRequest[] = [];
  readonly disks: KeptDisk[] = [];
  /** When the next act happens. */
  now = new Date(0);
  private readonly resting: { readonly site: Site; readonly until: number }[] = [];

  constructor(
    /** Else what should go to the recovery center is owed: 容灾欠账. */
    public recoveryIsOpen = true,
  ) {}

  apply(wish: Wish, id: string): ModelRequest {
    const request = new ModelRequest(this, wish, id);
    this.requests.push(request);
    return request;
  }

  applyForChange(machine: Machine, id: string): ModelRequest {
    const { ownPays, site } = machine.request.wish;
    const vcpu = machine.vcpu === MACHINE_VCPU ? BIG_VCPU : MACHINE_VCPU;
    const wish: Wish = { lines: [], dual: false, remote: 'NONE', site, ownPays, days: null };
    const request = new ModelRequest(this, wish, id, { machine, vcpu });
    machine.changing = request;
    this.requests.push(request);
    return request;
  }

  applyForModes(modes: ModesChange, id: string): ModelRequest {
    const { ownPays, site } = modes.of.wish;
    const wish: Wish = { lines: [], dual: false, remote: 'NONE', site, ownPays, days: null };
    const request = new ModelRequest(this, wish, id, null, modes);
    for (const machine of [...modes.staying, ...modes.leaving]) machine.changing = request;
    this.requests.push(request);
    return request;
  }

  applyForPlaces(places: PlacesChange, id: string): ModelRequest {
    const { of, line } = places;
    const { ownPays, site } = of.wish;
    const wish: Wish = { lines: [], dual: false, remote: 'NONE', site, ownPays, days: null };
    const request = new ModelRequest(this, wish, id, null, null, places);
    of.changingPlaces.set(line, request);
    this.requests.push(request);
    return request;
  }

  /** Every change of places that could be asked for. */
  get placesChanges(): PlacesChange[] {
    return this.requests.flatMap((request) =>
      request.wish.lines.flatMap((_, line) => placesChangeOf(request, line) ?? []),
    );
  }

  /** Every change of modes that could be asked for. */
  get modesChanges(): ModesChange[] {
    return this.requests.flatMap((request) =>
      request.wish.lines.flatMap((_, line) => modesChangesOf(request, line, this.recoveryIsOpen)),
    );
  }

  get machines(): Machine[] {
    return this.requests.flatMap((request) => request.machines);
  }

  get debts(): { readonly request: ModelRequest; readonly debt: ModelDebt }[] {
    return this.requests.flatMap((request) => request.debts.map((debt) => ({ request, debt })));
  }

  taken(except?: ModelRequest): Taking {
    return this.takenBy((request) => request !== except);
  }

  /** Of these requests alone, with the disks of their machines. */
  takenBy(counts: (request: ModelRequest) => boolean): Taking {
    const sum = nothing();
    for (const request of this.requests) if (counts(request)) addTaken(sum, request);
    for (const { of, state } of this.disks) if (state !== 'GONE' && counts(of.request)) addData(sum[of.share.site], 1);
    return sum;
  }

  /** What of a wish is held, and what is owed as things are. */
  sharesFor(wish: Wish): { readonly held: Share[]; readonly owed: Share[] } {
    const all = sharesOf(wish);
    const isOwed = ({ site }: Share) => site === 'R' && !this.recoveryIsOpen;
    return { held: all.filter((share) => !isOwed(share)), owed: all.filter(isOwed) };
  }

  /** Beside all others; what it holds itself is free for it. */
  fits(asked: ModelRequest, shares: readonly Share[]): boolean {
    const sum = this.taken(asked);
    addAsked(sum, asked, shares);
    return this.hasRoom(sum);
  }

  /** Beside everything, also of the same request. */
  fitsBeside(shares: readonly Share[]): boolean {
    const sum = this.taken();
    for (const share of shares) add(sum, share);
    return this.hasRoom(sum);
  }

  private hasRoom(sum: Taking): boolean {
    const machines = SITES.reduce((all, site) => all + sum[site].machines, 0);
    const meters = ['vcpu', 'foreignVcpu', 'cards', 'servers', 'places', 'watts', 'tall', 'whole'] as const;
    return (
      machines <= MACHINES_QUOTA &&
      SITES.every((site) => meters.every((meter) => sum[site][meter] <= CAPACITY[meter])) &&
      SITES.every((site) => sum[site].addresses + this.restingIn(site) <= CAPACITY.addresses)
    );
  }

  /** The address of a machine that is gone. */
  rest(site: Site, from: Date): void {
    this.resting.push({ site, until: from.getTime() + ADDRESS_RESTS_DAYS * DAY_MS });
  }

  keepDisk(of: Machine, days: number): void {
    this.disks.push({ of, state: 'KEPT', until: new Date(this.now.getTime() + days * DAY_MS) });
  }

  private restingIn(site: Site): number {
    return this.resting.filter((one) => one.site === site && one.until > this.now.getTime()).length;
  }

  /** Days have passed: holds run out, terms end, the bin is emptied. */
  sweep(): void {
    for (const request of this.requests) request.sweep();
    for (const machine of this.machines) machine.sweep(this.now);
    for (const disk of this.disks) if (disk.state === 'KEPT' && disk.until <= this.now) disk.state = 'ENDING';
  }
}
