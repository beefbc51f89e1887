import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { LinkMode } from './domain/dr-link.js';
import { LinkModeEnum } from './resilience.graphql.js';

@ObjectType('DrLinkModeRequest', { description: 'Asked by one; nothing has changed yet.' })
export class DrLinkModeRequestNode {
  @Field(() => LinkModeEnum)
  toMode!: LinkMode;
  @Field(() => String)
  reason!: string;
  @Field(() => String)
  askedBy!: string;
  @Field(() => Date)
  askedAt!: Date;
  @Field(() => Boolean, { description: 'The viewer is another, of another department, and may agree.' })
  mayAgree!: boolean;
}

@ObjectType('DrLinkModeChange', { description: 'Signed by two people of different departments.' })
export class DrLinkModeChangeNode {
  @Field(() => LinkModeEnum)
  fromMode!: LinkMode;
  @Field(() => LinkModeEnum)
  toMode!: LinkMode;
  @Field(() => String)
  reason!: string;
  @Field(() => String)
  askedBy!: string;
  @Field(() => String)
  agreedBy!: string;
  @Field(() => Date)
  agreedAt!: Date;
}

@InputType('DrLinkInput')
export class DrLinkInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('AskDrLinkModeInput')
export class AskDrLinkModeInput extends DrLinkInput {
  @Field(() => LinkModeEnum)
  toMode!: LinkMode;
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}
