import type { LineKind } from '../../../server/src/allocation/domain/line-kind.js';

// A province on paper: three sites of one size, and what a request asks of them. It knows nothing of how the product does it.

/** Two same-city centers and the recovery center. */
export const SITES = ['A', 'B', 'R'] as const;
export type Site = (typeof SITES)[number];
/** Of every site. Small, so that requests get into each other's way. */
export const CAPACITY = { vcpu: 12, foreignVcpu: 6, servers: 2, places: 3, watts: 5_000, addresses: 5 } as const;
/** Of the one department, over all sites. */
export const MACHINES_QUOTA = 12;
/** Of the offer that is asked for; a standby machine takes half of it, data none. */
export const MACHINE_VCPU = 2;
/** Of the one that a machine may be changed to, and from there back. */
export const BIG_VCPU = 4;

/** Of a place as it is asked for: what its 6 U include. */
export const PLACE_WATTS = 1_200;
/** To which one may be changed, and from there back: it costs more, and not all places of a site can have it. */
export const BIG_PLACE_WATTS = 2_200;

export interface WishLine {
  readonly kind: LineKind;
  readonly count: number;
  /** Of machines: in a zone that only pools of a foreign platform serve (RECORDED): people make and remove them. */
  readonly foreign?: boolean;
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
  /** Of a place that is settled later: as big as those of its line are by then. */
  readonly watts?: number;
}

/** DUAL_ACTIVE is the same in A and B; a remote mode adds the recovery share, of what is no machine only under APPLICATION. */
export function sharesOf({ lines, dual, remote, site }: Wish): Share[] {
  return lines.flatMap(({ kind, count, foreign = false }, line) => {
    if (kind === 'SERVICE') return [];
    const mains = (dual ? (['A', 'B'] as const) : [site]).map(
      (at): Share => ({ line, kind, site: at, standing: 'RUNNING', count, foreign }),
    );
    // What a foreign platform runs is asked for without a remote share here.
    if (remote === 'NONE' || foreign || (remote === 'DATA' && kind !== 'VM')) return mains;
    return [...mains, { line, kind, site: 'R', standing: remote === 'DATA' ? 'DATA' : 'STANDBY', count, foreign }];
  });
}

export const VCPU_OF: { readonly [S in Standing]: number } = {
  RUNNING: MACHINE_VCPU,
  STANDBY: MACHINE_VCPU / 2,
  DATA: 0,
};

export interface Taken {
  vcpu: number;
  foreignVcpu: number;
  machines: number;
  data: number;
  servers: number;
  places: number;
  watts: number;
  addresses: number;
}
export type Taking = { readonly [S in Site]: Taken };
export const nothing = (): Taking => {
  const none = (): Taken => ({
    ...{ vcpu: 0, foreignVcpu: 0, machines: 0, data: 0, servers: 0, places: 0, watts: 0, addresses: 0 },
  });
  return { A: none(), B: none(), R: none() };
};

export function add(
  to: Taking,
  { kind, site, standing, count, foreign, watts = PLACE_WATTS }: Omit<Share, 'line'>,
): void {
  const at = to[site];
  if (kind === 'SERVER') at.servers += count;
  else if (kind === 'CABINET') {
    at.places += count;
    at.watts += watts * count;
  } else {
    at[foreign ? 'foreignVcpu' : 'vcpu'] += VCPU_OF[standing] * count;
    if (standing === 'DATA') at.data += count;
    else {
      at.machines += count;
      // No network of ours is kept where a foreign platform runs them.
      if (!foreign) at.addresses += count;
    }
  }
}
