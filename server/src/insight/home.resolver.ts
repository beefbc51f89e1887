import { Context, Field, Int, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mayReadFacilities } from '../facilities/domain/facility.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { Replacements } from '../replacements/replacements.service.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { SealsService } from '../seals/seals.service.js';
import { Backups } from '../workorders/backups.service.js';

@ObjectType('StateCount')
export class StateCount {
  @Field(() => String)
  state!: string;
  @Field(() => Int)
  count!: number;
}

/** Every field is counted within what the viewer may read; what they may not read is empty, not refused. */
@ObjectType('Home')
export class HomeNode {}

@Resolver(() => HomeNode)
export class HomeResolver {
  constructor(
    private readonly requests: RequestsService,
    private readonly resources: ResourcesService,
    private readonly facilities: FacilitiesService,
    private readonly backups: Backups,
    private readonly seals: SealsService,
    private readonly replacements: Replacements,
  ) {}

  @Query(() => HomeNode)
  home(@Context() ctx: RequestContext): HomeNode {
    ctx.requireViewer();
    return new HomeNode();
  }

  @ResolveField(() => Int, { description: 'Requests the viewer can act upon now.' })
  async awaitingMe(@Context() ctx: RequestContext): Promise<number> {
    const viewer = ctx.requireViewer();
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    return scope ? this.requests.countAwaiting(viewer, scope) : 0;
  }

  @ResolveField(() => [StateCount])
  async requestsByState(@Context() ctx: RequestContext): Promise<StateCount[]> {
    const viewer = ctx.requireViewer();
    const scope = scopeFor(viewer, 'REQUEST', 'READ');
    return scope ? this.requests.countsByState(viewer, scope) : [];
  }

  @ResolveField(() => [StateCount])
  async resourcesByState(@Context() ctx: RequestContext): Promise<StateCount[]> {
    const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ');
    return scope ? this.resources.countsByState(scope) : [];
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'Backups whose last copies are missing; null = the viewer reads no backups.',
  })
  async backupsMissed(@Context() ctx: RequestContext): Promise<number | null> {
    const scope = scopeFor(ctx.requireViewer(), 'WORK_ORDER', 'READ');
    return scope ? this.backups.countMissed(scope) : null;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'Granted machines that no node takes and that wait to be placed elsewhere; null = the viewer places none.',
  })
  async machinesToPlace(@Context() ctx: RequestContext): Promise<number | null> {
    return scopeFor(ctx.requireViewer(), 'CAPACITY', 'EDIT') ? this.replacements.countOpen() : null;
  }

  @ResolveField(() => Int, {
    nullable: true,
    description:
      'Papers for which something waits and that the own department has to seal; null = it is not the viewer’s.',
  })
  papersToSeal(@Context() ctx: RequestContext): Promise<number | null> {
    return this.seals.countOwn(ctx.requireViewer());
  }

  @ResolveField(() => FenScalar, {
    nullable: true,
    description:
      "Sum of the monthly price of what is in use, in the viewer's scope; null = the viewer reads no prices.",
  })
  async monthlyCost(@Context() ctx: RequestContext): Promise<bigint | null> {
    const viewer = ctx.requireViewer();
    const scope = scopeFor(viewer, 'PRICE', 'READ') && scopeFor(viewer, 'RESOURCE', 'READ');
    return scope ? this.resources.monthlyFenInUse(scope) : null;
  }

  @ResolveField(() => [CenterNode])
  async centers(@Context() ctx: RequestContext, @Parent() _home: HomeNode): Promise<CenterNode[]> {
    if (!mayReadFacilities(ctx.requireViewer())) return [];
    return (await this.facilities.centers()).map((center) => new CenterNode(center));
  }
}
