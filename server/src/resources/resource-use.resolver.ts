import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import type { Figures } from '../utilisation/domain/day-use.js';
import type { UseDayRow, UseWindow } from '../utilisation/utilisation.types.js';
import { idleEvidence, PERCENT } from './domain/idle.js';
import { useStateOf } from './domain/use-state.js';
import {
  ResourceUseDayNode,
  ResourceUseNode,
  SizeSuggestionNode,
  type UseFiguresNode,
} from './resource-use.graphql.js';
import { ResourceUse } from './resource-use.service.js';
import { ResourceNode, type ResourceRow } from './resources.types.js';

/** From a resource to what it uses; each is one batch a page. */
@Resolver(() => ResourceNode)
export class ResourceUseResolver {
  constructor(private readonly use: ResourceUse) {}

  @ResolveField(() => ResourceUseNode, { name: 'use' })
  async used(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ResourceUseNode> {
    const [policy, window] = await Promise.all([this.use.policy(), this.window(ctx, row)]);
    const evidence = window && row.state === 'IN_USE' ? idleEvidence(window, policy) : null;
    return {
      state: useStateOf(isMeasured(row), window?.lastSampleAt ?? null, this.use.now()),
      lastSampleAt: window?.lastSampleAt ?? null,
      windowDays: policy.IDLE_WINDOW_DAYS,
      seenDays: window?.days ?? 0,
      cpuP95: percent(window?.cpuP95),
      memoryP95: percent(window?.memoryP95),
      idle: evidence && {
        text: ctx.say(evidence.text),
        figures: evidence.figures.map(({ label, value }) => ({ label: ctx.say(label), value: ctx.say(value) })),
      },
    };
  }

  @ResolveField(() => [ResourceUseDayNode], {
    description: 'Of the last 90 days those that were seen, the oldest first.',
  })
  async useDays(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ResourceUseDayNode[]> {
    const today = this.use.today();
    return (await ctx.loader(this.use.days).load(row.id)).map((day) => dayNode(day, today));
  }

  @ResolveField(() => SizeSuggestionNode, {
    nullable: true,
    description: 'null = it is not bigger than it needs to be.',
  })
  async sizeSuggestion(
    @Context() ctx: RequestContext,
    @Parent() { row }: ResourceNode,
  ): Promise<SizeSuggestionNode | null> {
    const found = await ctx.loader(this.use.suggestions).load({ row, window: await this.window(ctx, row) });
    if (!found) return null;
    const { offerId, savedFen, ...size } = found;
    const mayRead = scopeFor(ctx.requireViewer(), 'PRICE', 'READ');
    return { ...size, offerId: toNodeId('Offer', offerId), savedMonthly: mayRead ? savedFen : null };
  }

  private window(ctx: RequestContext, row: ResourceRow): Promise<UseWindow | null> {
    return isMeasured(row) ? ctx.loader(this.use.windows).load(row.id) : Promise.resolve(null);
  }
}

function isMeasured({ centerId, management }: ResourceRow): boolean {
  return management !== 'RECORDED' && centerId !== null;
}

function dayNode({ day, figures, hours, source = 'PROMETHEUS' }: UseDayRow, today: string): ResourceUseDayNode {
  return {
    ...{ day, hours, source, partial: day === today },
    ...{ cpu: shares(figures.CPU), memory: shares(figures.MEMORY), disk: shares(figures.DISK) },
    ...{ diskRead: figures.DISK_READ ?? null, diskWrite: figures.DISK_WRITE ?? null },
    ...{ netIn: figures.NET_IN ?? null, netOut: figures.NET_OUT ?? null },
  };
}

function shares(figures: Figures | undefined): UseFiguresNode | null {
  if (!figures) return null;
  const { max, mean, p50, p95 } = figures;
  return { p50: p50 / PERCENT, p95: p95 / PERCENT, max: max / PERCENT, mean: mean / PERCENT };
}

function percent(hundredths: number | null | undefined): number | null {
  return hundredths === null || hundredths === undefined ? null : hundredths / PERCENT;
}
