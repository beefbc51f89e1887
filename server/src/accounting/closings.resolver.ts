import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DepartmentsService } from '../departments/departments.service.js';
import { DepartmentNode } from '../departments/departments.types.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import type { Refusal } from '../kernel/refusal.js';
import type { Result } from '../kernel/result.js';
import type { SecondAction } from '../kernel/second-person.js';
import { scopeFor, type TenantScope } from '../kernel/viewer.js';
import { CRYPTO, type CryptoProvider } from '../platform/crypto/crypto-provider.js';
import { badInput, notFound } from '../platform/graphql/errors.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { BooksService } from './books.service.js';
import { ClosedDocuments } from './closed-documents.service.js';
import { ClosedVerification } from './closed-verification.service.js';
import { ClosingFacts } from './closing-facts.service.js';
import {
  ClosedDocumentNode,
  ClosedStatementNode,
  ClosingBookNode,
  ClosingConnection,
  ClosingMonthNode,
  ClosingNode,
  ClosingPayload,
  ClosingStateEnum,
  DecideClosingInput,
  RequestClosingInput,
  RequestReversalInput,
  VerifyClosingPayload,
} from './closings.graphql.js';
import { ClosingsService } from './closings.service.js';
import { type Book, type ClosingState, PROVINCE_BOOK } from './domain/closing.js';
import { StatementsService } from './statements.service.js';

/** Which right each act needs. That the two are never one person is decided by the act. */
const RIGHT_OF = { APPROVE: 'REVIEW', RETURN: 'REVIEW', WITHDRAW: 'SUBMIT' } as const;
const CITY = {
  type: () => ID,
  nullable: true,
  description: 'null = the province’s own book; to the people of a city, theirs.',
} as const;

