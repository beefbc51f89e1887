import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { OwnedAssetRow } from './assets.repository.js';
import type { DisposalRow } from './disposals.repository.js';
import type { SpendState } from './domain/spend-state.js';
import { handsOf, SpendHandsNode, SpendStateEnum } from './spend.graphql.js';

@ObjectType('OwnedAsset', { implements: () => [Node], description: '自有资产: written off in a straight line.' })
export class OwnedAssetNode extends Node {
  @Field(() => String)
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => String)
  acquiredOn: string;
  @Field(() => FenScalar)
  cost: bigint;
  @Field(() => FenScalar)
  residual: bigint;
  @Field(() => String, { description: 'YYYY-MM: written off from this month on.' })
  depreciatesFrom: string;
  @Field(() => Int)
  lifeMonths: number;
  @Field(() => SpendStateEnum)
  state: SpendState;
  @Field(() => Int)
  version: number;
  @Field(() => SpendHandsNode)
  hands: SpendHandsNode;

  constructor(readonly row: OwnedAssetRow) {
    super();
    this.id = toNodeId('OwnedAsset', row.id);
    this.code = row.code;
    this.name = row.name;
    this.acquiredOn = row.acquiredOn;
    this.cost = row.cost;
    this.residual = row.residual;
    this.depreciatesFrom = row.depreciatesFrom;
    this.lifeMonths = row.lifeMonths;
    this.state = row.state;
    this.version = row.version;
    this.hands = handsOf(row);
  }
}
export const OwnedAssetConnection = connectionOf(OwnedAssetNode, 'OwnedAsset');

@ObjectType('OwnedAssetDisposal', {
  implements: () => [Node],
  description: '报废: written off no more, and what it was still worth is a cost of that month and center.',
})
export class OwnedAssetDisposalNode extends Node {
  @Field(() => String, { description: 'YYYY-MM-DD' })
  disposedOn: string;
  @Field(() => FenScalar, { description: '处置收入: goes to the treasury and lessens no cost.' })
  proceeds: bigint;
  @Field(() => String, { description: '批准文号' })
  document: string;
  @Field(() => String)
  reason: string;
  @Field(() => SpendStateEnum)
  state: SpendState;
  @Field(() => Int)
  version: number;
  @Field(() => SpendHandsNode)
  hands: SpendHandsNode;
  @Field(() => ID, { nullable: true, description: 'The disposal that this one takes back; null = it is one itself.' })
  reversesId: string | null;
  @Field(() => Boolean, { description: '已冲销: it was taken back and counts in no month.' })
  reversed: boolean;

  constructor(readonly row: DisposalRow) {
    super();
    this.id = toNodeId('OwnedAssetDisposal', row.id);
    this.disposedOn = row.disposedOn;
    this.proceeds = row.proceeds;
    this.document = row.document;
    this.reversesId = row.reversesId && toNodeId('OwnedAssetDisposal', row.reversesId);
    this.reversed = row.reversedById !== null;
    this.reason = row.reason;
    this.state = row.state;
    this.version = row.version;
    this.hands = handsOf(row);
  }
}

@InputType()
export class ReverseAssetDisposalInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID, { description: 'The disposal.' })
  id!: string;
  @Field(() => String, { description: '批准文号' })
  document!: string;
  @Field(() => String)
  reason!: string;
}

@InputType()
export class DisposeOwnedAssetInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  assetId!: string;
  @Field(() => String, { description: 'YYYY-MM-DD' })
  disposedOn!: string;
  @Field(() => FenScalar, { defaultValue: '0' })
  proceeds!: bigint;
  @Field(() => String)
  document!: string;
  @Field(() => String)
  reason!: string;
}

@ObjectType('OwnedAssetMonth', { description: 'What it costs this month, and what it is still worth after it.' })
export class OwnedAssetMonthNode {
  @Field(() => String)
  month!: string;
  @Field(() => FenScalar)
  depreciation!: bigint;
  @Field(() => FenScalar)
  maintenance!: bigint;
  @Field(() => FenScalar)
  power!: bigint;
  @Field(() => FenScalar, { description: '处置损失' })
  writeDown!: bigint;
  @Field(() => FenScalar, { description: '净值' })
  netValue!: bigint;
}

@ObjectType('OwnedAssetUpkeep', { description: 'Per month, from a month on.' })
export class OwnedAssetUpkeepNode {
  @Field(() => String)
  from!: string;
  @Field(() => FenScalar)
  maintenance!: bigint;
  @Field(() => FenScalar)
  power!: bigint;
  @Field(() => String)
  reason!: string;
  @Field(() => String)
  enteredBy!: string;
}

@InputType()
export class EnterOwnedAssetInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => ID)
  centerId!: string;
  @Field(() => String, { description: 'YYYY-MM-DD' })
  acquiredOn!: string;
  @Field(() => FenScalar)
  cost!: bigint;
  @Field(() => FenScalar)
  residual!: bigint;
  @Field(() => Int)
  lifeMonths!: number;
  @Field(() => FenScalar, { defaultValue: '0', description: 'A month.' })
  maintenance!: bigint;
  @Field(() => FenScalar, { defaultValue: '0', description: 'A month.' })
  power!: bigint;
}

@InputType()
export class ChangeUpkeepInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: 'YYYY-MM' })
  from!: string;
  @Field(() => FenScalar)
  maintenance!: bigint;
  @Field(() => FenScalar)
  power!: bigint;
  @Field(() => String)
  reason!: string;
}

@ObjectType()
export class OwnedAssetPayload {
  @Field(() => OwnedAssetNode, { nullable: true })
  asset!: OwnedAssetNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType()
export class OwnedAssetDisposalPayload {
  @Field(() => OwnedAssetDisposalNode, { nullable: true })
  disposal!: OwnedAssetDisposalNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
