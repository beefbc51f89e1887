import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ResourcePayload } from '../resources/resource-acts.graphql.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import type { TakeOverAction } from './domain/take-over.js';
import { TakeOverPreviews } from './take-over-preview.service.js';
import {
  DecideTakeOverInput,
  ProposeTakeOverInput,
  type TakeOverNode,
  TakeOverPreviewNode,
  type TakeOverShownNode,
} from './take-overs.graphql.js';
import { TakeOvers } from './take-overs.service.js';
import type { ShownTakeOver, TakeOverRow } from './take-overs.types.js';

/** Which right each act needs: whoever brings machines into the books proposes, whoever approves intakes approves. */
const RIGHT_OF = { APPROVE: 'REVIEW', RETURN: 'REVIEW', WITHDRAW: 'EDIT' } as const;

@Resolver()
export class TakeOversResolver {
  constructor(
    private readonly takeOvers: TakeOvers,
    private readonly previews: TakeOverPreviews,
    private readonly resources: ResourcesService,
  ) {}

  @Query(() => TakeOverPreviewNode, {
    description: 'What driving an observed machine would write into its cluster, asked of it now; nothing is written.',
  })
  async takeOverPreview(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<TakeOverPreviewNode> {
    ctx.require('INTAKE', 'READ');
    const row = await this.takeOvers.resource(uuidOf('Resource', id));
    if (!row) throw notFound(ctx.locale);
    const [preview, newest] = await Promise.all([this.previews.of(row), this.takeOvers.newest(row.id)]);
    const { managers, readAt, seen, shown, shownHash, stops } = preview;
    const waits = newest?.state === 'PROPOSED';
    return {
      ...{ readAt, namespace: row.objectNamespace, name: row.objectName },
      ...{ vcpu: seen?.vcpu ?? null, memoryMib: seen?.memoryMib ?? null, disks: [...(seen?.disks ?? [])] },
      managers: [...managers],
      stops: stops.map(({ message }) => ctx.say(message)),
      shown: shown && shownHash !== null ? shownNode(shown, shownHash) : null,
      newest: newest && takeOverNode(ctx, newest),
      mayPropose: !waits && stops.length === 0 && scopeFor(ctx.requireViewer(), 'INTAKE', 'EDIT') !== undefined,
    };
  }

  @Mutation(() => ResourcePayload)
  async proposeTakeOver(
    @Context() ctx: RequestContext,
    @Args('input') input: ProposeTakeOverInput,
  ): Promise<ResourcePayload> {
    ctx.require('INTAKE', 'EDIT');
    const { id, ...wish } = input;
    const resourceId = uuidOf('Resource', id);
    return this.answer(ctx, await this.takeOvers.propose(ctx.requireViewer(), { ...wish, resourceId }));
  }

  @Mutation(() => ResourcePayload, { description: 'Refused unless the cluster would still write what was shown.' })
  approveTakeOver(@Context() ctx: RequestContext, @Args('input') input: DecideTakeOverInput): Promise<ResourcePayload> {
    return this.decide(ctx, 'APPROVE', input);
  }

  @Mutation(() => ResourcePayload)
  returnTakeOver(@Context() ctx: RequestContext, @Args('input') input: DecideTakeOverInput): Promise<ResourcePayload> {
    return this.decide(ctx, 'RETURN', input);
  }

  @Mutation(() => ResourcePayload)
  withdrawTakeOver(
    @Context() ctx: RequestContext,
    @Args('input') input: DecideTakeOverInput,
  ): Promise<ResourcePayload> {
    return this.decide(ctx, 'WITHDRAW', input);
  }

  private async decide(ctx: RequestContext, action: TakeOverAction, input: DecideTakeOverInput) {
    ctx.require('INTAKE', RIGHT_OF[action]);
    const { id, ...wish } = input;
    const resourceId = uuidOf('Resource', id);
    return this.answer(ctx, await this.takeOvers.decide(ctx.requireViewer(), action, { ...wish, resourceId }));
  }

  private async answer(
    ctx: RequestContext,
    done: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<ResourcePayload> {
    if (!done.ok) return { resource: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.resources.inScope(ctx.require('RESOURCE', 'READ'), done.value.id);
    return { resource: row && new ResourceNode(row), errors: [] };
  }
}

function takeOverNode(ctx: RequestContext, row: TakeOverRow): TakeOverNode {
  const viewer = ctx.requireViewer();
  const waits = row.state === 'PROPOSED';
  const may = (right: 'EDIT' | 'REVIEW') => waits && scopeFor(viewer, 'INTAKE', right) !== undefined;
  return {
    ...{ state: row.state, version: row.version, shown: shownNode(row.shown, row.shownHash) },
    ...{ proposedBy: row.proposedByName, proposedAt: row.proposedAt },
    ...{ decidedBy: row.decidedByName, decidedAt: row.decidedAt, opinion: row.opinion },
    mayDecide: may('REVIEW') && row.proposedById !== viewer.userId,
    mayWithdraw: may('EDIT'),
  };
}

function shownNode({ conflicts, differences, owned, resourceVersion }: ShownTakeOver, hash: string): TakeOverShownNode {
  return {
    ...{ hash, resourceVersion, owned: [...owned], conflicts: conflicts.map((each) => ({ ...each })) },
    differences: differences.map(({ found, path, wanted }) => ({
      path,
      before: found === null ? null : JSON.stringify(found),
      after: JSON.stringify(wanted),
    })),
  };
}
