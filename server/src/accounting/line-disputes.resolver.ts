import type { OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import { covers, scopeFor, type Viewer } from '../kernel/viewer.js';
import { badInput } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import {
  type Connection,
  NEWEST_CURSOR_PARTS,
  PageArgs,
  pageRequest,
  toConnection,
} from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { PricingService } from '../pricing/pricing.service.js';
import { BooksService } from './books.service.js';
import type { DisputeState } from './domain/line-dispute.js';
import {
  AnswerLineDisputeInput,
  ConfirmStatementInput,
  ConfirmStatementPayload,
  DisputeStateEnum,
  DisputeStatementLineInput,
  EarlierDisputeAnswerNode,
  LineDisputeConnection,
  LineDisputeNode,
  LineDisputePayload,
  WithdrawLineDisputeInput,
} from './line-disputes.graphql.js';
import type { DisputeRow } from './line-disputes.repository.js';
import { LineDisputes } from './line-disputes.service.js';
import { StatementConfirmations } from './statement-confirmations.service.js';
import { StatementsService } from './statements.service.js';

/** Whoever reads a department's statements reads what it disputes; its head speaks for it, finance of its book answers. */
@Resolver(() => LineDisputeNode)
export class LineDisputesResolver implements OnModuleInit {
  constructor(
    private readonly disputes: LineDisputes,
    private readonly confirmations: StatementConfirmations,
    private readonly statements: StatementsService,
    private readonly books: BooksService,
    private readonly pricing: PricingService,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
  ) {}

  onModuleInit(): void {
    this.nodes.register('LineDispute', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'BUDGET', 'READ');
      const row = scope ? await this.disputes.byId(scope, id) : null;
      return row && new LineDisputeNode(row);
    });
  }

  @Query(() => LineDisputeConnection, { description: 'The newest first.' })
  async lineDisputes(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('month', { type: () => String, nullable: true, description: 'YYYY-MM' }) month: string | null,
    @Args('departmentId', { type: () => ID, nullable: true, description: 'With all below it.' })
    departmentId: string | null,
    @Args('state', { type: () => DisputeStateEnum, nullable: true }) state: DisputeState | null,
  ): Promise<Connection<LineDisputeNode>> {
    const scope = ctx.require('BUDGET', 'READ');
    if (month && !this.statements.isMonth(month)) throw badInput('month is YYYY-MM');
    const filter = {
      month: month || null,
      departmentIds: departmentId
        ? await this.departments.wholeTreeIds(uuidOf('Department', departmentId) ?? '-')
        : null,
      state: state ?? null,
    };
    const page = await this.disputes.list(scope, filter, pageRequest(args, NEWEST_CURSOR_PARTS));
    return toConnection(
      page,
      (row) => new LineDisputeNode(row),
      (row) => [row.raisedAt.toISOString(), row.id],
    );
  }

  @Query(() => LineDisputeNode, { nullable: true })
  async lineDispute(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<LineDisputeNode | null> {
    const scope = ctx.require('BUDGET', 'READ');
    const uuid = uuidOf('LineDispute', id);
    const row = uuid ? await this.disputes.byId(scope, uuid) : null;
    return row && new LineDisputeNode(row);
  }

  @ResolveField(() => String, { description: 'What is counted.' })
  async name(@Context() ctx: RequestContext, @Parent() { meter }: LineDisputeNode): Promise<string> {
    return ctx.say((await ctx.loader(this.pricing.meterWords).load(meter)).name);
  }

  @ResolveField(() => DepartmentNode, { nullable: true })
  async department(@Context() ctx: RequestContext, @Parent() { row }: LineDisputeNode): Promise<DepartmentNode | null> {
    const department = await ctx.loader(this.departments.departments).load(row.departmentId);
    return department && new DepartmentNode(department);
  }

  @ResolveField(() => Boolean)
  async mayAnswer(@Context() ctx: RequestContext, @Parent() { row }: LineDisputeNode): Promise<boolean> {
    return row.state === 'OPEN' && this.mayAct(ctx.requireViewer(), row);
  }

  @ResolveField(() => Boolean, { description: 'A correction that was wrong is corrected again.' })
  async mayAmend(@Context() ctx: RequestContext, @Parent() { row }: LineDisputeNode): Promise<boolean> {
    return row.state === 'CORRECTED' && this.mayAct(ctx.requireViewer(), row);
  }

  @ResolveField(() => [EarlierDisputeAnswerNode], {
    description: 'Answers that were corrected again, the oldest first.',
  })
  async earlierAnswers(
    @Context() ctx: RequestContext,
    @Parent() { row }: LineDisputeNode,
  ): Promise<EarlierDisputeAnswerNode[]> {
    const rows = await ctx.loader(this.disputes.earlierAnswers).load(row.id);
    return rows.map((one) => new EarlierDisputeAnswerNode(one));
  }

  private async mayAct(viewer: Viewer, row: DisputeRow): Promise<boolean> {
    const scope = scopeFor(viewer, 'STATEMENT', 'REVIEW');
    if (!scope || row.raisedById === viewer.userId) return false;
    const periods = await this.books.periods();
    return (await this.books.own(scope)).includes(periods.bookOf(row.departmentId));
  }

  @ResolveField(() => Boolean)
  mayWithdraw(@Context() ctx: RequestContext, @Parent() { row }: LineDisputeNode): boolean {
    return row.state === 'OPEN' && covers(scopeFor(ctx.requireViewer(), 'STATEMENT', 'SIGN_OFF'), row.departmentId);
  }

  @Mutation(() => ConfirmStatementPayload, { description: '确认: at what the person saw, or not at all.' })
  async confirmStatement(
    @Context() ctx: RequestContext,
    @Args('input') input: ConfirmStatementInput,
  ): Promise<ConfirmStatementPayload> {
    const scope = ctx.require('STATEMENT', 'SIGN_OFF');
    const { expectedAmount, expectedLines, idempotencyKey, month } = input;
    if (!this.statements.isMonth(month)) throw badInput('month is YYYY-MM');
    const done = await this.confirmations.confirm(ctx.requireViewer(), scope, {
      ...{ month, idempotencyKey, departmentId: uuidOf('Department', input.departmentId) },
      expected: { lines: expectedLines, amount: expectedAmount },
    });
    return { confirmed: done.ok, errors: done.ok ? [] : toUserErrors(done.error, ctx.locale) };
  }

  @Mutation(() => LineDisputePayload, { description: '提出异议: the line is not charged until it is answered.' })
  async disputeStatementLine(
    @Context() ctx: RequestContext,
    @Args('input') input: DisputeStatementLineInput,
  ): Promise<LineDisputePayload> {
    const scope = ctx.require('STATEMENT', 'SIGN_OFF');
    const { from, useId, ...wish } = input;
    if (!this.statements.isMonth(wish.month)) throw badInput('month is YYYY-MM');
    const line = { ...wish, meter: asciiOr(wish.meter), resourceId: asciiOr(useId), from: from.getTime() };
    return this.answerWith(ctx, await this.disputes.raise(ctx.requireViewer(), scope, line));
  }

  @Mutation(() => LineDisputePayload)
  async withdrawLineDispute(
    @Context() ctx: RequestContext,
    @Args('input') input: WithdrawLineDisputeInput,
  ): Promise<LineDisputePayload> {
    const scope = ctx.require('STATEMENT', 'SIGN_OFF');
    const wish = { ...input, id: uuidOf('LineDispute', input.id), text: '' };
    return this.answerWith(ctx, await this.disputes.decide(ctx.requireViewer(), scope, 'WITHDRAW', wish));
  }

  @Mutation(() => LineDisputePayload, { description: '答复: the line is kept, or corrected by a correction line.' })
  async answerLineDispute(
    @Context() ctx: RequestContext,
    @Args('input') input: AnswerLineDisputeInput,
  ): Promise<LineDisputePayload> {
    const scope = ctx.require('STATEMENT', 'REVIEW');
    const { answer, correctedAmount = null, ...wish } = input;
    const id = uuidOf('LineDispute', input.id);
    const standing = id && correctedAmount !== null ? await this.disputes.byId(scope, id) : null;
    const action = correctedAmount === null ? 'KEEP' : standing?.state === 'CORRECTED' ? 'AMEND' : 'CORRECT';
    const given = { ...wish, id, text: answer, correctedFen: correctedAmount };
    return this.answerWith(ctx, await this.disputes.decide(ctx.requireViewer(), scope, action, given));
  }

  private async answerWith(
    ctx: RequestContext,
    done: Result<{ id: string }, readonly Refusal[]>,
  ): Promise<LineDisputePayload> {
    if (!done.ok) return { lineDispute: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.disputes.byId(ctx.require('BUDGET', 'READ'), done.value.id);
    return { lineDispute: row && new LineDisputeNode(row), errors: [] };
  }
}

/** What cannot stand in a column of ascii names no line. */
function asciiOr(text: string): string {
  return /^[\x21-\x7e]{1,60}$/.test(text) ? text : '-';
}
