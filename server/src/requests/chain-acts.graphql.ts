import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ApprovalRoleEnum } from '../approvals/approvals.graphql.js';
import { ADDED_WHERE, type AddedWhere } from '../approvals/domain/round.js';
import type { StepRole } from '../approvals/domain/step-roles.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { UserError } from '../platform/graphql/user-error.js';
import { RequestNode } from './requests.graphql.js';

const AddedWhereEnum = enumOf(ADDED_WHERE);
registerEnumType(AddedWhereEnum, {
  name: 'AddedWhere',
  valuesMap: {
    BEFORE: { description: 'A step of his own before the current one, which waits.' },
    BESIDE: { description: 'The current step waits for him too.' },
  },
});
export const CANDIDATE_ACTIONS = ['TRANSFER', 'ADD_APPROVER'] as const;
export type CandidateAction = (typeof CANDIDATE_ACTIONS)[number];
export const CandidateActionEnum = enumOf(CANDIDATE_ACTIONS);
registerEnumType(CandidateActionEnum, { name: 'ApproverChoice', description: 'What an approver is looked for.' });

@InputType('TransferRequestInput')
export class TransferRequestInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  personId!: string;
  @Field(() => String, { nullable: true })
  opinion!: string | null;
}

@InputType('AddApproverInput')
export class AddApproverInput extends TransferRequestInput {
  @Field(() => AddedWhereEnum)
  where!: AddedWhere;
}

@InputType('ApproveRequestsItem')
export class ApproveRequestsItem {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('ApproveRequestsInput', { description: 'Each stands alone; up to 50.' })
export class ApproveRequestsInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, { nullable: true })
  opinion!: string | null;
  @Field(() => [ApproveRequestsItem])
  items!: ApproveRequestsItem[];
}

@ObjectType('SignedAs', { description: 'Which signature was given.' })
export class SignedAsNode {
  @Field(() => ApprovalRoleEnum, { nullable: true, description: 'null = as a person who was added.' })
  role!: StepRole | null;
  @Field(() => String, { nullable: true, description: 'Whose delegate signed.' })
  onBehalfOf!: string | null;
  @Field(() => Boolean, { description: 'The step waited for another signature that the same person could have given.' })
  hadChoice!: boolean;
}

@ObjectType('ApproveRequestsResult', { description: 'Of one request: as it is now, or why it was not approved.' })
export class ApproveRequestsResult {
  @Field(() => ID)
  requestId!: string;
  @Field(() => RequestNode, { nullable: true })
  request!: RequestNode | null;
  @Field(() => SignedAsNode, { nullable: true, description: 'null = nothing was signed.' })
  signedAs!: SignedAsNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('ApproveRequestsPayload')
export class ApproveRequestsPayload {
  @Field(() => [ApproveRequestsResult], { description: 'In the order given.' })
  results!: ApproveRequestsResult[];
  @Field(() => [UserError], { description: 'Why nothing was looked at.' })
  errors!: UserError[];
}
