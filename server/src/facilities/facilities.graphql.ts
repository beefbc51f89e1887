import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { CenterAction } from './domain/center-life.js';
import type { CloudCount, CloudKind } from './domain/consolidation.js';
import type { Architecture, CenterRole, NetworkZone, PoolKind } from './domain/facility.js';
import {
  FEEDS,
  type Feed,
  isPlaceExtent,
  MAINTENANCE_EXTENTS,
  MAINTENANCE_STATES,
  type MaintenanceExtent,
  type MaintenanceState,
  type MaintenanceWindow,
  type PlaceExtent,
} from './domain/maintenance.js';
import {
  ArchitectureEnum,
  CenterActionEnum,
  CenterNode,
  CenterRoleEnum,
  CloudKindEnum,
  NetworkZoneEnum,
  PoolKindEnum,
  PoolNode,
} from './facilities.types.js';

const MaintenanceStateEnum = enumOf(MAINTENANCE_STATES);
registerEnumType(MaintenanceStateEnum, { name: 'MaintenanceState' });

export { MaintenanceStateEnum };

export const MaintenanceExtentEnum = enumOf(MAINTENANCE_EXTENTS);
registerEnumType(MaintenanceExtentEnum, { name: 'MaintenanceExtent' });

export const FeedEnum = enumOf(FEEDS);
registerEnumType(FeedEnum, { name: 'CabinetFeed', description: 'A or B: the two ways on which a cabinet is fed.' });

/** Node types of what a window can take away of the rooms. */
export const PLACE_NODES = {
  ROOM: 'Room',
  CABINET_ROW: 'CabinetRow',
  CABINET: 'Cabinet',
} as const satisfies { readonly [E in PlaceExtent]: string };

@InputType('RegisterCenterInput')
export class RegisterCenterInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, { description: 'Lasting, lower case, e.g. "center-d"; settings name its kubeconfig by it.' })
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => CenterRoleEnum)
  role!: CenterRole;
  @Field(() => String, { nullable: true, description: 'Where a cluster of ours stands in it.' })
  clusterName!: string | null;
}

@InputType('ChangeCenterLifeInput')
export class ChangeCenterLifeInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => CenterActionEnum)
  action!: CenterAction;
  @Field(() => String)
  reason!: string;
}

@ObjectType('CenterPayload')
export class CenterPayload {
  @Field(() => CenterNode, { nullable: true })
  center!: CenterNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType('PoolSizeInput')
export class PoolSizeInput {
  @Field(() => Int, { nullable: true })
  nodes!: number | null;
  @Field(() => Number)
  vcpu!: number;
  @Field(() => Number)
  memoryMib!: number;
  @Field(() => Number)
  ssdGib!: number;
  @Field(() => Number)
  hddGib!: number;
}

@InputType('PoolAcceleratorsInput')
export class PoolAcceleratorsInput {
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  count!: number;
}

@InputType('CloudInput')
export class CloudInput {
  @Field(() => CloudKindEnum)
  kind!: CloudKind;
  @Field(() => ID)
  ownerDepartmentId!: string;
  @Field(() => String, { nullable: true })
  migrationPlan!: string | null;
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD' })
  migrationTarget!: string | null;
  @Field(() => Int, { nullable: true })
  servers!: number | null;
  @Field(() => Int, { nullable: true })
  rackUnits!: number | null;
}

@InputType()
class PoolWords {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String)
  processor!: string;
  @Field(() => Boolean, { nullable: true, description: '信创. Null = as it is; a new pool is not.' })
  domesticCpu!: boolean | null;
  @Field(() => Int, { nullable: true, description: '等保, 1 to 3. Null = as it is; 2 for a new pool.' })
  protectionLevelMax!: number | null;
  @Field(() => Int, { description: 'vCPU promised per 100 hardware threads.' })
  vcpuOvercommitPercent!: number;
  @Field(() => Int, { description: 'Of every meter, kept aside.' })
  reservePercent!: number;
  @Field(() => Int, { description: 'Whole nodes kept aside; the larger of the two counts.' })
  reserveNodes!: number;
  @Field(() => PoolSizeInput, { nullable: true, description: 'RECORDED only.' })
  size!: PoolSizeInput | null;
  @Field(() => [PoolAcceleratorsInput])
  accelerators!: PoolAcceleratorsInput[];
  @Field(() => String, { nullable: true })
  platformName!: string | null;
  @Field(() => CloudInput, { nullable: true })
  cloud!: CloudInput | null;
}

