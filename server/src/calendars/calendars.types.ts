import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { CalendarDay, CalendarYearContent } from './domain/calendar-year.js';
import { DAY_KINDS, type DayKind } from './domain/working-days.js';

/** A year as it is kept. `version` null = nobody has entered it: only weekends are free. */
export interface CalendarYear extends CalendarYearContent {
  readonly version: number | null;
  readonly changedAt: Date | null;
  readonly changedBy: string | null;
}

export const DayKindEnum = enumOf(DAY_KINDS);
registerEnumType(DayKindEnum, { name: 'CalendarDayKind' });

@ObjectType('CalendarDay')
export class CalendarDayNode {
  @Field(() => String, { description: 'YYYY-MM-DD in Shanghai.' })
  day!: string;
  @Field(() => DayKindEnum)
  kind!: DayKind;
  @Field(() => String)
  name!: string;
}

@ObjectType('CalendarYear', {
  description: 'What differs from the plain week in one year. Deadlines in working days are counted by it.',
})
export class CalendarYearNode {
  @Field(() => Int)
  year!: number;
  @Field(() => Boolean, { description: 'false = not entered yet: only weekends are free.' })
  published!: boolean;
  @Field(() => String, { nullable: true })
  source!: string | null;
  @Field(() => Int, { description: '0 while it is not entered.' })
  version!: number;
  @Field(() => Date, { nullable: true })
  changedAt!: Date | null;
  @Field(() => String, { nullable: true })
  changedBy!: string | null;
  @Field(() => [CalendarDayNode])
  days!: CalendarDayNode[];
}

export function toYearNode({ version, source, days, ...year }: CalendarYear): CalendarYearNode {
  return {
    ...year,
    published: version !== null,
    source: version === null ? null : source,
    version: version ?? 0,
    days: days.map((day: CalendarDay) => ({ ...day })),
  };
}

@InputType('CalendarDayInput')
export class CalendarDayInput {
  @Field(() => String)
  day!: string;
  @Field(() => DayKindEnum)
  kind!: DayKind;
  @Field(() => String)
  name!: string;
}

@InputType('SaveCalendarYearInput', { description: 'The whole list of one year; what it does not name is gone.' })
export class SaveCalendarYearInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  year!: number;
  @Field(() => Int, { description: '0 for a year that is not entered yet.' })
  expectedVersion!: number;
  @Field(() => String)
  source!: string;
  @Field(() => [CalendarDayInput])
  days!: CalendarDayInput[];
}

@ObjectType('CalendarYearPayload')
export class CalendarYearPayload {
  @Field(() => CalendarYearNode, { nullable: true })
  calendarYear!: CalendarYearNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
