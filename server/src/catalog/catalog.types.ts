import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Architecture } from '../facilities/domain/facility.js';
import { ArchitectureEnum } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import {
  DISK_GIB_MAX,
  DISK_GIB_MIN,
  type Image,
  LINE_COUNT_MAX,
  OFFER_FAMILIES,
  type Offer,
  type OfferFamily,
} from './domain/catalog.js';

const OfferFamilyEnum = enumOf(OFFER_FAMILIES);
registerEnumType(OfferFamilyEnum, {
  name: 'OfferFamily',
  valuesMap: {
    GENERAL: { description: '通用型' },
    MEMORY: { description: '内存型' },
    COMPUTE: { description: '计算型' },
  },
});

@ObjectType('Offer', { implements: () => [Node], description: '服务项: a size of machine that can be requested.' })
export class OfferNode extends Node {
  @Field(() => String)
  code: string;

  @Field(() => String)
  name: string;

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
  }
}

@ObjectType('Image', { implements: () => [Node], description: 'The system that a new machine begins with.' })
export class ImageNode extends Node {
  @Field(() => String)
  code: string;

  @Field(() => String)
  name: string;

  @Field(() => ArchitectureEnum)
  architecture: Architecture;

  @Field(() => Int)
  minimumDiskGib: number;

  constructor(image: Image) {
    super();
    this.id = toNodeId('Image', image.id);
    this.code = image.code;
    this.name = image.name;
    this.architecture = image.architecture;
    this.minimumDiskGib = image.minimumDiskGib;
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

  constructor(catalog: { offers: readonly Offer[]; images: readonly Image[] }) {
    this.offers = catalog.offers.map((offer) => new OfferNode(offer));
    this.images = catalog.images.map((image) => new ImageNode(image));
  }
}
