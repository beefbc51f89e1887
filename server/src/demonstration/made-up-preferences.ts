/** Never edited: another one gets another name (ADR 0075). */
export const LEGACY_PREFERENCE = 'legacy-linux-v1';

/** What every center's cluster has of device preferences, as its operators would have made them. */
export function makeUpPreferences() {
  return [
    {
      ...{ apiVersion: 'instancetype.kubevirt.io/v1beta1', kind: 'VirtualMachineClusterPreference' },
      metadata: { name: LEGACY_PREFERENCE },
      spec: {
        machine: { preferredMachineType: 'q35' },
        firmware: { preferredUseBios: true },
        devices: { preferredDiskBus: 'sata', preferredInterfaceModel: 'e1000' },
      },
    },
  ];
}
