import type { CatalogRows } from '../catalog/catalog.service.js';
import {
  type Image,
  type Offer,
  type OfferFamily,
  STANDBY_RATIO_DEFAULT,
  sizeName,
} from '../catalog/domain/catalog.js';
import { ARCHITECTURES, type Architecture } from '../facilities/domain/facility.js';
import { LEGACY_PREFERENCE } from './made-up-preferences.js';
import { makeUpKinds } from './made-up-services.js';
import type { Seeded } from './seeded.js';

export interface MadeUpCatalog extends CatalogRows {
  readonly offers: readonly Offer[];
  readonly images: readonly Image[];
}

const VCPUS = [2, 4, 8, 16, 32] as const;
const FAMILIES: readonly (readonly [OfferFamily, code: string, gibPerVcpu: number])[] = [
  ['GENERAL', 'general', 4],
  ['COMPUTE', 'compute', 2],
  ['MEMORY', 'memory', 8],
];

/** Both kinds of pool run domestic processors; only the ARM offers promise one (信创), x86 promises compatibility. */
const LABELS: { readonly [A in Architecture]: { readonly label: string; readonly domesticCpu: boolean } } = {
  ARM64: { label: '信创', domesticCpu: true },
  AMD64: { label: 'x86', domesticCpu: false },
};

const IMAGES: readonly (readonly [code: string, name: string, minimumDiskGib: number])[] = [
  ['openeuler-24.03', 'openEuler 24.03 LTS', 20],
  ['kylin-v10-sp3', '银河麒麟高级服务器操作系统 V10 SP3', 40],
  ['uos-v20', '统信服务器操作系统 UOS V20', 40],
  ['anolis-8.9', 'Anolis OS 8.9', 20],
  ['ubuntu-24.04', 'Ubuntu Server 24.04 LTS', 20],
];

/** Class of the cards, as the pool counts them and the price names them. */
export const DEMONSTRATION_ACCELERATOR = 'ASCEND-910B';

/** Of 32 bits. */
const SHA256_WORDS = 8;

export function makeUpCatalog(seeded: Seeded): MadeUpCatalog {
  return {
    ...makeUpKinds(seeded),
    offers: [
      ...ARCHITECTURES.flatMap((architecture) =>
        FAMILIES.flatMap(([family, code, gibPerVcpu]) =>
          VCPUS.map((vcpu) => makeUpOffer(seeded, architecture, family, code, vcpu, vcpu * gibPerVcpu)),
        ),
      ),
      withCards(makeUpOffer(seeded, 'ARM64', 'GENERAL', 'npu', 16, 64)),
    ],
    images: ARCHITECTURES.flatMap((architecture) =>
      IMAGES.map(([code, name, minimumDiskGib]): Image => {
        const suffix = architecture.toLowerCase();
        return {
          id: seeded.id(),
          code: `${code}-${suffix}`,
          name,
          architecture,
          source: { http: { url: `https://images.jiyun.example/${code}-${suffix}.qcow2` } },
          minimumDiskGib,
          status: 'OFFERED',
          version: 1,
        };
      }),
    ),
  };
}

/** For what came over from older platforms: its kernel wants other devices than the console gives. */
function legacyImage(seeded: Seeded): Image {
  const code = 'asianux-4-amd64';
  return {
    ...{ id: seeded.id(), code, name: '红旗 Asianux Server 4（存量系统迁入）', architecture: 'AMD64' },
    source: { http: { url: `https://images.jiyun.example/${code}.qcow2` } },
    devicePreference: LEGACY_PREFERENCE,
    ...{ minimumDiskGib: 40, status: 'OFFERED', version: 1 },
  };
}

/** Nobody fetches them, but a catalog refuses an image without its checksum, also a made-up one. */
export function withChecksums(seeded: Seeded, catalog: MadeUpCatalog): MadeUpCatalog {
  // Beside the others and last, so that what was made up before stays as it was.
  const images = [...catalog.images, legacyImage(seeded)].map((image): Image => {
    const checksum = `sha256:${Array.from({ length: SHA256_WORDS }, () => seeded.next().toString(16).padStart(8, '0')).join('')}`;
    return 'http' in image.source ? { ...image, source: { http: { ...image.source.http, checksum } } } : image;
  });
  return { ...catalog, images };
}

/** For models that are tried out: the cards stand in one pool of center A. */
function withCards(offer: Offer): Offer {
  return { ...offer, name: `${offer.name} 昇腾推理`, accelerator: DEMONSTRATION_ACCELERATOR, acceleratorCount: 2 };
}

function makeUpOffer(
  seeded: Seeded,
  architecture: Architecture,
  family: OfferFamily,
  familyCode: string,
  vcpu: number,
  memoryGib: number,
): Offer {
  const { label, domesticCpu } = LABELS[architecture];
  const memoryMib = memoryGib * 1024;
  return {
    id: seeded.id(),
    code: `${familyCode}-${vcpu}c${memoryGib}g-${architecture.toLowerCase()}`,
    name: `${sizeName(family, vcpu, memoryMib)}（${label}）`,
    family,
    architecture,
    domesticCpu,
    vcpu,
    memoryMib,
    accelerator: null,
    acceleratorCount: 0,
    standbyRatioPercent: STANDBY_RATIO_DEFAULT,
    status: 'OFFERED',
    version: 1,
    keptAside: null,
  };
}
