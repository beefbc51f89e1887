import { Inject } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { ChangeFeed } from '../platform/feed/change-feed.js';
import { changesOf } from '../platform/feed/changes-of.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { GroupViews } from './group-views.service.js';
import {
  DrChangeNode,
  DrProbeNode,
  DrSignalHistoryNode,
  RemoveDrProbeInput,
  SaveDrProbeInput,
} from './probes.graphql.js';
import { Probes } from './probes.service.js';
import { DrGroupNode, DrGroupPayload } from './resilience.graphql.js';

const HOUR_MS = 3_600_000;
/** Beyond that a chart has no use for more points: hourly ones of a quarter are two thousand. */
const HISTORY_HOURS_MAX = 24 * 92;

@Resolver(() => DrGroupNode)
export class ProbesResolver {
  constructor(
    private readonly asking: Probes,
    private readonly views: GroupViews,
    private readonly feed: ChangeFeed,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @ResolveField(() => [DrProbeNode], { description: 'What the console asks of its tiers, beside what clusters say.' })
  async probes(@Context() ctx: RequestContext, @Parent() { row }: DrGroupNode): Promise<DrProbeNode[]> {
    const picture = await ctx.loader(this.views.pictures).load(row.id);
    const tiers = picture?.facts.tiers ?? [];
    const sets = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'EDIT') !== undefined;
    const load = ctx.loader(this.asking.ofTiers);
    const found = await Promise.all(tiers.map(({ id }) => load.load(id)));
    return found.flat().map((probe): DrProbeNode => {
      const { enabled, engine, everySeconds, family, kind, lastAt, lastOk, name, timeoutMs, towards, version } = probe;
      const told = <T>(value: T): T | null => (sets ? value : null);
      return {
        ...{
          id: toNodeId('DrProbe', probe.id),
          tierId: toNodeId('DrTier', probe.tierId),
          name,
          kind,
          towards,
          family,
          engine,
        },
        ...{ everySeconds, timeoutMs, enabled, lastAt, lastOk, version },
        ...{ target: told(probe.target), server: told(probe.server), expect: told(probe.expect) },
        ...{ statePointer: told(probe.statePointer), lagPointer: told(probe.lagPointer) },
        ...{ account: told(probe.account), database: told(probe.database), lastDetail: told(probe.lastDetail) },
        tierName: tiers.find(({ id }) => id === probe.tierId)?.name ?? '',
      };
    });
  }

  @Query(() => DrSignalHistoryNode, {
    nullable: true,
    description: 'What a signal of the group said, and when its level changed.',
  })
  async drSignalHistory(
    @Context() ctx: RequestContext,
    @Args('groupId', { type: () => ID }) groupId: string,
    @Args('signalId', { type: () => ID }) signalId: string,
    @Args('hours', { type: () => Int, description: `${HISTORY_HOURS_MAX} at most.` }) hours: number,
  ): Promise<DrSignalHistoryNode | null> {
    const scope = ctx.require('DR_GROUP', 'READ');
    const [group, signal] = [uuidOf('DrGroup', groupId), uuidOf('DrSignal', signalId)];
    const row = group === undefined ? null : await this.views.inScope(scope, group);
    const picture = row && (await ctx.loader(this.views.pictures).load(row.id));
    // Of another group's signal nothing is told, not even that it is there.
    if (!picture?.signals.some(({ id }) => id === signal)) return null;
    const within = Math.min(Math.max(1, hours), HISTORY_HOURS_MAX);
    const since = new Date(this.clock.now().getTime() - within * HOUR_MS);
    const [changes, points] = await this.views.history(signal as string, since);
    return {
      changes: changes.map(({ at, fromLevel, toLevel, value }) => ({ at, from: fromLevel, to: toLevel, value })),
      points: points.map(({ least, minutes, most, readings, startsAt, total }) => ({
        ...{ startsAt, minutes, least, most, readings },
        mean: total / readings,
      })),
    };
  }

  @Mutation(() => DrGroupPayload, { description: 'Sets or changes what is asked of a tier.' })
  async saveDrProbe(@Context() ctx: RequestContext, @Args('input') input: SaveDrProbeInput): Promise<DrGroupPayload> {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const { id, tierId, ...rest } = input;
    const saved = await this.asking.save(ctx.requireViewer(), scope, {
      ...rest,
      probeId: id === null || id === undefined ? undefined : (uuidOf('DrProbe', id) ?? null),
      tierId: tierId ? uuidOf('DrTier', tierId) : undefined,
      towards: input.towards ?? null,
      server: textOrNull(input.server),
      expect: textOrNull(input.expect),
      statePointer: textOrNull(input.statePointer),
      lagPointer: textOrNull(input.lagPointer),
      engine: input.engine ?? null,
      account: textOrNull(input.account),
      database: textOrNull(input.database),
      secret: input.secret || null,
      target: input.target.trim(),
    });
    return this.answer(ctx, saved);
  }

  @Mutation(() => DrGroupPayload)
  async removeDrProbe(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...input }: RemoveDrProbeInput,
  ): Promise<DrGroupPayload> {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    return this.answer(
      ctx,
      await this.asking.remove(ctx.requireViewer(), scope, { ...input, probeId: uuidOf('DrProbe', id) }),
    );
  }

  @Subscription(() => DrChangeNode, {
    description: 'A round was made, or a level changed: what pages show of DR is asked for anew.',
    resolve: () => ({ at: new Date() }),
  })
  drChanged(@Context() ctx: RequestContext): AsyncIterableIterator<unknown> {
    ctx.require('DR_GROUP', 'READ');
    return changesOf(this.feed, 'dr', '*');
  }

  private async answer(
    ctx: RequestContext,
    done: Result<{ groupId: string }, readonly Refusal[]>,
  ): Promise<DrGroupPayload> {
    if (!done.ok) return { group: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.views.inScope(ctx.require('DR_GROUP', 'READ'), done.value.groupId);
    return { group: row && new DrGroupNode(row), errors: [] };
  }
}

const textOrNull = (text: string | null | undefined): string | null => text?.trim() || null;
