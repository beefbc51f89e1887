import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ClusterKind, type ClusterObject, keyOf } from '../../provisioning/domain/cluster-object.js';
import { isOfDepartment, namespaceOf } from '../../provisioning/domain/desired-manifests.js';
import { MARK, ownerOf } from '../../provisioning/domain/marks.js';
import {
  copyName,
  DENY_POLICY,
  DRILL_MARK,
  diskManifestOf,
  drillNamespace,
  insideManifest,
  isOfDrill,
  isShut,
  machineManifestOf,
  mayTouch,
  placeManifests,
  snapshotManifestOf,
  volumesOf,
} from './isolation.js';
import { type Copy, isReached, makes, standOf } from './rehearsal.js';

const ground = { code: 'YL-2026-000012', departmentCode: 'RST' };
const machine = {
  ...{ objectNamespace: 'dept-rst', objectName: 'db-1-2026-000299', diskGib: 100 },
  identity: '0194ed95-4592-7cb5-b043-6fcc6563da14',
};
const live: ClusterObject = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'VirtualMachine',
  metadata: { name: machine.objectName, namespace: machine.objectNamespace, labels: { [MARK.managedBy]: 'jiyun' } },
  spec: {
    runStrategy: 'Halted',
    template: {
      spec: {
        architecture: 'arm64',
        nodeSelector: { 'jiyun.internal/zone': 'PUBLIC' },
        accessCredentials: [{ userPassword: {} }],
        domain: {
          cpu: { sockets: 8, cores: 1, threads: 1 },
          memory: { guest: '32768Mi' },
          machine: { type: 'virt' },
          firmware: { uuid: 'theirs', serial: 'theirs', bootloader: { efi: { secureBoot: false } } },
          devices: {
            networkInterfaceMultiqueue: true,
            disks: [{ name: 'root' }, { name: 'first-boot' }, { name: 'data-1' }],
            gpus: [{ name: 'card', deviceName: 'x/y' }],
            interfaces: [
              { name: 'default', masquerade: {}, macAddress: '02:00:00:00:00:01' },
              { name: 'biz', bridge: {} },
            ],
          },
        },
        networks: [
          { name: 'default', pod: {} },
          { name: 'biz', multus: { networkName: 'dept-rst/net-1' } },
        ],
        volumes: [
          { name: 'root', dataVolume: { name: 'db-1-2026-000299-root' } },
          { name: 'first-boot', cloudInitNoCloud: { secretRef: { name: 's' } } },
          { name: 'data-1', dataVolume: { name: 'kept-root' } },
        ],
      },
    },
  },
};
const copies = volumesOf(live).map(({ volume }) =>
  diskManifestOf(ground, machine, { volume, snapshotUid: 'u-1', source: undefined }),
);
const everything = [
  ...placeManifests(ground),
  insideManifest(ground),
  snapshotManifestOf(ground, machine),
  ...copies,
  machineManifestOf(ground, machine, live),
];

