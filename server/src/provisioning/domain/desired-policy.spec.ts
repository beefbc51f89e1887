import { describe, expect, it } from '@jest/globals';
import { leavingWhole, policyManifest } from './desired-policy.js';

const manifest = policyManifest({
  ...{ policyId: 'p-1', code: 'CL-1', departmentCode: 'fin', systemCode: 'SYS-1', direction: 'INGRESS' },
  ...{ protocol: 'TCP', peerCidr: '10.8.0.0/16', peerSystemCode: null, ports: [{ from: 443, to: 443 }] },
});
const SELECTOR = 'spec.podSelector.matchLabels["jiyun.internal/system"]';

describe('a network policy of which a person lets something be', () => {
  it('is applied without the whole of that field: half a selector would select everybody', () => {
    const spec = leavingWhole(manifest, [SELECTOR], ['spec.ingress']).spec as Record<string, unknown>;
    expect(Object.keys(spec)).toEqual(['policyTypes', 'ingress']);
  });

  it('is applied with that field where another part of it is to be put back', () => {
    const left = leavingWhole(manifest, ['spec.podSelector.matchExpressions'], [SELECTOR]);
    expect(left).toEqual(manifest);
  });

  it('keeps its marks one by one', () => {
    const { labels } = leavingWhole(manifest, ['metadata.labels["jiyun.internal/department"]'], []).metadata;
    expect(Object.keys(labels ?? {})).toEqual(['app.kubernetes.io/managed-by', 'jiyun.internal/network-policy']);
  });
});
