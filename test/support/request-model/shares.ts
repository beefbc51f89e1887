import type { LineKind } from '../../../server/src/allocation/domain/line-kind.js';
import type { QuotaMeter } from '../../../server/src/kernel/refusal.js';

// A province on paper: three sites of one size, and what a request asks of them. It knows nothing of how the product does it.

/** Two same-city centers and the recovery center. */
export const SITES = ['A', 'B', 'R'] as const;
export type Site = (typeof SITES)[number];
/** Of every site. Small, so that requests get into each other's way; watts are those of the cabinet of plain places. */
export const CAPACITY = {
  ...{ vcpu: 12, foreignVcpu: 6, cards: 2, servers: 2, places: 3, watts: 5_000, tall: 2, whole: 2, addresses: 5 },
} as const;
/** Of the one department, over all sites. */
export const MACHINES_QUOTA = 12;
/** Of the offer that is asked for; a standby machine takes half of it, data none. */
export const MACHINE_VCPU = 2;
/** Of the one that a machine may be changed to, and from there back. */
export const BIG_VCPU = 4;
/** Of the one with an accelerator, which has the small one's vCPU. */
export const CARD_MEMORY_MIB = 5_120;
export const DISK_GIB = 20;

/** PLAIN: some of one cabinet; TALL: of a cabinet that has room for one of them, however it grows; WHOLE: all of one. */
export type Form = 'PLAIN' | 'TALL' | 'WHOLE';
export interface PlaceSize {
  readonly units: number;
  readonly watts: number;
  readonly kg: number;
}
/** What is asked for, and to what one may be changed, and from there back. Not all plain ones of a site can have the other. */
export const SIZES: { readonly [F in Form]: readonly [PlaceSize, PlaceSize] } = {
  PLAIN: [
    { units: 6, watts: 1_200, kg: 40 },
    { units: 6, watts: 2_200, kg: 60 },
  ],
  TALL: [
    { units: 6, watts: 1_200, kg: 40 },
    { units: 9, watts: 1_500, kg: 70 },
  ],
  WHOLE: [
    { units: 20, watts: 3_000, kg: 300 },
    { units: 20, watts: 3_600, kg: 350 },
  ],
};

export interface WishLine {
  readonly kind: LineKind;
  readonly count: number;
  /** Of machines: in a zone that only pools of a foreign platform serve (RECORDED): people make and remove them. */
  readonly foreign?: boolean;
  /** Of machines: each with an accelerator. */
  readonly card?: boolean;
  /** Of places; left out = plain ones. */
  readonly form?: Form;
}

export interface Wish {
  readonly lines: readonly WishLine[];
  readonly dual: boolean;
  readonly remote: 'NONE' | 'DATA' | 'APPLICATION';
  /** Where it runs, if in one center. */
  readonly site: 'A' | 'B';
  /** 单位自付: its hold encumbers a budget of the department. */
  readonly ownPays: boolean;
  /** 临时: its last day, so many days after the application; null = 长期. */
  readonly days: number | null;
}

export type Standing = 'RUNNING' | 'STANDBY' | 'DATA';
export interface Share {
  readonly line: number;
  readonly kind: LineKind;
  readonly site: Site;
  readonly standing: Standing;
  readonly count: number;
  readonly foreign: boolean;
  readonly card: boolean;
  readonly form: Form;
  /** Of a place that is settled later: as big as those of its line are by then. */
  readonly size?: PlaceSize;
}

/** DUAL_ACTIVE is the same in A and B; a remote mode adds the recovery share, of what is no machine only under APPLICATION. */
export function sharesOf({ lines, dual, remote, site }: Wish): Share[] {
  return lines.flatMap(({ kind, count, foreign = false, card = false, form = 'PLAIN' }, line) => {
    if (kind === 'SERVICE') return [];
    const one = { line, kind, count, foreign, card, form };
    const mains = (dual ? (['A', 'B'] as const) : [site]).map(
      (at): Share => ({ ...one, site: at, standing: 'RUNNING' }),
    );
    // What a foreign platform runs is asked for without a remote share here.
    if (remote === 'NONE' || foreign || (remote === 'DATA' && kind !== 'VM')) return mains;
    return [...mains, { ...one, site: 'R', standing: remote === 'DATA' ? 'DATA' : 'STANDBY' }];
  });
}

