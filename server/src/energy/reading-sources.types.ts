import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { ReadingSourceRow } from './reading-sources.repository.js';

@ObjectType('ReadingSource', {
  implements: () => [Node],
  description: '读数来源: what pushes readings (动环, a gateway of PDUs) with a token of its own.',
})
export class ReadingSourceNode extends Node {
  @Field(() => String)
  name: string;
  @Field(() => Date)
  registeredAt: Date;
  @Field(() => String, { nullable: true })
  registeredBy: string | null;
  @Field(() => Date, { nullable: true, description: 'When it last pushed anything; null = never.' })
  lastPushedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'The newest moment that it told of.' })
  lastReadingAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'Its token opens nothing since.' })
  revokedAt: Date | null;
  @Field(() => String, { nullable: true })
  revokedBy: string | null;
  @Field(() => String, { nullable: true })
  revokeReason: string | null;

  readonly row: ReadingSourceRow;

  constructor(row: ReadingSourceRow) {
    super();
    this.row = row;
    this.id = toNodeId('ReadingSource', row.id);
    this.name = row.name;
    this.registeredAt = row.createdAt;
    this.registeredBy = row.registeredBy;
    this.lastPushedAt = row.lastPushedAt;
    this.lastReadingAt = row.lastReadingAt;
    this.revokedAt = row.revokedAt;
    this.revokedBy = row.revokedBy;
    this.revokeReason = row.revokeReason;
  }
}

@InputType('RegisterReadingSourceInput')
export class RegisterReadingSourceInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String)
  name!: string;
  @Field(() => [ID], { description: 'The centers that it may write.' })
  centerIds!: string[];
}

@InputType('RevokeReadingSourceInput')
export class RevokeReadingSourceInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String)
  reason!: string;
}

@ObjectType('ReadingSourcePayload')
export class ReadingSourcePayload {
  @Field(() => ReadingSourceNode, { nullable: true })
  source!: ReadingSourceNode | null;
  @Field(() => String, {
    nullable: true,
    description: 'Told once, at registration; only its SM3 is kept. Null when the same press asks again.',
  })
  token!: string | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
