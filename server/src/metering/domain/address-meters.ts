/** Decides by which meter an address is counted: IPv4 that the internet can reach, IPv4 that it cannot, and IPv6. */
import type { Quantities } from './meter-units.js';

/** ADDRESS is scarce and paid for; the others are there so that statements say who has them. */
type AddressMeter = 'ADDRESS' | 'ADDRESS_INTERNAL' | 'ADDRESS_IPV6';

/** First number and length of what no router of the internet carries: RFC 1918, 6598 (carriers), 3927, 1122, 2544. */
const NOT_ROUTED: readonly (readonly [prefix: string, length: number])[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
  ['198.18.0.0', 15],
];

export function meterOfAddress({ family, address }: { readonly family: 'IPV4' | 'IPV6'; readonly address: string }) {
  if (family === 'IPV6') return 'ADDRESS_IPV6' satisfies AddressMeter;
  const value = numberOf(address);
  const internal = NOT_ROUTED.some(([prefix, length]) => {
    const size = 2 ** (32 - length);
    return Math.floor(value / size) === Math.floor(numberOf(prefix) / size);
  });
  return (internal ? 'ADDRESS_INTERNAL' : 'ADDRESS') satisfies AddressMeter;
}

/** Four numbers as one; addresses are kept in their one spelling. */
function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** One of a meter while it is had. */
export function quantitiesOfAddress(address: Parameters<typeof meterOfAddress>[0]): Quantities {
  return { [meterOfAddress(address)]: 1 };
}
