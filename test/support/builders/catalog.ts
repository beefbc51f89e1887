import type { Image, Offer } from '../../../server/src/catalog/domain/catalog.js';
import { newId } from '../../../server/src/platform/database/ids.js';

export function offer(more: Partial<Offer> = {}): Offer {
  return {
    id: newId(),
    code: 'arm64-general-4c16g',
    name: '通用型 4C16G',
    family: 'GENERAL',
    architecture: 'ARM64',
    domesticCpu: true,
    vcpu: 4,
    memoryMib: 16_384,
    accelerator: null,
    acceleratorCount: 0,
    standbyRatioPercent: 50,
    status: 'OFFERED',
    version: 1,
    keptAside: null,
    ...more,
  };
}

export function image(more: Partial<Image> = {}): Image {
  return {
    id: newId(),
    code: 'openeuler-24-03-arm64',
    name: 'openEuler 24.03 LTS',
    architecture: 'ARM64',
    source: { http: { url: 'https://images.example/openeuler-24.03-aarch64.qcow2' } },
    minimumDiskGib: 40,
    status: 'OFFERED',
    devicePreference: null,
    version: 1,
    ...more,
  };
}
