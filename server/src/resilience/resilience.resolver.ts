import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { scopeFor, type TenantScope } from '../kernel/viewer.js';
import { SharedWork } from '../platform/concurrency/shared-work.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { NEWEST_CURSOR_PARTS, newestConnection, PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { type GroupGrade, gradeCounts } from './domain/dr-words.js';
import { GroupActs } from './group-acts.service.js';
import { type GroupPicture, GroupViews } from './group-views.service.js';
import { DrGradeCountNode, DrGroupConnection, DrGroupNode, DrGroupPayload } from './resilience.graphql.js';
import type { GroupFilter } from './resilience.types.js';
import {
  ComposeDrTierInput,
  DissolveDrTierInput,
  DrGroupFilterInput,
  EditDrTierInput,
  SetDrTargetsInput,
} from './resilience-inputs.graphql.js';

/** From one look at the province to the next while many wait for it. Who comes alone never waits. */
const LOOKS_APART_MS = 250;

@Resolver(() => DrGroupNode)
export class ResilienceResolver implements OnModuleInit {
  /** A change is told to all whose list is open at once: each of them would judge the province for himself. */
  private readonly ofProvince = new SharedWork<null, readonly GroupPicture[]>(
    async (asked) => {
      const pictures = await this.views.picturesOf(null);
      return asked.map(() => pictures);
    },
    { everyMs: LOOKS_APART_MS },
  );

  constructor(
    private readonly views: GroupViews,
    private readonly acts: GroupActs,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('DrGroup', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'DR_GROUP', 'READ');
      const row = scope && (await this.views.inScope(scope, id));
      return row ? new DrGroupNode(row) : null;
    });
  }

  @Query(() => DrGroupConnection, { description: '容灾组, the newest first.' })
  async drGroups(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => DrGroupFilterInput, nullable: true }) filter: DrGroupFilterInput | null,
  ) {
    const scope = ctx.require('DR_GROUP', 'READ');
    const wanted = await this.wanted(filter);
    const grades = filter?.grades ?? [];
    const graded = grades.length === 0 ? null : await this.graded(ctx, scope, wanted);
    const ids = graded && [...graded].flatMap(([id, grade]) => (grades.includes(grade) ? [id] : []));
    const page = await this.views.page(scope, { ...wanted, ids }, pageRequest(args, NEWEST_CURSOR_PARTS));
    return newestConnection(
      page,
      (row) => new DrGroupNode(row),
      ({ createdAt }) => createdAt,
    );
  }

  @Query(() => [DrGradeCountNode], {
    description: 'How many of the list have which grade; its own filter of grades left aside.',
  })
  async drGradeCounts(
    @Context() ctx: RequestContext,
    @Args('filter', { type: () => DrGroupFilterInput, nullable: true }) filter: DrGroupFilterInput | null,
  ): Promise<DrGradeCountNode[]> {
    const scope = ctx.require('DR_GROUP', 'READ');
    return gradeCounts([...(await this.graded(ctx, scope, await this.wanted(filter))).values()]);
  }

  @Query(() => DrGroupNode, { nullable: true })
  async drGroup(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<DrGroupNode | null> {
    const scope = ctx.require('DR_GROUP', 'READ');
    const uuid = uuidOf('DrGroup', id);
    const row = uuid === undefined ? null : await this.views.inScope(scope, uuid);
    return row && new DrGroupNode(row);
  }

  @Mutation(() => DrGroupPayload, { description: 'Machines of one system become a tier of its DR group.' })
  async composeDrTier(@Context() ctx: RequestContext, @Args('input') input: ComposeDrTierInput) {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const wish = {
      ...input,
      partyName: input.partyName ?? null,
      systemId: uuidOf('System', input.systemId),
      resourceIds: input.resourceIds.map((id) => uuidOf('Resource', id)),
    };
    return this.answer(ctx, await this.acts.compose(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => DrGroupPayload)
  async editDrTier(@Context() ctx: RequestContext, @Args('input') { id, ...input }: EditDrTierInput) {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const wish = { ...input, partyName: input.partyName ?? null, tierId: uuidOf('DrTier', id) };
    return this.answer(ctx, await this.acts.edit(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => DrGroupPayload, { description: 'Only of tiers that were composed by hand.' })
  async dissolveDrTier(@Context() ctx: RequestContext, @Args('input') { id, ...input }: DissolveDrTierInput) {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const wish = { ...input, tierId: uuidOf('DrTier', id) };
    return this.answer(ctx, await this.acts.dissolve(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => DrGroupPayload, { description: 'What is promised, and the assessment of the seven elements.' })
  async setDrTargets(@Context() ctx: RequestContext, @Args('input') input: SetDrTargetsInput) {
    const scope = ctx.require('DR_GROUP', 'EDIT');
    const { dooSeconds, elements, expectedVersion, id, idempotencyKey, level, nroSeconds, reason } = input;
    const targets = {
      level: level ?? null,
      rtoSeconds: input.rtoSeconds ?? null,
      rpoSeconds: input.rpoSeconds ?? null,
      dooSeconds: dooSeconds ?? null,
      nroSeconds: nroSeconds ?? null,
      elements: Object.fromEntries(elements.map((one) => [one.element, one.level])),
    };
    const wish = { groupId: uuidOf('DrGroup', id), expectedVersion, idempotencyKey, reason, targets };
    return this.answer(ctx, await this.acts.setTargets(ctx.requireViewer(), scope, wish));
  }

  private async answer(
    ctx: RequestContext,
    done: Result<{ groupId: string }, readonly Refusal[]>,
  ): Promise<DrGroupPayload> {
    if (!done.ok) return { group: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.views.inScope(ctx.require('DR_GROUP', 'READ'), done.value.groupId);
    return { group: row && new DrGroupNode(row), errors: [] };
  }

  /** Judged by the read that the rows of the same operation are judged by: what is counted is what is listed. */
  private async graded(
    ctx: RequestContext,
    scope: TenantScope,
    filter: GroupFilter,
  ): Promise<ReadonlyMap<string, GroupGrade>> {
    const load = ctx.loader(this.views.pictures);
    if (scope.kind === 'PROVINCE' && isEmpty(filter))
      for (const picture of await this.ofProvince.ask(null)) load.prime(picture.row.id, picture);
    return this.views.graded(scope, filter, (id) => load.load(id));
  }

  private async wanted(filter: DrGroupFilterInput | null): Promise<GroupFilter> {
    const departmentId = filter?.departmentId ? uuidOf('Department', filter.departmentId) : null;
    return {
      systemId: filter?.systemId ? (uuidOf('System', filter.systemId) ?? '-') : null,
      departmentIds: departmentId === null ? null : await this.departments.wholeTreeIds(departmentId ?? '-'),
      search: searchText(filter?.search),
      ids: null,
    };
  }
}

/** It leaves nothing out. */
const isEmpty = ({ departmentIds, ids, search, systemId }: GroupFilter): boolean =>
  departmentIds === null && ids === null && search === null && systemId === null;
