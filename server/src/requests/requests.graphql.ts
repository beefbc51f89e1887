import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ApprovalRoleEnum } from '../approvals/approvals.graphql.js';
import type { StepRole } from '../approvals/domain/step-roles.js';
import { RoleEnum } from '../identity/identity.types.js';
import { toNodeId } from '../kernel/node-id.js';
import type { QuotaLevel, QuotaMeter } from '../kernel/refusal.js';
import type { Role } from '../kernel/viewer.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { QuotaLevelEnum, QuotaMeterEnum, UserError } from '../platform/graphql/user-error.js';
import { REQUEST_ACTIONS, REQUEST_STATES, type RequestAction, type RequestState } from './domain/request-state.js';
import { RepeatedContentInput } from './draft-heads.graphql.js';
import { RequestBudgetFitNode } from './request-funding.graphql.js';
import { GateVerdictNode } from './request-gates.graphql.js';
import { LinePreviewNode, RequestLineInput, SuggestionNode } from './request-lines.graphql.js';
import {
  REQUEST_NATURES,
  REQUEST_ORDERS,
  type RequestNature,
  type RequestRow,
  type RequestStepRow,
} from './requests.types.js';

export const RequestStateEnum = enumOf(REQUEST_STATES);
registerEnumType(RequestStateEnum, { name: 'RequestState' });
export const RequestNatureEnum = enumOf(REQUEST_NATURES);
registerEnumType(RequestNatureEnum, {
  name: 'RequestNature',
  valuesMap: {
    NEW: { description: 'For what is not there yet.' },
    CHANGE: { description: '变更: for another size or DR mode of what is.' },
  },
});
export const RequestActionEnum = enumOf(REQUEST_ACTIONS);
registerEnumType(RequestActionEnum, { name: 'RequestAction' });
export const RequestOrderEnum = enumOf(REQUEST_ORDERS);
registerEnumType(RequestOrderEnum, { name: 'RequestOrder' });

@InputType('RequestContentInput')
export class RequestContentInput {
  @Field(() => ID)
  systemId!: string;
  @Field(() => ID)
  projectId!: string;
  @Field(() => String, { description: 'What for, 1-500 characters.' })
  purpose!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The last day of what is asked for, YYYY-MM-DD in Shanghai; null = long-term.',
  })
  temporaryUntil?: string | null;
  @Field(() => [RequestLineInput])
  lines!: RequestLineInput[];
}

@InputType('PreviewRequestInput')
export class PreviewRequestInput {
  @Field(() => RequestContentInput, { nullable: true, description: 'null = what the draft says that requestId names.' })
  content!: RequestContentInput | null;
  @Field(() => ID, { nullable: true, description: "A request's own holds are not counted against it." })
  requestId!: string | null;
  @Field(() => RepeatedContentInput, {
    nullable: true,
    description: 'In the place of content: what would be asked for again. Whatever the old request holds is counted.',
  })
  like?: RepeatedContentInput | null;
}

@InputType('CreateRequestDraftInput')
export class CreateRequestDraftInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID, { nullable: true, description: 'The unfinished form that becomes this draft.' })
  formId?: string | null;
  @Field(() => RequestContentInput)
  content!: RequestContentInput;
}

@InputType('UpdateRequestDraftInput')
export class UpdateRequestDraftInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => RequestContentInput)
  content!: RequestContentInput;
}

@InputType('RequestActInput', {
  description:
    'One act of a person on a request. opinion: up to 500 characters, required to sign (submit, approve, return, reject).',
})
export class RequestActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  opinion!: string | null;
  @Field(() => ID, { nullable: true, description: 'The opinion as a file, where the step needs one.' })
  fileId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'One of seatChoices: which signature is given, where it could be several. null = the first.',
  })
  seatId?: string | null;
}

