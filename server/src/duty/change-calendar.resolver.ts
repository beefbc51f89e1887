import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { badInput } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { ConflictNode, DutyCalendarNode, PlannedNode } from './change-calendar.graphql.js';
import { ChangeCalendar, type PlannedItem, type PlannedWith } from './change-calendar.service.js';
import { CONFLICTS_KEPT, type Conflict } from './domain/change-calendar.js';
import { TicketNode } from './tickets.graphql.js';

const DAY_MS = 86_400_000;
/** Two months, as a month's page begins and ends within weeks of its neighbours. */
const SPAN_DAYS_MAX = 62;

@Resolver(() => TicketNode)
export class ChangeCalendarResolver {
  constructor(
    private readonly calendar: ChangeCalendar,
    private readonly facilities: FacilitiesService,
    private readonly systems: SystemsService,
  ) {}

  @Query(() => DutyCalendarNode, {
    description: '变更日历: changes, freezes, drills and planned switches of at most 62 days.',
  })
  async dutyCalendar(
    @Context() ctx: RequestContext,
    @Args('from', { type: () => Date }) from: Date,
    @Args('to', { type: () => Date }) to: Date,
  ): Promise<DutyCalendarNode> {
    ctx.require('DUTY', 'READ');
    const days = (to.getTime() - from.getTime()) / DAY_MS;
    if (!(days > 0 && days <= SPAN_DAYS_MAX)) throw badInput(`1 to ${SPAN_DAYS_MAX} days`);
    const { isCut, planned } = await this.calendar.between(from, to);
    return { isCut, planned: await Promise.all(planned.map((item) => this.node(ctx, item))) };
  }

  @ResolveField(() => [ConflictNode], {
    description: 'Of a change that is not over: what is planned for the same time and stands in its way.',
  })
  async conflicts(@Context() ctx: RequestContext, @Parent() { row }: TicketNode): Promise<ConflictNode[]> {
    return nodesOf(await ctx.loader(this.calendar.conflictsOf).load(row), ctx);
  }

  private async node(ctx: RequestContext, item: PlannedWith): Promise<PlannedNode> {
    const centers = ctx.loader(this.facilities.centersByIds);
    const systems = ctx.loader(this.systems.systems);
    const { code, conflicts, fromAt, isQuiet, kind, nodeId, state, title, toAt } = item;
    return {
      ...{ kind, subjectId: nodeId, code, title: title[ctx.locale], from: fromAt, to: toAt, state, isQuiet },
      centers: (await Promise.all((item.centerIds ?? []).map((id) => centers.load(id)))).flatMap((center) =>
        center ? [new CenterNode(center)] : [],
      ),
      systems: (await Promise.all(item.systemIds.map((id) => systems.load(id)))).flatMap(
        (system) => system?.name ?? [],
      ),
      conflicts: nodesOf(conflicts, ctx),
    };
  }
}

function nodesOf(conflicts: readonly Conflict<PlannedItem>[], { locale }: RequestContext): ConflictNode[] {
  return conflicts.slice(0, CONFLICTS_KEPT).map(({ why, with: other }) => {
    const { code, fromAt, kind, nodeId, title, toAt } = other;
    return { why, kind, subjectId: nodeId, code, title: title[locale], from: fromAt, to: toAt };
  });
}
