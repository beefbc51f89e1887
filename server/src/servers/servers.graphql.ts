import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { HolderPlace } from '../cabinets/cabinets.types.js';
import { unitAt, unitsOf } from '../cabinets/domain/units.js';
import { PoolNode } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import type { Origin } from '../kernel/origin.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { OriginEnum } from '../platform/graphql/origin-enum.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  CPU_MAKER_FACTS,
  CPU_MAKERS,
  type CpuMaker,
  SERVER_ARCHITECTURES,
  type ServerArchitecture,
} from './domain/processor.js';
import {
  ACCELERATOR_KINDS,
  type AcceleratorKind,
  DISK_KINDS,
  type DiskKind,
  type HardwareModel,
} from './domain/server.js';
import { SERVER_ACTIONS, SERVER_STATES, type ServerAction, type ServerState } from './domain/server-state.js';
import { SERVER_ORDERS, type ServerRow } from './servers.types.js';

export const ServerStateEnum = enumOf(SERVER_STATES);
registerEnumType(ServerStateEnum, { name: 'ServerState' });
export const ServerActionEnum = enumOf(SERVER_ACTIONS);
registerEnumType(ServerActionEnum, { name: 'ServerAction' });
export const ServerOrderEnum = enumOf(SERVER_ORDERS);
registerEnumType(ServerOrderEnum, { name: 'ServerOrder' });
export const CpuMakerEnum = enumOf(CPU_MAKERS);
registerEnumType(CpuMakerEnum, { name: 'CpuMaker' });
export const ServerArchitectureEnum = enumOf(SERVER_ARCHITECTURES);
registerEnumType(ServerArchitectureEnum, { name: 'ServerArchitecture' });
export const DiskKindEnum = enumOf(DISK_KINDS);
registerEnumType(DiskKindEnum, { name: 'DiskKind' });
export const AcceleratorKindEnum = enumOf(ACCELERATOR_KINDS);
registerEnumType(AcceleratorKindEnum, {
  name: 'AcceleratorKind',
  valuesMap: { GPU: { description: '图形处理器' }, NPU: { description: '神经网络处理器, e.g. 昇腾' } },
});

@ObjectType('CpuMakerInfo', { description: 'A maker of processors; domestic = 信创.' })
export class CpuMakerNode {
  @Field(() => CpuMakerEnum)
  maker!: CpuMaker;
  @Field(() => String)
  name!: string;
  @Field(() => Boolean)
  domestic!: boolean;
  @Field(() => [ServerArchitectureEnum])
  architectures!: readonly ServerArchitecture[];
}

@ObjectType('HardwareModel', { implements: () => [Node], description: 'A kind of machine, as its maker describes it.' })
export class HardwareModelNode extends Node {
  @Field(() => String)
  manufacturer: string;
  @Field(() => String)
  model: string;
  @Field(() => String)
  slug: string;
  @Field(() => Int, { description: 'Two half units are one U.' })
  heightHalfUnits: number;
  @Field(() => Boolean)
  fullDepth: boolean;
  @Field(() => Int, { nullable: true })
  weightGrams: number | null;
  @Field(() => Int, { nullable: true })
  nameplatePowerW: number | null;

  constructor(model: HardwareModel) {
    super();
    this.id = toNodeId('HardwareModel', model.id);
    this.manufacturer = model.manufacturer;
    this.model = model.model;
    this.slug = model.slug;
    this.heightHalfUnits = model.heightHalfUnits;
    this.fullDepth = model.fullDepth;
    this.weightGrams = model.weightGrams;
    this.nameplatePowerW = model.nameplatePowerW;
  }
}
export const HardwareModelConnection = connectionOf(HardwareModelNode, 'HardwareModel');

