/** Decides which objects a cluster shall hold for a machine and for a department's namespace. */
import type { ZoneNic } from '../../networks/domain/zone-nic.js';
import { cloudConfig } from './cloud-config.js';
import type { Manifest } from './cluster-object.js';
import type { DepartmentCommitment, DesiredMachine, FirstLogin } from './desired-machine.js';
import { cardsOf, networkConfigOf } from './desired-network.js';
import { launcherOverheadMib } from './launcher-overhead.js';
import {
  addressMarks,
  DEVICE_PREFIX,
  labelValue,
  MANAGED_BY,
  MARK,
  machineAnnotations,
  machineLabels,
  POD_SECURITY,
} from './marks.js';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The department's namespace in every cluster. Throws RangeError when its code makes no DNS label. */
const DEPARTMENT_PREFIX = 'dept-';

/** Whether what stands in the namespace is a department's. */
export function isOfDepartment(namespace: string | null): boolean {
  return namespace?.startsWith(DEPARTMENT_PREFIX) ?? false;
}

export function namespaceOf(departmentCode: string): string {
  const name = `${DEPARTMENT_PREFIX}${departmentCode.toLowerCase()}`;
  if (!DNS_LABEL.test(name)) throw new RangeError(`no namespace can be named after department "${departmentCode}"`);
  return name;
}

/** What a machine calls its disk. */
export const ROOT_VOLUME = 'root';

export function diskNameOf(objectName: string): string {
  return `${objectName}-root`;
}

export function namespaceManifest(departmentCode: string): Manifest {
  const label = labelValue(departmentCode);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespaceOf(departmentCode),
      labels: {
        [MARK.managedBy]: MANAGED_BY,
        ...(label === undefined ? {} : { [MARK.department]: label }),
        ...POD_SECURITY,
      },
      annotations: { [MARK.department]: departmentCode },
    },
  };
}

/** While CDI imports a disk it takes a scratch claim as big as the disk. */
const STORAGE_FACTOR = 2;
/** A machine's disk, and the scratch claim of its import. */
const CLAIMS_PER_MACHINE = 2;
/** The quota controller counts a deleted object for some seconds more. */
const MACHINES_HEADROOM = 10;

/**
 * A backstop, not the quota: the database decides what a department may have. An exact one would block live migration,
 * which needs a second launcher pod, so the biggest machine fits in once more.
 */
export function quotaManifest(commitment: DepartmentCommitment): Manifest {
  const {
    keptDisks = 0,
    largestMemoryMib,
    largestVcpu,
    machines,
    memoryMib,
    storageGib,
    storageGibByClass,
    vcpu,
  } = commitment;
  const overheadMib = launcherOverheadMib(machines + 1, vcpu + largestVcpu);
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: {
      name: 'jiyun-backstop',
      namespace: namespaceOf(commitment.departmentCode),
      labels: { [MARK.managedBy]: MANAGED_BY },
    },
    spec: {
      hard: {
        'requests.cpu': String(vcpu + largestVcpu),
        'requests.memory': `${memoryMib + largestMemoryMib + overheadMib}Mi`,
        'requests.storage': `${storageGib * STORAGE_FACTOR}Gi`,
        // Scratch claims are made in whichever class the cluster chose for them, so that each class carries all of them.
        ...Object.fromEntries(
          Object.entries(storageGibByClass).map(([name, gib]) => [
            `${name}.storageclass.storage.k8s.io/requests.storage`,
            `${gib + storageGib}Gi`,
          ]),
        ),
        persistentvolumeclaims: String((machines + MACHINES_HEADROOM) * CLAIMS_PER_MACHINE + keptDisks),
        'count/virtualmachines.kubevirt.io': String(machines + MACHINES_HEADROOM),
      },
    },
  };
}

/** A DataVolume's spec can never change: one that is there keeps the size that it was made with. */
export function diskManifest(desired: DesiredMachine, madeGib: number = desired.diskGib): Manifest {
  const metadata = metadataOf(desired, diskNameOf(desired.objectName));
  const { source, marks } = desired.diskSnapshot
    ? { source: { snapshot: { namespace: metadata.namespace, name: desired.diskSnapshot } }, marks: {} }
    : fetchedFrom(desired.imageSource);
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...marks } },
    spec: {
      source,
      // Access and volume mode come from the cluster's StorageProfile of that class.
      storage: {
        storageClassName: desired.storageTier.toLowerCase(),
        resources: { requests: { storage: `${madeGib}Gi` } },
      },
    },
  };
}

