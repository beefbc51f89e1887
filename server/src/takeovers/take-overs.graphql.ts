import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import { TAKE_OVER_STATES, type TakeOverState } from './domain/take-over.js';

const TakeOverStateEnum = enumOf(TAKE_OVER_STATES);
registerEnumType(TakeOverStateEnum, { name: 'TakeOverState' });

@ObjectType('TakeOverDifference')
export class TakeOverDifferenceNode {
  @Field(() => String)
  path!: string;
  @Field(() => String, { nullable: true, description: 'JSON, as it is; null = it is not there.' })
  before!: string | null;
  @Field(() => String, { description: 'JSON, as it would be.' })
  after!: string;
}

@ObjectType('TakeOverConflict')
export class TakeOverConflictNode {
  @Field(() => String, { description: 'Who owns the field, as the cluster names its field managers.' })
  manager!: string;
  @Field(() => String)
  field!: string;
}

@ObjectType('TakeOverShown', {
  description: 'What the cluster said that taking it over would write; nothing was written.',
})
export class TakeOverShownNode {
  @Field(() => String)
  hash!: string;
  @Field(() => String)
  resourceVersion!: string;
  @Field(() => [TakeOverDifferenceNode])
  differences!: TakeOverDifferenceNode[];
  @Field(() => [TakeOverConflictNode], { description: 'Fields of others that it would take from them.' })
  conflicts!: TakeOverConflictNode[];
  @Field(() => [String], { description: 'All fields that the console would own.' })
  owned!: string[];
}

@ObjectType('TakeOver', { description: '纳入管理: from only observing a machine to driving it, by two people.' })
export class TakeOverNode {
  @Field(() => TakeOverStateEnum)
  state!: TakeOverState;
  @Field(() => Int)
  version!: number;
  @Field(() => TakeOverShownNode, { description: 'What was shown, and is signed.' })
  shown!: TakeOverShownNode;
  @Field(() => String)
  proposedBy!: string;
  @Field(() => Date)
  proposedAt!: Date;
  @Field(() => String, { nullable: true })
  decidedBy!: string | null;
  @Field(() => Date, { nullable: true })
  decidedAt!: Date | null;
  @Field(() => String, { nullable: true })
  opinion!: string | null;
  @Field(() => Boolean, { description: 'The viewer may approve or return it.' })
  mayDecide!: boolean;
  @Field(() => Boolean)
  mayWithdraw!: boolean;
}

@ObjectType('TakeOverPreview')
export class TakeOverPreviewNode {
  @Field(() => Date)
  readAt!: Date;
  @Field(() => String)
  namespace!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int, { nullable: true, description: 'As it runs now; null = not known.' })
  vcpu!: number | null;
  @Field(() => Int, { nullable: true })
  memoryMib!: number | null;
  @Field(() => [String], { description: 'They stay as they are, and are applied by nobody here.' })
  disks!: string[];
  @Field(() => [String], { description: 'Who wrote fields of it, the latest first.' })
  managers!: string[];
  @Field(() => [String], { description: 'What stands against it now; none = it may be proposed.' })
  stops!: string[];
  @Field(() => TakeOverShownNode, {
    nullable: true,
    description: 'A dry run of now; null = something stands against it.',
  })
  shown!: TakeOverShownNode | null;
  @Field(() => TakeOverNode, { nullable: true, description: 'The newest that was proposed.' })
  newest!: TakeOverNode | null;
  @Field(() => Boolean)
  mayPropose!: boolean;
}

@InputType('ProposeTakeOverInput')
export class ProposeTakeOverInput {
  @Field(() => ID, { description: 'Of the resource.' })
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int, { description: 'Of the resource.' })
  expectedVersion!: number;
  @Field(() => String, { description: 'Of what was shown.' })
  shownHash!: string;
}

@InputType('DecideTakeOverInput')
export class DecideTakeOverInput {
  @Field(() => ID, { description: 'Of the resource.' })
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int, { description: 'Of what was proposed.' })
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  opinion?: string | null;
}
