import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { StoredFile } from '../files/domain/stored-file.js';
import { StoredFileNode } from '../files/files.graphql.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { scopeFor } from '../kernel/viewer.js';
import { notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import {
  type Connection,
  NEWEST_CURSOR_PARTS,
  newestConnection,
  PageArgs,
  pageRequest,
} from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors, UserError } from '../platform/graphql/user-error.js';
import { AppealPapers } from './appeal-papers.service.js';
import { type AnswerWish, type AppealAnswer, Appeals } from './appeals.service.js';
import { Evaluations } from './evaluations.service.js';
import {
  AnswerAppealInput,
  AppealGradeInput,
  BeginPerformanceRunInput,
  DecidePerformanceRunInput,
  PerformanceAppealNode,
  PerformanceConsequenceNode,
  PerformanceEvaluationNode,
  PerformanceEvaluationPage,
  PerformanceEvaluationPayload,
  PerformanceFilterInput,
  PerformanceMarkNode,
  PerformanceRegradeNode,
  PerformanceRunConnection,
  PerformanceRunNode,
  PerformanceRunPayload,
  WithdrawAppealInput,
} from './performance.graphql.js';
import type { AppealRow, EvaluationRow } from './performance.types.js';
import { PerformanceRuns, type RunAnswer } from './runs.service.js';

/** Names nothing: an id of another kind finds nothing. */
const NOTHING = '-';

@Resolver(() => PerformanceRunNode)
export class PerformanceRunsResolver implements OnModuleInit {
  constructor(
    private readonly runs: PerformanceRuns,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('PerformanceRun', async (ctx, id) => {
      if (scopeFor(ctx.requireViewer(), 'PERFORMANCE', 'READ')?.kind !== 'PROVINCE') return null;
      const [run] = await this.runs.runs([id]);
      return run ? new PerformanceRunNode(run, ctx.requireViewer().userId) : null;
    });
  }

  @Query(() => PerformanceRunConnection, { description: 'The newest first; for those who see the whole province.' })
  async performanceRuns(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
  ): Promise<Connection<PerformanceRunNode>> {
    const scope = ctx.require('PERFORMANCE', 'READ');
    const request = pageRequest(page, NEWEST_CURSOR_PARTS);
    const { userId } = ctx.requireViewer();
    const found =
      scope.kind === 'PROVINCE' ? await this.runs.page(request) : { rows: [], totalCount: 0, hasNextPage: false };
    return newestConnection(
      found,
      (run) => new PerformanceRunNode(run, userId),
      (run) => run.preparedAt,
    );
  }

  @Mutation(() => PerformanceRunPayload, { description: 'Evaluates all systems and departments of a period.' })
  beginPerformanceRun(
    @Context() ctx: RequestContext,
    @Args('input') { period, idempotencyKey }: BeginPerformanceRunInput,
  ): Promise<PerformanceRunPayload> {
    ctx.require('PERFORMANCE', 'EDIT');
    return this.payload(ctx, this.runs.begin(ctx.requireViewer(), period, idempotencyKey));
  }

  @Mutation(() => PerformanceRunPayload, {
    description: 'Published or returned by another than who evaluated; withdrawn by anybody who evaluates.',
  })
  decidePerformanceRun(
    @Context() ctx: RequestContext,
    @Args('input') { id, decision, opinion, ...wish }: DecidePerformanceRunInput,
  ): Promise<PerformanceRunPayload> {
    ctx.require('PERFORMANCE', decision === 'WITHDRAW' ? 'EDIT' : 'REVIEW');
    const input = { ...wish, id: uuidOf('PerformanceRun', id), opinion: opinion ?? null };
    return this.payload(ctx, this.runs.decide(ctx.requireViewer(), decision, input));
  }

  private async payload(ctx: RequestContext, answer: RunAnswer): Promise<PerformanceRunPayload> {
    const result = await answer;
    if (!result.ok) return { run: null, errors: toUserErrors(result.error, ctx.locale) };
    const [run] = await this.runs.runs([result.value.id]);
    return { run: run ? new PerformanceRunNode(run, ctx.requireViewer().userId) : null, errors: [] };
  }
}