/** The disk of a machine that is gone: the same object, of the newest wish, and marked so that nobody takes it for forgotten. */
export function keptDiskManifest(desired: DesiredMachine, madeGib: number): Manifest {
  const { metadata, ...disk } = diskManifest(desired, madeGib);
  return { ...disk, metadata: { ...metadata, labels: { ...metadata.labels, [MARK.keptDisk]: 'true' } } };
}

/**
 * A disk that has grown since it was made: a DataVolume's spec can never change, but its claim's may become bigger, and
 * KubeVirt tells the guest. null = it is as big as it was made.
 */
export function grownDiskManifest(desired: DesiredMachine, madeGib: number): Manifest | null {
  const { diskGib } = desired;
  if (diskGib <= madeGib) return null;
  const { name, namespace } = metadataOf(desired, diskNameOf(desired.objectName));
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: { resources: { requests: { storage: `${diskGib}Gi` } } },
  };
}

/**
 * The source as CDI takes it. Its HTTP source knows no checksum, and server-side apply refuses a field that the schema
 * does not declare; what the catalog promised stands beside it as an annotation, where whoever imports can check it.
 */
function fetchedFrom(imageSource: unknown): { source: unknown; marks: Readonly<Record<string, string>> } {
  const http = (imageSource as { http?: { checksum?: string } } | null)?.http;
  if (http?.checksum === undefined) return { source: imageSource, marks: {} };
  const { checksum, ...source } = http;
  return { source: { http: source }, marks: { [MARK.imageChecksum]: checksum } };
}

const MACHINE = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine' } as const;

/**
 * Always the whole of it, lists included: KubeVirt's lists are atomic under server-side apply. Size, firmware uuid and
 * MAC address are written out, for a machine must stay the same one when it moves to another cluster. So are its devices,
 * unless its image names a preference of the clusters for them.
 */
export function machineManifest(desired: DesiredMachine, login: FirstLogin | null = null, halted = false): Manifest {
  const metadata = metadataOf(desired, desired.objectName);
  const addresses = addressMarks(desired);
  const nics = nicsOf(desired, login);
  const attached = desired.attachedDisks ?? [];
  const cards = cardsOf(namespaceOf(desired.departmentCode), desired.macAddress, nics);
  const disk = desired.devicePreference ? {} : { bus: 'virtio' };
  return {
    ...MACHINE,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...addresses } },
    spec: {
      runStrategy: halted || desired.off || desired.standby ? 'Halted' : 'Always',
      ...(desired.devicePreference ? { preference: preferenceOf(desired.devicePreference) } : {}),
      template: {
        metadata: {
          labels: machineLabels(desired),
          ...(Object.keys(addresses).length > 0 ? { annotations: addresses } : {}),
        },
        spec: {
          architecture: desired.architecture.toLowerCase(),
          // The pool that promised the capacity is the nodes of this architecture and zone.
          nodeSelector: { [MARK.zone]: desired.zone },
          evictionStrategy: 'LiveMigrateIfPossible',
          terminationGracePeriodSeconds: 120,
          domain: {
            cpu: { sockets: desired.vcpu, cores: 1, threads: 1 },
            memory: { guest: `${desired.memoryMib}Mi` },
            ...platformOf(desired),
            devices: {
              ...(desired.devicePreference ? {} : { networkInterfaceMultiqueue: true }),
              disks: [
                { name: ROOT_VOLUME, bootOrder: 1, disk },
                ...(login ? [{ name: FIRST_BOOT, disk }] : []),
                ...attached.map(({ slot }) => ({ name: attachedName(slot), disk })),
              ],
              ...gpusOf(desired),
              interfaces: cards.interfaces,
            },
          },
          networks: cards.networks,
          ...(login?.access ? { accessCredentials: [accessOf(desired)] } : {}),
          volumes: [
            { name: ROOT_VOLUME, dataVolume: { name: diskNameOf(desired.objectName) } },
            ...(login ? [firstBootVolume(desired, nics.length > 0)] : []),
            ...attached.map(({ slot, dataVolume }) => ({ name: attachedName(slot), dataVolume: { name: dataVolume } })),
          ],
        },
      },
    },
  };
}

/**
 * A machine that was started without cards is left as it is: its guest would have one that nobody told it of, and KubeVirt
 * would ask for a restart that nobody agreed to.
 */