@InputType('RequestFilter')
export class RequestFilterInput {
  @Field(() => [RequestStateEnum], { nullable: true })
  states!: RequestState[] | null;
  @Field(() => String, { nullable: true })
  search!: string | null;
  @Field(() => ID, { nullable: true })
  departmentId!: string | null;
  @Field(() => ID, { nullable: true })
  systemId!: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only what the viewer can act upon now.' })
  awaitingMe!: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Only what the viewer drafted.' })
  mine?: boolean | null;
  @Field(() => [RequestNatureEnum], { nullable: true })
  natures?: RequestNature[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Only what is past the deadline of its current step.' })
  overdue!: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Only what is late and was escalated to a role of the viewer.' })
  escalatedToMe!: boolean | null;
}

@ObjectType('RequestActionAvailability')
export class RequestActionAvailability {
  @Field(() => RequestActionEnum)
  action!: RequestAction;
  @Field(() => String, { nullable: true, description: 'null = may be done now.' })
  disabledReason!: string | null;
}

@ObjectType('SeatChoice', {
  description: '席位: one of several signatures that the viewer may give to the current step.',
})
export class SeatChoiceNode {
  @Field(() => ID)
  seatId!: string;
  @Field(() => ApprovalRoleEnum, { nullable: true, description: 'null = as a person who was added.' })
  role!: StepRole | null;
  @Field(() => String, { nullable: true, description: 'Whose delegate would sign.' })
  onBehalfOf!: string | null;
}

@ObjectType('QuotaFit', { description: 'One limit on the way, and whether what is asked fits it.' })
export class QuotaFitNode {
  @Field(() => QuotaLevelEnum)
  level!: QuotaLevel;
  @Field(() => String)
  subjectName!: string;
  @Field(() => QuotaMeterEnum)
  meter!: QuotaMeter;
  @Field(() => Number)
  limit!: number;
  @Field(() => Number)
  requested!: number;
  @Field(() => Number)
  left!: number;
  @Field(() => Boolean)
  fits!: boolean;
}

@ObjectType('PreviewAddresses', { description: 'Addresses that the machines of a request would have where they go.' })
export class PreviewAddressesNode {
  @Field(() => Int, { description: 'Of both families.' })
  count!: number;
  @Field(() => FenScalar, { description: 'A month of those that have a price.' })
  monthlyCost!: bigint;
}

@ObjectType('RequestPreview')
export class RequestPreviewNode {
  @Field(() => Boolean)
  feasible!: boolean;
  @Field(() => FenScalar, { nullable: true })
  monthlyCost!: bigint | null;
  @Field(() => FenScalar, { nullable: true })
  yearlyCost!: bigint | null;
  @Field(() => [LinePreviewNode])
  lines!: LinePreviewNode[];
  @Field(() => PreviewAddressesNode, {
    nullable: true,
    description:
      'Of machines, beside the monthly cost: addresses are on statements as long as they are had. Null = none.',
  })
  addresses!: PreviewAddressesNode | null;
  @Field(() => [QuotaFitNode])
  quotas!: QuotaFitNode[];
  @Field(() => RequestBudgetFitNode, { nullable: true, description: 'Null while the content cannot be quoted.' })
  budget!: RequestBudgetFitNode | null;
  @Field(() => [SuggestionNode], { description: 'What would make it fit; empty where it does.' })
  suggestions!: SuggestionNode[];
  @Field(() => [GateVerdictNode], { description: 'Every rule of the gates in force that is for such a request.' })
  gates!: GateVerdictNode[];
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('RequestStep', {
  implements: () => [Node],
  description: 'One act on the request, as the timeline shows it.',
})
export class RequestStepNode extends Node {
  @Field(() => Date)
  at: Date;
  @Field(() => String)
  actorName: string;
  @Field(() => RoleEnum, { nullable: true })
  actorRole: Role | null;
  @Field(() => String)
  action: string;
  @Field(() => String, { nullable: true })
  opinion: string | null;
  @Field(() => RequestStateEnum, { nullable: true })
  fromState: RequestState | null;
  @Field(() => RequestStateEnum)
  toState: RequestState;

  constructor(row: RequestStepRow) {
    super();
    this.id = toNodeId('RequestStep', row.id);
    this.at = row.at;
    this.actorName = row.actorName;
    this.actorRole = row.actorRole;
    this.action = row.action;
    this.opinion = row.opinion;
    this.fromState = row.fromState;
    this.toState = row.toState;
  }
}

@ObjectType('Request', { implements: () => [Node], description: '申请单.' })
export class RequestNode extends Node {
  readonly row: RequestRow;
  @Field(() => String, { description: 'e.g. SQ-2026-000123.' })
  code: string;
  @Field(() => RequestNatureEnum)
  nature: RequestNature;
  @Field(() => RequestStateEnum)
  state: RequestState;
  @Field(() => Int)
  version: number;
  @Field(() => Boolean, { description: 'Of a change: its machines may be started anew for it.' })
  restartAgreed: boolean;
  @Field(() => String)
  purpose: string;
  @Field(() => String, { nullable: true, description: 'The last day of what is asked for; null = long-term.' })
  temporaryUntil: string | null;
  @Field(() => String)
  applicantName: string;
  @Field(() => Date)
  createdAt: Date;
  @Field(() => Date, { nullable: true })
  submittedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'While capacity is held.' })
  holdExpiresAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'Of the current step of its approval.' })
  dueAt: Date | null;
  @Field(() => FenScalar, { nullable: true, description: 'Of a change how much more, below zero how much less.' })
  monthlyCost: bigint | null;
  @Field(() => Int, { description: 'Machines that its lines ask for; likewise the other kinds.' })
  machineCount: number;
  @Field(() => Int)
  serverCount: number;
  @Field(() => Int, { description: 'Places in cabinets.' })
  cabinetCount: number;
  @Field(() => Int)
  serviceCount: number;

  constructor(row: RequestRow) {
    super();
    this.id = toNodeId('Request', row.id);
    this.row = row;
    this.code = row.code;
    this.nature = row.nature;
    this.state = row.state;
    this.version = row.version;
    this.restartAgreed = row.restartAgreed;
    this.purpose = row.purpose;
    this.temporaryUntil = row.temporaryUntil;
    this.applicantName = row.applicantName;
    this.createdAt = row.createdAt;
    this.submittedAt = row.submittedAt;
    this.holdExpiresAt = row.holdExpiresAt;
    this.dueAt = row.dueAt;
    this.monthlyCost = row.monthlyFen;
    this.machineCount = row.machineCount;
    this.serverCount = row.serverCount;
    this.cabinetCount = row.cabinetCount;
    this.serviceCount = row.serviceCount;
  }
}

export const RequestConnection = connectionOf(RequestNode, 'Request');

@ObjectType('RequestPayload')
export class RequestPayload {
  @Field(() => RequestNode, { nullable: true })
  request!: RequestNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('RequestChange')
export class RequestChange {
  @Field(() => RequestNode)
  request!: RequestNode;
}
