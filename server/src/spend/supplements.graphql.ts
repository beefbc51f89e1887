import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import { AssessmentRuleInput, AssessmentRuleNode, ContractServiceInput } from './contracts.graphql.js';
import type { ContractService } from './domain/contract.js';
import type { SpendState } from './domain/spend-state.js';
import type { AgreedTerms } from './domain/supplement.js';
import { handsOf, SpendHandsNode, SpendStateEnum } from './spend.graphql.js';
import { readStored, type SupplementRow } from './supplements.repository.js';

@ObjectType('AgreedService')
export class AgreedServiceNode {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  unit!: string;
  @Field(() => String, { description: 'Yuan for one unit.' })
  unitPrice!: string;
}

@ObjectType('AgreedTerms', { description: 'What a supplement may say anew of a contract.' })
export class AgreedTermsNode {
  @Field(() => FenScalar)
  ceiling: bigint;
  @Field(() => FenScalar, { description: '预付款上限' })
  advanceLimit: bigint;
  @Field(() => String, { description: 'The day after the last.' })
  to: string;
  @Field(() => [AgreedServiceNode])
  services: readonly ContractService[];

  constructor({ advanceLimit, ceiling, services, to }: AgreedTerms) {
    this.ceiling = ceiling;
    this.advanceLimit = advanceLimit;
    this.to = to;
    this.services = services;
  }
}

@ObjectType('ContractSupplement', {
  implements: () => [Node],
  description: '补充协议: what a contract says anew from a day on, by two people; what held before is kept.',
})
export class ContractSupplementNode extends Node {
  @Field(() => String)
  number: string;
  @Field(() => String, { description: 'YYYY-MM-DD' })
  signedOn: string;
  @Field(() => String, {
    description: 'YYYY-MM-DD: from this day on it holds; days before are judged by what held then.',
  })
  from: string;
  @Field(() => String)
  reason: string;
  @Field(() => AgreedTermsNode)
  terms: AgreedTermsNode;
  @Field(() => AgreedTermsNode, {
    nullable: true,
    description: 'What it took the place of; null = it is not in force.',
  })
  former: AgreedTermsNode | null;
  @Field(() => AssessmentRuleNode, { nullable: true, description: '考核规则 that it agrees on; null = as it is.' })
  assessment: AssessmentRuleNode | null;
  @Field(() => SpendStateEnum)
  state: SpendState;
  @Field(() => Int)
  version: number;
  @Field(() => SpendHandsNode)
  hands: SpendHandsNode;

  constructor(readonly row: SupplementRow) {
    super();
    this.id = toNodeId('ContractSupplement', row.id);
    this.number = row.number;
    this.signedOn = row.signedOn;
    this.from = row.fromDate;
    this.reason = row.reason;
    this.assessment = row.assessment && {
      ...{ from: row.fromDate.slice(0, 7), ...row.assessment },
      contractCap: row.assessment.contractCap ?? null,
    };
    this.terms = new AgreedTermsNode({ ...row, to: row.toDate });
    this.former = row.former && new AgreedTermsNode(readStored(row.former));
    this.state = row.state;
    this.version = row.version;
    this.hands = handsOf(row);
  }
}

@InputType({ description: 'What is left out stays as it is.' })
export class EnterContractSupplementInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  contractId!: string;
  @Field(() => String)
  number!: string;
  @Field(() => String, { description: 'YYYY-MM-DD' })
  signedOn!: string;
  @Field(() => String, { description: 'YYYY-MM-DD, from which it holds.' })
  from!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => FenScalar, { nullable: true })
  ceiling!: bigint | null;
  @Field(() => FenScalar, { nullable: true })
  advanceLimit!: bigint | null;
  @Field(() => String, { nullable: true, description: 'YYYY-MM-DD, the day after the last.' })
  to!: string | null;
  @Field(() => [ContractServiceInput], {
    nullable: true,
    description: 'All services with their prices, as agreed anew.',
  })
  services!: ContractServiceInput[] | null;
  @Field(() => AssessmentRuleInput, {
    nullable: true,
    description:
      '考核规则 from the month of `from` on, also of a contract that had none; months that were assessed keep theirs.',
  })
  assessment!: AssessmentRuleInput | null;
}

@ObjectType()
export class ContractSupplementPayload {
  @Field(() => ContractSupplementNode, { nullable: true })
  supplement!: ContractSupplementNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
