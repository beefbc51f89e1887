/** Decides what each address of a piece of a network is: nobody's, free, or somebody's. */
import { type AddressRange, rangeOf } from './address-plan.js';
import type { FamilyPlan } from './network.js';

/** EDGE: the first and the last of a prefix, which IPv4 keeps for the network itself and for all of it. */
export const ADDRESS_USES = ['EDGE', 'GATEWAY', 'RESERVED', 'FREE', 'HELD', 'ALLOCATED', 'QUARANTINE'] as const;
export type AddressUse = (typeof ADDRESS_USES)[number];

/** What fits a screen and an eye: the addresses that share their first three numbers. */
export const MAP_BLOCK_ADDRESSES = 256n;

/** How many blocks the map of a network has; a prefix longer than a block is one. */
export function blocksOf(plan: FamilyPlan): number {
  const { first, last } = rangeOf(plan.prefix);
  return Number((last - first) / MAP_BLOCK_ADDRESSES) + 1;
}

/** undefined = the network has no such block. */
export function blockOf(plan: FamilyPlan, block: number): AddressRange | undefined {
  if (!Number.isInteger(block) || block < 0 || block >= blocksOf(plan)) return undefined;
  const whole = rangeOf(plan.prefix);
  const first = whole.first + BigInt(block) * MAP_BLOCK_ADDRESSES;
  const last = first + MAP_BLOCK_ADDRESSES - 1n;
  return { first, last: last < whole.last ? last : whole.last };
}

/** One word an address, from the first of the range to its last. `taken` says what of it is somebody's. */
export function usesOf(
  plan: FamilyPlan,
  range: AddressRange,
  taken: ReadonlyMap<bigint, 'HELD' | 'ALLOCATED' | 'QUARANTINE'>,
): AddressUse[] {
  const whole = rangeOf(plan.prefix);
  return Array.from({ length: Number(range.last - range.first) + 1 }, (_, at): AddressUse => {
    const address = range.first + BigInt(at);
    // A claim comes first: what somebody has is shown as theirs, whatever was drawn over it.
    const claimed = taken.get(address);
    if (claimed) return claimed;
    if (address === whole.first || address === whole.last) return 'EDGE';
    if (address === plan.gateway) return 'GATEWAY';
    if (plan.reserved.some(({ first, last }) => address >= first && address <= last)) return 'RESERVED';
    return 'FREE';
  });
}
