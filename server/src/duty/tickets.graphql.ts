import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import type { Liability, OutageLayer } from '../outages/domain/outage.js';
import { OutageLayerEnum, OutageLiabilityEnum } from '../outages/outages.graphql.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { IMPACTS, type Impact, SEVERITIES, type Severity, URGENCIES, type Urgency } from './domain/severity.js';
import { CHANGE_KINDS, type ChangeKind, CLOCKS, type Clock } from './domain/ticket.js';
import { LINK_SUBJECTS, type LinkSubject } from './domain/ticket-links.js';
import {
  TICKET_ACTIONS,
  TICKET_KINDS,
  TICKET_STATES,
  type TicketAction,
  type TicketKind,
  type TicketState,
} from './domain/ticket-state.js';
import { ENTRY_KINDS, type EntryKind } from './domain/ticket-story.js';
import type { TicketRow } from './tickets.types.js';

export const TicketKindEnum = enumOf(TICKET_KINDS);
registerEnumType(TicketKindEnum, { name: 'DutyTicketKind', description: '事件、变更、问题' });
export const TicketStateEnum = enumOf(TICKET_STATES);
registerEnumType(TicketStateEnum, { name: 'DutyTicketState' });
export const TicketActionEnum = enumOf(TICKET_ACTIONS);
registerEnumType(TicketActionEnum, { name: 'DutyTicketAction' });
export const ImpactEnum = enumOf(IMPACTS);
registerEnumType(ImpactEnum, { name: 'DutyImpact', description: '影响范围, from wide to narrow.' });
export const UrgencyEnum = enumOf(URGENCIES);
registerEnumType(UrgencyEnum, { name: 'DutyUrgency', description: '紧急程度' });
export const SeverityEnum = enumOf(SEVERITIES);
registerEnumType(SeverityEnum, { name: 'DutySeverity', description: 'By impact and urgency; P1 is the gravest.' });
export const ChangeKindEnum = enumOf(CHANGE_KINDS);
registerEnumType(ChangeKindEnum, { name: 'DutyChangeKind', description: '标准、一般、紧急变更' });
export const TicketLinkSubjectEnum = enumOf(LINK_SUBJECTS);
registerEnumType(TicketLinkSubjectEnum, { name: 'DutyLinkSubject' });
export const TicketClockEnum = enumOf(CLOCKS);
registerEnumType(TicketClockEnum, { name: 'DutyClock', description: 'Which deadline runs now.' });
export const TicketEntryKindEnum = enumOf(ENTRY_KINDS);
registerEnumType(TicketEntryKindEnum, { name: 'DutyTicketEntryKind' });

@ObjectType('DutyTicketOffer', { description: 'What the viewer may press now, the way on first.' })
export class TicketOfferNode {
  @Field(() => TicketActionEnum)
  action!: TicketAction;
  @Field(() => Boolean, { description: 'It asks for words.' })
  asksForText!: boolean;
  @Field(() => String, { nullable: true, description: 'Why it cannot be pressed; null = it can.' })
  because!: string | null;
}

@ObjectType('DutyTicketDue')
export class TicketDueNode {
  @Field(() => TicketClockEnum)
  what!: Clock;
  @Field(() => Date)
  at!: Date;
  @Field(() => Boolean)
  isOver!: boolean;
}

@ObjectType('DutyTicketLink')
export class TicketLinkNode {
  @Field(() => TicketLinkSubjectEnum)
  subjectType!: LinkSubject;
  @Field(() => ID, { description: 'Its node id.' })
  subjectId!: string;
  @Field(() => String)
  subjectName!: string;
  @Field(() => Date)
  linkedAt!: Date;
  @Field(() => String)
  linkedBy!: string;
}

@ObjectType('DutyTicketEntry', { description: '时间线: what became of it.' })
export class TicketEntryNode {
  @Field(() => Date)
  at!: Date;
  @Field(() => TicketEntryKindEnum)
  kind!: EntryKind;
  @Field(() => TicketStateEnum, { nullable: true })
  state!: TicketState | null;
  @Field(() => String)
  byName!: string;
  @Field(() => String, { nullable: true })
  text!: string | null;
}

@ObjectType('DutyTicketFault', { description: 'What would count, or counts, in the book of outages.' })
export class TicketFaultNode {
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  to!: Date;
  @Field(() => Int)
  minutes!: number;
}

