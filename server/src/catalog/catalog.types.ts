import { Field, Int, InterfaceType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { type Architecture, NETWORK_ZONES, type NetworkZone } from '../facilities/domain/facility.js';
import { ArchitectureEnum, NetworkZoneEnum } from '../facilities/facilities.types.js';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import {
  type CatalogStatus,
  DISK_GIB_MAX,
  DISK_GIB_MIN,
  type Image,
  LINE_COUNT_MAX,
  OFFER_FAMILIES,
  type Offer,
  type OfferFamily,
} from './domain/catalog.js';
import { ZONE_FACTS } from './domain/entries.js';

const OfferFamilyEnum = enumOf(OFFER_FAMILIES);
registerEnumType(OfferFamilyEnum, {
  name: 'OfferFamily',
  valuesMap: {
    GENERAL: { description: '通用型' },
    MEMORY: { description: '内存型' },
    COMPUTE: { description: '计算型' },
  },
});

const CatalogStatusEnum = enumOf(['OFFERED', 'WITHDRAWN']);
registerEnumType(CatalogStatusEnum, {
  name: 'CatalogStatus',
  valuesMap: {
    OFFERED: { description: '在售' },
    WITHDRAWN: { description: '已下架: no longer asked for; what was asked for by it lives on.' },
  },
});

@InterfaceType('CatalogEntry', {
  implements: () => [Node],
  description: 'What everything in the catalog has in common.',
  resolveType: (value: object) => Object.getPrototypeOf(value).constructor,
})
export abstract class CatalogEntryNode extends Node {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => CatalogStatusEnum)
  status!: CatalogStatus;

  @Field(() => Int)
  version!: number;
}

@ObjectType('Offer', {
  implements: () => [Node, CatalogEntryNode],
  description: '服务项: a size of machine that can be requested.',
})
export class OfferNode extends CatalogEntryNode {
  @Field(() => OfferFamilyEnum)
  family: OfferFamily;

  @Field(() => ArchitectureEnum)
  architecture: Architecture;

  @Field(() => Boolean, { description: '信创: runs on a domestic processor.' })
  domesticCpu: boolean;

  @Field(() => Int)
  vcpu: number;

  @Field(() => Int)
  memoryMib: number;

  @Field(() => String, { nullable: true, description: 'Class of the accelerators of each machine, as pools name it.' })
  accelerator: string | null;

  @Field(() => Int, { description: 'Pieces of each machine; 0 = none.' })
  acceleratorCount: number;

  @Field(() => Int, { description: 'Percent of its compute that stands ready in the recovery center.' })
  standbyRatioPercent: number;

  constructor(offer: Offer) {
    super();
    this.id = toNodeId('Offer', offer.id);
    this.code = offer.code;
    this.name = offer.name;
    this.family = offer.family;
    this.architecture = offer.architecture;
    this.domesticCpu = offer.domesticCpu;
    this.vcpu = offer.vcpu;
    this.memoryMib = offer.memoryMib;
    this.accelerator = offer.accelerator;
    this.acceleratorCount = offer.acceleratorCount;
    this.standbyRatioPercent = offer.standbyRatioPercent;
    this.status = offer.status;
    this.version = offer.version;
  }
}

@ObjectType('Image', {
  implements: () => [Node, CatalogEntryNode],
  description: 'The system that a new machine begins with.',
})
export class ImageNode extends CatalogEntryNode {
  @Field(() => ArchitectureEnum)
  architecture: Architecture;

  @Field(() => Int)
  minimumDiskGib: number;

  @Field(() => String, { description: 'Where it is fetched from.' })
  source: string;

  @Field(() => String, { nullable: true, description: 'sha256:…; null on images of the first days.' })
  checksum: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'VirtualMachineClusterPreference that its machines take devices from; null = they are written out.',
  })
  devicePreference: string | null;

  constructor(image: Image) {
    super();
    this.id = toNodeId('Image', image.id);
    this.code = image.code;
    this.name = image.name;
    this.architecture = image.architecture;
    this.minimumDiskGib = image.minimumDiskGib;
    this.devicePreference = image.devicePreference ?? null;
    this.source = 'http' in image.source ? image.source.http.url : image.source.registry.url;
    this.checksum = 'http' in image.source ? (image.source.http.checksum ?? null) : null;
    this.status = image.status;
    this.version = image.version;
  }
}

@ObjectType('ZoneOption', { description: '网络区域: where something may stand, and what the zone is for.' })
export class ZoneOptionNode {
  @Field(() => NetworkZoneEnum)
  zone: NetworkZone;

  @Field(() => String)
  name: string;

  @Field(() => String)
  purpose: string;

  constructor(zone: NetworkZone, locale: Locale) {
    this.zone = zone;
    this.name = ZONE_FACTS[zone].name[locale];
    this.purpose = ZONE_FACTS[zone].purpose[locale];
  }
}

@ObjectType('Catalog', { description: 'What may be asked for now, and within which limits.' })
export class CatalogNode {
  @Field(() => [OfferNode])
  offers: OfferNode[];

  @Field(() => [ImageNode])
  images: ImageNode[];

  @Field(() => Int)
  diskGibMinimum: number = DISK_GIB_MIN;

  @Field(() => Int)
  diskGibMaximum: number = DISK_GIB_MAX;

  @Field(() => Int)
  countMaximum: number = LINE_COUNT_MAX;

  @Field(() => [ZoneOptionNode])
  zones: ZoneOptionNode[];

  constructor(
    catalog: { offers: readonly Offer[]; images: readonly Image[] },
    readonly withdrawnToo: boolean,
    locale: Locale,
  ) {
    this.zones = NETWORK_ZONES.map((zone) => new ZoneOptionNode(zone, locale));
    this.offers = catalog.offers.map((offer) => new OfferNode(offer));
    this.images = catalog.images.map((image) => new ImageNode(image));
  }
}
