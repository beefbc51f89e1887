import { isIPv4, isIPv6 } from 'node:net';
import { Address4, Address6 } from 'ip-address';
import type { IpFamily, Prefix } from './domain/address-plan.js';

export interface Address {
  readonly family: IpFamily;
  readonly value: bigint;
}

/** undefined = no address as we write them: no zone index, no IPv4 inside IPv6, no leading zeros. */
export function parseAddress(text: string): Address | undefined {
  const written = text.trim();
  if (isIPv4(written)) return { family: 'IPV4', value: new Address4(written).bigInt() };
  if (isIPv6(written) && !/[.%]/.test(written)) return { family: 'IPV6', value: new Address6(written).bigInt() };
  return undefined;
}

export function parsePrefix(text: string): Prefix | undefined {
  const [address = '', length = '', ...more] = text.trim().split('/');
  const parsed = parseAddress(address);
  if (!parsed || more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const bits = Number(length);
  if (bits > (parsed.family === 'IPV4' ? 32 : 128)) return undefined;
  return { family: parsed.family, first: parsed.value, length: bits };
}

export function addressText({ family, value }: Address): string {
  return family === 'IPV4' ? Address4.fromBigInt(value).correctForm() : Address6.fromBigInt(value).correctForm();
}

export function prefixText({ family, first, length }: Prefix): string {
  return `${addressText({ family, value: first })}/${length}`;
}

const KEY_DIGITS: { readonly [F in IpFamily]: number } = { IPV4: 8, IPV6: 32 };

/** Sorts as the addresses do, IPv4 before IPv6: family digit and hexadecimal of full width. */
export function addressKey({ family, value }: Address): string {
  return `${family === 'IPV4' ? '4' : '6'}${value.toString(16).padStart(KEY_DIGITS[family], '0')}`;
}

export function addressOfKey(key: string): Address {
  return { family: key.startsWith('4') ? 'IPV4' : 'IPV6', value: BigInt(`0x${key.slice(1)}`) };
}
