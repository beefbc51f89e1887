/** Small, realistic objects. `spec` and `metadata` are laid over the usual ones. */
import type { Json, JsonObject } from '../json.ts';

interface Over {
  readonly metadata?: JsonObject;
  readonly spec?: JsonObject;
}

export function machine(name: string, over: Over = {}): JsonObject {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name, ...over.metadata },
    spec: { runStrategy: 'Halted', template: template('4Gi'), ...over.spec },
  };
}

export function template(memory: string): JsonObject {
  return {
    metadata: { labels: { 'jiyun.test/tier': 'web' } },
    spec: {
      domain: {
        cpu: { cores: 1, sockets: 2, threads: 1 },
        devices: {
          disks: [
            { name: 'root', disk: { bus: 'virtio' }, bootOrder: 1 },
            { name: 'cloudinit', disk: { bus: 'virtio' } },
          ],
          interfaces: [{ name: 'default', masquerade: {}, macAddress: '02:00:00:12:34:56' }],
        },
        memory: { guest: memory },
      },
      networks: [{ name: 'default', pod: {} }],
      volumes: [
        { name: 'root', dataVolume: { name: 'root-disk' } },
        { name: 'cloudinit', cloudInitNoCloud: { secretRef: { name: 'first-boot' } } },
      ],
    },
  };
}

export function instance(name: string, over: Over = {}): JsonObject {
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name, ...over.metadata },
    spec: { domain: { devices: {}, memory: { guest: '1Gi' } }, ...over.spec },
  };
}

export function volume(name: string, over: Over = {}): JsonObject {
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { name, ...over.metadata },
    spec: {
      source: { http: { url: 'https://images.example.com/openeuler.qcow2' } },
      storage: { resources: { requests: { storage: '40Gi' } }, storageClassName: 'fast' },
      ...over.spec,
    },
  };
}

export function secret(
  name: string,
  metadata: JsonObject = {},
  data: JsonObject = { userdata: 'I2Nsb3VkLWNvbmZpZwo=' },
): JsonObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, ...metadata }, data, type: 'Opaque' };
}

export function quota(name: string, hard: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name }, spec: { hard } };
}

export function namespace(name: string, metadata: JsonObject = {}): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...metadata } };
}

/** The body of a merge patch that sets one label; null takes it away. */
export function label(key: string, value: Json): JsonObject {
  return { metadata: { labels: { [key]: value } } };
}
