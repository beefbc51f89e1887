import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { CalendarsService } from './calendars.service.js';
import { CalendarYearNode, CalendarYearPayload, SaveCalendarYearInput, toYearNode } from './calendars.types.js';

@Resolver(() => CalendarYearNode)
export class CalendarsResolver {
  constructor(private readonly calendars: CalendarsService) {}

  @Query(() => [CalendarYearNode], { description: 'The working days by year, this year and the next in any case.' })
  async calendarYears(@Context() ctx: RequestContext): Promise<CalendarYearNode[]> {
    ctx.require('CALENDAR', 'READ');
    return (await this.calendars.years()).map(toYearNode);
  }

  @Mutation(() => CalendarYearPayload)
  async saveCalendarYear(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveCalendarYearInput,
  ): Promise<CalendarYearPayload> {
    ctx.require('CALENDAR', 'EDIT');
    const saved = await this.calendars.save(ctx.requireViewer(), {
      ...input,
      days: input.days.map((day) => ({ ...day })),
    });
    if (!saved.ok) return { calendarYear: null, errors: toUserErrors(saved.error, ctx.locale) };
    const year = (await this.calendars.years()).find((one) => one.year === saved.value.year);
    return { calendarYear: year ? toYearNode(year) : null, errors: [] };
  }
}
