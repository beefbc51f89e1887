import { describe, expect, it } from '@jest/globals';
import { ignoredFields, offerOf } from './instancetype.js';

function instancetype(
  more: { name?: unknown; cpu?: unknown; memory?: unknown; spec?: object; root?: object } = {},
): unknown {
  return {
    apiVersion: 'instancetype.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClusterInstancetype',
    metadata: { name: more.name ?? 'u1.large' },
    spec: { cpu: more.cpu ?? { guest: 2 }, memory: more.memory ?? { guest: '8Gi' }, ...more.spec },
    ...more.root,
  };
}

function problemsOf(document: unknown): string[] {
  const offer = offerOf(document, 'AMD64');
  return offer.ok ? [] : offer.error.map((problem) => problem.field);
}

describe('offerOf', () => {
  it('makes an offer in the words of the trade', () => {
    expect(offerOf(instancetype(), 'AMD64')).toEqual({
      ok: true,
      value: {
        code: 'u1.large',
        name: '通用型 2C8G (u1.large)',
        family: 'GENERAL',
        architecture: 'AMD64',
        domesticCpu: false,
        accelerator: null,
        acceleratorCount: 0,
        vcpu: 2,
        memoryMib: 8192,
        status: 'OFFERED',
        keptAside: null,
      },
    });
  });

  it('keeps what it does not act on, unknown fields among it, and names it', () => {
    const offer = offerOf(
      instancetype({
        cpu: { guest: 8, maxSockets: 8, dedicatedCPUPlacement: true },
        memory: { guest: '16Gi', hugepages: { pageSize: '2Mi' } },
        spec: { gpus: [{ name: 'gpu1' }], brandNew: 1 },
      }),
      'ARM64',
    );
    expect(offer).toMatchObject({
      ok: true,
      value: {
        family: 'COMPUTE',
        architecture: 'ARM64',
        keptAside: {
          spec: {
            cpu: { maxSockets: 8, dedicatedCPUPlacement: true },
            memory: { hugepages: { pageSize: '2Mi' } },
            gpus: [{ name: 'gpu1' }],
            brandNew: 1,
          },
        },
      },
    });
    expect(offer.ok && ignoredFields(offer.value.keptAside)).toEqual([
      'spec.gpus',
      'spec.brandNew',
      'spec.cpu.maxSockets',
      'spec.cpu.dedicatedCPUPlacement',
      'spec.memory.hugepages',
    ]);
  });

  it('takes labels along without calling them ignored', () => {
    const offer = offerOf(instancetype({ root: { metadata: { name: 'x', labels: { size: 'large' } } } }), 'AMD64');
    expect(offer).toMatchObject({ ok: true, value: { keptAside: { metadata: { labels: { size: 'large' } } } } });
    expect(offer.ok && ignoredFields(offer.value.keptAside)).toEqual([]);
  });

  it('lets the node selector say the architecture, and refuses one that no pool has', () => {
    const on = (arch: unknown) => instancetype({ spec: { nodeSelector: { 'kubernetes.io/arch': arch } } });
    expect(offerOf(on('arm64'), 'AMD64')).toMatchObject({ ok: true, value: { architecture: 'ARM64' } });
    for (const arch of ['s390x', 'ARM64', 1, null])
      expect(problemsOf(on(arch))).toEqual(['spec.nodeSelector["kubernetes.io/arch"]']);
  });

  it.each([null, 'text', 7, [], undefined])('refuses %j, which is no mapping', (document) => {
    expect(problemsOf(document)).toEqual(['']);
  });

  it('names everything that is wrong at once', () => {
    expect(problemsOf({})).toEqual(['apiVersion', 'kind', 'metadata.name', 'spec.cpu.guest', 'spec.memory.guest']);
    expect(problemsOf({ apiVersion: 'v1', kind: 'List', metadata: [], spec: 'none' })).toHaveLength(5);
  });

  it.each(['', 'U1', 'a_b', '-a', 'a.', 'a'.repeat(64), 7, null, 'a\nb'])('refuses the name %j', (name) => {
    expect(problemsOf(instancetype({ root: { metadata: { name } } }))).toEqual(['metadata.name']);
  });

  it.each([0, -1, 513, 1.5, '4', null, 1e21])('refuses %j processors', (guest) => {
    expect(problemsOf(instancetype({ cpu: { guest } }))).toEqual(['spec.cpu.guest']);
  });

  it.each(['', '8GB', '-8Gi', '1G', '63Mi', '17Ti', '500m', 1.5, null, ['8Gi']])('refuses %j of memory', (guest) => {
    expect(problemsOf(instancetype({ memory: { guest } }))).toEqual(['spec.memory.guest']);
  });

  it.each([
    ['64Mi', 64],
    ['16Ti', 16_777_216],
    [1_073_741_824, 1024],
    ['1.5Gi', 1536],
  ])('reads %s of memory', (guest, memoryMib) => {
    expect(offerOf(instancetype({ memory: { guest } }), 'AMD64')).toMatchObject({ ok: true, value: { memoryMib } });
  });

  it('refuses a document with more beside it than anybody reads', () => {
    expect(problemsOf(instancetype({ spec: { annotations: { long: 'x'.repeat(20_000) } } }))).toEqual(['']);
  });
});
