import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StorageTierEnum } from '../allocation/allocation.types.js';
import type { StorageTier } from '../allocation/domain/capacity.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { LocalMode, RemoteMode } from '../systems/domain/system.js';
import { LocalModeEnum, RemoteModeEnum } from '../systems/systems.types.js';
import type { ChangeableGroup } from './changeable-groups.service.js';
import {
  CHANGE_STATES,
  CHANGE_WHATS,
  type ChangeRow,
  type ChangeState,
  type ChangeWhat,
} from './request-changes.types.js';
import { PlaceSizeNode, ServiceAnswerInput, ServiceAnswerNode } from './request-lines.graphql.js';
import { RequestPreviewNode } from './requests.graphql.js';
import type { RequestLineRow } from './requests.types.js';
import type { ServiceNow } from './service-quotations.service.js';
import type { ThingsOfLine } from './thing-quotations.service.js';

const ChangeWhatEnum = enumOf(CHANGE_WHATS);
registerEnumType(ChangeWhatEnum, {
  name: 'ChangeWhat',
  valuesMap: {
    RESIZE: { description: 'It gets another size, or stays as it is while its DR mode changes.' },
    MAKE: { description: 'A share that was missing.' },
    LEAVE: { description: 'A share that is too many: into the recycle bin.' },
  },
});
const ChangeStateEnum = enumOf(CHANGE_STATES);
registerEnumType(ChangeStateEnum, {
  name: 'ChangeState',
  valuesMap: { UNDERWAY: { description: 'Granted; the cluster, or people, have not done it yet.' } },
});

@InputType('ChangedServiceInput', {
  description: 'A service that runs, and what it shall be. What is null stays as it is.',
})
export class ChangedServiceInput {
  @Field(() => ID, { description: 'Of the line that it was asked for by.' })
  lineId!: string;
  @Field(() => Int, { nullable: true })
  count?: number | null;
  @Field(() => [ServiceAnswerInput], { nullable: true, description: 'All answers, by the present definition.' })
  answers?: ServiceAnswerInput[] | null;
}

@InputType('ChangedThingsInput', {
  description:
    'Servers, or places in cabinets, of one line, and what each place shall have. What is null stays as it is. DR modes stand at the line.',
})
export class ChangedThingsInput {
  @Field(() => ID, { description: 'Of the line that they were asked for by: all of it changes.' })
  lineId!: string;
  @Field(() => Float, { nullable: true, description: 'In half units. A whole cabinet keeps its height.' })
  heightUnits?: number | null;
  @Field(() => Int, { nullable: true })
  powerW?: number | null;
  @Field(() => Int, { nullable: true })
  weightKg?: number | null;
}

@InputType('ChangeLineInput', {
  description: 'Resources that came of one line, and what they shall be. What is null stays as it is.',
})
export class ChangeLineInput {
  @Field(() => [ID], { description: 'A line with several shares changes as a whole, whichever of it are named.' })
  resourceIds!: string[];
  @Field(() => ID, { nullable: true })
  offerId?: string | null;
  @Field(() => Int, { nullable: true, description: 'A disk only grows.' })
  diskGib?: number | null;
  @Field(() => StorageTierEnum, {
    nullable: true,
    description: 'No disk changes its tier where it is: another one is refused with what to do instead.',
  })
  storageTier?: StorageTier | null;
  @Field(() => LocalModeEnum, { nullable: true })
  localMode?: LocalMode | null;
  @Field(() => RemoteModeEnum, { nullable: true })
  remoteMode?: RemoteMode | null;
  @Field(() => ID, { nullable: true, description: 'Of dual-active that becomes single: the center that stays.' })
  centerId?: string | null;
  @Field(() => ChangedServiceInput, { nullable: true, description: 'In place of machines.' })
  service?: ChangedServiceInput | null;
  @Field(() => ChangedThingsInput, { nullable: true, description: 'In place of machines.' })
  things?: ChangedThingsInput | null;
}

@InputType('ChangeContentInput')
export class ChangeContentInput {
  @Field(() => String, { description: 'Why, 1-500 characters.' })
  purpose!: string;
  @Field(() => Boolean, {
    description: 'The machines may be started anew for it, where it cannot be done while they run.',
  })
  restartAgreed!: boolean;
  @Field(() => [ChangeLineInput])
  lines!: ChangeLineInput[];
}

@InputType('PreviewChangeInput')
export class PreviewChangeInput {
  @Field(() => ChangeContentInput)
  content!: ChangeContentInput;
  @Field(() => ID, { nullable: true, description: "A request's own holds are not counted against it." })
  requestId!: string | null;
}

@InputType('CreateChangeDraftInput')
export class CreateChangeDraftInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ChangeContentInput)
  content!: ChangeContentInput;
}

@InputType('UpdateChangeDraftInput')
export class UpdateChangeDraftInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ChangeContentInput)
  content!: ChangeContentInput;
}

@ObjectType('ChangePreview', { description: 'Costs are how much more a month, below zero how much less.' })
export class ChangePreviewNode {
  @Field(() => RequestPreviewNode)
  preview!: RequestPreviewNode;
  @Field(() => Int, { description: 'Machines that run and are started anew for another vCPU or memory.' })
  restartCount!: number;
  @Field(() => Int, { description: 'Machines that get another vCPU or memory while they run.' })
  liveCount!: number;
}

