/**
 * What a VirtualMachineClusterPreference could say of a machine, and who says it (ADR 55): a path below the template's spec
 * where the console writes it out, or why it is left to KubeVirt.
 */
interface Written {
  readonly at: readonly (string | number)[];
  /** Left out on the other one, which KubeVirt gives no choice. */
  readonly only?: 'ARM64';
}

const DEVICES = ['domain', 'devices'] as const;
const written = (...at: Written['at']): Written => ({ at });

const LINUX = 'every image of the catalog is Linux with virtio: KubeVirt’s own default fits';
const NO_DISPLAY = 'nobody sits before it: the console that is handed out is KubeVirt’s own, which it brings by itself';
const NONE = 'no machine has such a device';
const STORAGE = 'the StorageProfile of the class knows, and images bring no needs of their own';
const HOST = 'belongs to the hosts of a pool: set in the KubeVirt object of its cluster, for all alike';

export const DEVICE_DEFAULTS: Readonly<Record<string, Written | string>> = {
  annotations: 'the console’s marks are its own',
  'clock.preferredClockOffset': LINUX,
  'clock.preferredTimer': LINUX,
  'cpu.preferredCPUFeatures': HOST,
  'cpu.preferredCPUTopology': written('domain', 'cpu', 'sockets'),
  'cpu.spreadOptions': 'sizes are written out as sockets',
  'devices.preferredAutoattachGraphicsDevice': NO_DISPLAY,
  'devices.preferredAutoattachInputDevice': NO_DISPLAY,
  'devices.preferredAutoattachMemBalloon': LINUX,
  'devices.preferredAutoattachPodInterface': written(...DEVICES, 'interfaces', 0, 'name'),
  'devices.preferredAutoattachSerialConsole': NO_DISPLAY,
  'devices.preferredBlockMultiQueue': LINUX,
  'devices.preferredCdromBus': NONE,
  'devices.preferredDisableHotplug': LINUX,
  'devices.preferredDiskBlockSize': STORAGE,
  'devices.preferredDiskBus': written(...DEVICES, 'disks', 0, 'disk', 'bus'),
  'devices.preferredDiskCache': STORAGE,
  'devices.preferredDiskDedicatedIoThread': STORAGE,
  'devices.preferredDiskIO': STORAGE,
  'devices.preferredInputBus': NONE,
  'devices.preferredInputType': NONE,
  'devices.preferredInterfaceMasquerade': written(...DEVICES, 'interfaces', 0, 'masquerade'),
  'devices.preferredInterfaceModel': LINUX,
  'devices.preferredLunBus': NONE,
  'devices.preferredNetworkInterfaceMultiQueue': written(...DEVICES, 'networkInterfaceMultiqueue'),
  'devices.preferredPanicDeviceModel': NONE,
  'devices.preferredRng': LINUX,
  'devices.preferredSoundModel': NONE,
  'devices.preferredTPM': NONE,
  'devices.preferredUseVirtioTransitional': LINUX,
  'devices.preferredVideoType': NO_DISPLAY,
  'devices.preferredVirtualGPUOptions': NO_DISPLAY,
  'features.preferredAcpi': LINUX,
  'features.preferredApic': LINUX,
  'features.preferredHyperv': LINUX,
  'features.preferredKvm': LINUX,
  'features.preferredPvspinlock': LINUX,
  'features.preferredSmm': LINUX,
  'firmware.preferredEfi': { at: ['domain', 'firmware', 'bootloader', 'efi', 'secureBoot'], only: 'ARM64' },
  'firmware.preferredUseBios': LINUX,
  'firmware.preferredUseBiosSerial': LINUX,
  'firmware.preferredUseEfi': { at: ['domain', 'firmware', 'bootloader', 'efi'], only: 'ARM64' },
  'firmware.preferredUseSecureBoot': { at: ['domain', 'firmware', 'bootloader', 'efi', 'secureBoot'], only: 'ARM64' },
  'machine.preferredMachineType': written('domain', 'machine', 'type'),
  preferSpreadSocketToCoreRatio: 'sizes are written out as sockets',
  preferredArchitecture: written('architecture'),
  'preferredLaunchSecurity.sev': HOST,
  'preferredLaunchSecurity.snp': HOST,
  'preferredLaunchSecurity.tdx': HOST,
  preferredSubdomain: 'no name service of a cluster names machines',
  preferredTerminationGracePeriodSeconds: written('terminationGracePeriodSeconds'),
  'requirements.architecture': 'the pool was chosen by it before there was a machine',
  'requirements.cpu': 'the catalog asks it of a size before there is a machine',
  'requirements.memory': 'the catalog asks it of a size before there is a machine',
  'volumes.preferredStorageClassName': 'written into the disk, by its tier',
};
