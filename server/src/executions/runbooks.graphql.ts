import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  EXECUTION_KINDS,
  type ExecutionKind,
  STEP_ACTIONS,
  STEP_KINDS,
  STEP_STAGES,
  type StepAction,
  type StepKind,
  type StepStage,
} from './domain/execution-words.js';
import { FENCE_PROOFS, type FenceProof } from './domain/fence-proof.js';
import { type PlannedStep, RUNBOOK_STATES, type RunbookState, type StepParams } from './domain/runbook.js';
import { keptText, sayUsual } from './domain/usual-texts.js';
import type { RunbookRow, RunbookVersion, StandingOrderRow } from './executions.types.js';

export const ExecutionKindEnum = enumOf(EXECUTION_KINDS);
registerEnumType(ExecutionKindEnum, {
  name: 'DrExecutionKind',
  valuesMap: {
    SWITCHOVER: { description: '计划内切换: halted, synchronized to the end, then moved.' },
    FAILOVER: { description: '灾难切换: what is lost is shown and accepted first.' },
    FAILBACK: { description: '回切: back to where it was.' },
  },
});
export const StepKindEnum = enumOf(STEP_KINDS);
registerEnumType(StepKindEnum, { name: 'DrStepKind' });
export const StepStageEnum = enumOf(STEP_STAGES);
registerEnumType(StepStageEnum, { name: 'DrStepStage' });
export const StepActionEnum = enumOf(STEP_ACTIONS);
registerEnumType(StepActionEnum, { name: 'DrStepAction' });
export const FenceProofEnum = enumOf(FENCE_PROOFS);
registerEnumType(FenceProofEnum, { name: 'DrFenceProof', description: 'A lease that ran out is none of them.' });
export const RunbookStateEnum = enumOf(RUNBOOK_STATES);
registerEnumType(RunbookStateEnum, {
  name: 'DrRunbookState',
  valuesMap: { NEEDS_VERIFIED: { description: 'Nobody but its author has looked at this version.' } },
});

@ObjectType('DrStepParams', { description: 'What an action is told; null where it is not asked.' })
export class StepParamsNode {
  @Field(() => FenceProofEnum, { nullable: true })
  proof: FenceProof | null;
  @Field(() => [String])
  cidrs: readonly string[];
  @Field(() => String, { nullable: true })
  fenceClass: string | null;
  @Field(() => [String], { description: 'BareMetalHosts, "namespace/name".' })
  hosts: readonly string[];
  @Field(() => String, { nullable: true })
  url: string | null;
  @Field(() => [String], {
    description:
      'Tiers, those that others depend on first; behind a name what must answer before the next (http, https or tcp).',
  })
  order: readonly string[];

  constructor(of: StepParams) {
    this.proof = of.proof ?? null;
    this.cidrs = of.cidrs ?? [];
    this.fenceClass = of.fenceClass ?? null;
    this.hosts = of.hosts ?? [];
    this.url = of.url ?? null;
    this.order = of.order ?? [];
  }
}

@ObjectType('DrPlannedStep', { description: 'A step as a runbook has it.' })
export class PlannedStepNode {
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
  @Field(() => Int)
  retries: number;
  @Field(() => Boolean)
  needsEvidence: boolean;
  @Field(() => Boolean)
  secondCheck: boolean;
  @Field(() => StepParamsNode)
  params: StepParamsNode;

  constructor(of: PlannedStep, locale: Locale) {
    this.stage = of.stage;
    this.kind = of.kind;
    this.action = of.action;
    this.title = sayUsual(of.title)[locale];
    this.instruction = sayUsual(of.instruction)[locale];
    this.timeoutSeconds = of.timeoutSeconds;
    this.retries = of.retries;
    this.needsEvidence = of.needsEvidence;
    this.secondCheck = of.secondCheck;
    this.params = new StepParamsNode(of.params);
  }
}

@ObjectType('DrRunbookVersion', { description: 'Its text never changes; what is edited is another version.' })
export class RunbookVersionNode {
  @Field(() => Int)
  number: number;
  @Field(() => RunbookStateEnum)
  state: RunbookState;
  @Field(() => String, { description: 'SM3 of its steps.' })
  hash: string;
  @Field(() => String)
  authoredBy: string;
  @Field(() => Date)
  authoredAt: Date;
  @Field(() => String, { nullable: true })
  verifiedBy: string | null;
  @Field(() => Date, { nullable: true })
  verifiedAt: Date | null;
  @Field(() => Boolean, { description: 'Verified by having been carried out to its end, not by being read.' })
  byExecution: boolean;
  @Field(() => [PlannedStepNode])
  steps: PlannedStepNode[];

  constructor(of: RunbookVersion, locale: Locale) {
    this.number = of.number;
    this.state = of.state;
    this.hash = of.hash;
    this.authoredBy = of.authoredBy;
    this.authoredAt = of.authoredAt;
    this.verifiedBy = of.verifiedBy;
    this.verifiedAt = of.verifiedAt;
    this.byExecution = of.verifiedHow === 'EXECUTION';
    this.steps = of.steps.map((step) => new PlannedStepNode(step, locale));
  }
}

@ObjectType('DrRunbook', { implements: () => [Node], description: '预案 of one group.' })
export class RunbookNode extends Node {
  @Field(() => ExecutionKindEnum)
  kind: ExecutionKind;
  @Field(() => String)
  name: string;
  @Field(() => ID)
  groupId: string;
  @Field(() => Int)
  version: number;
  @Field(() => Date)
  createdAt: Date;

