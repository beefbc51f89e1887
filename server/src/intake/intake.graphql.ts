import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StorageTierEnum } from '../allocation/allocation.types.js';
import type { StorageTier } from '../allocation/domain/capacity.js';
import { unitsOf } from '../cabinets/domain/units.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { type PowerState, PowerStateEnum, type UnrecordedMachineRow } from '../resources/resources.types.js';
import { INTAKE_KINDS, type IntakeKind } from './domain/intake-item.js';
import { INTAKE_ACTIONS, INTAKE_STATES, type IntakeAction, type IntakeState } from './domain/intake-state.js';
import type { IntakeBatchRow, IntakeItemRow } from './intake.types.js';

export const IntakeStateEnum = enumOf(INTAKE_STATES);
registerEnumType(IntakeStateEnum, { name: 'IntakeState' });
const IntakeKindEnum = enumOf(INTAKE_KINDS);
registerEnumType(IntakeKindEnum, { name: 'IntakeKind' });
const IntakeActionEnum = enumOf(INTAKE_ACTIONS);
registerEnumType(IntakeActionEnum, { name: 'IntakeAction' });
const IntakeSourceEnum = enumOf(['FILE', 'CLUSTER']);
registerEnumType(IntakeSourceEnum, { name: 'IntakeSource' });

@ObjectType('IntakeActionAvailability')
export class IntakeActionAvailability {
  @Field(() => IntakeActionEnum)
  action!: IntakeAction;
  @Field(() => String, { nullable: true, description: 'null = may be done now.' })
  disabledReason!: string | null;
}

@ObjectType('IntakeItem', {
  description: 'One thing that already ran: a machine, a server, a device in a cabinet, an address.',
})
export class IntakeItemNode {
  readonly row: IntakeItemRow;
  @Field(() => Int, { description: 'Counted from 1.' })
  number: number;
  @Field(() => IntakeKindEnum)
  kind: IntakeKind;
  @Field(() => String)
  name: string;
  @Field(() => String)
  sourcePlatform: string;
  @Field(() => String, { description: 'YYYY-MM-DD; usage begins there (期初).' })
  startedOn: string;
  @Field(() => Int, { nullable: true })
  vcpu: number | null;
  @Field(() => Int, { nullable: true })
  memoryMib: number | null;
  @Field(() => Int, { nullable: true })
  diskGib: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'namespace/name of its object; asset number; cabinet and unit; address and network.',
  })
  place: string | null;
  @Field(() => Float, { nullable: true, description: 'Of a device in a cabinet, in units.' })
  heightUnits: number | null;
  @Field(() => Int, { nullable: true })
  powerW: number | null;
  @Field(() => Int, { nullable: true })
  weightGrams: number | null;
  @Field(() => ID, {
    nullable: true,
    description: 'What is there already and the entry speaks of: the server, the cabinet, the network.',
  })
  thingId: string | null;
  @Field(() => ID, { nullable: true, description: 'The resource, server or claim of an address that it became.' })
  becameId: string | null;

  constructor(row: IntakeItemRow) {
    const { content } = row;
    const machine = content.kind === 'MACHINE' ? content : null;
    this.row = row;
    this.number = row.position + 1;
    this.kind = row.kind;
    this.name = row.name;
    this.sourcePlatform = row.sourcePlatform;
    this.startedOn = row.startedOn;
    this.vcpu = machine?.vcpu ?? null;
    this.memoryMib = machine?.memoryMib ?? null;
    this.diskGib = machine?.diskGib ?? null;
    const space = content.kind === 'SPACE' ? content : null;
    this.heightUnits = space && unitsOf(space.heightHalfUnits);
    this.powerW = space?.powerW ?? null;
    this.weightGrams = space?.weightGrams ?? null;
    this.thingId = thingOf(row);
    this.place = placeOf(row);
    this.becameId = row.becameId && row.kind !== 'SPACE' ? toNodeId(BECAME[row.kind], row.becameId) : null;
  }
}

const BECAME = { MACHINE: 'Resource', SERVER: 'Server', ADDRESS: 'AddressClaim' } as const;

function thingOf({ content }: IntakeItemRow): string | null {
  switch (content.kind) {
    case 'MACHINE':
      return null;
    case 'SERVER':
      return toNodeId('Server', content.serverId);
    case 'SPACE':
      return toNodeId('Cabinet', content.cabinetId);
    case 'ADDRESS':
      return toNodeId('Network', content.networkId);
  }
}

function placeOf({ content }: IntakeItemRow): string | null {
  switch (content.kind) {
    case 'MACHINE':
      return content.object && `${content.object.namespace}/${content.object.name}`;
    case 'SERVER':
      return content.assetNumber;
    case 'SPACE':
      return `${content.cabinetCode} ${content.startUnit}U`;
    case 'ADDRESS':
      return `${content.address} · ${content.networkCode}`;
  }
}