@Resolver(() => ClosingNode)
export class ClosingsResolver implements OnModuleInit {
  constructor(
    private readonly closings: ClosingsService,
    private readonly facts: ClosingFacts,
    private readonly books: BooksService,
    private readonly documents: ClosedDocuments,
    private readonly verification: ClosedVerification,
    private readonly statements: StatementsService,
    private readonly departments: DepartmentsService,
    private readonly nodes: NodeRegistry,
    @Inject(CRYPTO) private readonly crypto: CryptoProvider,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Closing', async (ctx, id) => {
      const scope = scopeFor(ctx.requireViewer(), 'CLOSING', 'READ');
      const row = scope ? await this.closings.byId(scope, id) : null;
      return row && new ClosingNode(row);
    });
  }

  @Query(() => [ClosingBookNode], { description: 'Books whose closes the viewer may read, the province’s first.' })
  async closingBooks(@Context() ctx: RequestContext): Promise<ClosingBookNode[]> {
    const scope = ctx.require('CLOSING', 'READ');
    const submit = scopeFor(ctx.requireViewer(), 'CLOSING', 'SUBMIT');
    const own = new Set(submit ? await this.books.own(submit) : []);
    const books = await this.books.named(scope);
    return books.map(({ book, name }) => ({
      cityId: book === PROVINCE_BOOK ? null : toNodeId('Department', book),
      name,
      own: own.has(book),
    }));
  }

  @Query(() => ClosingMonthNode, { nullable: true, description: 'null = no book of the viewer’s.' })
  async closingMonth(
    @Context() ctx: RequestContext,
    @Args('month', { type: () => String, description: 'YYYY-MM' }) month: string,
    @Args('cityId', CITY) cityId: string | null,
  ): Promise<ClosingMonthNode | null> {
    const scope = ctx.require('CLOSING', 'READ');
    if (!this.statements.isMonth(month)) throw badInput('month is YYYY-MM');
    const book = await this.bookOf(scope, cityId);
    const readable = await this.books.readable(scope);
    if (book === null || (readable && !readable.includes(book))) return null;
    const [{ amount, departments, lines }, rows] = await Promise.all([
      this.facts.figuresOf(book, month),
      this.closings.ofMonth([book], month),
    ]);
    const standing = rows.find(({ kind, live }) => kind === 'STATEMENT' && live !== null);
    const sealed = standing?.state === 'CLOSED' ? await this.documents.document(standing.id) : null;
    const submit = scopeFor(ctx.requireViewer(), 'CLOSING', 'SUBMIT');
    return {
      month,
      departments: sealed?.statements ?? departments.length,
      lines: sealed?.lines ?? lines,
      amount: sealed?.amount ?? amount,
      checklist: sealed
        ? []
        : (await this.closings.checklist(book, month)).map((check) => ({ ...check, examples: [...check.examples] })),
      closings: rows.map((row) => new ClosingNode(row)),
      mayRequest: !standing && submit !== undefined && (await this.books.own(submit)).includes(book),
    };
  }

  @Query(() => ClosingConnection, { description: 'Closes and reversals, the newest month first.' })
  async closingRecord(
    @Context() ctx: RequestContext,
    @Args() args: PageArgs,
    @Args('cityId', CITY) cityId: string | null,
    @Args('state', { type: () => ClosingStateEnum, nullable: true }) state: ClosingState | null,
  ): Promise<Connection<ClosingNode>> {
    const scope = ctx.require('CLOSING', 'READ');
    const filter = { book: (await this.bookOf(scope, cityId)) ?? '-', state: state ?? null };
    const page = await this.closings.list(scope, filter, pageRequest(args, 2));
    return toConnection(
      page,
      (row) => new ClosingNode(row),
      (row) => [row.ofMonth, row.id],
    );
  }

  @Query(() => ClosingNode, { nullable: true })
  async closing(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ClosingNode | null> {
    const scope = ctx.require('CLOSING', 'READ');
    const uuid = uuidOf('Closing', id);
    const row = uuid ? await this.closings.byId(scope, uuid) : null;
    return row && new ClosingNode(row);
  }

  @ResolveField(() => DepartmentNode, { nullable: true, description: 'The city whose accounts it closes.' })
  async city(@Context() ctx: RequestContext, @Parent() { row }: ClosingNode): Promise<DepartmentNode | null> {
    if (row.book === PROVINCE_BOOK) return null;
    const city = await ctx.loader(this.departments.departments).load(row.book);
    return city && new DepartmentNode(city);
  }

  @ResolveField(() => ClosedDocumentNode, { nullable: true, description: 'null = nothing was closed (yet).' })
  document(@Context() ctx: RequestContext, @Parent() { row }: ClosingNode): Promise<ClosedDocumentNode | null> {
    return ctx.loader(this.documents.documents).load(row.id);
  }

  @ResolveField(() => [ClosedStatementNode], { description: 'Of a closed document, by amount.' })
  async statementsClosed(@Parent() { row }: ClosingNode): Promise<ClosedStatementNode[]> {
    const statements = row.closedAt === null ? [] : await this.documents.statements(row.id);
    return statements.map((one) => ({ ...one, departmentId: toNodeId('Department', one.departmentId) }));
  }

  @ResolveField(() => Boolean, { description: 'The viewer may approve or return it.' })
  async mayDecide(@Context() ctx: RequestContext, @Parent() { row }: ClosingNode): Promise<boolean> {
    return row.requestedById !== ctx.requireViewer().userId && this.may(ctx, row, 'REQUESTED', 'REVIEW');
  }

  @ResolveField(() => Boolean)
  mayWithdraw(@Context() ctx: RequestContext, @Parent() { row }: ClosingNode): Promise<boolean> {
    return this.may(ctx, row, 'REQUESTED', 'SUBMIT');
  }

  @ResolveField(() => Boolean, { description: 'The viewer may ask for its reversal.' })
  async mayReverse(@Context() ctx: RequestContext, @Parent() { row }: ClosingNode): Promise<boolean> {
    return row.kind === 'STATEMENT' && this.may(ctx, row, 'CLOSED', 'SUBMIT');
  }

  private async may(
    ctx: RequestContext,
    row: ClosingNode['row'],
    state: ClosingState,
    right: 'SUBMIT' | 'REVIEW',
  ): Promise<boolean> {
    const scope = row.state === state ? scopeFor(ctx.requireViewer(), 'CLOSING', right) : undefined;
    return scope !== undefined && (await this.books.own(scope)).includes(row.book);
  }

  @Mutation(() => ClosingPayload, {
    description: '申请结账: with a word on everything that the checklist asks to explain.',
  })
  async requestClosing(
    @Context() ctx: RequestContext,
    @Args('input') input: RequestClosingInput,
  ): Promise<ClosingPayload> {
    const scope = ctx.require('CLOSING', 'SUBMIT');
    const { cityId, ...wish } = input;
    if (!this.statements.isMonth(wish.month)) throw badInput('month is YYYY-MM');
    const book = (await this.bookOf(scope, cityId)) ?? '-';
    return this.answer(ctx, await this.closings.request(ctx.requireViewer(), scope, { ...wish, book }));
  }

  @Mutation(() => ClosingPayload, { description: '申请冲销: the negative of a closed month in the first open one.' })
  async requestReversal(
    @Context() ctx: RequestContext,
    @Args('input') input: RequestReversalInput,
  ): Promise<ClosingPayload> {
    const scope = ctx.require('CLOSING', 'SUBMIT');
    const closingId = uuidOf('Closing', input.closingId);
    return this.answer(ctx, await this.closings.requestReversal(ctx.requireViewer(), scope, { ...input, closingId }));
  }

  @Mutation(() => ClosingPayload, { description: 'By another person than asked; what is approved is sealed.' })
  approveClosing(@Context() ctx: RequestContext, @Args('input') input: DecideClosingInput): Promise<ClosingPayload> {
    return this.decide(ctx, 'APPROVE', input);
  }

  @Mutation(() => ClosingPayload)
  returnClosing(@Context() ctx: RequestContext, @Args('input') input: DecideClosingInput): Promise<ClosingPayload> {
    return this.decide(ctx, 'RETURN', input);
  }

  @Mutation(() => ClosingPayload)
  withdrawClosing(@Context() ctx: RequestContext, @Args('input') input: DecideClosingInput): Promise<ClosingPayload> {
    return this.decide(ctx, 'WITHDRAW', input);
  }

  @Mutation(() => VerifyClosingPayload, {
    description: 'Computes every hash of a closed document again from its lines.',
  })
  async verifyClosing(
    @Context() ctx: RequestContext,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<VerifyClosingPayload> {
    const scope = ctx.require('CLOSING', 'READ');
    const uuid = uuidOf('Closing', id);
    const row = uuid ? await this.closings.byId(scope, uuid) : null;
    const verified = row ? await this.verification.document(row.id) : null;
    if (!verified) throw notFound(ctx.locale);
    return {
      whole: verified.findings.length === 0,
      findings: verified.findings.map(({ departmentId, kind }) => ({
        kind,
        departmentId: departmentId && toNodeId('Department', departmentId),
      })),
      certified: this.crypto.certified,
      errors: [],
    };
  }

  /** null = an id that is no department's, or nobody's book. */
  private async bookOf(scope: TenantScope, cityId: string | null | undefined): Promise<Book | null> {
    if (cityId) return uuidOf('Department', cityId) ?? null;
    const [first = null] = await this.books.own(scope);
    return first;
  }

  private async decide(ctx: RequestContext, action: SecondAction, input: DecideClosingInput): Promise<ClosingPayload> {
    const scope = ctx.require('CLOSING', RIGHT_OF[action]);
    const id = uuidOf('Closing', input.id);
    return this.answer(ctx, await this.closings.decide(ctx.requireViewer(), scope, action, { ...input, id }));
  }

  private async answer(ctx: RequestContext, done: Result<{ id: string }, readonly Refusal[]>): Promise<ClosingPayload> {
    if (!done.ok) return { closing: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.closings.byId(ctx.require('CLOSING', 'READ'), done.value.id);
    return { closing: row && new ClosingNode(row), errors: [] };
  }
}
