import type { OnModuleInit } from '@nestjs/common';
import { Args, ArgsType, Context, Field, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { monthsOfSpan } from '../accounting/domain/accounting-units.js';
import { DepartmentsService } from '../departments/departments.service.js';
import type { EditionAnswer, EditionWish } from '../editions/editions.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { isCalendarDate } from '../kernel/calendar.js';
import { uuidOf } from '../kernel/node-id.js';
import { scopeFor, type TenantScope } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { SystemsService } from '../systems/systems.service.js';
import { SelfBuildComparisons } from './comparisons.service.js';
import { wrongAssumptions } from './domain/assumptions.js';
import type { SelfBuildEditionRow } from './self-build.entity.js';
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
  constructor(
    private readonly editions: SelfBuildEditions,
    private readonly comparisons: SelfBuildComparisons,
    private readonly departments: DepartmentsService,
    private readonly systems: SystemsService,
    private readonly facilities: FacilitiesService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('SelfBuildEdition', async (ctx, id) => {
      const row = await this.editions.edition(id);
      return row && mayRead(ctx, row) ? this.node(ctx, row, (await this.editions.newestInForce())?.id) : null;
    });
  }

  @Query(() => [SelfBuildEditionNode], {
    description: 'The draft first, for those who have to do with it, then those in force and before, the newest first.',
  })
  async selfBuildEditions(@Context() ctx: RequestContext): Promise<SelfBuildEditionNode[]> {
    ctx.require('BUDGET', 'READ');
    const [rows, inForce] = await Promise.all([this.editions.list(), this.editions.newestInForce()]);
    return rows.filter((row) => mayRead(ctx, row)).map((row) => this.node(ctx, row, inForce?.id));
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
    const inForce = await this.editions.newestInForce();
    const chosen = editionId ? await this.editions.edition(uuidOf('SelfBuildEdition', editionId) ?? NOBODY) : inForce;
    if (!chosen || chosen.number === null || !mayRead(ctx, chosen)) return null;
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
      edition: this.node(ctx, chosen, inForce?.id),
      sites: sites.map((site) => new SelfBuildSiteNode(site, names.get(site.centerId ?? '') ?? null)),
      ...comparison,
      lines: comparison.lines.map((line) => ({ ...line, terms: [...line.terms] })),
      byYear: [...comparison.byYear],
    };
  }

  @Mutation(() => SelfBuildEditionPayload, {
    description: 'A copy of what is in force, or everything unsaid, to be changed.',
  })
  async beginSelfBuildDraft(
    @Context() ctx: RequestContext,
    @Args('input') { idempotencyKey, note }: BeginSelfBuildDraftInput,
  ): Promise<SelfBuildEditionPayload> {
    ctx.require('SPEND', 'EDIT');
    return this.payload(ctx, this.editions.begin(ctx.requireViewer(), note, idempotencyKey));
  }

  @Mutation(() => SelfBuildEditionPayload)
  async saveSelfBuildDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SaveSelfBuildDraftInput,
  ): Promise<SelfBuildEditionPayload> {
    ctx.require('SPEND', 'EDIT');
    const { effectiveFrom, note } = input;
    const assumptions = input.assumptions.map(({ key, note: of, source, value }) => ({
      ...{ key, source, note: of.trim(), value: value?.trim() || null },
    }));
    const draft = { note, effectiveFrom, content: assumptions };
    return this.payload(ctx, this.editions.save(ctx.requireViewer(), toWish(input), draft));
  }

  @Mutation(() => SelfBuildEditionPayload, { description: 'edition is null: it is gone.' })
  async discardSelfBuildDraft(
    @Context() ctx: RequestContext,
    @Args('input') input: SelfBuildEditionActInput,
  ): Promise<SelfBuildEditionPayload> {
    ctx.require('SPEND', 'EDIT');
    return this.payload(ctx, this.editions.discard(ctx.requireViewer(), toWish(input)));
  }

  @Mutation(() => SelfBuildEditionPayload, {
    description: 'Puts the draft in force from its day on, by another than who drafted it.',
  })
  async publishSelfBuildEdition(
    @Context() ctx: RequestContext,
    @Args('input') input: SelfBuildEditionActInput,
  ): Promise<SelfBuildEditionPayload> {
    ctx.require('SPEND', 'REVIEW');
    return this.payload(ctx, this.editions.publish(ctx.requireViewer(), toWish(input)));
  }

  private async payload(ctx: RequestContext, answer: EditionAnswer): Promise<SelfBuildEditionPayload> {
    const result = await answer;
    if (!result.ok) return { edition: null, errors: toUserErrors(result.error, ctx.locale) };
    const [row, inForce] = await Promise.all([this.editions.edition(result.value.id), this.editions.newestInForce()]);
    return { edition: row && this.node(ctx, row, inForce?.id), errors: [] };
  }

  private node(ctx: RequestContext, row: SelfBuildEditionRow, inForceId: string | undefined): SelfBuildEditionNode {
    const problems = row.number === null ? wrongAssumptions(row.content, row.effectiveFrom, this.editions.today()) : [];
    return new SelfBuildEditionNode(row, row.id === inForceId, toUserErrors(problems, ctx.locale));
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

/** A draft is for those who write it and who put it in force. */
function mayRead(ctx: RequestContext, row: SelfBuildEditionRow): boolean {
  const viewer = ctx.requireViewer();
  if (row.number !== null) return scopeFor(viewer, 'BUDGET', 'READ') !== undefined;
  return scopeFor(viewer, 'SPEND', 'EDIT') !== undefined || scopeFor(viewer, 'SPEND', 'REVIEW') !== undefined;
}

function isMonth(text: string): boolean {
  return /^\d{4}-\d{2}$/.test(text) && isCalendarDate(`${text}-01`);
}

function toWish({ expectedVersion, id, idempotencyKey }: SelfBuildEditionActInput): EditionWish {
  return { id: uuidOf('SelfBuildEdition', id), idempotencyKey, expectedVersion };
}
