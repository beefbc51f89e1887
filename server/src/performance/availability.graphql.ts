import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { SystemNode } from '../systems/systems.types.js';

@ObjectType('AvailabilityReading', { description: '可用性台账: what was entered of a system and month.' })
export class AvailabilityReadingNode {
  @Field(() => Int)
  downMinutes!: number;
  @Field(() => Int, { description: 'Of these, those that do not count.' })
  excusedMinutes!: number;
  @Field(() => String, { description: 'From which report or monitoring.' })
  source!: string;
  @Field(() => String)
  enteredBy!: string;
  @Field(() => Date)
  enteredAt!: Date;
}

@ObjectType('AvailabilityProposal', { description: 'What the book of outages says of a system and month.' })
export class AvailabilityProposalNode {
  @Field(() => Int, { description: 'Each minute once.' })
  downMinutes!: number;
  @Field(() => Int)
  excusedMinutes!: number;
  @Field(() => [String])
  codes!: string[];
}

@ObjectType('SystemAvailability')
export class SystemAvailabilityNode {
  @Field(() => SystemNode)
  system!: SystemNode;
  @Field(() => String)
  month!: string;
  @Field(() => Int)
  minutesOfMonth!: number;
  @Field(() => AvailabilityReadingNode, { nullable: true, description: 'null = nobody has entered it.' })
  reading!: AvailabilityReadingNode | null;
  @Field(() => AvailabilityProposalNode, {
    nullable: true,
    description: 'null = the book of outages names no outage of it, or is not the viewer’s to read.',
  })
  recorded!: AvailabilityProposalNode | null;
}

const AvailabilityConnection = connectionOf(SystemAvailabilityNode, 'SystemAvailability');

@ObjectType('SystemAvailabilityPage')
export class SystemAvailabilityPage extends AvailabilityConnection {
  @Field(() => Boolean, { description: 'Only a month that is over is entered.' })
  isOver!: boolean;
}

@InputType()
export class RecordAvailabilityInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => String, { description: 'A month that is over, 2026-10.' })
  month!: string;
  @Field(() => Int)
  downMinutes!: number;
  @Field(() => Int, { description: 'Of these, those that do not count.' })
  excusedMinutes!: number;
  @Field(() => String, { description: 'From which report or monitoring.' })
  source!: string;
}

@ObjectType()
export class RecordAvailabilityPayload {
  @Field(() => Boolean)
  recorded!: boolean;
  @Field(() => [UserError])
  errors!: UserError[];
}
