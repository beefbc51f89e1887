import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import { ArchitectureEnum, NetworkZoneEnum } from '../facilities/facilities.types.js';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import type { QuotaMeter } from '../kernel/refusal.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { QuotaMeterEnum } from '../platform/graphql/user-error.js';
import type { CpuMaker } from '../servers/domain/processor.js';
import { CpuMakerEnum } from '../servers/servers.graphql.js';
import { CatalogEntryNode } from './catalog.types.js';
import {
  CABINET_FORMS,
  type CabinetForm,
  type CabinetOffer,
  type ServerOffer,
  type ServiceOffer,
} from './domain/entries.js';
import {
  FIELD_TYPES,
  type FieldType,
  FULFILMENTS,
  type Fulfilment,
  type ServiceDefinition,
  type ServiceField,
} from './domain/service-definition.js';

export const CabinetFormEnum = enumOf(CABINET_FORMS);
registerEnumType(CabinetFormEnum, {
  name: 'CabinetForm',
  valuesMap: { UNIT: { description: '按 U' }, WHOLE: { description: '整柜' } },
});

export const ServiceFieldTypeEnum = enumOf(FIELD_TYPES);
registerEnumType(ServiceFieldTypeEnum, { name: 'ServiceFieldType' });

export const FulfilmentEnum = enumOf(FULFILMENTS);
registerEnumType(FulfilmentEnum, {
  name: 'Fulfilment',
  valuesMap: { AUTOMATIC: { description: '自动开通' }, WORK_ORDER: { description: '工单办理' } },
});

@ObjectType('ServerOffer', {
  implements: () => [Node, CatalogEntryNode],
  description: 'A class of standalone servers.',
})
export class ServerOfferNode extends CatalogEntryNode {
  @Field(() => ArchitectureEnum)
  architecture: Architecture;

  @Field(() => CpuMakerEnum)
  cpuMaker: CpuMaker;

  @Field(() => Int)
  cores: number;

  @Field(() => Int)
  memoryMib: number;

  @Field(() => String)
  disks: string;

  @Field(() => String, { nullable: true })
  accelerator: string | null;

  @Field(() => Int)
  acceleratorCount: number;

  /** What it is priced by. */
  readonly priceMeter: string;

  constructor(offer: ServerOffer) {
    super();
    Object.assign(this, common('ServerOffer', offer));
    this.name = offer.name;
    this.architecture = offer.architecture;
    this.cpuMaker = offer.cpuMaker;
    this.cores = offer.cores;
    this.memoryMib = offer.memoryMib;
    this.disks = offer.disks;
    this.accelerator = offer.accelerator;
    this.acceleratorCount = offer.acceleratorCount;
    this.priceMeter = `SERVER:${offer.code}`;
  }
}

@ObjectType('CabinetOffer', {
  implements: () => [Node, CatalogEntryNode],
  description: 'Cabinet space by the U, or a whole cabinet.',
})
export class CabinetOfferNode extends CatalogEntryNode {
  @Field(() => CabinetFormEnum)
  form: CabinetForm;

  @Field(() => NetworkZoneEnum)
  zone: NetworkZone;

  @Field(() => Int)
  heightUnits: number;

  @Field(() => Int, { description: 'Power that the price includes: of one U, or of the whole cabinet.' })
  includedW: number;

  readonly priceMeter: string;

  constructor(offer: CabinetOffer) {
    super();
    Object.assign(this, common('CabinetOffer', offer));
    this.name = offer.name;
    this.form = offer.form;
    this.zone = offer.zone;
    this.heightUnits = offer.heightUnits;
    this.includedW = offer.includedW;
    this.priceMeter = offer.form === 'UNIT' ? 'CABINET_U' : 'CABINET_WHOLE';
  }
}

@ObjectType('ServiceFieldChoice')
export class ServiceFieldChoiceNode {
  @Field(() => String)
  value!: string;
  @Field(() => String)
  label!: string;
  @Field(() => String)
  labelZh!: string;
  @Field(() => String)
  labelEn!: string;
}

