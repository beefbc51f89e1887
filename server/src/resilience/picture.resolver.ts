import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor, type TenantScope, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { SharedWork } from '../platform/concurrency/shared-work.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { LOSS_FATES, type LossFate } from './domain/center-loss.js';
import { gradeCounts } from './domain/dr-words.js';
import { GroupViews, type JudgedGroup } from './group-views.service.js';
import { linkNode } from './link-acts.resolver.js';
import { Links } from './links.service.js';
import {
  DrCenterLossNode,
  type DrGradeCountNode,
  DrGroupNode,
  DrLinkNode,
  DrPictureNode,
} from './resilience.graphql.js';

/** A page shows these; what is beyond is counted. */
const LOSSES_SHOWN = 200;
const WORST_FIRST: readonly LossFate[] = LOSS_FATES.toReversed();
/** From one look at the province to the next while many wait for it. Who comes alone never waits. */
const LOOKS_APART_MS = 250;

/** 两地三中心 as DR sees it: links, groups by center, and what the loss of one would mean. */
@Resolver(() => DrLinkNode)
export class PictureResolver implements OnModuleInit {
  /** A change is told to all who look at once: they share one look, taken after the last of them has asked. */
  private readonly ofProvince = new SharedWork<null, DrPictureNode>(
    async (asked) => {
      const picture = await this.look(WHOLE_PROVINCE);
      return asked.map(() => picture);
    },
    { everyMs: LOOKS_APART_MS },
  );

  constructor(
    private readonly views: GroupViews,
    private readonly links: Links,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DrLink', async (ctx, id) => {
      if (!scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ')) return null;
      const link = await this.links.one(id);
      return link && linkNode(this.facilities, link);
    });
  }

  @Query(() => DrPictureNode)
  async drPicture(@Context() ctx: RequestContext): Promise<DrPictureNode> {
    const scope = ctx.require('DR_GROUP', 'READ');
    return scope.kind === 'PROVINCE' ? this.ofProvince.ask(null) : this.look(scope);
  }

  private async look(scope: TenantScope): Promise<DrPictureNode> {
    const [{ groups, states }, centers] = await Promise.all([
      this.links.all().then((links) => this.views.links(scope, links)),
      this.facilities.centers(),
    ]);
    const links = await Promise.all(
      states.map(async ({ lagSeconds, late, link, tiers, unknown }) => {
        const node = await linkNode(this.facilities, link);
        return node && Object.assign(node, { lagSeconds, late, tiers, unknown });
      }),
    );
    return {
      links: links.flatMap((link) => link ?? []),
      centers: centers.map((center) => {
        const here = groups.filter(({ facts }) =>
          facts.tiers.some(
            ({ dataShares, members }) =>
              members.some(({ centerId }) => centerId === center.id) || (center.role === 'RECOVERY' && dataShares > 0),
          ),
        );
        return {
          center: new CenterNode(center),
          grades: gradesOf(here),
        };
      }),
      grades: gradesOf(groups),
    };
  }

  @Query(() => DrCenterLossNode, { nullable: true, description: 'What if the center were lost now? Nothing is done.' })
  async drCenterLoss(
    @Context() ctx: RequestContext,
    @Args('centerId', { type: () => ID }) centerId: string,
  ): Promise<DrCenterLossNode | null> {
    const scope = ctx.require('DR_GROUP', 'READ');
    const uuid = uuidOf('Center', centerId);
    const [center] = uuid === undefined ? [] : await this.facilities.centersByIds([uuid]);
    if (!center) return null;
    const { free, losses, needs } = await this.views.ifLost(scope, center);
    const touched = losses
      .filter(({ fate }) => fate !== 'UNTOUCHED')
      .toSorted((a, b) => WORST_FIRST.indexOf(a.fate) - WORST_FIRST.indexOf(b.fate));
    return {
      center: new CenterNode(center),
      fates: LOSS_FATES.map((fate) => ({ fate, groups: losses.filter((loss) => loss.fate === fate).length })),
      groups: touched.slice(0, LOSSES_SHOWN).map(({ dataLossSeconds, fate, row, uncertain }) => ({
        ...{ dataLossSeconds, fate, uncertain },
        group: new DrGroupNode(row),
      })),
      needs,
      free: scopeFor(ctx.requireViewer(), 'CAPACITY', 'READ') ? free : null,
    };
  }
}

const gradesOf = (groups: readonly JudgedGroup[]): DrGradeCountNode[] =>
  gradeCounts(groups.map(({ judgement }) => judgement.grade));