export const VCPU_OF: { readonly [S in Standing]: number } = {
  RUNNING: MACHINE_VCPU,
  STANDBY: MACHINE_VCPU / 2,
  DATA: 0,
};

/** Of a machine of so many vCPU: the plain ones have 1 GiB a vCPU, the big one half as much again. */
export function memoryOf(vcpu: number, card: boolean): number {
  if (card) return (CARD_MEMORY_MIB * vcpu) / MACHINE_VCPU;
  return vcpu === BIG_VCPU ? 1.5 * 1_024 * BIG_VCPU : 1_024 * vcpu;
}

/** Of one site, or of all that one payer pays. */
export interface Taken {
  vcpu: number;
  foreignVcpu: number;
  memoryMib: number;
  storageGib: number;
  cards: number;
  machines: number;
  data: number;
  servers: number;
  /** By the form of each, and what all of them take. */
  places: number;
  tall: number;
  whole: number;
  /** Of plain places alone. */
  watts: number;
  halfUnits: number;
  allWatts: number;
  kg: number;
  addresses: number;
}
export type Taking = { readonly [S in Site]: Taken };
const none = (): Taken => ({
  ...{ vcpu: 0, foreignVcpu: 0, memoryMib: 0, storageGib: 0, cards: 0, machines: 0, data: 0, servers: 0, places: 0 },
  ...{ tall: 0, whole: 0, watts: 0, halfUnits: 0, allWatts: 0, kg: 0, addresses: 0 },
});
export const nothing = (): Taking => ({ A: none(), B: none(), R: none() });

export function add(to: Taking, share: Omit<Share, 'line'>): void {
  const { kind, site, standing, count, foreign, card, form, size = SIZES[form][0] } = share;
  const at = to[site];
  if (kind === 'SERVER') at.servers += count;
  else if (kind === 'CABINET') for (let n = 0; n < count; n += 1) addPlace(at, form, size);
  else if (standing === 'DATA') addData(at, count);
  else for (let n = 0; n < count; n += 1) addMachine(at, { vcpu: VCPU_OF[standing], foreign, card });
}

export function addMachine(
  at: Taken,
  one: { readonly vcpu: number; readonly foreign: boolean; readonly card: boolean },
) {
  at.machines += 1;
  // No network of ours is kept where a foreign platform runs them.
  if (!one.foreign) at.addresses += 1;
  at.storageGib += DISK_GIB;
  if (one.card) at.cards += 1;
  addSize(at, one.vcpu, memoryOf(one.vcpu, one.card), one.foreign);
}

/** vCPU and memory alone, as a machine has them more. */
export function addSize(at: Taken, vcpu: number, memoryMib: number, foreign = false): void {
  at[foreign ? 'foreignVcpu' : 'vcpu'] += vcpu;
  at.memoryMib += memoryMib;
}

/** Storage without a machine. */
export function addData(at: Taken, count: number): void {
  at.data += count;
  at.storageGib += DISK_GIB * count;
}

const COUNTED = { PLAIN: 'places', TALL: 'tall', WHOLE: 'whole' } as const;
export function addPlace(at: Taken, form: Form, size: PlaceSize): void {
  at[COUNTED[form]] += 1;
  addRoom(at, form, size);
}

/** What a place takes, or takes more, without being one more. */
export function addRoom(at: Taken, form: Form, { units, watts, kg }: PlaceSize): void {
  at.halfUnits += 2 * units;
  at.allWatts += watts;
  at.kg += kg;
  if (form === 'PLAIN') at.watts += watts;
}

export const more = (from: PlaceSize, to: PlaceSize): PlaceSize => ({
  units: Math.max(0, to.units - from.units),
  watts: Math.max(0, to.watts - from.watts),
  kg: Math.max(0, to.kg - from.kg),
});

/** What all sites together take of a quota. Of services only those of which a quota is kept, and it keeps none. */
export function quotasOf(taking: Taking): { readonly [M in QuotaMeter]: number } {
  const sum = (meter: keyof Taken): number => SITES.reduce((all, site) => all + taking[site][meter], 0);
  return {
    MACHINE: sum('machines'),
    VCPU: sum('vcpu') + sum('foreignVcpu'),
    MEMORY_MIB: sum('memoryMib'),
    STORAGE_GIB: sum('storageGib'),
    ACCELERATOR: sum('cards'),
    SERVER: sum('servers'),
    CABINET_HALF_UNIT: sum('halfUnits'),
    POWER_W: sum('allWatts'),
  };
}
