import { describe, expect, it } from '@jest/globals';
import { Rebuilding } from './rebuilding.js';

const HALTED = new Date('2026-11-30T01:00:00Z');
const BEFORE = '2026-11-30T00:55:00Z';
const AFTER = '2026-11-30T01:00:20Z';
const C = { id: 'C', code: 'c' };

/** As VolSync has a receiver without a trigger whenever it listens: synchronizing. */
function receiver(of: { readonly epoch?: number; readonly paused?: boolean; readonly lastSyncTime?: string } = {}) {
  const { epoch, lastSyncTime, paused = false } = of;
  return {
    machine: { id: 'm1', name: 'm1', objectNamespace: 'n', objectName: 'm1', standby: true, there: true },
    object: {
      ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationDestination' },
      metadata: {
        name: 'rd',
        annotations: epoch === undefined ? {} : { 'jiyun.internal/placement-epoch': String(epoch) },
      },
      spec: { paused, rsyncTLS: { destinationPVC: 'm1-root' } },
      status: {
        conditions: [{ type: 'Synchronizing', status: 'True' }],
        latestImage: { kind: 'VolumeSnapshot', name: 's1' },
        ...{ lastSyncTime, lastSyncStartTime: '2026-11-30T00:50:00Z' },
      },
    },
  } as never;
}

const world = (kind: string, back = false) =>
  ({
    execution: { groupId: 'g', kind, code: 'E-1' },
    step: { params: back ? { back } : {} },
    steps: [{ action: 'HALT_SOURCE', params: {}, finishedAt: HALTED }],
    write: (work: (tx: unknown) => unknown) => work({}),
  }) as never;

function bench() {
  const asked: unknown[] = [];
  const standing = {
    rebuildDisk: async (_tx: unknown, id: string, of: object) => {
      asked.push({ id, ...of });
      return true;
    },
  };
  const servedBy = async () =>
    new Map([
      [0, 'A'],
      [1, 'C'],
      [2, 'A'],
      [3, 'C'],
    ]);
  const gateway = {
    get: async ({ kind }: { kind: string }) =>
      kind === 'DataVolume'
        ? {
            kind,
            metadata: { name: 'm1-root', uid: 'u1' },
            spec: { source: { http: {} } },
            status: { phase: 'Succeeded' },
          }
        : undefined,
  };
  const rebuilding = new Rebuilding(standing as never, { servedBy });
  const target = { center: C, gateway, machines: [] } as never;
  return {
    asked,
    suspects: async (of: never, ...by: Parameters<typeof world>) =>
      (await rebuilding.suspects(world(...by), target, [of], 3)).length,
    look: async (of: never, ...by: Parameters<typeof world>) => {
      const suspects = await rebuilding.suspects(world(...by), target, [of], 3);
      return rebuilding.look(world(...by), target, [of], suspects);
    },
  };
}

describe('a disk that may be torn', () => {
  it('is one whose sender was lost, for a failover', async () => {
    const { asked, look, suspects } = bench();
    expect(await suspects(receiver({ lastSyncTime: AFTER }), 'FAILOVER')).toBe(1);
    expect(await look(receiver({ epoch: 2 }), 'FAILOVER')).toMatchObject({
      waits: { zh: expect.stringContaining('m1-root'), en: expect.stringContaining('m1-root') },
    });
    expect(asked).toEqual([{ id: 'm1', snapshot: 's1', tornDiskUid: 'u1' }]);
  });

  it('is none of a planned move that received to its end since the halt: a receiver that listens says the same', async () => {
    const { asked, look, suspects } = bench();
    expect(await suspects(receiver({ lastSyncTime: AFTER }), 'SWITCHOVER')).toBe(0);
    expect(await suspects(receiver({ lastSyncTime: BEFORE }), 'FAILBACK')).toBe(1);
    expect(await look(receiver({ lastSyncTime: AFTER }), 'SWITCHOVER')).toEqual({
      rebuilt: [],
      madeIds: [],
      waits: null,
    });
    expect(asked).toEqual([]);
  });

  it('is none on the way back, nor where an earlier promotion of this side held its receiver: its machine has written it since', async () => {
    const { asked, look, suspects } = bench();
    for (const kind of ['SWITCHOVER', 'FAILOVER'])
      expect(await suspects(receiver({ lastSyncTime: BEFORE }), kind, true)).toBe(0);
    const held = receiver({ epoch: 1, paused: true, lastSyncTime: BEFORE });
    expect(await suspects(held, 'FAILOVER')).toBe(0);
    expect(await look(held, 'FAILOVER')).toEqual({ rebuilt: [], madeIds: [], waits: null });
    expect(asked).toEqual([]);
  });
});
