import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Architecture, NetworkZone } from '../facilities/domain/facility.js';
import { ArchitectureEnum, NetworkZoneEnum } from '../facilities/facilities.types.js';
import type { QuotaMeter } from '../kernel/refusal.js';
import { QuotaMeterEnum, UserError } from '../platform/graphql/user-error.js';
import type { CpuMaker } from '../servers/domain/processor.js';
import { CpuMakerEnum } from '../servers/servers.graphql.js';
import { CatalogEntryNode } from './catalog.types.js';
import { CabinetFormEnum, FulfilmentEnum, ServiceFieldTypeEnum } from './catalog-kinds.types.js';
import { STANDBY_RATIO_DEFAULT } from './domain/catalog.js';
import type { CabinetForm } from './domain/entries.js';
import type { FieldType, Fulfilment } from './domain/service-definition.js';

@InputType({ isAbstract: true })
abstract class NewEntryInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
}

@InputType()
export class AddOfferInput extends NewEntryInput {
  @Field(() => ArchitectureEnum)
  architecture!: Architecture;
  @Field(() => Boolean)
  domesticCpu!: boolean;
  @Field(() => Int)
  vcpu!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => Int, { defaultValue: STANDBY_RATIO_DEFAULT })
  standbyRatioPercent!: number;
  @Field(() => String, { nullable: true, description: 'Class of accelerators, as pools name it.' })
  accelerator?: string | null;
  @Field(() => Int, { defaultValue: 0 })
  acceleratorCount!: number;
}

@InputType()
export class AddServerOfferInput extends NewEntryInput {
  @Field(() => ArchitectureEnum)
  architecture!: Architecture;
  @Field(() => CpuMakerEnum)
  cpuMaker!: CpuMaker;
  @Field(() => Int)
  cores!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => String)
  disks!: string;
  @Field(() => String, { nullable: true })
  accelerator!: string | null;
  @Field(() => Int, { defaultValue: 0 })
  acceleratorCount!: number;
}

@InputType()
export class AddCabinetOfferInput extends NewEntryInput {
  @Field(() => CabinetFormEnum)
  form!: CabinetForm;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => Int)
  heightUnits!: number;
  @Field(() => Int)
  includedW!: number;
}

@InputType()
export class AddImageInput extends NewEntryInput {
  @Field(() => ArchitectureEnum)
  architecture!: Architecture;
  @Field(() => String, { description: 'https://… or docker://…@sha256:…' })
  url!: string;
  @Field(() => String, { nullable: true, description: 'sha256:… Required for what is fetched over HTTP.' })
  checksum!: string | null;
  @Field(() => Int)
  minimumDiskGib!: number;
  @Field(() => String, {
    nullable: true,
    description: 'VirtualMachineClusterPreference for devices; it must stand in every cluster. null = written out.',
  })
  devicePreference?: string | null;
}

@InputType()
export class ServiceFieldChoiceInput {
  @Field(() => String)
  value!: string;
  @Field(() => String)
  labelZh!: string;
  @Field(() => String)
  labelEn!: string;
}

@InputType()
export class ServiceFieldInput {
  @Field(() => String)
  key!: string;
  @Field(() => String)
  labelZh!: string;
  @Field(() => String)
  labelEn!: string;
  @Field(() => ServiceFieldTypeEnum)
  type!: FieldType;
  @Field(() => Boolean)
  required!: boolean;
  @Field(() => Number, { nullable: true })
  minimum?: number | null;
  @Field(() => Number, { nullable: true })
  maximum?: number | null;
  @Field(() => Int, { nullable: true })
  lengthMaximum?: number | null;
  @Field(() => [ServiceFieldChoiceInput], { defaultValue: [] })
  choices!: ServiceFieldChoiceInput[];
}

@InputType()
export class ServiceDefinitionInput {
  @Field(() => String)
  nameZh!: string;
  @Field(() => String)
  nameEn!: string;
  @Field(() => String)
  summaryZh!: string;
  @Field(() => String)
  summaryEn!: string;
  @Field(() => String)
  unitZh!: string;
  @Field(() => String)
  unitEn!: string;
  @Field(() => Int)
  quantityMaximum!: number;
  @Field(() => QuotaMeterEnum, { nullable: true })
  quotaMeter?: QuotaMeter | null;
  @Field(() => String, { nullable: true })
  priceMeter?: string | null;
  @Field(() => FulfilmentEnum)
  fulfilment!: Fulfilment;
  @Field(() => [ServiceFieldInput])
  fields!: ServiceFieldInput[];
}

@InputType()
export class AddServiceInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String)
  code!: string;
  @Field(() => ServiceDefinitionInput)
  definition!: ServiceDefinitionInput;
}

@InputType()
export class CatalogEntryInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class RenameCatalogEntryInput extends CatalogEntryInput {
  @Field(() => String)
  name!: string;
}

@InputType()
export class ReviseServiceInput extends CatalogEntryInput {
  @Field(() => ServiceDefinitionInput)
  definition!: ServiceDefinitionInput;
}

@ObjectType()
export class CatalogEntryPayload {
  @Field(() => CatalogEntryNode, { nullable: true })
  entry!: CatalogEntryNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
