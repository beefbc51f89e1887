import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { StoredFileNode } from '../files/files.graphql.js';
import { FilesService } from '../files/files.service.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { LineTerms } from '../requests/line-terms.service.js';
import { LifePolicies } from '../resources/life-policies.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import { LineTermNode } from '../terms/line-terms.graphql.js';
import { type CaseAction, caseActions, sideOf } from './domain/decide-case.js';
import { LineCaseOpening } from './line-case-opening.service.js';
import {
  AnswerReclaimsInput,
  type CaseEvidenceInput,
  OpenLineReclaimCaseInput,
  OpenReclaimCaseInput,
  ReclaimActInput,
  ReclaimActionAvailability,
  ReclaimBatchPayload,
  ReclaimCaseConnection,
  ReclaimCaseFilterInput,
  ReclaimCaseNode,
  ReclaimCasePayload,
  ReclaimEventNode,
} from './reclaim.graphql.js';
import { CASE_OWNER, ReclaimService } from './reclaim.service.js';
import { answerersOf, ReclaimActs } from './reclaim-acts.service.js';

/** Parts of the sort key in a cursor: time and id. */
const CURSOR_PARTS = 2;

@Resolver(() => ReclaimCaseNode)
export class ReclaimResolver implements OnModuleInit {
  constructor(
    private readonly reclaim: ReclaimService,
    private readonly acts: ReclaimActs,
    private readonly lines: LineCaseOpening,
    private readonly nodes: NodeRegistry,
    private readonly files: FilesService,
  ) {}