@ObjectType('DutyAffectedDepartment')
export class AffectedDepartmentNode {
  @Field(() => ID)
  departmentId!: string;
  @Field(() => String)
  name!: string;
  @Field(() => [String], { description: 'Of its systems those that it concerns; none = what it has there besides.' })
  systems!: string[];
}

@ObjectType('DutyTicket', { implements: () => [Node], description: '事件、变更或问题' })
export class TicketNode extends Node {
  row: TicketRow;
  @Field(() => String)
  code: string;
  @Field(() => TicketKindEnum)
  kind: TicketKind;
  @Field(() => TicketStateEnum)
  state: TicketState;
  @Field(() => ImpactEnum)
  impact: Impact;
  @Field(() => UrgencyEnum)
  urgency: Urgency;
  @Field(() => SeverityEnum)
  severity: Severity;
  @Field(() => ChangeKindEnum, { nullable: true })
  changeKind: ChangeKind | null;
  @Field(() => String, { nullable: true, description: 'The entry of the catalog that has approved it beforehand.' })
  standardKey: string | null;
  @Field(() => Int, { nullable: true, description: 'As which of its editions said it.' })
  standardEdition: number | null;
  @Field(() => Date, { description: 'Of an event since when it is so.' })
  startedAt: Date;
  @Field(() => Date)
  openedAt: Date;
  @Field(() => String)
  openedBy: string;
  @Field(() => String, { nullable: true })
  assignee: string | null;
  @Field(() => Date, { nullable: true })
  respondBy: Date | null;
  @Field(() => Date, { nullable: true })
  resolveBy: Date | null;
  @Field(() => Date, { nullable: true })
  respondedAt: Date | null;
  @Field(() => Date, { nullable: true })
  restoredAt: Date | null;
  @Field(() => Date, { nullable: true })
  closedAt: Date | null;
  @Field(() => Date, { nullable: true })
  plannedFrom: Date | null;
  @Field(() => Date, { nullable: true })
  plannedTo: Date | null;
  @Field(() => String, { nullable: true })
  plan: string | null;
  @Field(() => String, { nullable: true })
  rollbackPlan: string | null;
  @Field(() => String, { nullable: true })
  reviewedBy: string | null;
  @Field(() => String, { nullable: true })
  approvedBy: string | null;
  @Field(() => Date, { nullable: true })
  approvedAt: Date | null;
  @Field(() => String, { nullable: true })
  implementedBy: string | null;
  @Field(() => Date, { nullable: true })
  implementedAt: Date | null;
  @Field(() => String, { nullable: true })
  rootCause: string | null;
  @Field(() => String, { nullable: true, description: 'How to live with it until it is resolved.' })
  workaround: string | null;
  @Field(() => String, { nullable: true })
  resolution: string | null;
  @Field(() => Date, { nullable: true })
  faultDecidedAt: Date | null;
  @Field(() => String, { nullable: true })
  faultDecidedBy: string | null;
  @Field(() => Int)
  version: number;

  constructor(row: TicketRow) {
    super();
    this.row = row;
    this.id = toNodeId('DutyTicket', row.id);
    this.code = row.code;
    this.kind = row.kind;
    this.state = row.state;
    this.impact = row.impact;
    this.urgency = row.urgency;
    this.severity = row.severity;
    this.changeKind = row.changeKind;
    this.standardKey = row.standardKey;
    this.standardEdition = row.standardEdition;
    this.startedAt = row.startedAt;
    this.openedAt = row.openedAt;
    this.openedBy = row.openedBy;
    this.assignee = row.assignee;
    this.respondBy = row.respondBy;
    this.resolveBy = row.resolveBy;
    this.respondedAt = row.respondedAt;
    this.restoredAt = row.restoredAt;
    this.closedAt = row.closedAt;
    this.plannedFrom = row.plannedFrom;
    this.plannedTo = row.plannedTo;
    this.plan = row.plan;
    this.rollbackPlan = row.rollbackPlan;
    this.reviewedBy = row.reviewedBy;
    this.approvedBy = row.approvedBy;
    this.approvedAt = row.approvedAt;
    this.implementedBy = row.implementedBy;
    this.implementedAt = row.implementedAt;
    this.rootCause = row.rootCause;
    this.workaround = row.workaround;
    this.resolution = row.resolution;
    this.faultDecidedAt = row.faultDecidedAt;
    this.faultDecidedBy = row.faultDecidedBy;
    this.version = row.version;
  }
}
export const TicketConnection = connectionOf(TicketNode, 'DutyTicket');