@InputType('RegisterPoolInput')
export class RegisterPoolInput extends PoolWords {
  @Field(() => String)
  code!: string;
  @Field(() => ID, { nullable: true, description: 'Null = it stands in none of our centers (a cloud of its owner).' })
  centerId!: string | null;
  @Field(() => PoolKindEnum)
  kind!: PoolKind;
  @Field(() => ArchitectureEnum)
  architecture!: Architecture;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
}

@InputType('EditPoolInput')
export class EditPoolInput extends PoolWords {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => Boolean, { defaultValue: false, description: 'Size a driven pool by what its cluster counts now.' })
  takeCounted!: boolean;
}

@ObjectType('PoolPayload')
export class PoolPayload {
  @Field(() => PoolNode, { nullable: true })
  pool!: PoolNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('MeterAmount')
export class MeterAmountNode {
  @Field(() => String, { description: 'VCPU, MEMORY_MIB, STORAGE_GIB_SSD, STORAGE_GIB_HDD or ACCELERATOR:<class>.' })
  meter!: string;
  @Field(() => Number)
  amount!: number;
}

@ObjectType('MaintenanceWindow', {
  implements: () => [Node],
  description: '维护窗口: takes some or all of a pool away for a while.',
})
export class MaintenanceWindowNode extends Node {
  @Field(() => String)
  code: string;
  @Field(() => String)
  title: string;
  @Field(() => String)
  reason: string;
  @Field(() => MaintenanceExtentEnum)
  extent: MaintenanceExtent;
  @Field(() => Int, { nullable: true })
  nodes: number | null;
  @Field(() => ID, { nullable: true, description: 'Of a room, row or cabinet: its node id.' })
  placeId: string | null;
  @Field(() => String, { nullable: true, description: 'The way to it, in codes, as it was called at planning.' })
  placeLabel: string | null;
  @Field(() => FeedEnum, { nullable: true, description: 'Only this feed of it; null = all of it.' })
  feed: Feed | null;
  @Field(() => Date)
  fromAt: Date;
  @Field(() => Date)
  toAt: Date;
  @Field(() => MaintenanceStateEnum)
  state: MaintenanceState;
  @Field(() => [MeterAmountNode], { description: 'What stayed promised at the start because it was live: a finding.' })
  uncovered: MeterAmountNode[];
  @Field(() => String)
  plannedBy: string;
  @Field(() => Date, { nullable: true })
  startedAt: Date | null;
  @Field(() => Date, { nullable: true })
  endedAt: Date | null;
  @Field(() => Int)
  version: number;

  readonly row: MaintenanceWindow;

