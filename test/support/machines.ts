import type { DesiredMachine } from '../../server/src/provisioning/domain/desired-machine.js';

/** A machine as the catalog of the demonstration would make it. */
export function desiredMachine(over: Partial<DesiredMachine> = {}): DesiredMachine {
  return {
    resourceId: '019abcde-0000-7000-8000-000000000001',
    code: 'VM-2026-000001',
    generation: 1,
    placementEpoch: 1,
    intention: 'PRESENT',
    standby: false,
    departmentCode: 'js-finance',
    objectName: 'budget-1-000001',
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
    systemCode: 'SYS-000001',
    ...over,
  };
}
