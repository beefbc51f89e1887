import { describe, expect, it } from '@jest/globals';
import { checkedNetwork } from './domain/network.js';
import { readNetwork, writeNetwork } from './network-words.js';
import type { NetworkWords } from './networks.types.js';

const words = (more: Partial<NetworkWords> = {}): NetworkWords => ({
  code: 'net-1',
  name: '业务网',
  centerId: 'c',
  zone: 'INTERNET',
  vlanId: 100,
  ipv4Prefix: '10.1.0.0/24',
  ipv6Prefix: '2001:DB8:1::/64',
  ipv4Gateway: '10.1.0.1',
  ipv6Gateway: '2001:db8:1:0::1',
  reserved: [],
  singleStackReason: null,
  ...more,
});

/** Where a form shows what is wrong, and which rule says so. */
function wrong(more: Partial<NetworkWords>): string[] {
  const read = readNetwork(words(more));
  return (read.ok ? checkedNetwork(read.value) : read.error).map((each) => `${each.path.join('.')} ${each.rule}`);
}

describe('words of a network', () => {
  it('are kept in one spelling', () => {
    const read = readNetwork(words());
    expect(read.ok && writeNetwork(read.value)).toMatchObject({
      ipv6Prefix: '2001:db8:1::/64',
      ipv6Gateway: '2001:db8:1::1',
    });
  });

  it('name the reserved range that is wrong by its place in the list, whichever family it is of', () => {
    const good = { first: '10.1.0.2', last: '10.1.0.9', note: '网络设备' };
    const other = { first: '2001:db8:1::2', last: '2001:db8:1::f', note: '' };
    expect(wrong({ reserved: [good, other] })).toEqual([]);
    expect(wrong({ reserved: [good, other, { ...good, last: '10.2.0.9' }] })).toEqual(['facts.reserved.2 outside']);
    expect(wrong({ reserved: [other, { ...good, first: '10.1.0.20' }] })).toEqual(['facts.reserved.1 outside']);
    expect(wrong({ reserved: [good, { ...good, first: 'x' }] })).toEqual(['facts.reserved.1 address']);
    expect(wrong({ reserved: [{ ...good, note: '注'.repeat(101) }] })).toEqual(['facts.reserved.0.note length']);
  });

  it('are told of all that is wrong at once, and of nothing that only seems so', () => {
    expect(wrong({ code: 'Not A Code', ipv6Prefix: '2001:db8:1::', ipv4Gateway: '10.9.0.1', vlanId: 5000 })).toEqual([
      'facts.ipv6Prefix address',
      'facts.code code',
      'facts.vlanId range',
      'facts.ipv4Gateway outside',
    ]);
    expect(wrong({ ipv4Prefix: '10.1.0.0', ipv6Prefix: null, ipv6Gateway: null })).toEqual([
      'facts.ipv4Prefix address',
    ]);
    const read = readNetwork(words({ ipv4Prefix: '10.1.0.0', ipv4Gateway: 'here' }));
    expect(read.ok ? [] : read.error.map(({ message }) => message.en)).toEqual([
      '"10.1.0.0" is no IPv4 prefix: write address/length, as 10.20.8.0/22',
      '"here" is no IPv4 address',
    ]);
  });

  it('drop nothing without a word: a gateway or a reserved range needs a prefix to be in', () => {
    const reserved = [{ first: '2001:db8:1::2', last: '2001:db8:1::f', note: '' }];
    const single = { ipv6Prefix: null, singleStackReason: '旧设备' };
    expect(wrong({ ...single, ipv6Gateway: null })).toEqual([]);
    expect(wrong({ ...single, reserved })).toEqual([
      'facts.ipv6Gateway withoutPrefix',
      'facts.reserved.0 withoutPrefix',
    ]);
    // A prefix that cannot be read is told of once.
    expect(wrong({ ipv6Prefix: 'nonsense', reserved })).toEqual(['facts.ipv6Prefix address']);
  });
});
