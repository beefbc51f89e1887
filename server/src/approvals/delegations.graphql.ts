import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { type Delegation, type DelegationState, delegationState } from './domain/delegation.js';

const DelegationStateEnum = enumOf<DelegationState>(['PLANNED', 'RUNNING', 'ENDED', 'REVOKED']);
registerEnumType(DelegationStateEnum, { name: 'DelegationState' });

@ObjectType('Delegation', {
  implements: () => [Node],
  description: '委托: somebody decides in another’s name for a while.',
})
export class DelegationNode extends Node {
  @Field(() => String)
  delegatorName: string;
  @Field(() => String)
  delegateName: string;
  @Field(() => Boolean, { description: 'The viewer gave it; else he received it.' })
  given: boolean;
  @Field(() => Date)
  from: Date;
  @Field(() => Date, { description: 'Half-open.' })
  until: Date;
  @Field(() => String)
  reason: string;
  @Field(() => DelegationStateEnum)
  state: DelegationState;
  @Field(() => Date, { nullable: true })
  revokedAt: Date | null;

  constructor(row: Delegation, viewerId: string, now: Date) {
    super();
    this.id = toNodeId('Delegation', row.id);
    this.delegatorName = row.delegatorName;
    this.delegateName = row.delegateName;
    this.given = row.delegatorId === viewerId;
    this.from = row.from;
    this.until = row.until;
    this.reason = row.reason;
    this.state = delegationState(row, now);
    this.revokedAt = row.revokedAt;
  }
}

@InputType('DelegateApprovalsInput')
export class DelegateApprovalsInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  delegateId!: string;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  until!: Date;
  @Field(() => String)
  reason!: string;
}

@InputType('RevokeDelegationInput')
export class RevokeDelegationInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType('DelegationPayload')
export class DelegationPayload {
  @Field(() => DelegationNode, { nullable: true })
  delegation!: DelegationNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
