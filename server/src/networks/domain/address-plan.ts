/** Decides which addresses of a network may be claimed, and which of them are next: numbers only, nothing is enumerated. */

export const IP_FAMILIES = ['IPV4', 'IPV6'] as const;
export type IpFamily = (typeof IP_FAMILIES)[number];

export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** A prefix as numbers; `first` has no host bits. */
export interface Prefix {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly length: number;
}

const BITS: { readonly [F in IpFamily]: number } = { IPV4: 32, IPV6: 128 };

/**
 * Lengths that a network may have. IPv4: /31 and /32 hold no gateway beside a machine, and more than /16 is a range of
 * networks. IPv6: a /64 is the rule, longer ones stand in old plans; beyond /120 nothing is left but exclusions.
 */
export const PREFIX_LENGTHS: { readonly [F in IpFamily]: { readonly min: number; readonly max: number } } = {
  IPV4: { min: 16, max: 30 },
  IPV6: { min: 48, max: 120 },
};
/** RFC 2526: the highest 128 interface identifiers of a subnet are anycast addresses. */
const IPV6_ANYCAST = 128n;

export function rangeOf({ family, first, length }: Prefix): AddressRange {
  return { first, last: first + (1n << BigInt(BITS[family] - length)) - 1n };
}

export function hasHostBits({ family, first, length }: Prefix): boolean {
  return first % (1n << BigInt(BITS[family] - length)) !== 0n;
}

export function overlap(a: Prefix, b: Prefix): boolean {
  if (a.family !== b.family) return false;
  const [one, two] = [rangeOf(a), rangeOf(b)];
  return one.first <= two.last && two.first <= one.last;
}

export interface AddressPlan {
  readonly prefix: Prefix;
  /** In order, apart from each other; everything in them may be claimed. */
  readonly usable: readonly AddressRange[];
}

/** First and last (of IPv6 the last 128), gateway and reserved ranges are nobody's. */
export function planOf(prefix: Prefix, gateway: bigint | null, reserved: readonly AddressRange[]): AddressPlan {
  const { first, last } = rangeOf(prefix);
  const excluded = [
    { first, last: first },
    { first: prefix.family === 'IPV6' ? last - IPV6_ANYCAST + 1n : last, last },
    ...(gateway === null ? [] : [{ first: gateway, last: gateway }]),
    ...reserved,
  ].toSorted((a, b) => (a.first < b.first ? -1 : 1));
  const usable: AddressRange[] = [];
  let from = first;
  for (const hole of excluded) {
    if (hole.first > from) usable.push({ first: from, last: min(hole.first - 1n, last) });
    if (hole.last + 1n > from) from = hole.last + 1n;
  }
  if (from <= last) usable.push({ first: from, last });
  return { prefix, usable };
}

export function usableCount(plan: AddressPlan): bigint {
  return plan.usable.reduce((sum, range) => sum + range.last - range.first + 1n, 0n);
}

export function isUsable(plan: AddressPlan, address: bigint): boolean {
  return plan.usable.some((range) => address >= range.first && address <= range.last);
}

export function isInside(prefix: Prefix, address: bigint): boolean {
  const { first, last } = rangeOf(prefix);
  return address >= first && address <= last;
}

/** The lowest `count` free addresses, fewer where there are no more. `taken` is in order and without repetition. */
export function nextFree(plan: AddressPlan, taken: readonly bigint[], count: number): bigint[] {
  const found: bigint[] = [];
  let at = 0;
  for (const range of plan.usable) {
    let address = range.first;
    while (address <= range.last && found.length < count) {
      while (at < taken.length && (taken[at] as bigint) < address) at += 1;
      if (taken[at] !== address) found.push(address);
      address += 1n;
    }
    if (found.length === count) break;
  }
  return found;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
