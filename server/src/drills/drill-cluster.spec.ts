import { describe, expect, it } from '@jest/globals';
import type { ClusterObject, Manifest } from '../provisioning/domain/cluster-object.js';
import { MARK } from '../provisioning/domain/marks.js';
import { placeManifests, snapshotManifestOf } from './domain/isolation.js';
import { DrillCluster } from './drill-cluster.js';

const ground = { code: 'YL-2026-000012', departmentCode: 'RST' };
const machine = { objectNamespace: 'dept-rst', objectName: 'db-1', diskGib: 100, identity: 'i' };

/** What stands there, and every call that would change it. */
function cluster(stands: readonly ClusterObject[], stillMay: () => void = () => {}) {
  const calls: string[] = [];
  const drill = new DrillCluster(
    {
      get: async ({ kind, name }) => stands.find((one) => one.kind === kind && one.metadata.name === name),
      list: async () => stands,
      apply: async (manifest, terms) => {
        terms?.stillMay?.();
        calls.push(`apply ${manifest.kind} ${manifest.metadata.name}`);
        return manifest;
      },
      remove: async ({ kind, name }, { uid }) => {
        calls.push(`remove ${kind} ${name} ${uid}`);
        return 'ACCEPTED';
      },
    },
    ground,
    stillMay,
  );
  return { drill, calls };
}

const foreign = (manifest: Manifest): ClusterObject => ({
  ...manifest,
  metadata: { ...manifest.metadata, uid: 'u-9', labels: { [MARK.managedBy]: 'helm' } },
});

describe('the wall between drills and production', () => {
  it('lets nothing through that is not the drill’s own, and calls no cluster for it', async () => {
    const { calls, drill } = cluster([]);
    const theirs = { kind: 'VirtualMachine', namespace: 'dept-rst', name: 'db-1' } as const;
    const manifest = {
      apiVersion: 'kubevirt.io/v1',
      kind: theirs.kind,
      metadata: { namespace: 'dept-rst', name: 'db-1' },
    };
    await expect(drill.make(manifest)).rejects.toThrow(/may not touch VirtualMachine dept-rst\/db-1/);
    await expect(drill.keep(manifest)).rejects.toThrow(/may not touch/);
    await expect(drill.remove(theirs)).rejects.toThrow(/may not touch/);
    await expect(drill.remove({ kind: 'VolumeReplication', namespace: 'dept-rst', name: 'db-1-root' })).rejects.toThrow(
      /may not touch/,
    );
    await expect(drill.remove({ kind: 'Namespace', namespace: null, name: 'drill-rst' })).rejects.toThrow(
      /may not touch/,
    );
    expect(calls).toEqual([]);
  });

  it('writes over nothing of its name that is another’s, and takes none away', async () => {
    const snapshot = snapshotManifestOf(ground, machine);
    const [place] = placeManifests(ground) as [Manifest];
    const { calls, drill } = cluster([foreign(snapshot), foreign(place)]);
    await expect(drill.make(snapshot)).rejects.toThrow(/不属于本次演练/);
    await expect(drill.keep(place)).rejects.toThrow(/不属于演练/);
    const key = { kind: 'VirtualMachineSnapshot', namespace: 'dept-rst', name: snapshot.metadata.name } as const;
    expect(await drill.remove(key)).toBe(true);
    expect(calls).toEqual([]);
  });

  it('makes what is its own once, removes it by its uid, and writes nothing when its time is over', async () => {
    const snapshot = snapshotManifestOf(ground, machine);
    const key = { kind: 'VirtualMachineSnapshot', namespace: 'dept-rst', name: snapshot.metadata.name } as const;
    const own = { ...snapshot, metadata: { ...snapshot.metadata, uid: 'u-1' } };
    const there = cluster([own]);
    await there.drill.make(snapshot);
    expect(await there.drill.remove(key)).toBe(false);
    expect(there.calls).toEqual([`remove VirtualMachineSnapshot ${key.name} u-1`]);
    const late = cluster([own], () => {
      throw new Error('over');
    });
    await expect(late.drill.remove(key)).rejects.toThrow('over');
    await expect(
      cluster([], () => {
        throw new Error('over');
      }).drill.make(snapshot),
    ).rejects.toThrow('over');
    expect(late.calls).toEqual([]);
  });
});