const IntakeItemConnectionBase = connectionOf(IntakeItemNode, 'IntakeItem');

export { IntakeItemConnectionBase as IntakeItemConnection };

@ObjectType('IntakeBatch', {
  implements: () => [Node],
  description: '存量纳管: what already ran, brought into the books.',
})
export class IntakeBatchNode extends Node {
  readonly row: IntakeBatchRow;
  @Field(() => String)
  code: string;
  @Field(() => IntakeStateEnum)
  state: IntakeState;
  @Field(() => Int)
  version: number;
  @Field(() => IntakeSourceEnum)
  source: 'FILE' | 'CLUSTER';
  @Field(() => Int)
  itemCount: number;
  @Field(() => String)
  preparedByName: string;
  @Field(() => Date)
  preparedAt: Date;
  @Field(() => String, { nullable: true })
  decidedByName: string | null;
  @Field(() => Date, { nullable: true })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true })
  opinion: string | null;

  constructor(row: IntakeBatchRow) {
    super();
    this.row = row;
    this.id = toNodeId('IntakeBatch', row.id);
    this.code = row.code;
    this.state = row.state;
    this.version = row.version;
    this.source = row.source;
    this.itemCount = row.itemCount;
    this.preparedByName = row.preparedByName;
    this.preparedAt = row.preparedAt;
    this.decidedByName = row.decidedByName;
    this.decidedAt = row.decidedAt;
    this.opinion = row.opinion;
  }
}

const IntakeBatchConnectionBase = connectionOf(IntakeBatchNode, 'IntakeBatch');

export { IntakeBatchConnectionBase as IntakeBatchConnection };

@ObjectType('UnrecordedMachine', {
  implements: () => [Node],
  description: '实有账无: a machine that a cluster has and no record tells of.',
})
export class UnrecordedMachineNode extends Node {
  readonly centerUuid: string;
  @Field(() => String)
  namespace: string;
  @Field(() => String)
  name: string;
  @Field(() => Int, { nullable: true })
  vcpu: number | null;
  @Field(() => Int, { nullable: true })
  memoryMib: number | null;
  @Field(() => PowerStateEnum)
  power: PowerState;
  @Field(() => Boolean, { description: 'It carries our mark, but the database has no such resource (无主对象).' })
  orphan: boolean;
  @Field(() => Date)
  firstSeenAt: Date;

  constructor(row: UnrecordedMachineRow) {
    super();
    this.id = toNodeId('UnrecordedMachine', row.id);
    this.centerUuid = row.centerId;
    this.namespace = row.namespace;
    this.name = row.name;
    this.vcpu = row.vcpu;
    this.memoryMib = row.memoryMib;
    this.power = row.power;
    this.orphan = row.claimedResourceId !== null;
    this.firstSeenAt = row.firstSeenAt;
  }
}

const UnrecordedMachineConnectionBase = connectionOf(UnrecordedMachineNode, 'UnrecordedMachine');

export { UnrecordedMachineConnectionBase as UnrecordedMachineConnection };

@ObjectType('Reconciliation', {
  description: '账实核对: how the record of a center and its cluster stand to each other.',
})
export class ReconciliationNode {
  @Field(() => CenterNode, {
    nullable: true,
    description: "null = cities' and departments' own clouds, which stand in no center and are on record only.",
  })
  center!: CenterNode | null;
  @Field(() => Int, { description: 'Live resources on record.' })
  recorded!: number;
  @Field(() => Int)
  matched!: number;
  @Field(() => Int, { description: 'Of another size than recorded.' })
  different!: number;
  @Field(() => Int, { description: '账有实无.' })
  missing!: number;
  @Field(() => Int, { description: 'Driven by the console, which puts them right itself, or on record only.' })
  notChecked!: number;
  @Field(() => Int, { description: '实有账无.' })
  unrecorded!: number;
}

@InputType('IntakeMachineInput')
export class IntakeMachineInput {
  @Field(() => ID)
  machineId!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => ID)
  poolId!: string;
  @Field(() => Int)
  diskGib!: number;
  @Field(() => StorageTierEnum)
  storageTier!: StorageTier;
  @Field(() => String, { description: 'YYYY-MM-DD' })
  startedOn!: string;
  @Field(() => String)
  sourcePlatform!: string;
}

@InputType('PrepareIntakeInput')
export class PrepareIntakeInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => [IntakeMachineInput])
  items!: IntakeMachineInput[];
}

@InputType('IntakeActInput')
export class IntakeActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  opinion!: string | null;
}

@ObjectType('IntakePayload')
export class IntakePayload {
  @Field(() => IntakeBatchNode, { nullable: true })
  batch!: IntakeBatchNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
