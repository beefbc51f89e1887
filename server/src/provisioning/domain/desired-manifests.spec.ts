import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './cluster-object.js';
import type { DesiredMachine } from './desired-machine.js';
import { accessManifest, diskManifest, firstBootManifest, machineManifest, namespaceOf } from './desired-manifests.js';
import { departmentManifests } from './desired-tenancy.js';

const amd64: DesiredMachine = {
  resourceId: '019abcde-0000-7000-8000-000000000001',
  code: 'VM-2026-000001',
  generation: 3,
  placementEpoch: 2,
  intention: 'PRESENT',
  standby: false,
  departmentCode: 'JS-Finance',
  objectName: 'budget-1',
  architecture: 'AMD64',
  zone: 'GOVERNMENT_EXTRANET',
  vcpu: 4,
  memoryMib: 8_192,
  diskGib: 100,
  storageTier: 'SSD',
  imageSource: { registry: { url: 'docker://registry.example/images/openeuler:24.03' } },
  firmwareUuid: '5d307ca9-b3ef-428c-8861-06e72d69f223',
  macAddress: '02:4a:59:00:00:01',
  requestCode: 'SQ-2026-000001',
  systemCode: '财政-01',
};
const arm64: DesiredMachine = { ...amd64, architecture: 'ARM64', storageTier: 'HDD', objectName: 'budget-2' };

function golden(file: string): unknown[] {
  const text = readFileSync(join(import.meta.dirname, 'golden', file), 'utf8');
  return parseAllDocuments(text).map((document) => document.toJS());
}

