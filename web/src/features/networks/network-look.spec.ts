import { describe, expect, it } from '@jest/globals';
import { manyAddresses, roomOf, stackOf } from './network-look';

describe('what is left of a family', () => {
  it.each([
    [{ free: 0, usable: 1002 }, 'full'],
    [{ free: 0, usable: 0 }, 'full'],
    [{ free: 99, usable: 1000 }, 'scarce'],
    [{ free: 100, usable: 1000 }, 'free'],
    [{ free: 2 ** 64, usable: 2 ** 64 }, 'free'],
  ])('of %j is %s', (figures, room) => expect(roomOf(figures)).toBe(room));
});

describe('manyAddresses', () => {
  it.each([
    [0, '0'],
    [1002, '1,002'],
    [10_000_000, '10,000,000'],
    [2 ** 64 - 130, '1.8×10¹⁹'],
    [2 ** 80, '1.2×10²⁴'],
  ])('writes %d as %s', (amount, text) => expect(manyAddresses(amount)).toBe(text));
});

describe('stackOf', () => {
  it('is dual where there are both', () => {
    expect(stackOf({ ipv4Prefix: '10.0.0.0/24', ipv6Prefix: '2001:db8::/64' })).toBe('DUAL');
    expect(stackOf({ ipv4Prefix: '10.0.0.0/24', ipv6Prefix: null })).toBe('IPV4_ONLY');
    expect(stackOf({ ipv4Prefix: null, ipv6Prefix: '2001:db8::/64' })).toBe('IPV6_ONLY');
  });
});
