import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CapacityFigures } from '../departments/capacity-figures.service.js';
import { parseNodeId, toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  ChangeableServiceNode,
  ChangeableThingsNode,
  type ChangeContentInput,
  ChangeGroupNode,
  ChangePreviewNode,
  CreateChangeDraftInput,
  PreviewChangeInput,
  UpdateChangeDraftInput,
} from './changes.graphql.js';
import { ChangesService } from './changes.service.js';
import { CHANGED_RESOURCES_MAX, type ChangeContent } from './domain/change.js';
import { fenOfParts } from './domain/service-change.js';
import { toWish } from './request-acts.js';
import { NO_PREVIEW, toPreview } from './request-preview.js';
import { RequestNode, RequestPayload } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';
import { objectionsTo } from './service-quotations.service.js';
import { thingsNow } from './things-now.js';

/** 变更申请: what can be changed, what it would come to, and its drafts. All other acts are those of every request. */
@Resolver()
export class ChangesResolver {
  constructor(
    private readonly changes: ChangesService,
    private readonly requests: RequestsService,
    private readonly figures: CapacityFigures,
  ) {}

  @Query(() => [ChangeGroupNode], { description: 'Line by line; what is not the viewer’s is left out. At most 50.' })
  async changeGroups(
    @Context() ctx: RequestContext,
    @Args('resourceIds', { type: () => [ID] }) resourceIds: string[],
  ): Promise<ChangeGroupNode[]> {
    const scope = ctx.require('RESOURCE', 'EDIT');
    const ids = resourceIds.slice(0, CHANGED_RESOURCES_MAX).flatMap((id) => uuidOf('Resource', id) ?? []);
    const groups = await this.changes.groups(scope, [...new Set(ids)]);
    return groups.map((group) => {
      const { name, whole, siblings, localMode, remoteMode, owesShare, refusals } = group;
      const errors = toUserErrors(refusals, ctx.locale);
      return Object.assign(new ChangeGroupNode(), {
        group,
        name,
        whole,
        siblings,
        localMode,
        remoteMode,
        owesShare,
        errors,
      });
    });
  }

  @Query(() => [ChangeableServiceNode], {
    description: 'Services that run for a system, or these, by name; what is not the viewer’s is left out. At most 50.',
  })
  async changeableServices(
    @Context() ctx: RequestContext,
    @Args('systemId', { type: () => ID, nullable: true }) systemId: string | null,
    @Args('lineIds', { type: () => [ID], nullable: true }) lineIds: string[] | null,
  ): Promise<ChangeableServiceNode[]> {
    const scope = ctx.require('REQUEST', 'CREATE');
    const ids = (lineIds ?? []).slice(0, CHANGED_RESOURCES_MAX).flatMap((id) => uuidOf('RequestLine', id) ?? []);
    const system = systemId ? uuidOf('System', systemId) : undefined;
    const found = await this.changes.services(scope, system ?? null, [...new Set(ids)]);
    return found.map((service) =>
      Object.assign(new ChangeableServiceNode(), {
        service,
        id: toNodeId('RequestLine', service.line.id),
        count: service.count,
        answers: [...service.answers],
        monthlyCost: fenOfParts(service.parts),
        errors: toUserErrors(objectionsTo(service, 0, null), ctx.locale),
      }),
    );
  }

  @Query(() => [ChangeableThingsNode], {
    description:
      'Servers and places in cabinets that a system has, or these, line by line by name; what is not the viewer’s is left out. At most 50.',
  })
  async changeableThings(
    @Context() ctx: RequestContext,
    @Args('systemId', { type: () => ID, nullable: true }) systemId: string | null,
    @Args('lineIds', { type: () => [ID], nullable: true }) lineIds: string[] | null,
  ): Promise<ChangeableThingsNode[]> {
    const scope = ctx.require('REQUEST', 'CREATE');
    const ids = (lineIds ?? []).slice(0, CHANGED_RESOURCES_MAX).flatMap((id) => uuidOf('RequestLine', id) ?? []);
    const system = systemId ? uuidOf('System', systemId) : undefined;
    const found = await this.changes.things(scope, system ?? null, [...new Set(ids)]);
    return found.map((things) =>
      Object.assign(new ChangeableThingsNode(), {
        ...thingsNow(things),
        errors: toUserErrors(this.changes.thingsObjections(things), ctx.locale),
      }),
    );
  }

  @Query(() => ChangePreviewNode)
  async previewChange(
    @Context() ctx: RequestContext,
    @Args('input') input: PreviewChangeInput,
  ): Promise<ChangePreviewNode> {
    const scope = ctx.require('REQUEST', 'CREATE');
    const requestId = input.requestId ? (uuidOf('Request', input.requestId) ?? null) : null;
    const found = await this.changes.preview(scope, toChangeContent(input.content), requestId);
    if (!found.ok)
      return {
        preview: { ...NO_PREVIEW, errors: toUserErrors(found.error, ctx.locale) },
        ...{ restartCount: 0, liveCount: 0 },
      };
    const { preview, ways, refusals } = found.value;
    const shown = toPreview(ctx, scope, preview, await this.figures.shownTo(ctx));
    return {
      ...{ restartCount: ways.restarting, liveCount: ways.live },
      preview: {
        ...shown,
        feasible: shown.feasible && refusals.length === 0,
        errors: [...toUserErrors(refusals, ctx.locale), ...shown.errors],
      },
    };
  }

  @Mutation(() => RequestPayload, { description: 'Sent, signed and withdrawn as every other request.' })
  async createChangeDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: CreateChangeDraftInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'CREATE');
    const content = toChangeContent(input.content);
    return this.payload(ctx, await this.changes.createDraft(ctx.requireViewer(), scope, content, input.idempotencyKey));
  }

  @Mutation(() => RequestPayload)
  async updateChangeDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: UpdateChangeDraftInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'EDIT');
    const content = toChangeContent(input.content);
    return this.payload(ctx, await this.changes.updateDraft(ctx.requireViewer(), scope, content, toWish(input)));
  }

  private async payload(
    ctx: RequestContext,
    answer: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<RequestPayload> {
    if (!answer.ok) return { request: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.requests.inScope(ctx.require('REQUEST', 'READ'), answer.value.id);
    return { request: row && new RequestNode(row), errors: [] };
  }
}

function toChangeContent({ purpose, restartAgreed, lines }: ChangeContentInput): ChangeContent {
  return {
    purpose,
    restartAgreed,
    lines: lines.map(
      ({ resourceIds, offerId, diskGib, storageTier, localMode, remoteMode, centerId, service, things }) => ({
        resourceIds: resourceIds.map((id) => uuidOf('Resource', id)),
        otherTypes: resourceIds.flatMap((id) => {
          const type = parseNodeId(id)?.type ?? 'Resource';
          return type === 'Resource' ? [] : type;
        }),
        offerId: offerId ? uuidOf('Offer', offerId) : null,
        diskGib: diskGib ?? null,
        storageTier: storageTier ?? null,
        localMode: localMode ?? null,
        remoteMode: remoteMode ?? null,
        centerId: centerId ? uuidOf('Center', centerId) : null,
        service: service
          ? {
              lineId: uuidOf('RequestLine', service.lineId),
              count: service.count ?? null,
              answers: service.answers ?? null,
            }
          : null,
        things: things
          ? {
              lineId: uuidOf('RequestLine', things.lineId),
              heightUnits: things.heightUnits ?? null,
              powerW: things.powerW ?? null,
              weightKg: things.weightKg ?? null,
            }
          : null,
      }),
    ),
  };
}
