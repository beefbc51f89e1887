import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CenterNode } from '../facilities/facilities.types.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { CONFLICT_WHYS, type ConflictWhy, PLANNED_KINDS, type PlannedKind } from './domain/change-calendar.js';

export const PlannedKindEnum = enumOf(PLANNED_KINDS);
registerEnumType(PlannedKindEnum, { name: 'DutyPlannedKind', description: '变更、封网、演练、计划内切换' });
export const ConflictWhyEnum = enumOf(CONFLICT_WHYS);
registerEnumType(ConflictWhyEnum, {
  name: 'DutyConflictWhy',
  description: 'Frozen then; or of the same machine, system or center at the same time.',
});

@ObjectType('DutyConflict', { description: 'What is planned for the same time and stands in its way.' })
export class ConflictNode {
  @Field(() => ConflictWhyEnum)
  why!: ConflictWhy;
  @Field(() => PlannedKindEnum)
  kind!: PlannedKind;
  @Field(() => ID)
  subjectId!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  title!: string;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  to!: Date;
}

@ObjectType('DutyPlanned', { description: 'A change, a freeze, a drill or a planned switch, with its time.' })
export class PlannedNode {
  @Field(() => PlannedKindEnum)
  kind!: PlannedKind;
  @Field(() => ID, { description: 'Of the ticket, the freeze, the drill or the execution.' })
  subjectId!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  title!: string;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date)
  to!: Date;
  @Field(() => String, { nullable: true, description: 'Of what is no freeze: its state.' })
  state!: string | null;
  @Field(() => Boolean, { description: 'Over, or it changes nothing.' })
  isQuiet!: boolean;
  @Field(() => [CenterNode], { description: 'None = of a freeze all of the province; of others it is not known.' })
  centers!: CenterNode[];
  @Field(() => [String], { description: 'Of which systems.' })
  systems!: string[];
  @Field(() => [ConflictNode], { description: 'The gravest first; at most 20.' })
  conflicts!: ConflictNode[];
}

@ObjectType('DutyCalendar', { description: '变更日历' })
export class DutyCalendarNode {
  @Field(() => [PlannedNode], { description: 'In the order in which they begin.' })
  planned!: PlannedNode[];
  @Field(() => Boolean, { description: 'There are more than are shown: ask for a shorter time.' })
  isCut!: boolean;
}
