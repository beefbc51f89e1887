import { Args, Context, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  deleteRefusal,
  giveUpRefusal,
  isStopFirst,
  restoreRefusal,
  SNAPSHOTS_MAX,
  snapshotRefusal,
} from './domain/snapshots.js';
import { ResourcePayload } from './resource-acts.graphql.js';
import { ResourceBatchPayload } from './resource-life.graphql.js';
import {
  ConsoleAccessPayload,
  DeleteSnapshotInput,
  GiveUpRestoreInput,
  OperateResourceInput,
  OperateResourcesInput,
  ResourceSnapshotsNode,
  RestoreSnapshotInput,
  ShowConsoleInput,
  snapshotNode,
  TakeSnapshotInput,
} from './resource-operations.graphql.js';
import { ResourcePower } from './resource-power.service.js';
import { ResourceSnapshots } from './resource-snapshots.service.js';
import { ResourcesService } from './resources.service.js';
import { ResourceNode } from './resources.types.js';

/** What is done to a machine that runs: its power, its snapshots, the way to its console. */
@Resolver(() => ResourceNode)
export class ResourceOperationsResolver {
  constructor(
    private readonly resources: ResourcesService,
    private readonly power: ResourcePower,
    private readonly snapshots: ResourceSnapshots,
  ) {}

  @Mutation(() => ResourcePayload, { description: 'Starts, stops or restarts a machine.' })
  async operateResource(
    @Context() ctx: RequestContext,
    @Args('input') input: OperateResourceInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'OPERATE');
    const wish = { ...input, resourceId: uuidOf('Resource', input.id) };
    return this.payload(ctx, await this.power.operate(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ResourceBatchPayload, { description: 'Each stands alone: the answer says which, and why not.' })
  async operateResources(
    @Context() ctx: RequestContext,
    @Args('input') input: OperateResourcesInput,
  ): Promise<ResourceBatchPayload> {
    const scope = ctx.require('RESOURCE', 'OPERATE');
    const items = input.items.map(({ id, expectedVersion }) => ({
      resourceId: uuidOf('Resource', id),
      expectedVersion,
    }));
    const answers = await this.power.operateMany(ctx.requireViewer(), scope, { ...input, items });
    if (!answers.ok) return { results: [], errors: toUserErrors(answers.error, ctx.locale) };
    const results = answers.value.map(async (answer, index) => ({
      resourceId: input.items[index]?.id ?? '',
      ...(await this.payload(ctx, answer)),
    }));
    return { results: await Promise.all(results), errors: [] };
  }

  @Mutation(() => ConsoleAccessPayload, { description: 'A mutation, because each look is noted in the machine’s log.' })
  async showConsole(
    @Context() ctx: RequestContext,
    @Args('input') input: ShowConsoleInput,
  ): Promise<ConsoleAccessPayload> {
    const scope = ctx.require('RESOURCE', 'OPERATE');
    const wish = { ...input, resourceId: uuidOf('Resource', input.id) };
    const answer = await this.power.showConsole(ctx.requireViewer(), scope, wish);
    if (!answer.ok) return { access: null, errors: toUserErrors(answer.error, ctx.locale) };
    return { access: answer.value, errors: [] };
  }

  @Mutation(() => ResourcePayload)
  async takeSnapshot(
    @Context() ctx: RequestContext,
    @Args('input') input: TakeSnapshotInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'OPERATE');
    const wish = { ...input, resourceId: uuidOf('Resource', input.id) };
    return this.payload(ctx, await this.snapshots.take(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ResourcePayload, { description: 'What was written since is lost; the machine must stand still.' })
  async restoreSnapshot(
    @Context() ctx: RequestContext,
    @Args('input') input: RestoreSnapshotInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'OPERATE');
    const wish = { ...input, snapshotId: uuidOf('ResourceSnapshot', input.id) };
    return this.payload(ctx, await this.snapshots.restore(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ResourcePayload, {
    description: 'Ends a restore that does not come to its end; the snapshot is kept.',
  })
  async giveUpRestore(
    @Context() ctx: RequestContext,
    @Args('input') input: GiveUpRestoreInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'OPERATE');
    const wish = { ...input, snapshotId: uuidOf('ResourceSnapshot', input.id) };
    return this.payload(ctx, await this.snapshots.giveUp(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ResourcePayload)
  async deleteSnapshot(
    @Context() ctx: RequestContext,
    @Args('input') input: DeleteSnapshotInput,
  ): Promise<ResourcePayload> {
    const scope = ctx.require('RESOURCE', 'OPERATE');
    const wish = { ...input, snapshotId: uuidOf('ResourceSnapshot', input.id) };
    return this.payload(ctx, await this.snapshots.delete(ctx.requireViewer(), scope, wish));
  }

  @ResolveField(() => ResourceSnapshotsNode, { name: 'snapshots' })
  async snapshotsOf(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ResourceSnapshotsNode> {
    const kept = await ctx.loader(this.snapshots.ofResources).load(row.id);
    const nodes = kept.map((snapshot) => {
      const why = {
        restoring: row.restoringSnapshotId === snapshot.id,
        restore: restoreRefusal(row, snapshot)?.message ?? null,
        giveUp: giveUpRefusal(row, snapshot)?.message ?? null,
        delete: deleteRefusal(row, snapshot)?.message ?? null,
      };
      return snapshotNode(snapshot, why, (text) => ctx.say(text));
    });
    const take = snapshotRefusal(row, kept)?.message ?? null;
    return {
      nodes,
      most: SNAPSHOTS_MAX,
      mayOperate: reaches(scopeFor(ctx.requireViewer(), 'RESOURCE', 'OPERATE'), row),
      stopFirst: isStopFirst(row),
      takeDisabledReason: take && ctx.say(take),
    };
  }

  private async payload(
    ctx: RequestContext,
    answer: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<ResourcePayload> {
    if (!answer.ok) return { resource: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.resources.inScope(ctx.require('RESOURCE', 'READ'), answer.value.id);
    return { resource: row && new ResourceNode(row), errors: [] };
  }
}
