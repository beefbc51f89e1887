/** Decides how much an owed share asks of the center that it waits for, and how much of it stays as its mains go. */
import { type MachineSize, piecesOf, type StorageTier } from '../../allocation/domain/capacity.js';
import { type Standing, sizesOf, standbyServers } from '../../allocation/domain/dr-shares.js';

/** What one thing of the line is; of it and of the count follows the demand. */
export type OwedThing =
  | {
      readonly kind: 'VM';
      readonly vcpu: number;
      readonly memoryMib: number;
      readonly diskGib: number;
      readonly storageTier: StorageTier;
      readonly standbyRatioPercent: number;
      /** Pieces of one class that each machine has; not said of machines without any. */
      readonly accelerators?: { readonly name: string; readonly each: number };
    }
  | { readonly kind: 'SERVER'; readonly standbyRatioPercent: number }
  | { readonly kind: 'CABINET'; readonly halfUnits: number; readonly powerW: number };

export interface OwedDemand {
  readonly machines: number;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
  /** Class of the accelerators, as pools name it; null = it asks for none. */
  readonly accelerator: string | null;
  /** Pieces of that class. */
  readonly accelerators: number;
  readonly servers: number;
  readonly halfUnits: number;
  readonly powerW: number;
}

export const NO_DEMAND: OwedDemand = {
  machines: 0,
  vcpu: 0,
  memoryMib: 0,
  storageGib: 0,
  accelerator: null,
  accelerators: 0,
  servers: 0,
  halfUnits: 0,
  powerW: 0,
};

/** @param count machines, servers, places or data sets of the share itself. */
export function demandOf(thing: OwedThing, standing: Standing, count: number): OwedDemand {
  if (count === 0) return NO_DEMAND;
  switch (thing.kind) {
    case 'VM': {
      const { vcpu, memoryMib, diskGib, storageTier, standbyRatioPercent, accelerators } = thing;
      const pieces = accelerators ? { accelerators: { [accelerators.name]: accelerators.each } } : {};
      const full: MachineSize = { vcpu, memoryMib, diskGib, storageTier, ...pieces };
      const groups = sizesOf({ standing, count }, full, standbyRatioPercent);
      const total = (of: (size: MachineSize) => number) =>
        groups.reduce((sum, group) => sum + group.count * of(group.size), 0);
      const cards = total(piecesOf);
      return {
        ...NO_DEMAND,
        machines: standing === 'DATA' ? 0 : count,
        vcpu: total((size) => size.vcpu),
        memoryMib: total((size) => size.memoryMib),
        storageGib: total((size) => size.diskGib),
        accelerator: cards > 0 ? (accelerators?.name ?? null) : null,
        accelerators: cards,
      };
    }
    case 'SERVER':
      return { ...NO_DEMAND, servers: count };
    case 'CABINET':
      return { ...NO_DEMAND, halfUnits: thing.halfUnits * count, powerW: thing.powerW * count };
  }
}

/** How many of a share are owed for so many mains; never more than were owed before: what is asked anew is another request. */
export function owedFor(thing: OwedThing, standing: Standing, mains: number, before: number): number {
  const wanted =
    thing.kind === 'SERVER' && standing === 'STANDBY' ? standbyServers(mains, thing.standbyRatioPercent) : mains;
  return Math.min(before, wanted);
}

/** What of an expected price stays, to the fen below: it is an expectation, not a bill. */
export function expectedFen(fen: bigint | null, before: number, now: number): bigint | null {
  return fen === null || before === 0 ? fen : (fen * BigInt(now)) / BigInt(before);
}

export interface MainSize {
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly diskGib: number;
}

/**
 * What the share asks of its center now that its mains have other sizes than when it was registered: of the biggest where they
 * differ, as it is settled. null = as it was registered.
 */
export function demandOfMains(
  debt: { readonly thing: OwedThing; readonly standing: Standing; readonly itemCount: number },
  mains: readonly MainSize[],
  standbyRatioPercent: number | null,
): OwedDemand | null {
  const { thing, standing, itemCount } = debt;
  const [biggest] = mains.toSorted((a, b) => b.vcpu - a.vcpu || b.memoryMib - a.memoryMib);
  if (thing.kind !== 'VM' || !biggest) return null;
  const { vcpu, memoryMib } = biggest;
  const diskGib = Math.max(...mains.map((main) => main.diskGib));
  const ratio = standbyRatioPercent ?? thing.standbyRatioPercent;
  if (vcpu === thing.vcpu && memoryMib === thing.memoryMib && diskGib === thing.diskGib) return null;
  return demandOf({ ...thing, vcpu, memoryMib, diskGib, standbyRatioPercent: ratio }, standing, itemCount);
}