@Resolver(() => PerformanceEvaluationNode)
export class PerformanceEvaluationsResolver implements OnModuleInit {
  constructor(
    private readonly evaluations: Evaluations,
    private readonly appealing: Appeals,
    private readonly papers: AppealPapers,
    private readonly runs: PerformanceRuns,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('PerformanceEvaluation', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'PERFORMANCE', 'READ');
      const row = scope && (await this.evaluations.inScope(scope, id, seesUnpublished(ctx)));
      return row ? new PerformanceEvaluationNode(row) : null;
    });
  }

  @Query(() => PerformanceEvaluationPage, {
    description: 'The newest evaluation first, of each subject the version that stands.',
  })
  async performanceEvaluations(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('filter', { type: () => PerformanceFilterInput, nullable: true }) asked: PerformanceFilterInput | null,
  ): Promise<PerformanceEvaluationPage> {
    const scope = ctx.require('PERFORMANCE', 'READ');
    const filter = {
      runId: asked?.runId ? (uuidOf('PerformanceRun', asked.runId) ?? NOTHING) : null,
      ...{ kind: asked?.kind ?? null, grades: asked?.grades ?? [], ungraded: asked?.ungraded ?? false },
      departmentId: asked?.departmentId ? (uuidOf('Department', asked.departmentId) ?? NOTHING) : null,
      ...{ search: searchText(asked?.search), alsoUnpublished: seesUnpublished(ctx) },
    };
    const [page, counts] = await Promise.all([
      this.evaluations.page(scope, filter, pageRequest(args, NEWEST_CURSOR_PARTS)),
      this.evaluations.counts(scope, filter),
    ]);
    const found = newestConnection(
      page,
      (row) => new PerformanceEvaluationNode(row),
      (row) => row.createdAt,
    );
    return { ...found, counts };
  }

  @Query(() => PerformanceEvaluationNode)
  async performanceEvaluation(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<PerformanceEvaluationNode> {
    const scope = ctx.require('PERFORMANCE', 'READ');
    const uuid = uuidOf('PerformanceEvaluation', id);
    const row = uuid === undefined ? null : await this.evaluations.inScope(scope, uuid, seesUnpublished(ctx));
    if (!row) throw notFound(ctx.locale);
    return new PerformanceEvaluationNode(row);
  }

  @ResolveField(() => [PerformanceMarkNode])
  marks(@Context() ctx: RequestContext, @Parent() { row }: PerformanceEvaluationNode): PerformanceMarkNode[] {
    const { marks, evidence } = row.content;
    return marks.map((mark) => {
      const known = evidence.find(({ indicator }) => indicator === mark.indicator);
      return {
        ...mark,
        figures: (known?.figures ?? []).map(({ label, value }) => ({ label: ctx.say(label), value: ctx.say(value) })),
        source: known ? ctx.say(known.source) : '',
      };
    });
  }

  @ResolveField(() => [String], { description: 'Why it is this grade.' })
  reasons(@Context() ctx: RequestContext, @Parent() { row }: PerformanceEvaluationNode): string[] {
    return row.content.reasons.map((reason) => ctx.say(reason));
  }

  @ResolveField(() => PerformanceRunNode)
  async run(@Context() ctx: RequestContext, @Parent() { row }: PerformanceEvaluationNode): Promise<PerformanceRunNode> {
    const run = await ctx.loader(this.runs.runs).load(row.runId);
    if (!run) throw new Error(`evaluation ${row.code} is of no run`);
    return new PerformanceRunNode(run, ctx.requireViewer().userId);
  }

  @ResolveField(() => Boolean, {
    nullable: true,
    description: 'What was frozen still has its hash; null = not published.',
  })
  verified(@Context() ctx: RequestContext, @Parent() { row }: PerformanceEvaluationNode): Promise<boolean | null> {
    return ctx.loader<EvaluationRow, boolean | null>(this.evaluations.verified).load(row);
  }

  @ResolveField(() => [PerformanceAppealNode], { description: 'The newest first.' })
  async appeals(
    @Context() ctx: RequestContext,
    @Parent() { row }: PerformanceEvaluationNode,
  ): Promise<PerformanceAppealNode[]> {
    const appeals = await ctx.loader(this.appealing.ofEvaluations).load(row.id);
    return Promise.all(appeals.map(async (one) => appealNode(one, await ctx.loader(this.papers.filesOf).load(one.id))));
  }

  @ResolveField(() => [PerformanceConsequenceNode])
  async consequences(
    @Context() ctx: RequestContext,
    @Parent() { row }: PerformanceEvaluationNode,
  ): Promise<PerformanceConsequenceNode[]> {
    const rows = await ctx.loader(this.evaluations.consequencesOf).load(row.id);
    return rows.map(({ kind, label, objectId, at }) => ({
      ...{ kind, label, at },
      caseId: kind === 'CASE' ? toNodeId('ReclaimCase', objectId) : null,
    }));
  }

  @ResolveField(() => [PerformanceEvaluationNode], {
    description:
      'All that was published of the same system or department, versions that were replaced among them; the newest first.',
  })
  async history(
    @Context() ctx: RequestContext,
    @Parent() { row }: PerformanceEvaluationNode,
  ): Promise<PerformanceEvaluationNode[]> {
    return (await ctx.loader(this.evaluations.ofSubjects).load(row.subjectId)).map(
      (one) => new PerformanceEvaluationNode(one),
    );
  }

  @ResolveField(() => PerformanceRegradeNode, {
    nullable: true,
    description: 'Of a version that came of an appeal: who answered it. Its run evaluated and published the first one.',
  })
  regraded(@Context() ctx: RequestContext, @Parent() { row }: PerformanceEvaluationNode) {
    return ctx.loader(this.papers.regradeOf).load(row.id);
  }

  @ResolveField(() => UserError, {
    nullable: true,
    description: 'Why it cannot be appealed against now; null = its department may.',
  })
  async appealObjection(
    @Context() ctx: RequestContext,
    @Parent() { row }: PerformanceEvaluationNode,
  ): Promise<UserError | null> {
    const objection = this.appealing.objection(row, await ctx.loader(this.appealing.ofEvaluations).load(row.id));
    return objection && (toUserErrors([objection], ctx.locale)[0] ?? null);
  }

  @Mutation(() => PerformanceEvaluationPayload, { description: '申诉, by the head of the department.' })
  appealGrade(
    @Context() ctx: RequestContext,
    @Args('input') { id, fileIds, ...wish }: AppealGradeInput,
  ): Promise<PerformanceEvaluationPayload> {
    const scope = ctx.require('PERFORMANCE', 'SIGN_OFF');
    const files = fileIds.map((file) => uuidOf('StoredFile', file) ?? NOTHING);
    const raised = { ...wish, fileIds: files, evaluationId: uuidOf('PerformanceEvaluation', id) };
    return this.payload(ctx, this.appealing.raise(ctx.requireViewer(), scope, raised));
  }

  @Mutation(() => PerformanceEvaluationPayload)
  withdrawAppeal(
    @Context() ctx: RequestContext,
    @Args('input') { id, ...wish }: WithdrawAppealInput,
  ): Promise<PerformanceEvaluationPayload> {
    const scope = ctx.require('PERFORMANCE', 'SIGN_OFF');
    const answer = this.appealing.withdraw(ctx.requireViewer(), scope, {
      ...wish,
      id: uuidOf('PerformanceAppeal', id),
    });
    return this.payload(ctx, answer);
  }

  @Mutation(() => PerformanceEvaluationPayload, {
    description: 'By somebody who neither evaluated nor published; with corrections another version takes its place.',
  })
  answerAppeal(
    @Context() ctx: RequestContext,
    @Args('input') { id, corrections, ...wish }: AnswerAppealInput,
  ): Promise<PerformanceEvaluationPayload> {
    const scope = ctx.require('PERFORMANCE', 'REVIEW');
    const answer: AnswerWish = {
      ...wish,
      id: uuidOf('PerformanceAppeal', id),
      corrections: corrections.map((one) => ({ ...one })),
    };
    return this.payload(ctx, this.appealing.answer(ctx.requireViewer(), scope, answer));
  }

  private async payload(ctx: RequestContext, answer: AppealAnswer): Promise<PerformanceEvaluationPayload> {
    const result = await answer;
    if (!result.ok) return { evaluation: null, errors: toUserErrors(result.error, ctx.locale) };
    const scope = ctx.require('PERFORMANCE', 'READ');
    const row = await this.evaluations.inScope(scope, result.value.evaluationId, false);
    return { evaluation: row && new PerformanceEvaluationNode(row), errors: [] };
  }
}

/** What waits for a second person is seen by those who evaluate and who publish. */
function seesUnpublished(ctx: RequestContext): boolean {
  const viewer = ctx.requireViewer();
  return (['EDIT', 'REVIEW'] as const).some((action) => scopeFor(viewer, 'PERFORMANCE', action)?.kind === 'PROVINCE');
}

function appealNode(row: AppealRow, files: readonly StoredFile[]): PerformanceAppealNode {
  return {
    ...{ id: toNodeId('PerformanceAppeal', row.id), state: row.state, version: row.version, reason: row.reason },
    ...{ raisedBy: row.raisedBy, raisedAt: row.raisedAt, answer: row.answer },
    ...{ answeredBy: row.answeredBy, answeredAt: row.answeredAt },
    files: files.map((file) => new StoredFileNode(file)),
  };
}