@ObjectType('ServerDisk')
export class ServerDiskNode {
  @Field(() => DiskKindEnum)
  kind!: DiskKind;
  @Field(() => Int)
  sizeGib!: number;
  @Field(() => Int)
  count!: number;
}
@ObjectType('ServerNic')
export class ServerNicNode {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  mac!: string;
  @Field(() => Int)
  speedMbps!: number;
}
@ObjectType('ServerAccelerator')
export class ServerAcceleratorNode {
  @Field(() => AcceleratorKindEnum)
  kind!: AcceleratorKind;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  count!: number;
}
@ObjectType('ServerBmc', { description: 'The management controller. Its password is never read out.' })
export class ServerBmcNode {
  @Field(() => String, { nullable: true })
  address!: string | null;
  @Field(() => String, { nullable: true, description: 'Its first letter only.' })
  username!: string | null;
  @Field(() => Boolean)
  hasCredential!: boolean;
}
@ObjectType('ServerEvent')
export class ServerEventNode {
  @Field(() => Date)
  at!: Date;
  @Field(() => String)
  kind!: string;
  @Field(() => ServerStateEnum, { description: 'What the server was from then on.' })
  state!: ServerState;
  @Field(() => String)
  text!: string;
  @Field(() => String)
  actorName!: string;
}
@ObjectType('ServerActionAvailability')
export class ServerActionNode {
  @Field(() => ServerActionEnum)
  action!: ServerAction;
  @Field(() => String)
  name!: string;
  @Field(() => String, { nullable: true, description: 'Why it cannot be taken now; null = it can.' })
  disabledReason!: string | null;
  @Field(() => Boolean)
  needsReason!: boolean;
  @Field(() => Boolean)
  needsPool!: boolean;
  @Field(() => [PoolNode], { description: 'That it may be given to; empty where no pool is needed.' })
  pools!: PoolNode[];
}

/** Edges to other features' nodes are added by `server-edges.resolver.ts`. */
@ObjectType('Server', { implements: () => [Node], description: '独立服务器: one physical machine.' })
export class ServerNode extends Node {
  /** The row behind the node, for field resolvers; not part of the API. */
  readonly row: ServerRow;
  @Field(() => String)
  assetNumber: string;
  @Field(() => String)
  serial: string;
  @Field(() => ServerStateEnum)
  state: ServerState;
  @Field(() => Int)
  version: number;
  @Field(() => ServerArchitectureEnum)
  architecture: ServerArchitecture;
  @Field(() => CpuMakerEnum)
  cpuMaker: CpuMaker;
  @Field(() => Boolean, { description: '信创: the processor is domestic.' })
  domestic: boolean;
  @Field(() => String)
  cpuModel: string;
  @Field(() => Int)
  sockets: number;
  @Field(() => Int)
  cores: number;
  @Field(() => Int)
  threads: number;
  @Field(() => Int)
  memoryMib: number;
  @Field(() => Int, { nullable: true, description: "What the room reckons with; null = the model's nameplate." })
  powerW: number | null;
  @Field(() => Int, { nullable: true, description: "What the cabinet has to carry; null = the model's weight." })
  weightGrams: number | null;
  @Field(() => Date, { nullable: true, description: 'Since when its present user has it; null = nobody uses it.' })
  usedSince: Date | null;
  @Field(() => OriginEnum, { nullable: true, description: 'How that use came into the books.' })
  origin: Origin | null;
  @Field(() => String, { nullable: true, description: 'Where it ran until it was taken in.' })
  sourcePlatform: string | null;
  @Field(() => [ServerDiskNode])
  disks: readonly ServerDiskNode[];
  @Field(() => [ServerNicNode])
  nics: readonly ServerNicNode[];
  @Field(() => String, { nullable: true, description: 'namespace/name of its BareMetalHost.' })
  clusterHost: string | null;
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD' })
  purchasedOn: string | null;
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD' })
  warrantyUntil: string | null;
  @Field(() => Date)
  createdAt: Date;
  @Field(() => Date)
  changedAt: Date;

