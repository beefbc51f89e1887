/** VirtualMachineClusterPreference of KubeVirt 1.9: what a machine's devices are where the machine does not say it. */
import { type KubeObject, objectAt, textAt } from '../json.js';
import { customKind } from './kind.js';
import { boolean, integer, list, map, object, quantity, string } from './schema.js';

const present = object({ present: boolean });
const ticking = object({ present: boolean, tickPolicy: string });
const enabled = object({ enabled: boolean });
const direct = object({ direct: enabled, enabled: boolean });

const clock = object({
  preferredClockOffset: object({ timezone: string, utc: object({ offsetSeconds: integer }) }),
  preferredTimer: object({
    hpet: ticking,
    hyperv: present,
    kvm: present,
    pit: ticking,
    rtc: object({ present: boolean, tickPolicy: string, track: string }),
  }),
});

const devices = object({
  preferredAutoattachGraphicsDevice: boolean,
  preferredAutoattachInputDevice: boolean,
  preferredAutoattachMemBalloon: boolean,
  preferredAutoattachPodInterface: boolean,
  preferredAutoattachSerialConsole: boolean,
  preferredBlockMultiQueue: boolean,
  preferredCdromBus: string,
  preferredDisableHotplug: boolean,
  preferredDiskBlockSize: object({
    custom: object({ discardGranularity: integer, logical: integer, physical: integer }),
    matchVolume: enabled,
  }),
  preferredDiskBus: string,
  preferredDiskCache: string,
  preferredDiskDedicatedIoThread: boolean,
  preferredDiskIO: string,
  preferredInputBus: string,
  preferredInputType: string,
  preferredInterfaceMasquerade: object({}),
  preferredInterfaceModel: string,
  preferredLunBus: string,
  preferredNetworkInterfaceMultiQueue: boolean,
  preferredPanicDeviceModel: string,
  preferredRng: object({}),
  preferredSoundModel: string,
  preferredTPM: object({ enabled: boolean, persistent: boolean }),
  preferredUseVirtioTransitional: boolean,
  preferredVideoType: string,
  preferredVirtualGPUOptions: object({ display: object({ enabled: boolean, ramFB: enabled }) }),
});

const features = object({
  preferredAcpi: enabled,
  preferredApic: object({ enabled: boolean, endOfInterrupt: boolean }),
  preferredHyperv: object({
    evmcs: enabled,
    frequencies: enabled,
    ipi: enabled,
    reenlightenment: enabled,
    relaxed: enabled,
    reset: enabled,
    runtime: enabled,
    spinlocks: object({ enabled: boolean, spinlocks: integer }),
    synic: enabled,
    synictimer: direct,
    tlbflush: object({ direct: enabled, enabled: boolean, extended: enabled }),
    vapic: enabled,
    vendorid: object({ enabled: boolean, vendorid: string }),
    vpindex: enabled,
  }),
  preferredKvm: object({ hidden: boolean }),
  preferredPvspinlock: enabled,
  preferredSmm: enabled,
});

export const clusterPreference = customKind({
  group: 'instancetype.kubevirt.io',
  version: 'v1beta1',
  kind: 'VirtualMachineClusterPreference',
  plural: 'virtualmachineclusterpreferences',
  shortNames: ['vmcp'],
  namespaced: false,
  fields: {
    'spec!': object({
      annotations: map(string),
      clock,
      cpu: object({
        preferredCPUFeatures: list(object({ 'name!': string, policy: string })),
        preferredCPUTopology: string,
        spreadOptions: object({ across: string, ratio: integer }),
      }),
      devices,
      features,
      firmware: object({
        preferredEfi: object({ persistent: boolean, secureBoot: boolean }),
        preferredUseBios: boolean,
        preferredUseBiosSerial: boolean,
        preferredUseEfi: boolean,
        preferredUseSecureBoot: boolean,
      }),
      machine: object({ preferredMachineType: string }),
      preferSpreadSocketToCoreRatio: integer,
      preferredArchitecture: string,
      preferredLaunchSecurity: object({
        sev: object({
          attestation: object({}),
          dhCert: string,
          policy: object({ encryptedState: boolean }),
          session: string,
        }),
        snp: object({}),
        tdx: object({}),
      }),
      preferredSubdomain: string,
      preferredTerminationGracePeriodSeconds: integer,
      requirements: object({
        architecture: string,
        cpu: object({ 'guest!': integer }),
        memory: object({ 'guest!': quantity }),
      }),
      volumes: object({ preferredStorageClassName: string }),
    }),
  },
});

/** Which one a machine names; undefined = none, or one of its own namespace, which nobody makes here. */
export function preferenceNameOf(machine: KubeObject): string | undefined {
  const named = objectAt(machine, 'spec', 'preference');
  const kind = (textAt(named, 'kind') ?? clusterPreference.kind).toLowerCase();
  return [clusterPreference.singular, clusterPreference.plural].includes(kind) ? textAt(named, 'name') : undefined;
}
