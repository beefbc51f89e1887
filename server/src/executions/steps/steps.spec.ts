import { describe, expect, it } from '@jest/globals';
import { ClusterFailure } from '../../provisioning/domain/cluster-failure.js';
import type { ClusterKind, ClusterObject } from '../../provisioning/domain/cluster-object.js';
import { Lifting } from './lifting.js';
import { bringTo, PointRemote } from './replicating.js';
import { stillThere } from './site.js';

const machine = (name: string, centerId = 'A') => ({
  ...{ id: name, name, centerId, standby: true, there: true, management: 'MANAGED' },
  ...{ objectNamespace: 'n', objectName: name },
});
const object = (kind: ClusterKind, name: string, more: Partial<ClusterObject> = {}): ClusterObject => ({
  ...{ apiVersion: 'v1', kind, metadata: { name, namespace: 'n', uid: name, resourceVersion: '1' }, ...more },
});
const many = Array.from({ length: 1_000 }, (_, at) => machine(`m${at}`));

describe('what still runs', () => {
  it('of a thousand machines is read from two lists, and not by two thousand calls', async () => {
    let lists = 0;
    const gateway = {
      get: () => Promise.reject(new Error('one by one')),
      list: async (kind: ClusterKind) => {
        lists += 1;
        return kind === 'VirtualMachine'
          ? many.map(({ name }) => object(kind, name, { spec: { runStrategy: 'Halted' } }))
          : [object(kind, 'm7', { status: { phase: 'Running' } }), object(kind, 'm8', { status: { phase: 'Failed' } })];
      },
    };
    expect(await stillThere({ gateway, machines: many } as never)).toEqual(['m7']);
    expect(lists).toBe(2);
  });
});

describe('a center that the storage keeps out', () => {
  it('is not let in while a machine of another group runs there, of however many that were moved out behind the fence', async () => {
    const fence = object('NetworkFence', 'jiyun-a', { spec: { fenceState: 'Fenced' } });
    let applied = 0;
    const gateway = {
      get: async ({ kind }: { kind: ClusterKind }) => (kind === 'NetworkFence' ? fence : undefined),
      list: async (kind: ClusterKind) =>
        kind === 'VirtualMachine' ? [object(kind, 'm998', { spec: { runStrategy: 'Always' } })] : [],
      apply: async () => {
        applied += 1;
      },
    };
    let grounds = 0;
    const lifting = new Lifting(
      { of: () => gateway } as never,
      {
        restingOn: async () => [],
        movedBehind: async () => many.map(({ id }) => ({ groupId: `g-${id}`, code: `E-${id}` })),
      } as never,
      {
        machinesOf: async (ids: readonly string[]) => {
          grounds += 1;
          return new Map(ids.map((id) => [id, [machine(id.slice(2))]]));
        },
      } as never,
    );
    const world = {
      execution: { groupId: 'own' },
      ground: {
        centers: [
          { id: 'A', code: 'a' },
          { id: 'B', code: 'b' },
        ],
      },
    };
    const waits = await lifting.letIn(world as never, 'A', { id: 'x', fromCenterId: 'A', toCenterId: 'B' });
    expect(waits).toEqual({
      zh: 'E-m998 移出的 1 台仍在该中心运行：m998；停机之前不解除隔离',
      en: '1 machine that E-m998 moved out still runs in that center: m998; the fence is not lifted before they have stopped',
    });
    expect([grounds, applied]).toEqual([1, 0]);
  });
});

describe('a disk that is brought over anew', () => {
  it('is a copy already: that wish is not taken back by whoever waits for a copy', async () => {
    const written: unknown[] = [];
    const mirror = object('VolumeReplication', 'vr', {
      spec: { replicationState: 'resync', dataSource: { name: 'm1-root' } },
      status: { state: 'Secondary' },
    });
    const marked = {
      ...mirror,
      metadata: { ...mirror.metadata, annotations: { 'jiyun.internal/placement-epoch': '3' } },
    };
    const gateway = { list: async () => [marked], amend: async (...call: unknown[]) => written.push(call) };
    const ground = {
      picture: { facts: { tiers: [{ id: 't', dataKind: 'SINGLE_WRITER', source: 'CLUSTER' }] } },
      tierOf: new Map([['m1', 't']]),
    };
    const site = { gateway, machines: [machine('m1')] };
    const done = await bringTo({ ground, assertMay: () => {} } as never, site as never, 'secondary', () => 3);
    expect([done, written]).toEqual([{ disks: 1, pending: [] }, []]);
  });
});

describe('a recovery center that does not answer', () => {
  it('is a person’s after half of the time, and keeps the group from its next move no more once he has said what becomes of it', async () => {
    const silent = () => Promise.reject(new ClusterFailure('UNREACHABLE', 'silence'));
    const gateways = { b: { list: async () => [] }, c: { list: silent, probe: silent } };
    const began = new Date('2026-11-30T01:00:00Z');
    const look = (minutes: number, params: object = {}) =>
      new PointRemote({ of: (code: 'b' | 'c') => gateways[code] } as never).look({
        execution: { fromCenterId: 'A', toCenterId: 'B', epoch: 1 },
        step: { params, timeoutSeconds: 3_600, startedAt: began },
        now: new Date(began.getTime() + minutes * 60_000),
        ground: {
          centers: [
            { id: 'A', code: 'a', role: 'ACTIVE_A', name: 'A 中心' },
            { id: 'B', code: 'b', role: 'ACTIVE_B', name: 'B 中心' },
            { id: 'C', code: 'c', role: 'RECOVERY', name: '灾备中心' },
          ],
          machines: [machine('m1', 'C')],
          moved: { machinesIn: new Set(['A', 'B', 'C']) },
          picture: { facts: { tiers: [{ id: 't', dataKind: 'SINGLE_WRITER', source: 'CLUSTER' }] } },
          tierOf: new Map([['m1', 't']]),
        },
      } as never);
    expect(await look(29)).toEqual({ done: false, note: { zh: '集群没有应答', en: 'The cluster does not answer' } });
    expect(await look(31)).toMatchObject({ done: false, byHand: { machineIds: ['m1'] } });
    expect(await look(1, { byHand: ['m1'] })).toMatchObject({ done: true, output: { carried: [] } });
  });
});
