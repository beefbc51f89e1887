import { describe, expect, it } from '@jest/globals';
import type { Permission, Viewer } from '../../kernel/viewer.js';
import { isStale, mayReadFacilities, promisable } from './facility.js';

describe('promisable', () => {
  const present = { nodes: 1, vcpu: 129, memoryMib: 1000, storageGib: { SSD: 10, HDD: 20 }, largestMachine: null };

  it('multiplies processors only, and promises whole ones', () => {
    expect(promisable({ vcpuOvercommitPercent: 250 }, present)).toEqual({
      vcpu: 322,
      memoryMib: 1000,
      storage: { SSD: 10, HDD: 20 },
    });
  });

  it('promises exactly what is there at 100 percent', () => {
    expect(promisable({ vcpuOvercommitPercent: 100 }, present).vcpu).toBe(129);
  });
});

describe('mayReadFacilities', () => {
  const viewer = (...permissions: Permission[]) =>
    ({ permissions, departmentTreeIds: [], departmentId: 'd' }) as unknown as Viewer;

  it.each([
    { object: 'CENTER', action: 'READ', scope: 'PROVINCE' },
    { object: 'REQUEST', action: 'CREATE', scope: 'OWN_DEPARTMENT' },
  ] as const)('lets in who has $object $action', (permission) => {
    expect(mayReadFacilities(viewer(permission))).toBe(true);
  });

  it('keeps out everybody else', () => {
    expect(mayReadFacilities(viewer())).toBe(false);
    expect(mayReadFacilities(viewer({ object: 'REQUEST', action: 'READ', scope: 'PROVINCE' }))).toBe(false);
  });
});

describe('isStale', () => {
  const now = new Date('2026-03-01T00:01:00.000Z');

  it('trusts a reachable cluster for a minute', () => {
    expect(isStale({ reach: 'REACHABLE', observedAt: new Date('2026-03-01T00:00:00.000Z') }, now)).toBe(false);
    expect(isStale({ reach: 'REACHABLE', observedAt: new Date('2026-02-28T23:59:59.999Z') }, now)).toBe(true);
  });

  it('never trusts a cluster that was not heard of or cannot be reached', () => {
    expect(isStale({ reach: 'REACHABLE', observedAt: null }, now)).toBe(true);
    for (const reach of ['STALE', 'UNREACHABLE', 'UNKNOWN'] as const)
      expect(isStale({ reach, observedAt: now }, now)).toBe(true);
  });
});
