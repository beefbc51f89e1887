import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkPolicy, isExposed, type PolicyWish, portsText, readCidr, readPorts } from './network-policy.js';

const TODAY = '2026-11-29';
const wish = (more: Partial<PolicyWish> = {}): PolicyWish => ({
  direction: 'INGRESS',
  protocol: 'TCP',
  peerCidr: '10.1.2.0/24',
  peerSystemId: null,
  ports: '443',
  until: '2027-01-31',
  reason: '业务系统互访',
  ...more,
});
const fieldsOf = (more: Partial<PolicyWish>) => {
  const checked = checkPolicy(wish(more), TODAY);
  return checked.ok ? [] : checked.error.map((each) => each.path[0]);
};

describe('a network policy', () => {
  it('is taken in its plain form', () => {
    expect(checkPolicy(wish({ ports: '8080, 443，444 8000-8010', peerCidr: ' 10.1.2.3 ' }), TODAY)).toMatchObject({
      ok: true,
      value: {
        peerCidr: '10.1.2.3/32',
        ports: [
          { from: 443, to: 444 },
          { from: 8000, to: 8010 },
          { from: 8080, to: 8080 },
        ],
      },
    });
    expect(fieldsOf({ peerCidr: null, peerSystemId: 's' })).toEqual([]);
    expect(fieldsOf({ protocol: 'ICMP', ports: '' })).toEqual([]);
  });

  it.each([
    [{ peerSystemId: 's' }, 'peer'],
    [{ peerCidr: null }, 'peer'],
    [{ peerCidr: '10.1.2.3/24' }, 'peerCidr'],
    [{ peerCidr: '2001:db8::1/64' }, 'peerCidr'],
    [{ peerCidr: '10.1.2.0/33' }, 'peerCidr'],
    [{ peerCidr: 'www.example.gov.cn' }, 'peerCidr'],
    [{ ports: '0' }, 'ports'],
    [{ ports: '65536' }, 'ports'],
    [{ ports: '90-80' }, 'ports'],
    [{ ports: '' }, 'ports'],
    [{ ports: '443; drop' }, 'ports'],
    [{ protocol: 'ICMP' as const }, 'ports'],
    [{ until: TODAY }, 'until'],
    [{ until: '2026-02-30' }, 'until'],
    [{ until: '2029-01-01' }, 'until'],
    [{ peerCidr: '0.0.0.0/0', until: null }, 'until'],
    [{ peerCidr: '::/0', until: null }, 'until'],
    [{ reason: ' ' }, 'reason'],
  ])('is refused at its field: %j', (more, field) => {
    expect(fieldsOf(more)).toEqual([field]);
  });

  it('faces the outside unless its peer is private', () => {
    const exposed = (peerCidr: string) => isExposed({ peerCidr, direction: 'INGRESS' });
    expect(['10.0.0.0/8', '172.16.5.0/24', '192.168.0.0/16', '100.64.1.0/24', 'fd00::/8'].filter(exposed)).toEqual([]);
    expect(
      ['0.0.0.0/0', '8.8.8.8/32', '172.32.0.0/16', '10.0.0.0/7', '2001:db8::/32', '::/0'].filter(
        (each) => !exposed(each),
      ),
    ).toEqual([]);
  });
});

describe('prefixes', () => {
  const octet = fc.integer({ min: 0, max: 255 });

  it('are read only without host bits, whatever their length', () => {
    fc.assert(
      fc.property(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }), (a, b, c, d, length) => {
        const bits = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
        const mask = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
        const read = readCidr(`${a}.${b}.${c}.${d}/${length}`);
        expect(read !== undefined).toBe((bits & mask) >>> 0 === bits);
      }),
    );
  });

  it('of IPv6 likewise', () => {
    expect(readCidr('2001:db8::/32')).toBe('2001:db8::/32');
    expect(readCidr('2001:DB8:0:1::/64')).toBe('2001:db8:0:1::/64');
    expect(readCidr('2001:db8::1')).toBe('2001:db8::1/128');
    expect(readCidr('2001:db8:8000::/33')).toBe('2001:db8:8000::/33');
    expect(readCidr('2001:db8:4000::/33')).toBeUndefined();
    expect(readCidr('::/0')).toBe('::/0');
  });

  it('are never made of anything else', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        const read = readCidr(text);
        if (read !== undefined) expect(read).toMatch(/^[0-9a-f.:]+\/\d{1,3}$/);
      }),
    );
  });
});

describe('ports', () => {
  it('come back the same from their own text, in order and apart', () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 0, max: 300 }))
      .map(([from, more]) => `${from}-${Math.min(65_535, from + more)}`);
    fc.assert(
      fc.property(fc.array(range, { maxLength: 15 }), (parts) => {
        const ports = readPorts(parts.join(', '));
        expect(ports).toBeDefined();
        expect(readPorts(portsText(ports ?? []))).toEqual(ports);
        for (const [at, each] of (ports ?? []).entries()) {
          const before = ports?.[at - 1];
          if (before) expect(each.from).toBeGreaterThan(before.to + 1);
        }
      }),
    );
  });
});