export function nicsOf({ zoneNics = [] }: DesiredMachine, login: FirstLogin | null): readonly ZoneNic[] {
  return login?.withCards ? zoneNics : [];
}

function firstBootVolume({ objectName }: DesiredMachine, withNetwork: boolean): object {
  const secret = { name: firstBootNameOf(objectName) };
  return {
    name: FIRST_BOOT,
    cloudInitNoCloud: { secretRef: secret, ...(withNetwork ? { networkDataSecretRef: secret } : {}) },
  };
}

/** KubeVirt takes cards of any kind so; under the class's name the cluster's operator permits the device to its machines. */
function gpusOf({ accelerators }: DesiredMachine): object {
  const gpus = Object.entries(accelerators ?? {}).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, at) => ({
      name: `${name.toLowerCase()}-${at + 1}`,
      deviceName: `${DEVICE_PREFIX}/${name}`,
    })),
  );
  return gpus.length > 0 ? { gpus } : {};
}

function attachedName(slot: number): string {
  return `data-${slot}`;
}

const FIRST_BOOT = 'first-boot';

export function firstBootNameOf(objectName: string): string {
  return `${objectName}-${FIRST_BOOT}`;
}

/** What cloud-init does at the first start: one account whose password must be changed at the first sign-in. */
export function firstBootManifest(desired: DesiredMachine, login: FirstLogin, machineUid: string | null): Manifest {
  const nics = nicsOf(desired, login);
  // By itself the network is set up at the first boot alone: an address that changed would never reach the guest.
  const updates = nics.length > 0 ? { updates: { network: { when: ['boot'] } } } : {};
  return {
    ...secretOf(desired, firstBootNameOf(desired.objectName), machineUid),
    data: {
      userdata: base64(cloudConfig(desired.objectName, login, updates)),
      ...(nics.length > 0
        ? { networkdata: base64(`${JSON.stringify(networkConfigOf(desired.macAddress, nics))}\n`) }
        : {}),
    },
  };
}

export function accessNameOf(objectName: string): string {
  return `${objectName}-access`;
}

function accessOf({ objectName }: DesiredMachine): object {
  return {
    userPassword: {
      source: { secret: { secretName: accessNameOf(objectName) } },
      propagationMethod: { qemuGuestAgent: {} },
    },
  };
}

/**
 * Where a machine's guest agent finds the password that a reset set: KubeVirt takes it in plain alone, so that it stands
 * there only until it was handed over. A machine is started with an empty one, for its launcher waits until there is one.
 */
export function accessManifest(desired: DesiredMachine, login: FirstLogin, machineUid: string | null): Manifest {
  const password = login.access?.password ?? null;
  return {
    ...secretOf(desired, accessNameOf(desired.objectName), machineUid),
    data: password === null ? {} : { [login.username]: base64(password) },
  };
}

/** It belongs to its machine, so that it goes with it and the console needs no right to read or delete secrets. */
function secretOf(desired: DesiredMachine, secretName: string, machineUid: string | null): Manifest {
  const owner = { ...MACHINE, name: desired.objectName };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      ...metadataOf(desired, secretName),
      ...(machineUid === null ? {} : { ownerReferences: [{ ...owner, uid: machineUid }] }),
    },
    type: 'Opaque',
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** KubeVirt reads it as the machine starts, and fills in what the machine itself leaves unsaid. */
function preferenceOf(name: string): object {
  return { kind: 'VirtualMachineClusterPreference', name };
}

/** Which firmware and board; who it is, by uuid and serial, is never left to a preference. */
function platformOf({ architecture, devicePreference, firmwareUuid, objectName }: DesiredMachine): object {
  const identity = { uuid: firmwareUuid, serial: objectName };
  if (devicePreference) return { firmware: identity };
  const { machine, ...firmware } = PLATFORM[architecture];
  return { machine, firmware: { ...identity, ...firmware } };
}

const PLATFORM = {
  AMD64: { machine: { type: 'q35' } },
  // arm64 boots by UEFI only, and without secure boot.
  ARM64: { machine: { type: 'virt' }, bootloader: { efi: { secureBoot: false } } },
} as const;

function metadataOf(desired: DesiredMachine, name: string): Manifest['metadata'] {
  return {
    name,
    namespace: namespaceOf(desired.departmentCode),
    labels: machineLabels(desired),
    annotations: machineAnnotations(desired),
  };
}
