import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import { UserError } from '../platform/graphql/user-error.js';
import { DutyRoleEnum } from './alerts.graphql.js';
import type { DutyRole } from './domain/escalation.js';
import { DutyHandOverPointNode } from './shift-log.graphql.js';

@ObjectType('DutyPerson')
export class DutyPersonNode {
  @Field(() => ID)
  userId!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Boolean, { description: 'Whether he has a telephone number: without one only the console tells him.' })
  reachable!: boolean;
}

@ObjectType('DutyShift', { description: '值班: who answers for a desk, from when to when.' })
export class DutyShiftNode {
  @Field(() => ID)
  id!: string;
  @Field(() => CenterNode)
  center!: CenterNode;
  @Field(() => DutyRoleEnum)
  role!: DutyRole;
  @Field(() => ID)
  userId!: string;
  @Field(() => String, { nullable: true })
  person!: string | null;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  to!: Date;
  @Field(() => Boolean, { description: 'Whether it is the viewer’s own.' })
  own!: boolean;
  @Field(() => Int)
  version!: number;
}

@ObjectType('DutyHandOver', { description: '交接班' })
export class DutyHandOverNode {
  @Field(() => ID)
  id!: string;
  @Field(() => DutyShiftNode, { nullable: true })
  shift!: DutyShiftNode | null;
  @Field(() => String, { nullable: true })
  to!: string | null;
  @Field(() => String)
  note!: string;
  @Field(() => Int)
  openAlerts!: number;
  @Field(() => String)
  givenBy!: string;
  @Field(() => Date)
  givenAt!: Date;
  @Field(() => Date, { nullable: true })
  takenAt!: Date | null;
  @Field(() => Date, { nullable: true })
  withdrawnAt!: Date | null;
  @Field(() => [DutyHandOverPointNode], { description: 'What was open when it was offered, and is taken with it.' })
  points!: DutyHandOverPointNode[];
  @Field(() => Boolean, { description: 'It waits for the viewer.' })
  mine!: boolean;
  @Field(() => Boolean)
  mayWithdraw!: boolean;
}

@ObjectType('DutyRoster')
export class DutyRosterNode {
  @Field(() => [DutyShiftNode], { description: 'In their order; 1,500 at most.' })
  shifts!: DutyShiftNode[];
  @Field(() => [DutyShiftNode], { description: 'Who is on duty now.' })
  now!: DutyShiftNode[];
  @Field(() => [DutyHandOverNode], { description: 'The newest first; 30 at most.' })
  handOvers!: DutyHandOverNode[];
  @Field(() => [DutyPersonNode], { description: 'Who may stand on it; none where the viewer makes no roster.' })
  candidates!: DutyPersonNode[];
}

@InputType()
export class DutyShiftInput {
  @Field(() => ID)
  centerId!: string;
  @Field(() => DutyRoleEnum)
  role!: DutyRole;
  @Field(() => ID)
  userId!: string;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  to!: Date;
}

@InputType()
export class AddDutyShiftsInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => [DutyShiftInput], { description: 'All of them or none; 1,000 at most.' })
  rows!: DutyShiftInput[];
}

@InputType()
export class RemoveDutyShiftInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class OfferHandOverInput extends RemoveDutyShiftInput {
  @Field(() => ID)
  toUserId!: string;
  @Field(() => String)
  note!: string;
}

@InputType()
export class EndHandOverInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class DutyPayload {
  @Field(() => Boolean)
  done!: boolean;
  @Field(() => [UserError])
  errors!: UserError[];
}
