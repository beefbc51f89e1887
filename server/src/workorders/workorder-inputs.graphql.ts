import { Field, Float, ID, InputType, Int } from '@nestjs/graphql';
import type { EquipmentState } from './domain/equipment.js';
import type { PortKind } from './domain/ports.js';
import type { WorkOrderKind, WorkOrderState } from './domain/work-order.js';
import { EquipmentStateEnum, PortKindEnum, WorkOrderKindEnum, WorkOrderStateEnum } from './workorders.graphql.js';

@InputType()
export class WorkOrderFilterInput {
  @Field(() => [WorkOrderStateEnum], { nullable: true })
  states?: WorkOrderState[] | null;
  @Field(() => [WorkOrderKindEnum], { nullable: true })
  kinds?: WorkOrderKind[] | null;
  @Field(() => ID, { nullable: true })
  departmentId?: string | null;
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => ID, { nullable: true })
  requestId?: string | null;
  @Field(() => ID, { nullable: true })
  roomId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'That the viewer applied for.' })
  mine?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Assigned to the viewer, or to his company and nobody yet.' })
  assignedToMe?: boolean | null;
  @Field(() => Boolean, { nullable: true })
  overdue?: boolean | null;
  @Field(() => Date, { nullable: true, description: 'Whose window ends after.' })
  windowFrom?: Date | null;
  @Field(() => Date, { nullable: true, description: 'Whose window begins before.' })
  windowTo?: Date | null;
  @Field(() => String, { nullable: true })
  search?: string | null;
}

@InputType()
export class HostedEquipmentFilterInput {
  @Field(() => ID, { nullable: true })
  departmentId?: string | null;
  @Field(() => [EquipmentStateEnum], { nullable: true })
  states?: EquipmentState[] | null;
  @Field(() => String, { nullable: true })
  search?: string | null;
}

@InputType()
export class WorkEntrantInput {
  @Field(() => String)
  name!: string;
  @Field(() => String, { description: 'Only the last four of the paper’s number.' })
  idLastFour!: string;
  @Field(() => String)
  vendor!: string;
}

@InputType({ description: 'A thing that is known, or the facts of one that is not.' })
export class WorkThingInput {
  @Field(() => ID, { nullable: true })
  equipmentId?: string | null;
  @Field(() => String, { nullable: true })
  owner?: string | null;
  @Field(() => String, { nullable: true })
  label?: string | null;
  @Field(() => String, { nullable: true })
  serial?: string | null;
  @Field(() => Float, { nullable: true })
  heightUnits?: number | null;
  @Field(() => Int, { nullable: true })
  powerW?: number | null;
  @Field(() => Float, { nullable: true })
  weightKg?: number | null;
  @Field(() => Boolean, { nullable: true })
  domestic?: boolean | null;
  @Field(() => ID, { nullable: true, description: 'The space (CabinetHolder) that it is to go into.' })
  targetId?: string | null;
  @Field(() => Float, {
    nullable: true,
    description: 'The lowest unit that it is to cover; null = the first that fits.',
  })
  targetUnit?: number | null;
}

@InputType()
export class PortAskInput {
  @Field(() => ID)
  portSetId!: string;
  @Field(() => Int)
  count!: number;
}

@InputType()
export class WorkOrderContentInput {
  @Field(() => WorkOrderKindEnum)
  kind!: WorkOrderKind;
  @Field(() => String)
  title!: string;
  @Field(() => String, { defaultValue: '' })
  instructions!: string;
  @Field(() => ID)
  departmentId!: string;
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => ID, { nullable: true })
  centerId?: string | null;
  @Field(() => [ID], { defaultValue: [] })
  roomIds!: string[];
  @Field(() => Date, { nullable: true })
  windowFrom?: Date | null;
  @Field(() => Date, { nullable: true })
  windowTo?: Date | null;
  @Field(() => String, { nullable: true })
  escort?: string | null;
  @Field(() => [WorkEntrantInput], { defaultValue: [] })
  entrants!: WorkEntrantInput[];
  @Field(() => [WorkThingInput], { defaultValue: [] })
  equipment!: WorkThingInput[];
  @Field(() => [PortAskInput], { defaultValue: [] })
  ports!: PortAskInput[];
}

@InputType()
export class CreateWorkOrderInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => WorkOrderContentInput)
  content!: WorkOrderContentInput;
  @Field(() => Boolean, { defaultValue: false, description: 'Send it to the center at once.' })
  submit!: boolean;
}

@InputType()
export class EditWorkOrderInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => WorkOrderContentInput)
  content!: WorkOrderContentInput;
}

@InputType()
export class WorkOrderActInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  opinion?: string | null;
}

@InputType()
export class AssignWorkOrderInput extends WorkOrderActInput {
  @Field(() => ID, { nullable: true, description: 'null = the center’s own engineer does it.' })
  companyId?: string | null;
  @Field(() => ID, { nullable: true, description: 'null = anybody of the company.' })
  assigneeId?: string | null;
  @Field(() => Date, { nullable: true, description: 'null = as it was applied for.' })
  windowFrom?: Date | null;
  @Field(() => Date, { nullable: true })
  windowTo?: Date | null;
  @Field(() => Date, { nullable: true, description: 'null = the end of its window.' })
  dueAt?: Date | null;
  @Field(() => String, { nullable: true, description: 'Why it may go together with other work in the room.' })
  overlapReason?: string | null;
}

@InputType()
export class RecordWorkStepInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  stepId!: string;
  @Field(() => Boolean)
  done!: boolean;
  @Field(() => String, { nullable: true })
  note?: string | null;
  @Field(() => [ID], { defaultValue: [] })
  fileIds!: string[];
}

@InputType()
export class SaveProviderCompanyInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID, { nullable: true, description: 'null = a new one.' })
  id?: string | null;
  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;
  @Field(() => String)
  name!: string;
  @Field(() => Boolean, { defaultValue: true })
  active!: boolean;
  @Field(() => [String])
  usernames!: string[];
}

@InputType()
export class CreatePortSetInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  cabinetId!: string;
  @Field(() => ID, { nullable: true, description: 'The switch or strip (CabinetHolder); null = the cabinet’s.' })
  deviceId?: string | null;
  @Field(() => PortKindEnum)
  kind!: PortKind;
  @Field(() => String)
  label!: string;
  @Field(() => Int)
  count!: number;
}

@InputType()
export class ResizePortSetInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => Int)
  count!: number;
}