@ObjectType('MachineSize')
export class MachineSizeNode {
  @Field(() => Int)
  vcpu!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => Int)
  diskGib!: number;
}

/** resource is resolved from the row. */
@ObjectType('ChangedResource', { description: 'What a change request does to one resource.' })
export class ChangedResourceNode {
  readonly row: ChangeRow;
  @Field(() => ID)
  id: string;
  @Field(() => ChangeWhatEnum)
  what: ChangeWhat;
  @Field(() => ChangeStateEnum)
  state: ChangeState;
  @Field(() => MachineSizeNode, { nullable: true, description: 'null = it was not there before.' })
  from: MachineSizeNode | null;
  @Field(() => MachineSizeNode, { nullable: true, description: 'null = it goes.' })
  to: MachineSizeNode | null;
  @Field(() => FenScalar)
  fromMonthlyCost: bigint;
  @Field(() => FenScalar)
  toMonthlyCost: bigint;
  @Field(() => Date, { nullable: true })
  doneAt: Date | null;

  constructor(row: ChangeRow) {
    this.id = toNodeId('ChangedResource', row.id);
    this.row = row;
    this.what = row.what;
    this.state = row.state;
    this.from =
      row.what === 'MAKE' ? null : { vcpu: row.fromVcpu, memoryMib: row.fromMemoryMib, diskGib: row.fromDiskGib };
    this.to = row.what === 'LEAVE' ? null : { vcpu: row.toVcpu, memoryMib: row.toMemoryMib, diskGib: row.toDiskGib };
    this.fromMonthlyCost = row.fromFen;
    this.toMonthlyCost = row.toFen;
    this.doneAt = row.doneAt;
  }
}

/** line is resolved from the row. */
@ObjectType('ChangeableService', {
  description: 'A service that runs, as it is now: changes have made of it what it is.',
})
export class ChangeableServiceNode {
  service!: ServiceNow;
  @Field(() => ID, { description: 'Of its line.' })
  id!: string;
  @Field(() => Int)
  count!: number;
  @Field(() => [ServiceAnswerNode])
  answers!: ServiceAnswerNode[];
  @Field(() => FenScalar, { description: 'A month of all of it, as agreed.' })
  monthlyCost!: bigint;
  @Field(() => [UserError], { description: 'Why it cannot be changed now; empty = it can.' })
  errors!: UserError[];
}

/** change is resolved from the row. */
@ObjectType('ServiceNow', { description: 'What done changes have made of a service since it was asked for.' })
export class ServiceNowNode {
  /** The line of the last of them. */
  readonly row: RequestLineRow;
  @Field(() => Int)
  count: number;
  @Field(() => [ServiceAnswerNode])
  answers: ServiceAnswerNode[];
  @Field(() => Date, { nullable: true, description: 'Since the last change was carried out.' })
  since: Date | null;
  @Field(() => Int, { description: 'How many changes were carried out.' })
  times: number;

  constructor(row: RequestLineRow, times: number) {
    this.row = row;
    this.count = row.itemCount;
    this.answers = [...(row.answers ?? [])];
    this.since = row.fulfilledAt;
    this.times = times;
  }
}

/** resources are resolved from the rows. */
@ObjectType('ChangeGroup', { description: 'Resources of one line that can be changed together.' })
export class ChangeGroupNode {
  group!: ChangeableGroup;
  @Field(() => String, { description: "The line's name." })
  name!: string;
  @Field(() => Boolean, { description: 'It has several shares: all of it changes, or nothing.' })
  whole!: boolean;
  @Field(() => Int, { description: 'Machines that the line has; where a DR mode changes, all of them do.' })
  siblings!: number;
  @Field(() => LocalModeEnum)
  localMode!: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode!: RemoteMode;
  @Field(() => Boolean, {
    description: '容灾欠账: a share is owed, and its DR modes stay until it is settled or waived.',
  })
  owesShare!: boolean;
  @Field(() => [UserError], { description: 'Why they cannot be changed now; empty = they can.' })
  errors!: UserError[];
}

/** line and request are resolved from the row. */
@ObjectType('ChangeableThings', {
  description: 'Servers, or places in cabinets, of one line as they are now: changes have made of them what they are.',
})
export class ChangeableThingsNode {
  things!: ThingsOfLine;
  @Field(() => ID, { description: 'Of their line.' })
  id!: string;
  @Field(() => Int, { description: 'In all centers.' })
  count!: number;
  @Field(() => PlaceSizeNode, { nullable: true, description: 'Of each place; null = servers.' })
  size!: PlaceSizeNode | null;
  @Field(() => Boolean, { description: 'All of a frame: its height is the frame’s.' })
  whole!: boolean;
  @Field(() => [String], { description: 'Where the places are, as printed on the frames; empty for servers.' })
  spots!: string[];
  @Field(() => [ID], { description: 'Centers in which they run; where dual-active becomes single, one of them stays.' })
  centerIds!: string[];
  @Field(() => LocalModeEnum)
  localMode!: LocalMode;
  @Field(() => RemoteModeEnum)
  remoteMode!: RemoteMode;
  @Field(() => Boolean, {
    description: '容灾欠账: a share is owed, and its DR modes stay until it is settled or waived.',
  })
  owesShare!: boolean;
  @Field(() => FenScalar, { description: 'A month of all of it, as agreed.' })
  monthlyCost!: bigint;
  @Field(() => [UserError], { description: 'Why it cannot be changed now; empty = it can.' })
  errors!: UserError[];
}