describe('desired manifests', () => {
  it.each<[string, readonly Manifest[]]>([
    [
      'department.yaml',
      [
        ...departmentManifests('JS-Finance', {
          departmentCode: 'JS-Finance',
          machines: 3,
          vcpu: 20,
          memoryMib: 40_960,
          storageGib: 300,
          storageGibByClass: { ssd: 200, hdd: 100 },
          largestVcpu: 16,
          largestMemoryMib: 32_768,
        }),
      ],
    ],
    ['machine-amd64.yaml', [diskManifest(amd64), machineManifest(amd64)]],
    ['machine-arm64.yaml', [diskManifest(arm64), machineManifest(arm64)]],
  ])('are those of %s', (file, manifests) => {
    expect(manifests).toEqual(golden(file));
  });

  it.each([amd64, arm64])(
    'name the preference of the image, and leave to it what devices $architecture has',
    (desired) => {
      const { spec } = machineManifest(
        { ...desired, devicePreference: 'jiyun-legacy' },
        { username: 'jyadmin', passwordHash: '$6$s$h' },
      );
      const said = JSON.stringify(spec);
      expect(spec).toMatchObject({
        preference: { kind: 'VirtualMachineClusterPreference', name: 'jiyun-legacy' },
        template: {
          spec: {
            architecture: desired.architecture.toLowerCase(),
            domain: {
              cpu: { sockets: 4, cores: 1, threads: 1 },
              memory: { guest: '8192Mi' },
              firmware: { uuid: desired.firmwareUuid, serial: desired.objectName },
              devices: {
                disks: [
                  { name: 'root', bootOrder: 1, disk: {} },
                  { name: 'first-boot', disk: {} },
                ],
                interfaces: [{ name: 'default', masquerade: {}, macAddress: desired.macAddress }],
              },
            },
          },
        },
      });
      for (const word of ['virtio', 'Multiqueue', 'bootloader', '"machine"', 'instancetype'])
        expect(said).not.toContain(word);
      expect(JSON.stringify(machineManifest(desired).spec)).not.toContain('preference');
    },
  );

  it('keep the checksum of an image beside the source, whose schema has no field for it', () => {
    const checksum = `sha256:${'a1'.repeat(32)}`;
    const url = 'https://images.example/a.qcow2';
    const { metadata, spec } = diskManifest({ ...amd64, imageSource: { http: { url, checksum } } });
    expect(spec).toMatchObject({ source: { http: { url } } });
    expect(JSON.stringify(spec)).not.toContain(checksum);
    expect(metadata.annotations).toEqual({
      ...diskManifest(amd64).metadata.annotations,
      'jiyun.internal/image-checksum': checksum,
    });
  });

  it('start a machine with its first account through a secret of its own, with the password as a hash', () => {
    const login = { username: 'jyadmin', passwordHash: '$6$rounds=1000$salt$hash: "#' };
    const machine = machineManifest(amd64, login);
    expect(machine).toMatchObject({
      spec: {
        template: {
          spec: {
            domain: { devices: { disks: [{ name: 'root' }, { name: 'first-boot', disk: { bus: 'virtio' } }] } },
            volumes: [
              { name: 'root' },
              { name: 'first-boot', cloudInitNoCloud: { secretRef: { name: `${amd64.objectName}-first-boot` } } },
            ],
          },
        },
      },
    });
    const secret = firstBootManifest(amd64, login, 'uid-of-the-machine');
    expect(secret.metadata).toMatchObject({
      name: `${amd64.objectName}-first-boot`,
      namespace: namespaceOf(amd64.departmentCode),
      labels: { 'jiyun.internal/resource': amd64.resourceId },
      ownerReferences: [{ kind: 'VirtualMachine', name: amd64.objectName, uid: 'uid-of-the-machine' }],
    });
    const [head, config] = Buffer.from(secret.data?.userdata ?? '', 'base64')
      .toString()
      .split('\n');
    expect(head).toBe('#cloud-config');
    // Whatever a hash holds, it is one value of one field.
    expect(JSON.parse(config ?? '')).toMatchObject({
      users: [{ name: 'jyadmin', lock_passwd: false, passwd: login.passwordHash }],
      runcmd: [['chage', '-d', '0', 'jyadmin']],
    });
    expect(JSON.stringify(machine)).not.toContain(login.passwordHash);
  });

  it('keep a place where the guest agent finds a password that was set anew, and nothing in it otherwise', () => {
    const login = { username: 'jyadmin', passwordHash: '$6$s$h' };
    const place = { source: { secret: { secretName: 'budget-1-access' } }, propagationMethod: { qemuGuestAgent: {} } };
    const given = { ...login, access: { password: 'n3w: "pass"' } };
    expect(machineManifest(amd64, given)).toMatchObject({
      spec: { template: { spec: { accessCredentials: [{ userPassword: place }] } } },
    });
    const secret = accessManifest(amd64, given, 'uid-of-the-machine');
    expect(secret).toMatchObject({
      kind: 'Secret',
      metadata: { name: 'budget-1-access', namespace: 'dept-js-finance' },
    });
    expect(Buffer.from(secret.data?.jyadmin ?? '', 'base64').toString()).toBe('n3w: "pass"');
    expect(accessManifest(amd64, { ...login, access: { password: null } }, null).data).toEqual({});
    // The machine is the same with and without: a password that comes or goes restarts nothing.
    expect(machineManifest(amd64, given)).toEqual(machineManifest(amd64, { ...login, access: { password: null } }));
    expect(JSON.stringify(machineManifest(amd64, login))).not.toContain('accessCredentials');
  });

  it('differ in nothing that the cluster would take for a change when made twice', () => {
    expect(JSON.stringify(machineManifest({ ...amd64 }))).toBe(JSON.stringify(machineManifest(amd64)));
  });

  it.each(['财政厅', 'a_b', '', 'x'.repeat(60)])('refuse to name a namespace after "%s"', (code) => {
    expect(() => namespaceOf(code)).toThrow(RangeError);
  });

  it('say at which addresses a machine answers, on it and on what runs of it', () => {
    const claimedAddresses = ['10.20.0.21', '2001:db8:200:1::2'];
    const machine = machineManifest({ ...amd64, claimedAddresses });
    const mark = { 'jiyun.internal/addresses': '10.20.0.21,2001:db8:200:1::2' };
    expect(machine.metadata.annotations).toMatchObject(mark);
    expect(machine).toMatchObject({ spec: { template: { metadata: { annotations: mark } } } });
    expect(JSON.stringify(machineManifest(amd64))).not.toContain('jiyun.internal/addresses');
  });

  it('pass accelerators on as devices of their class', () => {
    const machine = machineManifest({ ...amd64, accelerators: { 'ASCEND-910B': 2 } });
    expect(machine).toMatchObject({
      spec: {
        template: {
          spec: {
            domain: {
              devices: {
                gpus: [
                  { name: 'ascend-910b-1', deviceName: 'jiyun.internal/ASCEND-910B' },
                  { name: 'ascend-910b-2', deviceName: 'jiyun.internal/ASCEND-910B' },
                ],
              },
            },
          },
        },
      },
    });
    expect(JSON.stringify(machineManifest(amd64))).not.toContain('gpus');
  });
});
