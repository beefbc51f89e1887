import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { DrillKind, DrillState } from './domain/drill-state.js';
import { DrillKindEnum, DrillStateEnum } from './drills.graphql.js';

@InputType('DrDrillFilter')
export class DrillFilterInput {
  @Field(() => [DrillStateEnum], { nullable: true })
  states?: DrillState[] | null;
  @Field(() => [DrillKindEnum], { nullable: true })
  kinds?: DrillKind[] | null;
  @Field(() => ID, { nullable: true })
  groupId?: string | null;
  @Field(() => String, { nullable: true, description: 'In its code, the group’s name or the scenario.' })
  search?: string | null;
}

@InputType('DrDrillOwnItemInput')
export class OwnItemInput {
  @Field(() => String, { description: '1-200 characters.' })
  title!: string;
  @Field(() => Int, { description: '60 to 86,400.' })
  limitSeconds!: number;
}

@InputType('PlanDrDrillInput')
export class PlanDrillInput {
  @Field(() => ID)
  groupId!: string;
  @Field(() => DrillKindEnum)
  kind!: DrillKind;
  @Field(() => ID, { nullable: true, description: 'Where the copies stand; of a tabletop exercise none.' })
  centerId?: string | null;
  @Field(() => String, { description: '1-500 characters: what is assumed to have happened.' })
  scenario!: string;
  @Field(() => Date)
  plannedAt!: Date;
  @Field(() => Int, { description: '1 to 72: so long after its precheck all of it is taken away.' })
  cleanupHours!: number;
  @Field(() => [OwnItemInput], { description: 'At most 20; they come when the machines answer.' })
  items!: OwnItemInput[];
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('DrDrillInput')
export class DrillInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('EndDrDrillInput')
export class EndDrillInput extends DrillInput {
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}

@InputType('PressDrDrillItemInput')
export class PressItemInput extends DrillInput {
  @Field(() => Int)
  number!: number;
  @Field(() => Boolean, { description: 'false = it failed; the note says why.' })
  done!: boolean;
  @Field(() => String, { description: 'Up to 500 characters.' })
  note!: string;
}

@InputType('AssignDrTicketInput')
export class AssignTicketInput extends DrillInput {
  @Field(() => String, { description: '1-100 characters.' })
  ownerName!: string;
  @Field(() => String, { description: 'A date, today or later.' })
  dueOn!: string;
}

@InputType('DoneDrTicketInput')
export class DoneTicketInput extends DrillInput {
  @Field(() => String, { description: '1-500 characters: how it was put right.' })
  note!: string;
}