  constructor(row: ServerRow) {
    super();
    this.row = row;
    this.id = toNodeId('Server', row.id);
    this.assetNumber = row.assetNumber;
    this.serial = row.serial;
    this.state = row.state;
    this.version = row.version;
    this.architecture = row.architecture;
    this.cpuMaker = row.cpuMaker;
    this.domestic = CPU_MAKER_FACTS[row.cpuMaker].domestic;
    this.cpuModel = row.cpuModel;
    this.sockets = row.sockets;
    this.cores = row.cores;
    this.threads = row.threads;
    this.memoryMib = row.memoryMib;
    this.powerW = row.powerW;
    this.weightGrams = row.weightGrams;
    this.usedSince = row.usedSince;
    this.origin = row.origin;
    this.sourcePlatform = row.sourcePlatform;
    this.disks = row.disks;
    this.nics = row.nics;
    this.clusterHost = row.clusterHost && `${row.clusterHost.namespace}/${row.clusterHost.name}`;
    this.purchasedOn = row.purchasedOn;
    this.warrantyUntil = row.warrantyUntil;
    this.createdAt = row.createdAt;
    this.changedAt = row.changedAt;
  }
}
export const ServerConnection = connectionOf(ServerNode, 'Server');

@ObjectType('ServerStateCount')
export class ServerStateCountNode {
  @Field(() => ServerStateEnum)
  state!: ServerState;
  @Field(() => Int)
  count!: number;
}
@ObjectType('ServerMakerCount')
export class ServerMakerCountNode {
  @Field(() => CpuMakerEnum)
  maker!: CpuMaker;
  @Field(() => Boolean)
  domestic!: boolean;
  @Field(() => Int)
  count!: number;
}
@ObjectType('ServerAcceleratorCount')
export class ServerAcceleratorCountNode {
  @Field(() => AcceleratorKindEnum)
  kind!: AcceleratorKind;
  @Field(() => String)
  name!: string;
  @Field(() => Int, { description: 'Servers that have it.' })
  count!: number;
  @Field(() => Int, { description: 'Accelerators in them.' })
  amount!: number;
}
@ObjectType('ServerCounts')
export class ServerCountsNode {
  @Field(() => Int)
  total!: number;
  @Field(() => [ServerStateCountNode])
  byState!: readonly ServerStateCountNode[];
  @Field(() => [ServerMakerCountNode])
  byMaker!: readonly ServerMakerCountNode[];
  @Field(() => [ServerAcceleratorCountNode])
  byAccelerator!: readonly ServerAcceleratorCountNode[];
}

@InputType('ServerFilter')
export class ServerFilterInput {
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
  @Field(() => [ServerStateEnum], { nullable: true })
  states!: ServerState[] | null;
  @Field(() => CpuMakerEnum, { nullable: true })
  cpuMaker!: CpuMaker | null;
  @Field(() => ServerArchitectureEnum, { nullable: true })
  architecture!: ServerArchitecture | null;
  @Field(() => String, { nullable: true, description: 'Name of an accelerator that it has.' })
  accelerator!: string | null;
  @Field(() => ID, { nullable: true })
  departmentId!: string | null;
  @Field(() => ID, { nullable: true })
  systemId!: string | null;
  @Field(() => ID, { nullable: true })
  modelId!: string | null;
  @Field(() => OriginEnum, { nullable: true })
  origin!: Origin | null;
  @Field(() => String, {
    nullable: true,
    description:
      'In asset or serial number, processor, maker or model; for who runs the place also in BMC address and host.',
  })
  search!: string | null;
}

@ObjectType('ServerPayload')
export class ServerPayload {
  @Field(() => ServerNode, { nullable: true })
  server!: ServerNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ServerPlace', { description: 'In which cabinet a server stands, and at which unit.' })
export class ServerPlaceNode {
  readonly place: HolderPlace;
  @Field(() => ID)
  cabinetId: string;
  @Field(() => String)
  cabinetCode: string;
  @Field(() => Float, { nullable: true, description: 'As printed on the frame.' })
  startUnit: number | null;
  @Field(() => Float, { description: 'How many units it covers from there on.' })
  heightUnits: number;

  constructor(place: HolderPlace) {
    this.place = place;
    this.cabinetId = toNodeId('Cabinet', place.cabinet.id);
    this.cabinetCode = place.cabinet.code;
    this.startUnit = unitAt(place.cabinet, place.startHalfUnit, place.heightHalfUnits);
    this.heightUnits = unitsOf(place.heightHalfUnits);
  }
}