  onModuleInit(): void {
    this.nodes.register('ReclaimCase', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'RESOURCE', 'READ');
      const row = scope && (await this.reclaim.inScope(scope, id));
      return row ? new ReclaimCaseNode(row) : null;
    });
    this.files.registerOwner(CASE_OWNER, (viewer, id) =>
      this.reclaim.mayRead(scopeFor(viewer, 'RESOURCE', 'READ'), id),
    );
  }

  @Query(() => ReclaimCaseConnection, { description: 'The newest first.' })
  async reclaimCases(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => ReclaimCaseFilterInput, nullable: true }) filter: ReclaimCaseFilterInput | null,
  ) {
    const scope = ctx.require('RESOURCE', 'READ');
    const wanted = { states: filter?.states ?? [], search: searchText(filter?.search) };
    const page = await this.reclaim.page(scope, wanted, pageRequest(args, CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new ReclaimCaseNode(row),
      (row) => [row.openedAt.toISOString(), row.id],
    );
  }

  @Query(() => ReclaimCaseNode)
  async reclaimCase(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReclaimCaseNode> {
    const found = await this.find(ctx, uuidOf('ReclaimCase', id));
    if (!found) throw notFound(ctx.locale);
    return found;
  }

  @Mutation(() => ReclaimCasePayload, { description: 'By the center; the department is told and may answer.' })
  async openReclaimCase(
    @Context() ctx: RequestContext,
    @Args('input') input: OpenReclaimCaseInput,
  ): Promise<ReclaimCasePayload> {
    const scope = ctx.require('RESOURCE', 'REVIEW');
    const wish = { ...wishOf(input), resourceId: uuidOf('Resource', input.resourceId) };
    return this.payload(ctx, this.reclaim.open(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ReclaimCasePayload, { description: 'The same about a line of servers, places or services in use.' })
  async openLineReclaimCase(
    @Context() ctx: RequestContext,
    @Args('input') input: OpenLineReclaimCaseInput,
  ): Promise<ReclaimCasePayload> {
    const scope = ctx.require('RESOURCE', 'REVIEW');
    const wish = { ...wishOf(input), lineId: uuidOf('RequestLine', input.lineId) };
    return this.payload(ctx, this.lines.open(ctx.requireViewer(), scope, wish));
  }

  @Mutation(() => ReclaimCasePayload, { description: '异议: by the department, until somebody has decided.' })
  objectToReclaim(@Context() ctx: RequestContext, @Args('input') input: ReclaimActInput): Promise<ReclaimCasePayload> {
    return this.act(ctx, 'OBJECT', input);
  }

  @Mutation(() => ReclaimCasePayload)
  agreeToReclaim(@Context() ctx: RequestContext, @Args('input') input: ReclaimActInput): Promise<ReclaimCasePayload> {
    return this.act(ctx, 'AGREE', input);
  }

  @Mutation(() => ReclaimBatchPayload, { description: 'Each stands alone: the answer says which, and why not.' })
  async answerReclaims(
    @Context() ctx: RequestContext,
    @Args('input') { items, ...input }: AnswerReclaimsInput,
  ): Promise<ReclaimBatchPayload> {
    const scope = ctx.require('RESOURCE', 'EDIT');
    const cases = items.map(({ id, expectedVersion }) => ({ caseId: uuidOf('ReclaimCase', id), expectedVersion }));
    const answers = await this.acts.answerMany(ctx.requireViewer(), scope, { ...input, items: cases });
    if (!answers.ok) return { results: [], errors: toUserErrors(answers.error, ctx.locale) };
    const results = answers.value.map(async (answer, index) => ({
      caseId: items[index]?.id ?? '',
      ...(await this.payload(ctx, answer)),
    }));
    return { results: await Promise.all(results), errors: [] };
  }

  @Mutation(() => ReclaimCasePayload, { description: 'By another than who opened it: into the recycle bin.' })
  decideReclaim(@Context() ctx: RequestContext, @Args('input') input: ReclaimActInput): Promise<ReclaimCasePayload> {
    return this.act(ctx, 'RECLAIM', input);
  }

  @Mutation(() => ReclaimCasePayload)
  closeReclaimCase(@Context() ctx: RequestContext, @Args('input') input: ReclaimActInput): Promise<ReclaimCasePayload> {
    return this.act(ctx, 'CLOSE', input);
  }

  @Mutation(() => ReclaimCasePayload, { description: 'While it lies in the bin: restored, and the case closed.' })
  undoReclaim(@Context() ctx: RequestContext, @Args('input') input: ReclaimActInput): Promise<ReclaimCasePayload> {
    return this.act(ctx, 'UNDO', input);
  }

  private act(ctx: RequestContext, action: CaseAction, input: ReclaimActInput): Promise<ReclaimCasePayload> {
    const scope = ctx.require('RESOURCE', sideOf(action) === 'DEPARTMENT' ? 'EDIT' : 'REVIEW');
    const { id, fileIds, ...rest } = input;
    const wish = {
      ...rest,
      caseId: uuidOf('ReclaimCase', id),
      fileIds: fileIds.map((file) => uuidOf('StoredFile', file)),
    };
    return this.payload(ctx, this.acts.act(ctx.requireViewer(), scope, action, wish));
  }

  private async payload(
    ctx: RequestContext,
    answer: Promise<Result<{ id: string }, readonly Refusal[]>> | Result<{ id: string }, readonly Refusal[]>,
  ): Promise<ReclaimCasePayload> {
    const result = await answer;
    if (!result.ok) return { case: null, errors: toUserErrors(result.error, ctx.locale) };
    return { case: await this.find(ctx, result.value.id), errors: [] };
  }

  private async find(ctx: RequestContext, id: string | undefined): Promise<ReclaimCaseNode | null> {
    const scope = ctx.require('RESOURCE', 'READ');
    const row = id === undefined ? null : await this.reclaim.inScope(scope, id);
    return row && new ReclaimCaseNode(row);
  }
}

function wishOf({ evidence, figures, fileIds, idempotencyKey }: CaseEvidenceInput) {
  return {
    text: evidence,
    figures: figures.map((figure) => ({ ...figure })),
    fileIds: fileIds.map((id) => uuidOf('StoredFile', id)),
    idempotencyKey,
  };
}

@Resolver(() => ReclaimCaseNode)
export class ReclaimEdgesResolver {
  constructor(
    private readonly reclaim: ReclaimService,
    private readonly resources: ResourcesService,
    private readonly lines: LineTerms,
    private readonly policies: LifePolicies,
    private readonly departments: DepartmentsService,
    private readonly files: FilesService,
  ) {}

  private readonly policyOf = async (keys: readonly string[]) => {
    const policy = await this.policies.policy();
    return keys.map(() => policy);
  };
  private readonly filesOfCases = (ids: readonly string[]) => this.files.filesOf(CASE_OWNER, ids);

  /** Whoever reads the case reads its resource: both go by the same department and system. */
  @ResolveField(() => ResourceNode, { nullable: true })
  async resource(@Context() ctx: RequestContext, @Parent() { row }: ReclaimCaseNode): Promise<ResourceNode | null> {
    const resource = row.resourceId === null ? null : await ctx.loader(this.resources.rows).load(row.resourceId);
    return resource && new ResourceNode(resource);
  }

  @ResolveField(() => LineTermNode, { nullable: true, description: 'About a line of servers, places or services.' })
  async line(@Context() ctx: RequestContext, @Parent() { row }: ReclaimCaseNode): Promise<LineTermNode | null> {
    if (row.lineId === null) return null;
    const found = await ctx.loader(this.lines.ofLines).load(row.lineId);
    return found && new LineTermNode(found, await ctx.loader(this.policyOf).load(''));
  }

  @ResolveField(() => DepartmentNode)
  async department(@Context() ctx: RequestContext, @Parent() { row }: ReclaimCaseNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => [ReclaimEventNode], { description: 'In the order of time.' })
  async events(@Context() ctx: RequestContext, @Parent() { row }: ReclaimCaseNode): Promise<ReclaimEventNode[]> {
    const [events, files] = await Promise.all([
      ctx.loader(this.reclaim.eventsOf).load(row.id),
      ctx.loader(this.filesOfCases).load(row.id),
    ]);
    const byId = new Map(files.map((file) => [file.id, file]));
    return events.map(({ id, at, actorName, action, toState, reason, fileIds }) => ({
      id: toNodeId('ReclaimEvent', id),
      at,
      actorName,
      action,
      toState,
      reason,
      files: fileIds.flatMap((fileId) => {
        const file = byId.get(fileId);
        return file ? [new StoredFileNode(file)] : [];
      }),
    }));
  }

  @ResolveField(() => [ReclaimActionAvailability])
  async availableActions(
    @Context() ctx: RequestContext,
    @Parent() { row }: ReclaimCaseNode,
  ): Promise<ReclaimActionAvailability[]> {
    const answererIds = answerersOf(await ctx.loader(this.reclaim.eventsOf).load(row.id));
    const viewer = ctx.requireViewer();
    const may = {
      department: reaches(scopeFor(viewer, 'RESOURCE', 'EDIT'), row),
      center: reaches(scopeFor(viewer, 'RESOURCE', 'REVIEW'), row),
    };
    return caseActions({ ...row, answererIds }, viewer.userId, may).map(({ action, disabled }) => ({
      action,
      disabledReason: disabled && ctx.say(disabled),
    }));
  }
}

/** A resource is an earlier feature and knows nothing of cases about it. */
@Resolver(() => ResourceNode)
export class ResourceReclaimResolver {
  constructor(private readonly reclaim: ReclaimService) {}

  @ResolveField(() => ReclaimCaseNode, { nullable: true, description: 'The reclaim case that still waits.' })
  async reclaimCase(@Context() ctx: RequestContext, @Parent() { row }: ResourceNode): Promise<ReclaimCaseNode | null> {
    const found = await ctx.loader(this.reclaim.openOf).load(row.id);
    return found && new ReclaimCaseNode(found);
  }
}
