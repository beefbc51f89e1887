import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StoredFileNode } from '../files/files.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  CASE_CAUSES,
  CASE_MOVES,
  CASE_STATES,
  type CaseCause,
  type CaseMove,
  type CaseState,
} from './domain/case-state.js';
import { CASE_ACTIONS, CASE_ANSWERS, type CaseAction, type CaseAnswer } from './domain/decide-case.js';
import type { CaseRow } from './reclaim.types.js';

export const ReclaimStateEnum = enumOf(CASE_STATES);
registerEnumType(ReclaimStateEnum, {
  name: 'ReclaimState',
  valuesMap: {
    NOTICED: { description: 'The department may answer; nothing is decided before its time is over.' },
    UNANSWERED: { description: 'Its time is over without an answer.' },
  },
});
const ReclaimCauseEnum = enumOf(CASE_CAUSES);
registerEnumType(ReclaimCauseEnum, { name: 'ReclaimCause' });
const ReclaimActionEnum = enumOf(CASE_ACTIONS);
registerEnumType(ReclaimActionEnum, { name: 'ReclaimAction' });
const ReclaimAnswerEnum = enumOf(CASE_ANSWERS);
registerEnumType(ReclaimAnswerEnum, { name: 'ReclaimAnswer', description: 'What a department says to a notice.' });
const ReclaimStepEnum = enumOf(['OPEN', ...CASE_MOVES] as const);
registerEnumType(ReclaimStepEnum, { name: 'ReclaimStep' });

@ObjectType('ReclaimFigure')
export class ReclaimFigureNode {
  @Field(() => String)
  label!: string;
  @Field(() => String)
  value!: string;
}

@ObjectType('ReclaimEvent', { description: 'One step of a case.' })
export class ReclaimEventNode {
  @Field(() => ID)
  id!: string;
  @Field(() => Date)
  at!: Date;
  @Field(() => String)
  actorName!: string;
  @Field(() => ReclaimStepEnum)
  action!: CaseMove | 'OPEN';
  @Field(() => ReclaimStateEnum)
  toState!: CaseState;
  @Field(() => String, { nullable: true })
  reason!: string | null;
  @Field(() => [StoredFileNode])
  files!: StoredFileNode[];
}

@ObjectType('ReclaimActionAvailability')
export class ReclaimActionAvailability {
  @Field(() => ReclaimActionEnum)
  action!: CaseAction;
  @Field(() => String, { nullable: true, description: 'null = may be done now.' })
  disabledReason!: string | null;
}

@ObjectType('ReclaimCase', { implements: () => [Node], description: '闲置回收案件.' })
export class ReclaimCaseNode extends Node {
  row: CaseRow;
  @Field(() => String, { description: 'e.g. HS-2026-000001.' })
  code: string;
  @Field(() => ReclaimStateEnum)
  state: CaseState;
  @Field(() => ReclaimCauseEnum)
  cause: CaseCause;
  @Field(() => String)
  evidence: string;
  @Field(() => [ReclaimFigureNode])
  figures: ReclaimFigureNode[];
  @Field(() => String)
  openedByName: string;
  @Field(() => Date)
  openedAt: Date;
  @Field(() => Date, { description: 'Until when the department may answer before anything is decided.' })
  dueAt: Date;
  @Field(() => Date, { nullable: true })
  closedAt: Date | null;
  @Field(() => Int)
  version: number;

  constructor(row: CaseRow) {
    super();
    this.row = row;
    this.id = toNodeId('ReclaimCase', row.id);
    this.code = row.code;
    this.state = row.state;
    this.cause = row.cause;
    this.evidence = row.evidence;
    this.figures = row.figures.map((figure) => ({ ...figure }));
    this.openedByName = row.openedByName;
    this.openedAt = row.openedAt;
    this.dueAt = row.dueAt;
    this.closedAt = row.closedAt;
    this.version = row.version;
  }
}

export const ReclaimCaseConnection = connectionOf(ReclaimCaseNode, 'ReclaimCase');

@InputType('ReclaimFigureInput')
export class ReclaimFigureInput {
  @Field(() => String)
  label!: string;
  @Field(() => String)
  value!: string;
}

/** What every case is opened with, whatever it is about. */
@InputType({ isAbstract: true })
export abstract class CaseEvidenceInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, { description: 'Why it seems idle, 1-2000 characters.' })
  evidence!: string;
  @Field(() => [ReclaimFigureInput])
  figures!: ReclaimFigureInput[];
  @Field(() => [ID])
  fileIds!: string[];
}

@InputType('OpenReclaimCaseInput')
export class OpenReclaimCaseInput extends CaseEvidenceInput {
  @Field(() => ID)
  resourceId!: string;
}

@InputType('OpenLineReclaimCaseInput')
export class OpenLineReclaimCaseInput extends CaseEvidenceInput {
  @Field(() => ID)
  lineId!: string;
}

@InputType('ReclaimActInput')
export class ReclaimActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { description: 'Up to 500 characters; only to agree it may be empty.' })
  reason!: string;
  @Field(() => [ID])
  fileIds!: string[];
}

@InputType('ReclaimCaseItem')
export class ReclaimCaseItem {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('AnswerReclaimsInput', { description: 'Each stands alone; up to 50, by one reason.' })
export class AnswerReclaimsInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ReclaimAnswerEnum)
  answer!: CaseAnswer;
  @Field(() => String, { description: 'Up to 500 characters; only to agree it may be empty.' })
  reason!: string;
  @Field(() => [ReclaimCaseItem])
  items!: ReclaimCaseItem[];
}

@InputType('ReclaimCaseFilter')
export class ReclaimCaseFilterInput {
  @Field(() => [ReclaimStateEnum], { nullable: true })
  states!: CaseState[] | null;
  @Field(() => String, { nullable: true })
  search!: string | null;
}

@ObjectType('ReclaimCasePayload')
export class ReclaimCasePayload {
  @Field(() => ReclaimCaseNode, { nullable: true })
  case!: ReclaimCaseNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ReclaimBatchResult', { description: 'Of one case: as it is now, or why nothing was done to it.' })
export class ReclaimBatchResult extends ReclaimCasePayload {
  @Field(() => ID)
  caseId!: string;
}

@ObjectType('ReclaimBatchPayload')
export class ReclaimBatchPayload {
  @Field(() => [ReclaimBatchResult], { description: 'In the order given.' })
  results!: ReclaimBatchResult[];
  @Field(() => [UserError], { description: 'Why nothing was looked at.' })
  errors!: UserError[];
}
