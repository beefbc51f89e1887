/**
 * What a preference fills in of a machine as it starts: pkg/instancetype/preference/apply of KubeVirt 1.9, as far as the
 * console's machines can meet it. What the machine says itself stands.
 */
import { at, isObject, type Json, type JsonObject, type KubeObject, objectAt, objectsAt } from '../json.js';

export function preferred(spec: JsonObject, preference: KubeObject): JsonObject {
  const said = (...path: string[]): Json | undefined => at(preference, 'spec', ...path);
  const domain = objectAt(spec, 'domain') ?? {};
  const devices = objectAt(domain, 'devices') ?? {};
  const graceSeconds = said('preferredTerminationGracePeriodSeconds');
  return {
    ...spec,
    ...filling(spec, { terminationGracePeriodSeconds: graceSeconds, architecture: said('preferredArchitecture') }),
    domain: {
      ...domain,
      ...section(domain, 'machine', { type: said('machine', 'preferredMachineType') }),
      ...section(domain, 'clock', {
        utc: said('clock', 'preferredClockOffset', 'utc'),
        timezone: said('clock', 'preferredClockOffset', 'timezone'),
        timer: said('clock', 'preferredTimer'),
      }),
      ...section(domain, 'features', {
        acpi: said('features', 'preferredAcpi'),
        apic: said('features', 'preferredApic'),
        hyperv: said('features', 'preferredHyperv'),
        kvm: said('features', 'preferredKvm'),
        pvspinlock: said('features', 'preferredPvspinlock'),
        smm: said('features', 'preferredSmm'),
      }),
      ...section(domain, 'firmware', { bootloader: bootloaderOf(said) }),
      devices: {
        ...devices,
        ...filling(devices, {
          autoattachGraphicsDevice: said('devices', 'preferredAutoattachGraphicsDevice'),
          autoattachInputDevice: said('devices', 'preferredAutoattachInputDevice'),
          autoattachMemBalloon: said('devices', 'preferredAutoattachMemBalloon'),
          autoattachSerialConsole: said('devices', 'preferredAutoattachSerialConsole'),
          blockMultiQueue: said('devices', 'preferredBlockMultiQueue'),
          networkInterfaceMultiqueue: said('devices', 'preferredNetworkInterfaceMultiQueue'),
          rng: said('devices', 'preferredRng'),
          tpm: said('devices', 'preferredTPM'),
          useVirtioTransitional: said('devices', 'preferredUseVirtioTransitional'),
        }),
        disks: objectsAt(devices, 'disks').map((disk) => ({
          ...disk,
          ...section(disk, 'disk', { bus: said('devices', 'preferredDiskBus') }, isObject(disk.disk)),
          ...filling(disk, {
            cache: said('devices', 'preferredDiskCache'),
            io: said('devices', 'preferredDiskIO'),
            dedicatedIOThread: said('devices', 'preferredDiskDedicatedIoThread'),
          }),
        })),
        interfaces: objectsAt(devices, 'interfaces').map((card) => ({
          ...card,
          ...filling(card, { model: said('devices', 'preferredInterfaceModel') }),
        })),
      },
    },
  };
}

type Said = (...path: string[]) => Json | undefined;

function bootloaderOf(said: Said): Json | undefined {
  const efi = said('firmware', 'preferredEfi');
  if (efi !== undefined) return { efi };
  if (said('firmware', 'preferredUseEfi') === true)
    return { efi: { secureBoot: said('firmware', 'preferredUseSecureBoot') === true } };
  return said('firmware', 'preferredUseBios') === true ? { bios: {} } : undefined;
}

/** Of these what is preferred and not said. */
function filling(said: JsonObject, wanted: Readonly<Record<string, Json | undefined>>): JsonObject {
  const filled: JsonObject = {};
  for (const [key, value] of Object.entries(wanted))
    if (value !== undefined && said[key] === undefined) filled[key] = value;
  return filled;
}

/** A part of an object with what is preferred of it; not there at all where nothing is. */
function section(
  whole: JsonObject,
  key: string,
  wanted: Readonly<Record<string, Json | undefined>>,
  isThere = true,
): JsonObject {
  const part = objectAt(whole, key) ?? {};
  const filled = filling(part, wanted);
  return isThere && Object.keys(filled).length > 0 ? { [key]: { ...part, ...filled } } : {};
}
