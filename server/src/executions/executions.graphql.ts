import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { readIn } from '../kernel/said.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { ShownLoss } from './domain/data-loss.js';
import { EXECUTION_STATES, type ExecutionState } from './domain/execution-state.js';
import {
  EXECUTION_MOMENTS,
  EXECUTION_OUTCOMES,
  type ExecutionKind,
  type ExecutionMoment,
  type ExecutionOutcome,
  type StepAction,
  type StepKind,
  type StepStage,
} from './domain/execution-words.js';
import { dueAt } from './domain/next-move.js';
import { STEP_STATES, type StepState } from './domain/step-state.js';
import { sayUsual } from './domain/usual-texts.js';
import {
  type ApprovalRow,
  EVIDENCE_KINDS,
  type EvidenceKind,
  type EvidenceRow,
  type ExecutionRow,
  type StepRow,
} from './executions.types.js';
import { ExecutionKindEnum, StepActionEnum, StepKindEnum, StepParamsNode, StepStageEnum } from './runbooks.graphql.js';

export const ExecutionStateEnum = enumOf(EXECUTION_STATES);
registerEnumType(ExecutionStateEnum, { name: 'DrExecutionState' });
export const ExecutionOutcomeEnum = enumOf(EXECUTION_OUTCOMES);
registerEnumType(ExecutionOutcomeEnum, { name: 'DrExecutionOutcome' });
export const ExecutionMomentEnum = enumOf(EXECUTION_MOMENTS);
registerEnumType(ExecutionMomentEnum, { name: 'DrExecutionMoment', description: 'T0 to T7, measured.' });
export const StepStateEnum = enumOf(STEP_STATES);
registerEnumType(StepStateEnum, { name: 'DrStepState' });
export const EvidenceKindEnum = enumOf(EVIDENCE_KINDS);
registerEnumType(EvidenceKindEnum, { name: 'DrEvidenceKind' });
const STEP_ACTS = ['HAND_IN', 'CONFIRM', 'SEND_BACK', 'ACCEPT', 'COMMIT', 'ROLL_BACK', 'RETRY'] as const;
export type StepAct = (typeof STEP_ACTS)[number];
export const StepActEnum = enumOf(STEP_ACTS);
registerEnumType(StepActEnum, { name: 'DrStepAct', description: 'What a person does about the step under way.' });
const STEERINGS = ['PAUSE', 'RESUME', 'ROLL_BACK', 'CANCEL', 'CONFIRM', 'CONFIRM_HALTED'] as const;
export type Steering = (typeof STEERINGS)[number];
export const SteeringEnum = enumOf(STEERINGS);
registerEnumType(SteeringEnum, { name: 'DrSteering' });

@ObjectType('DrMoment')
export class MomentNode {
  @Field(() => ExecutionMomentEnum)
  moment!: ExecutionMoment;
  @Field(() => Date)
  at!: Date;
}

@ObjectType('DrApproval')
export class ApprovalNode {
  @Field(() => String)
  by: string;
  @Field(() => ID)
  departmentId: string;
  @Field(() => String, { nullable: true })
  opinion: string | null;
  @Field(() => Date)
  at: Date;

  constructor(row: ApprovalRow) {
    this.by = row.userName;
    this.departmentId = toNodeId('Department', row.departmentId);
    this.opinion = row.opinion;
    this.at = row.approvedAt;
  }
}

@ObjectType('DrEvidence', { description: 'What was shown, done or said; nobody changes it afterwards.' })
export class EvidenceNode {
  @Field(() => EvidenceKindEnum)
  kind: EvidenceKind;
  @Field(() => ID, { nullable: true })
  stepId: string | null;
  @Field(() => String, { description: 'JSON.' })
  content: string;
  @Field(() => String, { description: 'SM3 of the content.' })
  hash: string;
  @Field(() => String)
  by: string;
  @Field(() => Date)
  at: Date;

  constructor(row: EvidenceRow) {
    this.kind = row.kind;
    this.stepId = row.stepId && toNodeId('DrStep', row.stepId);
    this.content = JSON.stringify(row.content);
    this.hash = row.hash;
    this.by = row.recordedBy;
    this.at = row.recordedAt;
  }
}

