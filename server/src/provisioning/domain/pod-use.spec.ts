import { describe, expect, it } from '@jest/globals';
import { podReadingsOf } from './pod-use.js';

const machine = { resourceId: 'r1', namespace: 'dept-a', name: 'web-1', vcpu: 4, memoryMib: 8_192 };
const pod = (
  usage: object,
  more: { name?: string; namespace?: string; container?: string; timestamp?: string } = {},
) => ({
  metadata: {
    name: 'virt-launcher-web-1-x2x4z',
    namespace: more.namespace ?? 'dept-a',
    labels: { 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': more.name ?? 'web-1' },
  },
  timestamp: more.timestamp ?? '2026-11-28T06:00:12Z',
  window: '15s',
  containers: [
    { name: 'guest-console-log', usage: { cpu: '9', memory: '9Gi' } },
    { name: more.container ?? 'compute', usage },
  ],
});
const list = (...items: object[]) => ({ kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', items });
const valuesOf = (usage: object) => podReadingsOf([machine], list(pod(usage)))[0]?.values;

describe('what metrics.k8s.io says of a machine', () => {
  it('is shares of what it has, of its own container, at its own moment', () => {
    const [reading, ...others] = podReadingsOf([machine], list(pod({ cpu: '1000000000n', memory: '4640Mi' })));
    expect(others).toEqual([]);
    expect(reading).toMatchObject({
      ...{ resourceId: 'r1', source: 'METRICS_API', at: new Date('2026-11-28T06:00:12Z') },
      // 4640 MiB less 512 and 4 × 8 of the launcher are half of what the guest has.
      values: { CPU: 2_500, MEMORY: 5_000 },
    });
  });

  it.each([
    ['250m', 625],
    ['500000u', 1_250],
    ['2', 5_000],
    [1, 2_500],
  ])('%s of a core is read as it is', (cpu, share) => {
    expect(valuesOf({ cpu })).toEqual({ CPU: share });
  });

  it('is nothing of disks and cards, and never nought where it says nothing', () => {
    expect(Object.keys(valuesOf({ cpu: '1', memory: '1Gi' }) ?? {})).toEqual(['CPU', 'MEMORY']);
    expect(valuesOf({})).toEqual({});
    expect(valuesOf({ cpu: 'much', memory: '-1' })).toEqual({});
    // Less than the launcher alone: a guest that has only begun.
    expect(valuesOf({ memory: '100Mi' })).toEqual({ MEMORY: 0 });
  });

  it('is nobody’s where the pod is a stranger’s, of another namespace, or says no moment', () => {
    const strangers = [
      pod({ cpu: '1' }, { name: 'other' }),
      pod({ cpu: '1' }, { namespace: 'dept-b' }),
      pod({ cpu: '1' }, { container: 'sidecar' }),
      pod({ cpu: '1' }, { timestamp: 'now' }),
    ];
    expect(podReadingsOf([machine], list(...strangers))).toEqual([]);
  });

  it('is not believed when it is no such list', () => {
    expect(() => podReadingsOf([machine], { kind: 'Status', message: 'the server is currently unable' })).toThrow(
      /currently unable/,
    );
  });
});
