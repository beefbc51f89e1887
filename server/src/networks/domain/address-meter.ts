/** Decides by which meter an address is counted: IPv4 that the internet can reach, IPv4 that it cannot, and IPv6. */
import type { IpFamily } from './address-plan.js';

/** ADDRESS is scarce and paid for; the others are there so that statements say who has them. */
export type AddressMeter = 'ADDRESS' | 'ADDRESS_INTERNAL' | 'ADDRESS_IPV6';

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

export function meterOfAddress({
  family,
  address,
}: {
  readonly family: IpFamily;
  readonly address: string;
}): AddressMeter {
  return family === 'IPV6' ? 'ADDRESS_IPV6' : meterOfNumber(numberOf(address));
}

/** Of all addresses of a network that begins there: none is wide enough to be partly one and partly the other. */
export function meterOfNetwork({ family, first }: { readonly family: IpFamily; readonly first: bigint }): AddressMeter {
  return family === 'IPV6' ? 'ADDRESS_IPV6' : meterOfNumber(Number(first));
}

function meterOfNumber(value: number): AddressMeter {
  const internal = NOT_ROUTED.some(([prefix, length]) => {
    const size = 2 ** (32 - length);
    return Math.floor(value / size) === Math.floor(numberOf(prefix) / size);
  });
  return internal ? 'ADDRESS_INTERNAL' : 'ADDRESS';
}

/** Four numbers as one; addresses are kept in their one spelling. */
function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
