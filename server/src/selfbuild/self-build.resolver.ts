import type { OnModuleInit } from '@nestjs/common';
import { Args, ArgsType, Context, Field, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { monthsOfSpan } from '../accounting/domain/accounting-units.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { EditionDesk } from '../editions/edition-desk.graphql.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { isCalendarDate } from '../kernel/calendar.js';
import { uuidOf } from '../kernel/node-id.js';
import type { TenantScope } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { SystemsService } from '../systems/systems.service.js';
import { SelfBuildComparisons } from './comparisons.service.js';
import { wrongAssumptions } from './domain/assumptions.js';
import {
  BeginSelfBuildDraftInput,
  SaveSelfBuildDraftInput,
  SelfBuildComparisonNode,
  SelfBuildEditionActInput,
  SelfBuildEditionNode,
  SelfBuildEditionPayload,
  SelfBuildSiteNode,
} from './self-build.graphql.js';
import { SelfBuildEditions } from './self-build-editions.service.js';

/** A year of use is what a budget is made by; more hides what it has become. */
const MONTHS_MAX = 12;
/** Beyond it no assumption about machines and wages holds. */
const YEARS_MAX = 15;
/** Finds nothing. */
const NOBODY = '-';

@ArgsType()
class ComparisonArgs {
  @Field(() => ID, { nullable: true, description: 'With all below it; this, or a system.' })
  departmentId?: string | null;
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => String, { description: 'YYYY-MM: use of these months goes on.' })
  first!: string;
  @Field(() => String, { description: 'YYYY-MM, included; a year at most.' })
  last!: string;
  @Field(() => Int)
  years!: number;
  @Field(() => ID, { nullable: true, description: 'By which assumptions; null = those in force.' })
  editionId?: string | null;
}

/** 自建成本对比. Whoever reads budgets of a department compares its use; finance keeps the assumptions, two people together. */
@Resolver(() => SelfBuildEditionNode)
export class SelfBuildResolver implements OnModuleInit {
  private readonly desk = new EditionDesk(this.editions, {
    type: 'SelfBuildEdition',
    readBy: 'BUDGET',
    keptBy: 'SPEND',
    wrong: ({ content, effectiveFrom }, today) => wrongAssumptions(content, effectiveFrom, today),
    node: (row, inForce, problems) => new SelfBuildEditionNode(row, inForce, problems),
  });

  constructor(
    private readonly editions: SelfBuildEditions,
    private readonly comparisons: SelfBuildComparisons,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.desk.register(this.nodes);
  }

  @Query(() => [SelfBuildEditionNode], {
    description: 'The draft first, for those who have to do with it, then those in force and before, the newest first.',
  })
  selfBuildEditions(@Context() ctx: RequestContext): Promise<SelfBuildEditionNode[]> {
    return this.desk.list(ctx);
  }

  @Query(() => SelfBuildComparisonNode, {
    nullable: true,
    description: 'null = no assumptions are in force, or nothing that the viewer sees was in use.',
  })
  async selfBuildComparison(
    @Context() ctx: RequestContext,
    @Args() { departmentId, editionId, first, last, systemId, years }: ComparisonArgs,
  ): Promise<SelfBuildComparisonNode | null> {
    const scope = ctx.require('BUDGET', 'READ');
    if (!isMonth(first) || !isMonth(last) || first > last)
      throw badInput('first and last are months, YYYY-MM, in order');
    if (monthsOfSpan(first, last) > MONTHS_MAX) throw badInput(`at most ${MONTHS_MAX} months`);
    if (!Number.isInteger(years) || years < 1 || years > YEARS_MAX) throw badInput(`years is 1 to ${YEARS_MAX}`);
    if (Boolean(departmentId) === Boolean(systemId)) throw badInput('name a department or a system, and not both');
    const chosen = editionId
      ? await this.editions.edition(uuidOf('SelfBuildEdition', editionId) ?? NOBODY)
      : await this.editions.newestInForce();
    if (!chosen || chosen.number === null || !this.desk.mayRead(ctx, chosen)) return null;
    const subject = {
      departmentId: departmentId ? (uuidOf('Department', departmentId) ?? NOBODY) : null,
      systemId: systemId ? (uuidOf('System', systemId) ?? NOBODY) : null,
    };
    const found = await this.comparisons.compare(scope, chosen, { ...subject, first, last, years });
    if (!found) return null;
    const { accounted, beside, comparison, draftedMonths, months, sites } = found;
    const centers = await this.facilities.centersByIds(sites.flatMap(({ centerId }) => centerId ?? []));
    const names = new Map(centers.flatMap((center) => (center ? [[center.id, center.name] as const] : [])));
    return {
      ...{ accounted, beside, draftedMonths, first, last, months, years },
      subjectName: await this.nameOf(scope, subject),
      edition: await this.desk.node(ctx, chosen),
      sites: sites.map((site) => new SelfBuildSiteNode(site, names.get(site.centerId ?? '') ?? null)),
      ...comparison,
      lines: comparison.lines.map((line) => ({ ...line, terms: [...line.terms] })),
      byYear: [...comparison.byYear],
    };
  }

  @Mutation(() => SelfBuildEditionPayload, {
    description: 'A copy of what is in force, or everything unsaid, to be changed.',
  })
  beginSelfBuildDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: BeginSelfBuildDraftInput,
  ): Promise<SelfBuildEditionPayload> {
    return this.desk.begin(ctx, input);
  }

  @Mutation(() => SelfBuildEditionPayload)
  saveSelfBuildDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveSelfBuildDraftInput,
  ): Promise<SelfBuildEditionPayload> {
    const { effectiveFrom, note } = input;
    const assumptions = input.assumptions.map(({ key, note: of, source, value }) => ({
      ...{ key, source, note: of.trim(), value: value?.trim() || null },
    }));
    return this.desk.save(ctx, input, { note, effectiveFrom, content: assumptions });
  }

  @Mutation(() => SelfBuildEditionPayload, { description: 'edition is null: it is gone.' })
  discardSelfBuildDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SelfBuildEditionActInput,
  ): Promise<SelfBuildEditionPayload> {
    return this.desk.discard(ctx, input);
  }

  @Mutation(() => SelfBuildEditionPayload, {
    description: 'Puts the draft in force from its day on, by another than who drafted it.',
  })
  publishSelfBuildEdition(
    @Context() ctx: RequestContext,
    @Args('input') input: SelfBuildEditionActInput,
  ): Promise<SelfBuildEditionPayload> {
    return this.desk.publish(ctx, input);
  }

  /** Within the scope: a name is told to nobody who could not open it. */
  private async nameOf(
    scope: TenantScope,
    { departmentId, systemId }: { departmentId: string | null; systemId: string | null },
  ): Promise<string | null> {
    if (departmentId !== null) return (await this.departments.department(scope, departmentId))?.name ?? null;
    return systemId === null ? null : ((await this.systems.system(scope, systemId))?.name ?? null);
  }
}

function isMonth(text: string): boolean {
  return /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);
}
