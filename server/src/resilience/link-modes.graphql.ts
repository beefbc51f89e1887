import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { CenterRole } from '../facilities/domain/facility.js';
import { CenterRoleEnum } from '../facilities/facilities.types.js';
import type { LinkMode } from './domain/dr-link.js';
import type { ShownLevel } from './domain/dr-signal.js';
import { LinkModeEnum, SignalLevelEnum } from './resilience.graphql.js';

@ObjectType('DrArbiterReach', { description: 'How one end of a link reaches the arbiter, as it was asked lately.' })
export class DrArbiterReachNode {
  @Field(() => CenterRoleEnum)
  from!: CenterRole;
  @Field(() => Int, { description: 'Percent of its ways that answered.' })
  percent!: number;
  @Field(() => SignalLevelEnum)
  level!: ShownLevel;
  @Field(() => Date)
  observedAt!: Date;
}

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
