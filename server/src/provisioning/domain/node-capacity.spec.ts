import { describe, expect, it } from '@jest/globals';
import { capacityOf, coresOf, type NodeView, nodeView } from './node-capacity.js';

const pool = { architecture: 'ARM64', zone: 'GOVERNMENT_EXTRANET' } as const;
const node = (over: Partial<NodeView> = {}): NodeView => ({
  architecture: 'arm64',
  zone: 'GOVERNMENT_EXTRANET',
  vcpu: 64,
  memoryMib: 262_144,
  usable: true,
  ...over,
});

describe('the capacity of a pool', () => {
  it('sums its own usable nodes and names the biggest', () => {
    const nodes = [
      node(),
      node({ vcpu: 96, memoryMib: 524_288 }),
      node({ usable: false }),
      node({ architecture: 'amd64', memoryMib: 999_999 }),
      node({ zone: 'INTERNET' }),
    ];
    expect(capacityOf(pool, nodes)).toEqual({
      nodes: 2,
      vcpu: 160,
      memoryMib: 786_432,
      // Less the 512 MiB and 8 a vCPU of its launcher.
      largestMachine: { vcpu: 96, memoryMib: 523_008 },
    });
  });

  it('is nothing when all its nodes are down, and unknown when it has none', () => {
    expect(capacityOf(pool, [node({ usable: false })])).toMatchObject({ vcpu: 0, memoryMib: 0 });
    expect(capacityOf(pool, [node({ zone: undefined })])).toBeUndefined();
  });
});

describe('a node', () => {
  const object = (spec: object, ready: string) => ({
    apiVersion: 'v1',
    kind: 'Node' as const,
    metadata: { name: 'n', labels: { 'kubernetes.io/arch': 'arm64', 'jiyun.internal/zone': 'INTERNET' } },
    spec,
    status: { allocatable: { cpu: '63500m', memory: '263816192Ki' }, conditions: [{ type: 'Ready', status: ready }] },
  });

  it('says what it can carry', () => {
    expect(nodeView(object({}, 'True'))).toEqual({
      architecture: 'arm64',
      zone: 'INTERNET',
      vcpu: 63,
      memoryMib: 257_633,
      usable: true,
    });
  });

  it.each([
    [{ unschedulable: true }, 'True'],
    [{}, 'Unknown'],
  ])('takes nothing when shut or not ready', (spec, ready) => {
    expect(nodeView(object(spec, ready)).usable).toBe(false);
  });
});

it.each([
  ['64', 64],
  ['63.5', 63.5],
  ['1500m', 1.5],
  ['many', 0],
  [undefined, 0],
])('reads %s as %s cores', (text, cores) => {
  expect(coresOf(text)).toBe(cores);
});