describe('what a drill may touch', () => {
  it('is all that it makes itself', () => {
    for (const manifest of everything)
      expect([manifest.kind, mayTouch(ground, keyOf(manifest), 'WRITE')]).toEqual([manifest.kind, true]);
  });

  const kinds: readonly ClusterKind[] = [
    ...([
      'Namespace',
      'ResourceQuota',
      'LimitRange',
      'NetworkPolicy',
      'NetworkAttachmentDefinition',
      'DataVolume',
    ] as const),
    ...(['PersistentVolumeClaim', 'VirtualMachine', 'VirtualMachineInstance', 'VirtualMachineSnapshot'] as const),
    ...([
      'VirtualMachineRestore',
      'Secret',
      'BareMetalHost',
      'ReplicationSource',
      'VolumeReplication',
      'Node',
    ] as const),
  ];
  const namespace = fc.oneof(
    fc.constantFrom('dept-rst', 'dept-x', 'drill-rst', 'drill-x', 'kube-system', 'jiyun'),
    fc.constant(null),
    fc.string({ maxLength: 12 }),
  );
  const name = fc.oneof(
    fc.constantFrom(
      'db-1-2026-000299',
      'db-1-2026-000299-root',
      DENY_POLICY,
      'jiyun-isolation',
      'drill-rst',
      'dept-rst',
    ),
    fc.string({ maxLength: 12 }).map((end) => `yl-2026-000012-${end}`),
    fc.string({ maxLength: 12 }).map((end) => `yl-2026-000013-${end}`),
  );

  it('is nothing of production, and of replication nothing at all, whatever it is called', () => {
    const touch = fc.constantFrom('WRITE' as const, 'REMOVE' as const);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), namespace, name, touch, (kind, where, called, act) => {
        const may = mayTouch(ground, { kind, namespace: where, name: called }, act);
        if (!may) return;
        const own = called.startsWith('yl-2026-000012-');
        if (isOfDepartment(where)) expect({ kind, own }).toEqual({ kind: 'VirtualMachineSnapshot', own: true });
        else if (kind === 'Namespace') expect({ called, act }).toEqual({ called: 'drill-rst', act: 'WRITE' });
        else {
          expect(where).toBe('drill-rst');
          expect(['VirtualMachine', 'DataVolume', 'NetworkPolicy']).toContain(kind);
          expect(own || (called === DENY_POLICY && act === 'WRITE')).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none of another drill, even of the same department', () => {
    const other = { ...ground, code: 'YL-2026-000013' };
    const ours = machineManifestOf(ground, machine, live);
    expect(mayTouch(other, keyOf(ours), 'REMOVE')).toBe(false);
    expect(isOfDrill(other, ours)).toBe(false);
    expect(isOfDrill(ground, ours)).toBe(true);
  });

  it('is never in a department’s namespace', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][A-Z0-9-]{0,20}[A-Z0-9]$/), (departmentCode) => {
        const own = drillNamespace({ departmentCode });
        expect(isOfDepartment(own)).toBe(false);
        expect(own).not.toBe(namespaceOf(departmentCode));
      }),
    );
  });
});

describe('a copy of a machine', () => {
  const copy = machineManifestOf(ground, machine, live);
  const text = JSON.stringify(copy);

  it('has its size and board, and nothing by which it could be taken for the other', () => {
    expect(copy).toMatchObject({
      metadata: { namespace: 'drill-rst', name: 'yl-2026-000012-db-1-2026-000299' },
      spec: {
        runStrategy: 'Always',
        template: {
          spec: {
            architecture: 'arm64',
            domain: {
              cpu: { sockets: 8 },
              memory: { guest: '32768Mi' },
              firmware: { uuid: machine.identity, bootloader: { efi: { secureBoot: false } } },
            },
          },
        },
      },
    });
    for (const theirs of ['theirs', 'multus', 'net-1', '02:00:00:00:00:01', 'cloudInitNoCloud', 'userPassword', 'gpus'])
      expect(text).not.toContain(theirs);
    expect(text).toContain('"macAddress":"02:cc:65:63:da:14"');
    expect(ownerOf(copy)).toBeUndefined();
  });

  it('starts from its own disks alone, each restored from the snapshot that was taken for it', () => {
    expect(text).not.toContain('"name":"db-1-2026-000299-root"');
    expect(text).not.toContain('kept-root');
    expect(copies.map(({ metadata, spec }) => [metadata.name, spec])).toMatchObject([
      [
        'yl-2026-000012-db-1-2026-000299-root',
        { source: { snapshot: { namespace: 'dept-rst', name: 'vmsnapshot-u-1-volume-root' } } },
      ],
      ['yl-2026-000012-db-1-2026-000299-data-1', { source: { snapshot: { name: 'vmsnapshot-u-1-volume-data-1' } } }],
    ]);
  });

  it('is refused a name that no cluster would take', () => {
    expect(() => copyName(ground, { objectName: 'x'.repeat(60) })).toThrow(RangeError);
  });
});