@ObjectType('DrStep')
export class StepNode {
  @Field(() => ID)
  id: string;
  @Field(() => Int)
  number: number;
  @Field(() => StepStageEnum)
  stage: StepStage;
  @Field(() => StepKindEnum)
  kind: StepKind;
  @Field(() => StepActionEnum)
  action: StepAction;
  @Field(() => String)
  title: string;
  @Field(() => String)
  instruction: string;
  @Field(() => Int)
  timeoutSeconds: number;
  @Field(() => Boolean)
  needsEvidence: boolean;
  @Field(() => Boolean)
  secondCheck: boolean;
  @Field(() => StepParamsNode)
  params: StepParamsNode;
  @Field(() => StepStateEnum)
  state: StepState;
  @Field(() => Int)
  attempts: number;
  @Field(() => Date, { nullable: true })
  claimedAt: Date | null;
  @Field(() => Date, { nullable: true })
  startedAt: Date | null;
  @Field(() => Date, { nullable: true })
  finishedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When its time is over.' })
  dueAt: Date | null;
  @Field(() => String, { nullable: true })
  choice: string | null;
  @Field(() => String, { nullable: true })
  doneBy: string | null;
  @Field(() => String, { nullable: true })
  checkedBy: string | null;
  @Field(() => String, { nullable: true, description: 'JSON.' })
  output: string | null;
  @Field(() => String, { nullable: true })
  outputHash: string | null;
  @Field(() => String, { nullable: true, description: 'What it waits for, or why it failed.' })
  problem: string | null;
  @Field(() => Int)
  version: number;

  constructor(row: StepRow, locale: Locale) {
    this.id = toNodeId('DrStep', row.id);
    this.number = row.number;
    this.stage = row.stage;
    this.kind = row.kind;
    this.action = row.action;
    this.title = sayUsual(row.title)[locale];
    this.instruction =
      row.instructionEn === null
        ? sayUsual(row.instruction)[locale]
        : readIn(locale, row.instruction, row.instructionEn);
    this.timeoutSeconds = row.timeoutSeconds;
    this.needsEvidence = row.needsEvidence === 1;
    this.secondCheck = row.secondCheck === 1;
    this.params = new StepParamsNode(row.params);
    this.state = row.state;
    this.attempts = row.attempts;
    this.claimedAt = row.claimedAt;
    this.startedAt = row.startedAt;
    this.finishedAt = row.finishedAt;
    this.dueAt = row.finishedAt === null ? dueAt(row) : null;
    this.choice = row.choice;
    this.doneBy = row.doneBy;
    this.checkedBy = row.checkedBy;
    this.output = row.output === null ? null : JSON.stringify(row.output);
    this.outputHash = row.outputHash;
    this.problem = row.problem === null ? null : readIn(locale, row.problem, row.problemEn);
    this.version = row.version;
  }
}

@ObjectType('DrShownLoss', { description: 'What a promotion would lose, measured.' })
export class ShownLossNode {
  @Field(() => Int, { nullable: true, description: 'At most so many seconds; null = not known.' })
  seconds: number | null;
  @Field(() => Int, { nullable: true })
  rpoSeconds: number | null;
  @Field(() => [String])
  unknownTiers: readonly string[];
  @Field(() => String, { nullable: true, description: 'To be typed letter by letter; null = nothing.' })
  mustType: string | null;

  constructor(loss: ShownLoss) {
    this.seconds = loss.seconds;
    this.rpoSeconds = loss.rpoSeconds;
    this.unknownTiers = loss.unknownTiers;
    this.mustType = loss.mustType;
  }
}

@ObjectType('DrExecution', { implements: () => [Node], description: '切换、回切: one run of it.' })
export class ExecutionNode extends Node {
  @Field(() => String)
  code: string;
  @Field(() => ID)
  groupId: string;
  @Field(() => String)
  groupName: string;
  @Field(() => ExecutionKindEnum)
  kind: ExecutionKind;
  @Field(() => ExecutionStateEnum)
  state: ExecutionState;
  @Field(() => ExecutionOutcomeEnum, { nullable: true })
  outcome: ExecutionOutcome | null;
  @Field(() => ID, { nullable: true })
  runbookId: string | null;
  @Field(() => Int, { nullable: true })
  runbookNumber: number | null;
  @Field(() => Boolean, { description: 'Nobody had verified that version, and it was accepted so.' })
  unverifiedAccepted: boolean;
  @Field(() => Int, { nullable: true })
  epoch: number | null;
  @Field(() => String)
  reason: string;
  @Field(() => Int, { nullable: true, description: 'As it was shown before the press; null = not known.' })
  shownLossSeconds: number | null;
  @Field(() => String)
  requestedBy: string;
  @Field(() => Boolean)
  underStandingOrder: boolean;
  @Field(() => Date, { nullable: true })
  confirmDueAt: Date | null;
  @Field(() => String, { nullable: true })
  confirmedBy: string | null;
  @Field(() => Date, { nullable: true, description: 'When it is to begin; null = as soon as it is approved.' })
  plannedAt: Date | null;
  @Field(() => Date, { nullable: true })
  pausedAt: Date | null;
  @Field(() => [MomentNode])
  moments: MomentNode[];
  @Field(() => Date)
  createdAt: Date;
  @Field(() => Date, { nullable: true })
  closedAt: Date | null;
  @Field(() => Int)
  version: number;

