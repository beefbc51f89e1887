import { describe, expect, it } from '@jest/globals';
import { atControls, contentOfNetwork, emptyNetwork, isSingleStack } from './network-draft';

const both = { ...emptyNetwork, ipv4Prefix: ' 10.1.0.0/24 ', ipv6Prefix: '2001:db8::/64' };

describe('a network as it is typed', () => {
  it('says nothing of a field that is empty, and of one address as a range of one', () => {
    const reserved = [{ first: ' 10.1.0.9', last: '', note: ' 打印机 ' }];
    expect(contentOfNetwork({ ...both, reserved })).toMatchObject({
      ipv4Prefix: '10.1.0.0/24',
      ipv4Gateway: null,
      reserved: [{ first: '10.1.0.9', last: '10.1.0.9', note: '打印机' }],
    });
  });

  it('keeps the reason for one family only while there is one family', () => {
    expect(isSingleStack(emptyNetwork)).toBe(false);
    expect(isSingleStack(both)).toBe(false);
    expect(contentOfNetwork({ ...both, singleStackReason: '旧' }).singleStackReason).toBeNull();
    const single = { ...both, ipv6Prefix: ' ', singleStackReason: '旧' };
    expect(isSingleStack(single)).toBe(true);
    expect(contentOfNetwork(single).singleStackReason).toBe('旧');
  });
});

describe('what is refused', () => {
  it.each([
    ['facts.ipv4Prefix', 'ipv4Prefix'],
    ['facts.reserved.2', 'reserved.2.first'],
    ['facts.reserved.0.note', 'reserved.0.note'],
    ['facts.reserved', 'reserved'],
    ['facts', ''],
    ['expectedVersion', ''],
    ['', ''],
  ])('at %s stands at "%s"', (path, field) => {
    expect(atControls([{ field: path, message: 'm' }])).toEqual([{ field, message: 'm' }]);
  });
});
