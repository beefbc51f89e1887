import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { UserError } from '../platform/graphql/user-error.js';
import { ContractNode } from './contracts.graphql.js';
import { AssessedFaultNode, AssessmentNode, ContractEntryNode, OfContractInput } from './entries.graphql.js';

@ObjectType('DeductionProposal', { description: 'What the book of outages says against a contract in a month.' })
export class DeductionProposalNode {
  @Field(() => ContractNode)
  contract!: ContractNode;
  @Field(() => Int, { description: 'Each minute once.' })
  downMinutes!: number;
  @Field(() => Int, { description: 'Of them what does not count: agreed maintenance, another’s fault.' })
  excusedMinutes!: number;
  @Field(() => [AssessedFaultNode])
  faults!: AssessedFaultNode[];
  @Field(() => AssessmentNode, { nullable: true, description: 'What it would come to; a deduction of 0 is none.' })
  assessment!: AssessmentNode | null;
  @Field(() => ContractEntryNode, { nullable: true, description: 'The deduction of the month that stands or waits.' })
  entry!: ContractEntryNode | null;
  @Field(() => Boolean, { description: 'It was reckoned from something else than what the book says now.' })
  differs!: boolean;
}

@ObjectType('DeductionProposals')
export class DeductionProposalsNode {
  @Field(() => String)
  month!: string;
  @Field(() => Boolean, { description: 'Only a month that is over is assessed.' })
  isOver!: boolean;
  @Field(() => Int, { description: 'Contracts that are assessed; the first of them by number are here.' })
  totalCount!: number;
  @Field(() => [DeductionProposalNode])
  proposals!: DeductionProposalNode[];
}

@InputType()
export class LeftOutInput {
  @Field(() => ID)
  outageId!: string;
  @Field(() => String)
  reason!: string;
}

@InputType()
export class RecordedDeductionInput extends OfContractInput {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => [LeftOutInput], { defaultValue: [], description: 'Outages that this contract does not answer for.' })
  leftOut!: LeftOutInput[];
  @Field(() => [ID], {
    defaultValue: [],
    description: 'Further evidence; the book of outages is kept beside it anyway.',
  })
  fileIds!: string[];
}

@ObjectType()
export class AssessmentPreview {
  @Field(() => AssessmentNode, { nullable: true })
  assessment!: AssessmentNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
