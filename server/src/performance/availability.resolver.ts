import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { SystemNode } from '../systems/systems.types.js';
import {
  RecordAvailabilityInput,
  RecordAvailabilityPayload,
  SystemAvailabilityNode,
  SystemAvailabilityPage,
} from './availability.graphql.js';
import { AvailabilityReadings, type SystemAvailability } from './availability.service.js';

const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/;

@Resolver(() => SystemAvailabilityNode)
export class AvailabilityResolver {
  constructor(private readonly readings: AvailabilityReadings) {}

  @Query(() => SystemAvailabilityPage, {
    description: '可用性台账 of a month: every system, by code, with what is known.',
  })
  async systemAvailability(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('month', { type: () => String, description: 'YYYY-MM' }) month: string,
    @Args('search', { type: () => String, nullable: true, description: 'In name or code.' }) search?: string | null,
  ): Promise<SystemAvailabilityPage> {
    const scope = ctx.require('PERFORMANCE', 'READ');
    if (!MONTH.test(month)) throw badInput('month is YYYY-MM');
    const seesOutages = scopeFor(ctx.requireViewer(), 'OUTAGE', 'READ') !== undefined;
    const page = await this.readings.ofMonth(scope, month, searchText(search), pageRequest(args, 1), seesOutages);
    const found = toConnection(page, nodeOf, ({ system }) => [system.code]);
    return { ...found, isOver: this.readings.isOver(month) };
  }

  @Mutation(() => RecordAvailabilityPayload, {
    description:
      '可用性台账: of one system and month, as monitoring has it; said again it takes the place of what was said.',
  })
  async recordAvailability(
    @Context() ctx: RequestContext,
    @Args('input') { systemId, ...wish }: RecordAvailabilityInput,
  ): Promise<RecordAvailabilityPayload> {
    const scope = ctx.require('PERFORMANCE', 'EDIT');
    const reading = { ...wish, systemId: uuidOf('System', systemId) };
    const done = await this.readings.record(ctx.requireViewer(), scope, reading);
    return { recorded: done.ok, errors: done.ok ? [] : toUserErrors(done.error, ctx.locale) };
  }
}

function nodeOf({ system, ...row }: SystemAvailability): SystemAvailabilityNode {
  return { ...row, system: new SystemNode(system) };
}
