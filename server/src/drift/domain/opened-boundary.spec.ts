import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { handlingOf, PUT_BACK_MAX } from './drift-policy.js';
import { opensBoundary } from './opened-boundary.js';

type Port = { protocol?: string; port?: number; endPort?: number };
interface Rule {
  readonly from?: readonly { readonly ipBlock: { readonly cidr: string } }[];
  readonly ports?: readonly Port[];
}

/** What Kubernetes lets through, written the other way round: packet by packet. */
function lets(rules: readonly Rule[] | null, cidr: string, port: number): boolean {
  return (rules ?? []).some(
    ({ from, ports }) =>
      (!from?.length || from.some(({ ipBlock }) => ipBlock.cidr === cidr)) &&
      (!ports?.length ||
        ports.some(({ endPort, port: first }) => first === undefined || (port >= first && port <= (endPort ?? first)))),
  );
}

const CIDRS = ['10.0.0.0/24', '10.0.1.0/24', '10.9.0.0/16'];
const PORTS = [1, 2, 3, 4, 5, 6];
const portOf = fc.oneof(
  fc.constant<Port>({}),
  fc
    .record({ port: fc.constantFrom(...PORTS), more: fc.integer({ min: 0, max: 3 }) })
    .map(({ more, port }): Port => (more === 0 ? { port } : { port, endPort: port + more })),
);
const ruleOf = fc.record<Rule>(
  {
    from: fc.array(
      fc.constantFrom(...CIDRS).map((cidr) => ({ ipBlock: { cidr } })),
      { maxLength: 3 },
    ),
    ports: fc.array(portOf, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const rulesOf = fc.oneof(fc.constant(null), fc.array(ruleOf, { maxLength: 3 }));

const policy = (path: string, wanted: unknown, found: unknown) =>
  opensBoundary('NetworkPolicy', { path, wanted, found });

describe('a boundary that somebody has edited', () => {
  it('is never taken for closed where it lets one packet through that the record does not', () => {
    fc.assert(
      fc.property(rulesOf, rulesOf, (wanted, found) => {
        const more = CIDRS.some((cidr) => PORTS.some((port) => lets(found, cidr, port) && !lets(wanted, cidr, port)));
        if (more) expect(policy('spec.ingress', wanted, found)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is no opening where it only lets less through', () => {
    fc.assert(
      fc.property(fc.array(ruleOf, { maxLength: 3 }), fc.nat(3), (wanted, at) => {
        expect(policy('spec.ingress', wanted, wanted.toSpliced(at, 1))).toBe(false);
        expect(policy('spec.ingress', wanted, null)).toBe(false);
        expect(policy('spec.ingress', wanted, wanted)).toBe(false);
      }),
    );
    const wide = [{ to: [{ ipBlock: { cidr: CIDRS[0] } }], ports: [{ protocol: 'TCP', port: 8_000, endPort: 8_999 }] }];
    const narrow = [{ to: [{ ipBlock: { cidr: CIDRS[0] } }], ports: [{ port: 8_080, protocol: 'TCP' }] }];
    expect(policy('spec.egress', wide, narrow)).toBe(false);
    expect(policy('spec.egress', narrow, wide)).toBe(true);
  });

  it('is open where it selects others, where a list became everybody, and where nobody can say', () => {
    expect(policy('spec.podSelector.matchLabels.x', 'a', 'b')).toBe(true);
    expect(policy('spec.policyTypes', ['Ingress'], [])).toBe(true);
    const one = [{ from: [{ ipBlock: { cidr: CIDRS[0] } }] }];
    expect(policy('spec.ingress', one, [{}])).toBe(true);
    expect(policy('spec.ingress', one, [{ from: [] }])).toBe(true);
    expect(policy('spec.ingress', one, [{ ...one[0], later: true }])).toBe(true);
    expect(policy('spec.ingress', one, 'everything')).toBe(true);
    expect(policy('spec.ingress', [{ ports: [{ protocol: 'UDP', port: 53 }] }], [{ ports: [{ port: 53 }] }])).toBe(
      true,
    );
    expect(policy('metadata.labels.x', 'a', 'b')).toBe(false);
  });

  it('is of security for what runs with more rights than it may, and not for a quota', () => {
    const label = 'metadata.labels["pod-security.kubernetes.io/enforce"]';
    const level = (found: unknown) => opensBoundary('Namespace', { path: label, wanted: 'baseline', found });
    expect([level('privileged'), level(null), level('restricted')]).toEqual([true, true, false]);
    expect(opensBoundary('ResourceQuota', { path: 'spec.hard', wanted: { cpu: '1' }, found: { cpu: '9' } })).toBe(
      false,
    );
  });

  it('is put back however often it is opened, where the rule puts it back at all', () => {
    const rules = { BOUNDARY: 'HEAL' } as never;
    expect(handlingOf(rules, 'BOUNDARY', PUT_BACK_MAX, true)).toBe('HEAL');
    expect(handlingOf(rules, 'BOUNDARY', PUT_BACK_MAX, false)).toBe('REPORT');
    expect(handlingOf({ BOUNDARY: 'REPORT' } as never, 'BOUNDARY', 0, true)).toBe('REPORT');
  });
});