  constructor(row: MaintenanceWindow) {
    super();
    this.row = row;
    this.id = toNodeId('MaintenanceWindow', row.id);
    this.code = row.code;
    this.title = row.title;
    this.reason = row.reason;
    this.extent = row.extent;
    this.nodes = row.nodes;
    this.placeId =
      isPlaceExtent(row.extent) && row.placeId !== null ? toNodeId(PLACE_NODES[row.extent], row.placeId) : null;
    this.placeLabel = row.placeLabel;
    this.feed = row.feed;
    this.fromAt = row.fromAt;
    this.toAt = row.toAt;
    this.state = row.state;
    this.uncovered = Object.entries(row.uncovered ?? {}).map(([meter, amount]) => ({ meter, amount }));
    this.plannedBy = row.plannedBy;
    this.startedAt = row.startedAt;
    this.endedAt = row.endedAt;
    this.version = row.version;
  }
}

export const MaintenanceConnection = connectionOf(MaintenanceWindowNode, 'MaintenanceWindow');

@InputType('MaintenanceFilter')
export class MaintenanceFilterInput {
  @Field(() => [MaintenanceStateEnum], { nullable: true })
  states!: MaintenanceState[] | null;
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
}

@InputType('PlanMaintenanceInput')
export class PlanMaintenanceInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID, { nullable: true, description: 'With POOL_NODES and WHOLE_POOL.' })
  poolId!: string | null;
  @Field(() => ID, { nullable: true, description: 'With ROOM, CABINET_ROW and CABINET: which.' })
  placeId!: string | null;
  @Field(() => FeedEnum, { nullable: true, description: 'Of a place: only this feed of it.' })
  feed!: Feed | null;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => MaintenanceExtentEnum)
  extent!: MaintenanceExtent;
  @Field(() => Int, { nullable: true, description: 'With POOL_NODES.' })
  nodes!: number | null;
  @Field(() => Date)
  fromAt!: Date;
  @Field(() => Date)
  toAt!: Date;
}

@InputType('MaintenanceActInput')
export class MaintenanceActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('StartMaintenanceInput')
export class StartMaintenanceInput extends MaintenanceActInput {
  @Field(() => Boolean, { defaultValue: false, description: 'Also before its planned time, with what it breaks then.' })
  early!: boolean;
}

@ObjectType('MaintenancePayload')
export class MaintenancePayload {
  @Field(() => MaintenanceWindowNode, { nullable: true })
  window!: MaintenanceWindowNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('CloudCount')
export class CloudCountNode {
  @Field(() => String)
  poolCode!: string;
  @Field(() => String)
  platformName!: string;
  @Field(() => CloudKindEnum)
  cloudKind!: CloudKind;
  @Field(() => Number)
  vcpu!: number;
  @Field(() => Number)
  memoryMib!: number;
  @Field(() => Number)
  storageGib!: number;
  @Field(() => Int, { nullable: true })
  servers!: number | null;
  @Field(() => Int, { nullable: true })
  rackUnits!: number | null;
  @Field(() => String, { nullable: true })
  migrationTarget!: string | null;
  readonly ownerDepartmentId!: string;

  static of(row: CloudCount): CloudCountNode {
    return Object.assign(new CloudCountNode(), row);
  }
}

@ObjectType('CountSums')
export class CountSumsNode {
  @Field(() => Int)
  clouds!: number;
  @Field(() => Number)
  vcpu!: number;
  @Field(() => Number)
  memoryMib!: number;
  @Field(() => Number)
  storageGib!: number;
  @Field(() => Int)
  servers!: number;
  @Field(() => Int)
  rackUnits!: number;
  @Field(() => Int, { description: 'Clouds whose servers or rack units nobody has said: the sums are at least this.' })
  unsaid!: number;
}

@ObjectType('KindCount')
export class KindCountNode {
  @Field(() => CloudKindEnum)
  kind!: CloudKind;
  @Field(() => CountSumsNode)
  sums!: CountSumsNode;
}

@ObjectType('ConsolidationCount', { description: 'What is not yet 集约 in a year.' })
export class ConsolidationCountNode {
  @Field(() => Int)
  year!: number;
  @Field(() => Date, { nullable: true, description: 'Null = not taken yet: counted from the records of now.' })
  takenAt!: Date | null;
  @Field(() => String, { nullable: true })
  takenBy!: string | null;
  @Field(() => [CloudCountNode])
  clouds!: CloudCountNode[];
  @Field(() => [KindCountNode])
  byKind!: KindCountNode[];
  @Field(() => CountSumsNode)
  total!: CountSumsNode;
}

@InputType('TakeConsolidationCountInput')
export class TakeConsolidationCountInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  year!: number;
}

@ObjectType('ConsolidationCountPayload')
export class ConsolidationCountPayload {
  @Field(() => ConsolidationCountNode, { nullable: true })
  count!: ConsolidationCountNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
