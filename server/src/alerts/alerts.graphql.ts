import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import type { DeliveryState } from '../notifications/domain/delivery-state.js';
import { DeliveryStateEnum } from '../notifications/notifications.graphql.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { AlertRow } from './alerts.types.js';
import { ALERT_SEVERITIES, ALERT_STATES, type AlertSeverity, type AlertState } from './domain/alert-state.js';
import { DUTY_ROLES, type DutyRole } from './domain/escalation.js';
import { NEXT_ACTS, type NextAct } from './domain/four-answers.js';

export const AlertStateEnum = enumOf(ALERT_STATES.filter((state) => state !== 'HELD') as Exclude<AlertState, 'HELD'>[]);
registerEnumType(AlertStateEnum, { name: 'DrAlertState' });
export const AlertSeverityEnum = enumOf(ALERT_SEVERITIES);
registerEnumType(AlertSeverityEnum, { name: 'DrAlertSeverity' });
export const NextActEnum = enumOf(NEXT_ACTS);
registerEnumType(NextActEnum, { name: 'DrAlertNext', description: 'Where the button leads, which comes filled in.' });
export const DutyRoleEnum = enumOf(DUTY_ROLES);
registerEnumType(DutyRoleEnum, {
  name: 'DutyRole',
  description: '值班员, 备班, 值班领导, in the order in which they are called.',
});
const EVENT_KINDS = ['OPENED', 'WORSENED', 'EASED', 'CLOSED', 'ACKNOWLEDGED', 'UNANSWERED', 'EMPTY_ROSTER'] as const;
export type AlertEventKind = (typeof EVENT_KINDS)[number];
const EventKindEnum = enumOf(EVENT_KINDS);
registerEnumType(EventKindEnum, { name: 'DrAlertEventKind' });

@ObjectType('DrAlertEvent')
export class AlertEventNode {
  @Field(() => Date)
  at!: Date;
  @Field(() => EventKindEnum)
  kind!: AlertEventKind;
  @Field(() => AlertSeverityEnum)
  severity!: AlertSeverity;
  @Field(() => String, { nullable: true })
  byName!: string | null;
  @Field(() => String, { nullable: true })
  note!: string | null;
}

@ObjectType('DrAlertDelivery')
export class AlertDeliveryNode {
  @Field(() => String)
  channel!: string;
  @Field(() => DeliveryStateEnum)
  state!: DeliveryState;
  @Field(() => Int)
  attempts!: number;
  @Field(() => String, { nullable: true })
  lastError!: string | null;
}

@ObjectType('DrAlertCall', { description: 'One person who was called, and until when he could answer.' })
export class AlertCallNode {
  @Field(() => String, { nullable: true })
  person!: string | null;
  @Field(() => DutyRoleEnum)
  role!: DutyRole;
  @Field(() => Int)
  round!: number;
  @Field(() => Date)
  calledAt!: Date;
  @Field(() => Date)
  deadlineAt!: Date;
  @Field(() => [AlertDeliveryNode], {
    description: 'Messages through the channels; none = the console alone told him.',
  })
  deliveries!: AlertDeliveryNode[];
}

@ObjectType('DrAlert', { implements: () => [Node], description: '告警: one thing that is wrong with one subject.' })
export class AlertNode extends Node {
  row: AlertRow;
  @Field(() => String)
  code: string;
  @Field(() => AlertStateEnum)
  state: AlertState;
  @Field(() => AlertSeverityEnum)
  severity: AlertSeverity;
  @Field(() => String, { description: 'Of which system or center.' })
  name: string;
  @Field(() => String, { nullable: true })
  tierName: string | null;
  @Field(() => Date, { description: 'Since when: when it was seen first.' })
  since: Date;
  @Field(() => Date, {
    nullable: true,
    description: 'It is not found any more, and is believed over after two minutes.',
  })
  clearingSince: Date | null;
  @Field(() => Date, { nullable: true })
  closedAt: Date | null;
  @Field(() => Boolean, { description: 'Whether people are called for it.' })
  callsOut: boolean;
  @Field(() => Date, { nullable: true })
  acknowledgedAt: Date | null;
  @Field(() => String, { nullable: true })
  acknowledgedBy: string | null;
  @Field(() => String, { nullable: true })
  acknowledgedNote: string | null;
  @Field(() => Date, { nullable: true, description: 'Since then nobody is left to call.' })
  unansweredAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When the next is called.' })
  nextCallAt: Date | null;
  @Field(() => ID, { nullable: true, description: 'The alert of the same cause that is called for in its place.' })
  headId: string | null;
  @Field(() => ID, { nullable: true })
  groupId: string | null;
  @Field(() => ID, { nullable: true })
  centerId: string | null;
  @Field(() => [ID], { description: 'Machines that the request to put it right would be about.' })
  resourceIds: string[];
  @Field(() => Int)
  version: number;

  constructor(row: AlertRow) {
    super();
    this.row = row;
    this.id = toNodeId('DrAlert', row.id);
    this.code = row.code ?? '';
    this.state = row.state;
    this.severity = row.severity;
    this.name = row.name;
    this.tierName = row.tierName;
    this.since = row.seenAt;
    this.clearingSince = row.clearingSince;
    this.closedAt = row.closedAt;
    this.callsOut = row.callsOut;
    this.acknowledgedAt = row.acknowledgedAt;
    this.acknowledgedBy = row.acknowledgedBy;
    this.acknowledgedNote = row.acknowledgedNote;
    this.unansweredAt = row.unansweredAt;
    this.nextCallAt = row.nextCallAt;
    this.headId = row.headId && toNodeId('DrAlert', row.headId);
    this.groupId = row.groupId && toNodeId('DrGroup', row.groupId);
    this.centerId = row.centerId && toNodeId('Center', row.centerId);
    this.resourceIds = row.reason.resourceIds.map((id) => toNodeId('Resource', id));
    this.version = row.version;
  }
}

@ObjectType('DrAlertAnswers', { description: 'What is broken, which promise is lost, what to press next.' })
export class AlertAnswersNode {
  @Field(() => String)
  broken!: string;
  @Field(() => String)
  promise!: string;
  @Field(() => NextActEnum)
  next!: NextAct;
  @Field(() => String)
  nextText!: string;
}

export const AlertConnection = connectionOf(AlertNode, 'DrAlert');

@ObjectType('DrAlertCount')
export class AlertCountNode {
  @Field(() => AlertStateEnum)
  state!: AlertState;
  @Field(() => AlertSeverityEnum)
  severity!: AlertSeverity;
  @Field(() => Int)
  alerts!: number;
}

@InputType('DrAlertFilter')
export class AlertFilterInput {
  @Field(() => [AlertStateEnum], { nullable: true })
  states?: AlertState[] | null;
  @Field(() => [AlertSeverityEnum], { nullable: true })
  severities?: AlertSeverity[] | null;
  @Field(() => ID, { nullable: true })
  groupId?: string | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Without those that are called for with another of the same cause.',
  })
  headsOnly!: boolean;
  @Field(() => String, { nullable: true, description: 'In code, name or tier.' })
  search?: string | null;
}

@InputType()
export class AcknowledgeDrAlertInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { defaultValue: '' })
  note!: string;
}

@ObjectType()
export class DrAlertPayload {
  @Field(() => AlertNode, { nullable: true })
  alert!: AlertNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