@ObjectType('ServiceField', { description: "One question of a service's form." })
export class ServiceFieldNode {
  @Field(() => String)
  key: string;

  @Field(() => String)
  label: string;

  @Field(() => String)
  labelZh: string;

  @Field(() => String)
  labelEn: string;

  @Field(() => ServiceFieldTypeEnum)
  type: FieldType;

  @Field(() => Boolean)
  required: boolean;

  @Field(() => Number, { nullable: true })
  minimum: number | null;

  @Field(() => Number, { nullable: true })
  maximum: number | null;

  @Field(() => Int, { nullable: true })
  lengthMaximum: number | null;

  @Field(() => [ServiceFieldChoiceNode])
  choices: ServiceFieldChoiceNode[];

  constructor(field: ServiceField, locale: Locale) {
    this.key = field.key;
    this.label = field.label[locale];
    this.labelZh = field.label.zh;
    this.labelEn = field.label.en;
    this.type = field.type;
    this.required = field.required;
    this.minimum = field.minimum;
    this.maximum = field.maximum;
    this.lengthMaximum = field.lengthMaximum;
    this.choices = field.choices.map(({ value, label }) => ({
      value,
      label: label[locale],
      labelZh: label.zh,
      labelEn: label.en,
    }));
  }
}

@ObjectType('ServiceDefinition', {
  implements: () => [Node],
  description: 'What a service is, as of one version; a request keeps the version that it was made by.',
})
export class ServiceDefinitionNode extends Node {
  @Field(() => Int)
  number: number;

  @Field(() => String)
  name: string;

  @Field(() => String)
  nameZh: string;

  @Field(() => String)
  nameEn: string;

  @Field(() => String)
  summary: string;

  @Field(() => String)
  summaryZh: string;

  @Field(() => String)
  summaryEn: string;

  @Field(() => String, { description: 'What a quantity counts.' })
  unit: string;

  @Field(() => String)
  unitZh: string;

  @Field(() => String)
  unitEn: string;

  @Field(() => Int)
  quantityMaximum: number;

  @Field(() => QuotaMeterEnum, { nullable: true, description: 'Which quota it is counted against.' })
  quotaMeter: QuotaMeter | null;

  @Field(() => String, { nullable: true, description: 'By which price item; null = free of charge.' })
  priceMeter: string | null;

  @Field(() => FulfilmentEnum)
  fulfilment: Fulfilment;

  @Field(() => [ServiceFieldNode])
  fields: ServiceFieldNode[];

  constructor(definition: ServiceDefinition, locale: Locale) {
    super();
    this.id = toNodeId('ServiceDefinition', definition.id);
    this.number = definition.number;
    this.name = definition.name[locale];
    this.nameZh = definition.name.zh;
    this.nameEn = definition.name.en;
    this.summary = definition.summary[locale];
    this.summaryZh = definition.summary.zh;
    this.summaryEn = definition.summary.en;
    this.unit = definition.unit[locale];
    this.unitZh = definition.unit.zh;
    this.unitEn = definition.unit.en;
    this.quantityMaximum = definition.quantityMaximum;
    this.quotaMeter = definition.quotaMeter;
    this.priceMeter = definition.priceMeter;
    this.fulfilment = definition.fulfilment;
    this.fields = definition.fields.map((field) => new ServiceFieldNode(field, locale));
  }
}

@ObjectType('ServiceOffer', {
  implements: () => [Node, CatalogEntryNode],
  description: 'A service that is defined by data.',
})
export class ServiceOfferNode extends CatalogEntryNode {
  readonly uuid: string;
  readonly definitionNumber: number;

  constructor(offer: ServiceOffer, name: string) {
    super();
    Object.assign(this, common('ServiceOffer', offer));
    this.name = name;
    this.uuid = offer.id;
    this.definitionNumber = offer.definitionNumber;
  }
}

function common(kind: string, { id, code, status, version }: ServerOffer | CabinetOffer | ServiceOffer) {
  return { id: toNodeId(kind, id), code, status, version };
}
