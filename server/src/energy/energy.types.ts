import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import { UserError } from '../platform/graphql/user-error.js';

@ObjectType('MonthEnergy', { description: 'Null is unknown, never nought.' })
export class MonthEnergyNode {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => Number, { nullable: true })
  totalKwh!: number | null;
  @Field(() => Number, { nullable: true })
  itKwh!: number | null;
  @Field(() => Number, { nullable: true, description: 'Over the hours in which both were measured.' })
  pue!: number | null;
  @Field(() => Int)
  knownHours!: number;
  @Field(() => Int, { description: 'That have passed.' })
  hours!: number;
  @Field(() => String, { nullable: true, description: 'METER: read off at the month’s end; READINGS: hours added up.' })
  source!: string | null;
}

@ObjectType('MeasuredFeed', { description: 'A feed of a center, measured within the last quarter of an hour.' })
export class MeasuredFeedNode {
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  powerW!: number;
  @Field(() => Date)
  measuredAt!: Date;
}

@ObjectType('CenterEnergy')
export class CenterEnergyNode {
  @Field(() => Number, { nullable: true, description: 'PUE to reach this year.' })
  target!: number | null;
  @Field(() => [MonthEnergyNode])
  months!: readonly MonthEnergyNode[];
  @Field(() => Number, { nullable: true, description: 'Measured within the last quarter of an hour.' })
  totalPowerW!: number | null;
  @Field(() => Number, { nullable: true })
  itPowerW!: number | null;
  @Field(() => Date, { nullable: true })
  measuredAt!: Date | null;
  @Field(() => [MeasuredFeedNode])
  feeds!: readonly MeasuredFeedNode[];
}

@InputType('SetPueTargetInput')
export class SetPueTargetInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  centerId!: string;
  @Field(() => Int)
  fromYear!: number;
  @Field(() => Int, { description: '130 = 1.30' })
  hundredths!: number;
}

@InputType('RecordEnergyMonthInput')
export class RecordEnergyMonthInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => ID)
  centerId!: string;
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => Int)
  totalKwh!: number;
  @Field(() => Int, { nullable: true })
  itKwh!: number | null;
}

@ObjectType('EnergyPayload')
export class EnergyPayload {
  @Field(() => CenterNode, { nullable: true })
  center!: CenterNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