@ObjectType('DutyTicketCount', { description: 'Of those that are not over.' })
export class TicketCountNode {
  @Field(() => TicketKindEnum)
  kind!: TicketKind;
  @Field(() => SeverityEnum)
  severity!: Severity;
  @Field(() => Int)
  tickets!: number;
}

@InputType('DutyTicketFilter')
export class TicketFilterInput {
  @Field(() => [TicketKindEnum], { nullable: true })
  kinds?: TicketKind[] | null;
  @Field(() => [TicketStateEnum], { nullable: true })
  states?: TicketState[] | null;
  @Field(() => [SeverityEnum], { nullable: true })
  severities?: Severity[] | null;
  @Field(() => Boolean, { defaultValue: false })
  openOnly!: boolean;
  @Field(() => Boolean, { defaultValue: false, description: 'Given to the viewer.' })
  mine!: boolean;
  @Field(() => TicketLinkSubjectEnum, { nullable: true, description: 'With subjectId: those that name it.' })
  subjectType?: LinkSubject | null;
  @Field(() => ID, { nullable: true })
  subjectId?: string | null;
  @Field(() => String, { nullable: true, description: 'In code, title or assignee.' })
  search?: string | null;
}

@InputType('DutyTicketLinkInput')
export class TicketLinkInput {
  @Field(() => TicketLinkSubjectEnum)
  subjectType!: LinkSubject;
  @Field(() => String, {
    description: 'Its node id; or the code of a system, machine or ticket, or the asset number of a server.',
  })
  subject!: string;
}

@InputType()
export class OpenDutyTicketInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => TicketKindEnum)
  kind!: TicketKind;
  @Field(() => String)
  title!: string;
  @Field(() => String, { defaultValue: '' })
  description!: string;
  @Field(() => ImpactEnum)
  impact!: Impact;
  @Field(() => UrgencyEnum)
  urgency!: Urgency;
  @Field(() => ID, { nullable: true })
  centerId?: string | null;
  @Field(() => Date, { nullable: true, description: 'Of an event: since when it is so; left out = now.' })
  startedAt?: Date | null;
  @Field(() => ChangeKindEnum, { nullable: true })
  changeKind?: ChangeKind | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Of a standard change: its entry in the catalog, which says what is done, how grave it is, and has approved it.',
  })
  standardKey?: string | null;
  @Field(() => Date, { nullable: true })
  plannedFrom?: Date | null;
  @Field(() => Date, { nullable: true })
  plannedTo?: Date | null;
  @Field(() => String, { nullable: true })
  plan?: string | null;
  @Field(() => String, { nullable: true })
  rollbackPlan?: string | null;
  @Field(() => [TicketLinkInput], { defaultValue: [] })
  links!: TicketLinkInput[];
}

@InputType()
export class OpenEventOfAlertInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  alertId!: string;
}

@InputType()
export class DutyTicketActInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class MoveDutyTicketInput extends DutyTicketActInput {
  @Field(() => TicketActionEnum)
  action!: TicketAction;
  @Field(() => String, { defaultValue: '' })
  text!: string;
  @Field(() => Date, { nullable: true, description: 'Of RESTORE: since when it serves again; left out = now.' })
  restoredAt?: Date | null;
}

@InputType()
export class AssignDutyTicketInput extends DutyTicketActInput {
  @Field(() => ID)
  userId!: string;
}

@InputType()
export class NoteOnDutyTicketInput extends DutyTicketActInput {
  @Field(() => String)
  text!: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Of a problem: how to live with it.' })
  isWorkaround!: boolean;
}

@InputType()
export class LinkDutyTicketInput extends DutyTicketActInput {
  @Field(() => TicketLinkSubjectEnum)
  subjectType!: LinkSubject;
  @Field(() => String)
  subject!: string;
}

@InputType()
export class ConfirmDutyFaultInput extends DutyTicketActInput {
  @Field(() => OutageLayerEnum)
  layer!: OutageLayer;
  @Field(() => OutageLiabilityEnum)
  liability!: Liability;
  @Field(() => String, { nullable: true })
  excuse?: string | null;
  @Field(() => String, { nullable: true, description: 'Code of an outage that is recorded already.' })
  outageCode?: string | null;
}

@InputType()
export class DenyDutyFaultInput extends DutyTicketActInput {
  @Field(() => String)
  reason!: string;
}

@ObjectType()
export class DutyTicketPayload {
  @Field(() => TicketNode, { nullable: true })
  ticket!: TicketNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