describe('what was plugged in after the snapshot', () => {
  it('is no part of the copy', () => {
    const more = structuredClone(live) as never as {
      spec: { template: { spec: { volumes: object[]; domain: { devices: { disks: object[] } } } } };
    };
    more.spec.template.spec.volumes.push({ name: 'hot', dataVolume: { name: 'hot' } });
    more.spec.template.spec.domain.devices.disks.push({ name: 'hot', disk: { bus: 'virtio' } });
    const copied = volumesOf(live).map(({ volume }) => volume);
    expect(machineManifestOf(ground, machine, more as never as ClusterObject, copied)).toEqual(
      machineManifestOf(ground, machine, live),
    );
  });
});

describe('a shut place', () => {
  const stands = (...more: object[]) =>
    [...placeManifests(ground).slice(1), insideManifest(ground), ...more] as ClusterObject[];
  const policy = (spec: object, labels: Record<string, string> = {}, namespace = 'drill-rst') => ({
    ...{
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'other', namespace, labels },
      spec,
    },
  });
  const drills = { [MARK.managedBy]: 'jiyun-drills', [DRILL_MARK]: 'YL-2026-000013' };

  it('is shut by the policy that denies all, with drills’ own ways inside and none other', () => {
    expect(isShut(ground, stands())).toBe(true);
    expect(isShut(ground, [])).toBe(false);
    expect(isShut(ground, stands(policy({ podSelector: {}, ingress: [{}] }, {}, 'dept-rst')))).toBe(true);
  });

  it('is no fence where anybody opened a way beside it', () => {
    expect(isShut(ground, stands(policy({ podSelector: {}, policyTypes: ['Egress'], egress: [{}] })))).toBe(false);
    const outside = { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] };
    expect(isShut(ground, stands(policy(outside, drills)))).toBe(false);
    const everyone = { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {}, podSelector: {} }] }] };
    expect(isShut(ground, stands(policy(everyone, drills)))).toBe(false);
    const [deny] = placeManifests(ground).slice(1) as ClusterObject[];
    const weakened = { ...(deny as ClusterObject), spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [] } };
    expect(isShut(ground, [weakened])).toBe(false);
  });
});

describe('the order of a rehearsal', () => {
  const copy = (state: Copy['state'], wave = 1): Copy => ({ state, wave });

  it('starts what stands on data only when all the data answers', () => {
    const data = [copy('READY'), copy('STARTED')];
    const app = copy('RESTORED', 2);
    expect(makes('START', app, [...data, app])).toBeNull();
    expect(makes('START', app, [copy('READY'), copy('READY'), app])).toBe('MACHINE');
    expect(makes('START', copy('RESTORED'), [...data, app])).toBe('MACHINE');
    expect(makes('RESTORE', app, [app])).toBeNull();
    expect(isReached('START', data)).toBe(true);
    expect(isReached('PROBE', data)).toBe(false);
    expect(isReached('FENCE', data)).toBe(false);
  });

  it('takes for ready only what runs and whose guest answers', () => {
    const nothing = { snapshot: undefined, disks: [], machine: undefined, instance: undefined };
    const object = (status: object) => ({ ...live, status }) as ClusterObject;
    const running = object({ phase: 'Running', conditions: [{ type: 'AgentConnected', status: 'False' }] });
    const answers = object({ phase: 'Running', conditions: [{ type: 'AgentConnected', status: 'True' }] });
    expect(standOf(nothing).state).toBe('WAITING');
    expect(standOf({ ...nothing, snapshot: object({ readyToUse: true }) }).state).toBe('SNAPSHOT');
    expect(standOf({ ...nothing, disks: [object({ phase: 'Succeeded' }), undefined] }).state).toBe('WAITING');
    expect(standOf({ ...nothing, disks: [object({ phase: 'Succeeded' })] }).state).toBe('RESTORED');
    expect(standOf({ ...nothing, machine: object({}), instance: running }).state).toBe('STARTED');
    expect(standOf({ ...nothing, machine: object({}), instance: answers }).state).toBe('READY');
    expect(standOf({ ...nothing, snapshot: object({ phase: 'Failed' }) })).toMatchObject({ state: 'FAILED' });
  });
});
