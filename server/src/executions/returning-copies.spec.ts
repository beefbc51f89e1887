import { describe, expect, it } from '@jest/globals';
import { receiveBack } from './returning-copies.js';

const A = { id: 'A', code: 'a', name: 'A 中心', role: 'ACTIVE_A' };
const C = { id: 'C', code: 'c', name: '灾备中心', role: 'RECOVERY' };
const machine = (id: string, centerId: string) => ({
  ...{ id, name: id, centerId, lineId: 'l', standby: centerId === 'A', there: true, management: 'DRIVEN' },
  ...{ objectNamespace: 'n', objectName: `db-1-2026-00000${centerId === 'A' ? 1 : 2}` },
});
const sender = {
  ...{ apiVersion: 'volsync.backube/v1alpha1', kind: 'ReplicationSource' },
  ...{ metadata: { name: 'rs', namespace: 'n' }, spec: { sourcePVC: 'db-1-2026-000001-root', paused: true } },
};

describe('a side that returns', () => {
  it('does not follow while an execution of its group is at work: once it did, nobody would look at it again', async () => {
    const ground = {
      centers: [A, C],
      machines: [machine('a1', 'A'), machine('c1', 'C')],
      tierOf: new Map([
        ['a1', 't'],
        ['c1', 't'],
      ]),
      picture: { facts: { tiers: [{ id: 't', dataKind: 'SINGLE_WRITER', source: 'CLUSTER' }] } },
      moved: { servingCenterId: 'C' },
    };
    const touched: string[] = [];
    const gateway = {
      apply: async ({ kind }: { kind: string }) => touched.push(kind),
      amend: async ({ kind }: { kind: string }) => touched.push(kind),
      standing: async () => undefined,
      get: async () => undefined,
    };
    const site = { center: A, gateway, machines: [machine('a1', 'A')] };
    const receive = (worked: boolean) =>
      receiveBack({ groupId: 'g', epoch: 1 } as never, site as never, ground as never, { of: () => gateway } as never, {
        look: { assertMay: () => {} },
        assertOwes: async () => {},
        isWorked: async () => worked,
        listed: async ({ center }, kind) =>
          center.id === 'A' && kind === 'ReplicationSource' ? [sender as never] : [],
      });
    expect(await receive(true)).toEqual({
      waits: { zh: expect.stringContaining('等待该组的执行结束'), en: expect.stringContaining('execution to end') },
      left: null,
    });
    expect(touched).toEqual([]);
    expect(await receive(false)).toEqual({
      waits: { zh: expect.stringContaining('正在建立接收端'), en: expect.stringContaining('is being made') },
      left: null,
    });
    expect(touched).toEqual(['Secret', 'Secret', 'ReplicationDestination']);
  });
});