  constructor(readonly row: RunbookRow) {
    super();
    this.id = toNodeId('DrRunbook', row.id);
    this.kind = row.kind;
    this.name = row.name;
    this.groupId = toNodeId('DrGroup', row.groupId);
    this.version = row.version;
    this.createdAt = row.createdAt;
  }
}
export const RunbookConnection = connectionOf(RunbookNode, 'DrRunbook');

@ObjectType('DrStandingOrder', { implements: () => [Node], description: '预授权: signed by a leader in advance.' })
export class StandingOrderNode extends Node {
  @Field(() => [ID], { nullable: true, description: 'Null = every group.' })
  groupIds: string[] | null;
  @Field(() => [ExecutionKindEnum])
  kinds: readonly ExecutionKind[];
  @Field(() => String, { description: 'On what it may be used.' })
  trigger: string;
  @Field(() => String)
  holder: string;
  @Field(() => Boolean, { description: 'Whoever asks holds it.' })
  mine: boolean;
  @Field(() => String)
  signedBy: string;
  @Field(() => Date)
  signedAt: Date;
  @Field(() => Date)
  from: Date;
  @Field(() => Date)
  until: Date;
  @Field(() => String, { nullable: true })
  revokedBy: string | null;
  @Field(() => Date, { nullable: true })
  revokedAt: Date | null;

  constructor(row: StandingOrderRow, viewerId: string) {
    super();
    this.id = toNodeId('DrStandingOrder', row.id);
    this.groupIds = row.groupIds?.map((id) => toNodeId('DrGroup', id)) ?? null;
    this.kinds = row.kinds;
    this.trigger = row.triggerText;
    this.holder = row.holder;
    this.mine = row.holderId === viewerId;
    this.signedBy = row.signedBy;
    this.signedAt = row.signedAt;
    this.from = row.validFrom;
    this.until = row.validUntil;
    this.revokedBy = row.revokedBy;
    this.revokedAt = row.revokedAt;
  }
}

@ObjectType('DrOrderHolder', { description: 'Somebody who could press under an advance approval.' })
export class OrderHolderNode {
  @Field(() => ID)
  userId!: string;
  @Field(() => String)
  name!: string;
}

@InputType('DrRunbookFilter')
export class RunbookFilterInput {
  @Field(() => ID, { nullable: true })
  groupId?: string | null;
  @Field(() => [ExecutionKindEnum], { nullable: true })
  kinds?: ExecutionKind[] | null;
  @Field(() => [RunbookStateEnum], { nullable: true, description: 'Of the newest version.' })
  states?: RunbookState[] | null;
  @Field(() => String, { nullable: true })
  search?: string | null;
}

@InputType('DrStepParamsInput')
export class StepParamsInput {
  @Field(() => FenceProofEnum, { nullable: true })
  proof?: FenceProof | null;
  @Field(() => [String], { nullable: true })
  cidrs?: string[] | null;
  @Field(() => String, { nullable: true })
  fenceClass?: string | null;
  @Field(() => [String], { nullable: true })
  hosts?: string[] | null;
  @Field(() => String, { nullable: true })
  url?: string | null;
  @Field(() => [String], { nullable: true })
  order?: string[] | null;
}

@InputType('DrPlannedStepInput')
export class PlannedStepInput {
  @Field(() => StepStageEnum)
  stage!: StepStage;
  @Field(() => StepKindEnum)
  kind!: StepKind;
  @Field(() => StepActionEnum)
  action!: StepAction;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  instruction!: string;
  @Field(() => Int)
  timeoutSeconds!: number;
  @Field(() => Int)
  retries!: number;
  @Field(() => Boolean)
  needsEvidence!: boolean;
  @Field(() => Boolean)
  secondCheck!: boolean;
  @Field(() => StepParamsInput)
  params!: StepParamsInput;
}

/** null and empty are nobody's wish: they are left out, so that the same text has the same hash. */
export function plannedSteps(inputs: readonly PlannedStepInput[]): PlannedStep[] {
  return inputs.map(({ params, ...step }) => ({
    ...{ ...step, title: keptText(step.title), instruction: keptText(step.instruction) },
    params: {
      ...(params.proof ? { proof: params.proof } : {}),
      ...(params.cidrs?.length ? { cidrs: params.cidrs } : {}),
      ...(params.fenceClass ? { fenceClass: params.fenceClass } : {}),
      ...(params.hosts?.length ? { hosts: params.hosts } : {}),
      ...(params.url ? { url: params.url } : {}),
      ...(params.order?.length ? { order: params.order } : {}),
    },
  }));
}

@InputType()
export class CreateDrRunbookInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  groupId!: string;
  @Field(() => ExecutionKindEnum)
  kind!: ExecutionKind;
  @Field(() => String)
  name!: string;
  @Field(() => [PlannedStepInput])
  steps!: PlannedStepInput[];
}

@InputType()
export class EditDrRunbookInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => [PlannedStepInput])
  steps!: PlannedStepInput[];
}

@InputType()
export class VerifyDrRunbookInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int, { description: 'The version that was read.' })
  number!: number;
}

@InputType()
export class SignDrStandingOrderInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => [ID], { nullable: true, description: 'Null = every group.' })
  groupIds?: string[] | null;
  @Field(() => [ExecutionKindEnum])
  kinds!: ExecutionKind[];
  @Field(() => String)
  trigger!: string;
  @Field(() => ID)
  holderId!: string;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  until!: Date;
}

@InputType()
export class RevokeDrStandingOrderInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
}

@ObjectType('DrRunbookPayload')
export class RunbookPayload {
  @Field(() => RunbookNode, { nullable: true })
  runbook!: RunbookNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('DrStandingOrderPayload')
export class StandingOrderPayload {
  @Field(() => StandingOrderNode, { nullable: true })
  order!: StandingOrderNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
