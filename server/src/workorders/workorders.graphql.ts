import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { unitAt, unitsOf } from '../cabinets/domain/units.js';
import type { GivenPlace } from '../cabinets/space.types.js';
import { StoredFileNode } from '../files/files.graphql.js';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { EQUIPMENT_STATES, type EquipmentState } from './domain/equipment.js';
import { PORT_KINDS, type PortKind } from './domain/ports.js';
import {
  WORK_ORDER_ACTIONS,
  WORK_ORDER_KINDS,
  WORK_ORDER_STATES,
  type WorkOrderKind,
  type WorkOrderState,
} from './domain/work-order.js';
import type { CompanyRow, EquipmentRow, EventRow, PortSetRow, StepRow, WorkOrderRow } from './workorders.types.js';

export const WorkOrderKindEnum = enumOf(WORK_ORDER_KINDS);
registerEnumType(WorkOrderKindEnum, {
  name: 'WorkOrderKind',
  valuesMap: {
    MOVE_IN: { description: '进场' },
    RACK: { description: '上架' },
    CABLE: { description: '布线' },
    POWER_ON: { description: '加电' },
    UNRACK: { description: '下架' },
    MOVE_OUT: { description: '出场' },
    ENTRY: { description: '人员入室' },
    DELIVERY: { description: '资源交付: a granted line that people fulfil.' },
    RELEASE: { description: '资源释放: a machine on a foreign platform that people remove.' },
    SERVICE: { description: '服务办理' },
    SERVICE_END: { description: '服务终止: a service that was given back is taken down.' },
    NETWORK_POLICY: { description: '网络策略' },
    BACKUP: { description: '备份' },
    RESTORE: { description: '数据恢复: from a backup.' },
    POLICY_REMOVAL: { description: '撤除策略: of a policy that people had opened and that has ended.' },
  },
});
export const WorkOrderStateEnum = enumOf(WORK_ORDER_STATES);
registerEnumType(WorkOrderStateEnum, { name: 'WorkOrderState' });
export const WorkOrderActionEnum = enumOf(WORK_ORDER_ACTIONS);
registerEnumType(WorkOrderActionEnum, { name: 'WorkOrderAction' });
export const EquipmentStateEnum = enumOf(EQUIPMENT_STATES);
registerEnumType(EquipmentStateEnum, { name: 'EquipmentState' });
export const PortKindEnum = enumOf(PORT_KINDS);
registerEnumType(PortKindEnum, { name: 'PortKind' });
const PortClaimStateEnum = enumOf(['WISHED', 'ALLOCATED', 'RELEASED'] as const);
registerEnumType(PortClaimStateEnum, { name: 'PortClaimState' });

@ObjectType('ProviderCompany', { implements: () => [Node], description: '服务商: a company whose people work orders.' })
export class ProviderCompanyNode extends Node {
  readonly row: CompanyRow;
  @Field(() => String)
  name: string;
  @Field(() => Boolean)
  active: boolean;
  @Field(() => Int)
  version: number;

  constructor(row: CompanyRow) {
    super();
    this.row = row;
    this.id = toNodeId('ProviderCompany', row.id);
    this.name = row.name;
    this.active = row.active;
    this.version = row.version;
  }
}

@ObjectType('ProviderMember')
export class ProviderMemberNode {
  @Field(() => ID, { description: 'Of the User.' })
  id!: string;
  @Field(() => String)
  username!: string;
  @Field(() => String)
  displayName!: string;
}

/** No Room: whoever works an order hears which rooms it is in, and no more of the place. */
@ObjectType('WorkRoom', { description: 'A room of an order, by its name.' })
export class WorkRoomNode {
  @Field(() => ID, { description: 'Of the Room.' })
  id!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
}

@ObjectType('WorkEntrant', { description: '入室人员: never the whole number of a paper.' })
export class WorkEntrantNode {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  idLastFour!: string;
  @Field(() => String)
  vendor!: string;
}

