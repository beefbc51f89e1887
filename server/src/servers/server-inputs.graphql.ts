import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import type { CpuMaker, ServerArchitecture } from './domain/processor.js';
import type { AcceleratorKind, DiskKind } from './domain/server.js';
import type { ServerAction } from './domain/server-state.js';
import {
  AcceleratorKindEnum,
  CpuMakerEnum,
  DiskKindEnum,
  ServerActionEnum,
  ServerArchitectureEnum,
} from './servers.graphql.js';

@InputType('ServerDiskInput')
export class ServerDiskInput {
  @Field(() => DiskKindEnum)
  kind!: DiskKind;
  @Field(() => Int)
  sizeGib!: number;
  @Field(() => Int)
  count!: number;
}
@InputType('ServerNicInput')
export class ServerNicInput {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  mac!: string;
  @Field(() => Int)
  speedMbps!: number;
}
@InputType('ServerAcceleratorInput')
export class ServerAcceleratorInput {
  @Field(() => AcceleratorKindEnum)
  kind!: AcceleratorKind;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  count!: number;
}
@InputType('ServerFactsInput')
export class ServerFactsInput {
  @Field(() => String)
  assetNumber!: string;
  @Field(() => String)
  serial!: string;
  @Field(() => ID)
  modelId!: string;
  @Field(() => ID)
  centerId!: string;
  @Field(() => ServerArchitectureEnum)
  architecture!: ServerArchitecture;
  @Field(() => CpuMakerEnum)
  cpuMaker!: CpuMaker;
  @Field(() => String)
  cpuModel!: string;
  @Field(() => Int)
  sockets!: number;
  @Field(() => Int)
  cores!: number;
  @Field(() => Int)
  threads!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => Int, { nullable: true })
  powerW!: number | null;
  @Field(() => Int, { nullable: true, description: "What the cabinet has to carry; null = the model's weight." })
  weightGrams!: number | null;
  @Field(() => [ServerDiskInput])
  disks!: ServerDiskInput[];
  @Field(() => [ServerNicInput])
  nics!: ServerNicInput[];
  @Field(() => [ServerAcceleratorInput])
  accelerators!: ServerAcceleratorInput[];
  @Field(() => String, { nullable: true })
  bmcAddress!: string | null;
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD' })
  purchasedOn!: string | null;
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD' })
  warrantyUntil!: string | null;
}

@InputType('RegisterServerInput')
export class RegisterServerInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ServerFactsInput)
  facts!: ServerFactsInput;
}
@InputType('EditServerInput')
export class EditServerInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ServerFactsInput)
  facts!: ServerFactsInput;
}
@InputType('ChangeServerLifeInput')
export class ChangeServerLifeInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ServerActionEnum)
  action!: ServerAction;
  @Field(() => String, { nullable: true })
  reason!: string | null;
  @Field(() => ID, { nullable: true, description: 'The pool it is given to.' })
  poolId!: string | null;
}
@InputType('MountServerInput')
export class MountServerInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  cabinetId!: string;
  @Field(() => Float, { nullable: true, description: 'The lowest unit that it is to cover; null = wherever it fits.' })
  startUnit!: number | null;
}
@InputType('UnmountServerInput')
export class UnmountServerInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}
@InputType('SetBmcCredentialInput')
export class SetBmcCredentialInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String)
  username!: string;
  @Field(() => String)
  password!: string;
}