  constructor(readonly row: ExecutionRow) {
    super();
    this.id = toNodeId('DrExecution', row.id);
    this.code = row.code;
    this.groupId = toNodeId('DrGroup', row.groupId);
    this.groupName = row.groupName;
    this.kind = row.kind;
    this.state = row.state;
    this.outcome = row.outcome;
    this.runbookId = row.runbookId && toNodeId('DrRunbook', row.runbookId);
    this.runbookNumber = row.runbookNumber;
    this.unverifiedAccepted = row.unverifiedAccepted === 1;
    this.epoch = row.epoch;
    this.reason = row.reason;
    this.shownLossSeconds = row.shownLossSeconds;
    this.requestedBy = row.requestedBy;
    this.underStandingOrder = row.standingOrderId !== null;
    this.confirmDueAt = row.confirmDueAt;
    this.confirmedBy = row.confirmedBy;
    this.plannedAt = row.plannedAt;
    this.pausedAt = row.pausedAt;
    this.moments = EXECUTION_MOMENTS.flatMap((moment) => {
      const at = row.moments[moment];
      return at === undefined ? [] : [{ moment, at: new Date(at) }];
    });
    this.createdAt = row.createdAt;
    this.closedAt = row.closedAt;
    this.version = row.version;
  }
}
export const ExecutionConnection = connectionOf(ExecutionNode, 'DrExecution');

@ObjectType('DrExecutionChange')
export class ExecutionChange {
  @Field(() => ExecutionNode)
  execution!: ExecutionNode;
}

@ObjectType('DrExecutionPreview', { description: 'Before anybody presses: what would be lost, or why it cannot be.' })
export class ExecutionPreviewNode {
  @Field(() => ShownLossNode, { nullable: true })
  loss!: ShownLossNode | null;
  @Field(() => ID, { nullable: true })
  fromCenterId!: string | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType('DrExecutionFilter')
export class ExecutionFilterInput {
  @Field(() => [ExecutionKindEnum], { nullable: true })
  kinds?: ExecutionKind[] | null;
  @Field(() => [ExecutionStateEnum], { nullable: true })
  states?: ExecutionState[] | null;
  @Field(() => ID, { nullable: true })
  groupId?: string | null;
  @Field(() => Boolean, { nullable: true })
  openOnly?: boolean | null;
  @Field(() => String, { nullable: true })
  search?: string | null;
}

@InputType()
export class RequestDrExecutionInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  groupId!: string;
  @Field(() => ExecutionKindEnum)
  kind!: ExecutionKind;
  @Field(() => ID, { description: 'Where it is to serve.' })
  toCenterId!: string;
  @Field(() => ID, { description: 'Its newest version is carried out.' })
  runbookId!: string;
  @Field(() => Boolean, { nullable: true })
  acceptUnverified?: boolean | null;
  @Field(() => ID, { nullable: true })
  standingOrderId?: string | null;
  @Field(() => Date, {
    nullable: true,
    description: 'Of one that can wait: within 14 days. Its group is kept for it until then.',
  })
  plannedAt?: Date | null;
  @Field(() => String)
  reason!: string;
}

@InputType()
export class ApproveDrExecutionInput {
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
export class SteerDrExecutionInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => SteeringEnum)
  steering!: Steering;
  @Field(() => String, { nullable: true, description: 'Of a pause, a roll-back and a cancellation.' })
  reason?: string | null;
}

@InputType()
export class ActOnDrStepInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => StepActEnum)
  act!: StepAct;
  @Field(() => String, { nullable: true })
  text?: string | null;
  @Field(() => String, { nullable: true, description: 'What must be typed to accept a loss.' })
  typed?: string | null;
  @Field(() => [ID], { nullable: true })
  fileIds?: string[] | null;
}

@ObjectType('DrExecutionPayload')
export class ExecutionPayload {
  @Field(() => ExecutionNode, { nullable: true })
  execution!: ExecutionNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