@ObjectType('WorkOrderStep', { description: 'One step of the work, with what shows that it was done.' })
export class WorkOrderStepNode {
  readonly row: StepRow;
  @Field(() => ID)
  id: string;
  @Field(() => String)
  title: string;
  @Field(() => Boolean)
  needsEvidence: boolean;
  @Field(() => String, { nullable: true })
  note: string | null;
  @Field(() => Date, { nullable: true })
  doneAt: Date | null;
  @Field(() => String, { nullable: true })
  doneBy: string | null;
  @Field(() => [StoredFileNode])
  files!: StoredFileNode[];

  constructor(row: StepRow, locale: Locale) {
    this.row = row;
    this.id = toNodeId('WorkOrderStep', row.id);
    this.title = locale === 'zh' ? row.titleZh : row.titleEn;
    this.needsEvidence = row.needsEvidence;
    this.note = row.note;
    this.doneAt = row.doneAt;
    this.doneBy = row.doneBy;
  }
}

@ObjectType('WorkOrderEvent')
export class WorkOrderEventNode {
  @Field(() => Date)
  at: Date;
  @Field(() => String)
  actorName: string;
  @Field(() => String, { description: 'CREATE, or a WorkOrderAction.' })
  action: string;
  @Field(() => String, { nullable: true })
  opinion: string | null;
  @Field(() => WorkOrderStateEnum)
  toState: WorkOrderState;

  constructor({ at, actorName, action, opinion, toState }: EventRow) {
    this.at = at;
    this.actorName = actorName;
    this.action = action;
    this.opinion = opinion;
    this.toState = toState;
  }
}

@ObjectType('HostedEquipment', {
  implements: () => [Node],
  description: '托管设备: a department’s own thing in the rooms.',
})
export class HostedEquipmentNode extends Node {
  readonly row: EquipmentRow;
  @Field(() => EquipmentStateEnum)
  state: EquipmentState;
  @Field(() => String)
  owner: string;
  @Field(() => String)
  label: string;
  @Field(() => String)
  serial: string;
  @Field(() => Float)
  heightUnits: number;
  @Field(() => Int)
  powerW: number;
  @Field(() => Int)
  weightGrams: number;
  @Field(() => Boolean, { description: '信创' })
  domestic: boolean;
  @Field(() => Boolean, { description: 'Whether a live order is about it.' })
  busy: boolean;

  constructor(row: EquipmentRow) {
    super();
    this.row = row;
    this.id = toNodeId('HostedEquipment', row.id);
    this.state = row.state;
    this.owner = row.owner;
    this.label = row.label;
    this.serial = row.serial;
    this.heightUnits = unitsOf(row.heightHalfUnits);
    this.powerW = row.powerW;
    this.weightGrams = row.weightGrams;
    this.domestic = row.domestic;
    this.busy = row.busyOrderId !== null;
  }
}
export const HostedEquipmentConnection = connectionOf(HostedEquipmentNode, 'HostedEquipment');

@ObjectType('EquipmentPlace', { description: 'Where a thing stands or is to stand.' })
export class EquipmentPlaceNode {
  @Field(() => ID, { description: 'Of the space: a CabinetHolder.' })
  spaceId: string;
  @Field(() => ID, { description: 'Of the Cabinet.' })
  cabinetId: string;
  @Field(() => String)
  cabinetCode: string;
  @Field(() => Float, { nullable: true, description: 'The lowest unit that it covers; null = the first that fits.' })
  startUnit: number | null;

  constructor({ holder, cabinet }: GivenPlace, startHalfUnit: number | null, heightHalfUnits: number) {
    this.spaceId = toNodeId('CabinetHolder', holder.id);
    this.cabinetId = toNodeId('Cabinet', cabinet.id);
    this.cabinetCode = cabinet.code;
    this.startUnit =
      startHalfUnit === null ? null : unitAt(cabinet, holder.startHalfUnit + startHalfUnit, heightHalfUnits);
  }
}

@ObjectType('WorkOrderThing')
export class WorkOrderThingNode {
  @Field(() => HostedEquipmentNode)
  equipment!: HostedEquipmentNode;
  @Field(() => EquipmentPlaceNode, { nullable: true })
  place!: EquipmentPlaceNode | null;
}

@ObjectType('PortSet', {
  implements: () => [Node],
  description: '端口组: ports of a switch, or sockets of a strip, of one kind.',
})
export class PortSetNode extends Node {
  readonly row: PortSetRow;
  @Field(() => PortKindEnum)
  kind: PortKind;
  @Field(() => String)
  label: string;
  @Field(() => Int)
  count: number;
  @Field(() => Int)
  free: number;
  @Field(() => Int)
  version: number;

  constructor(row: PortSetRow) {
    super();
    this.row = row;
    this.id = toNodeId('PortSet', row.id);
    this.kind = row.kind;
    this.label = row.label;
    this.count = row.portCount;
    this.free = row.portCount - row.claimed;
    this.version = row.version;
  }
}

@ObjectType('PortClaim')
export class PortClaimNode {
  @Field(() => ID, { description: 'Of the PortSet.' })
  portSetId!: string;
  @Field(() => String)
  label!: string;
  @Field(() => PortKindEnum)
  kind!: PortKind;
  @Field(() => Int)
  count!: number;
  @Field(() => PortClaimStateEnum)
  state!: 'WISHED' | 'ALLOCATED' | 'RELEASED';
}

@ObjectType('WorkOrder', {
  implements: () => [Node],
  description: '工单: work of people in the rooms or on a platform.',
})
export class WorkOrderNode extends Node {
  readonly row: WorkOrderRow;
  @Field(() => String)
  code: string;
  @Field(() => WorkOrderKindEnum)
  kind: WorkOrderKind;
  @Field(() => WorkOrderStateEnum)
  state: WorkOrderState;
  @Field(() => Date)
  stateSince: Date;
  @Field(() => Int)
  version: number;
  @Field(() => String)
  title: string;
  @Field(() => String)
  instructions: string;
  @Field(() => String)
  applicantName: string;
  @Field(() => ID, { nullable: true, description: 'Of the User; null = nobody of the company has accepted it yet.' })
  assigneeId: string | null;
  @Field(() => String, { nullable: true })
  assigneeName: string | null;
  @Field(() => Date, { nullable: true })
  windowFrom: Date | null;
  @Field(() => Date, { nullable: true })
  windowTo: Date | null;
  @Field(() => String, { nullable: true, description: 'Why it goes together with other work in the room.' })
  overlapReason: string | null;
  @Field(() => Date, { nullable: true })
  dueAt: Date | null;
  @Field(() => String, { nullable: true })
  escort: string | null;
  @Field(() => String, { nullable: true, description: '出门条' })
  slipNumber: string | null;
  @Field(() => Date, { nullable: true })
  slipAt: Date | null;
  @Field(() => String, { nullable: true })
  slipBy: string | null;
  @Field(() => Date, { nullable: true })
  finishedAt: Date | null;
  @Field(() => Date)
  createdAt: Date;
  @Field(() => ID, { nullable: true, description: 'Of the Request whose line it fulfils.' })
  requestId: string | null;
  @Field(() => String, { nullable: true })
  requestCode: string | null;

  constructor(row: WorkOrderRow) {
    super();
    this.row = row;
    this.id = toNodeId('WorkOrder', row.id);
    this.code = row.code;
    this.kind = row.kind;
    this.state = row.state;
    this.stateSince = row.stateSince;
    this.version = row.version;
    this.title = row.title;
    this.instructions = row.instructions;
    this.applicantName = row.applicantName;
    this.assigneeId = row.assigneeId && toNodeId('User', row.assigneeId);
    this.assigneeName = row.assigneeName;
    this.windowFrom = row.windowFrom;
    this.windowTo = row.windowTo;
    this.overlapReason = row.overlapReason;
    this.dueAt = row.dueAt;
    this.escort = row.escort;
    this.slipNumber = row.slipNumber;
    this.slipAt = row.slipAt;
    this.slipBy = row.slipBy;
    this.finishedAt = row.finishedAt;
    this.createdAt = row.createdAt;
    this.requestId = row.requestId && toNodeId('Request', row.requestId);
    this.requestCode = row.requestCode;
  }
}
export const WorkOrderConnection = connectionOf(WorkOrderNode, 'WorkOrder');
