import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LineKindEnum } from '../allocation/allocation.types.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import { toNodeId, uuidOf } from '../kernel/node-id.js';
import { toCursor } from '../kernel/page.js';
import { badInput } from '../platform/graphql/errors.js';
import { PageArgs, pageRequest } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { RequestLinePages } from '../requests/request-line-pages.service.js';
import { RequestNode } from '../requests/requests.graphql.js';
import { RequestsService } from '../requests/requests.service.js';
import { BatchChoicesService } from './batch-choices.service.js';
import { LineBatchColumn } from './batches.graphql.js';
import {
  EditRequestLineCellsInput,
  EditRequestLineCellsPayload,
  RequestLineProblemNode,
  RequestLineRowNode,
  RequestLineSetNode,
  RequestLineTable,
} from './line-tables.graphql.js';
import { LineTables } from './line-tables.service.js';

/** Which requests have lines is an earlier feature's; how a line looks as a row of a template is told here. */
@Resolver(() => RequestNode)
export class LineTablesResolver {
  constructor(
    private readonly tables: LineTables,
    private readonly choices: BatchChoicesService,
    private readonly pages: RequestLinePages,
    private readonly requests: RequestsService,
  ) {}

  @ResolveField(() => [RequestLineSetNode], { description: 'The tables that its lines fill, in their order.' })
  async lineSets(@Context() ctx: RequestContext, @Parent() { row }: RequestNode): Promise<RequestLineSetNode[]> {
    const kinds = await this.pages.kindsOf(row.id);
    const { services } = await this.choices.of('SERVICE');
    return kinds.map(({ kind, serviceId, lineCount }) => {
      const service = services.get(serviceId ?? '');
      return {
        ...{ kind, lineCount },
        serviceId: serviceId === null ? null : toNodeId('ServiceOffer', serviceId),
        serviceName: service ? ctx.say(service.name) : null,
      };
    });
  }

  @ResolveField(() => RequestLineTable, {
    description: 'Its lines of a kind, and of services of one, as rows of cells.',
  })
  async lineTable(
    @Context() ctx: RequestContext,
    @Parent() { row }: RequestNode,
    @Args('kind', { type: () => LineKindEnum }) kind: LineKind,
    @Args('serviceId', { type: () => ID, nullable: true }) serviceId: string | null,
    @Args() args: PageArgs,
  ): Promise<RequestLineTable> {
    const { first, after } = pageRequest(args, 1);
    const from = after ? Number(after[0]) : -1;
    if (!Number.isSafeInteger(from)) throw badInput('after is not a cursor of this list');
    const of = { kind, serviceId: serviceId ? (uuidOf('ServiceOffer', serviceId) ?? '-') : null };
    const [page, table] = await Promise.all([this.pages.pageOfKind(row.id, of, from, first), this.tables.table(of)]);
    const last = page.rows.at(-1);
    return {
      columns: table.columns.map((column) => new LineBatchColumn(column, table.choices, ctx.locale)),
      nodes: page.rows.map((line) => new RequestLineRowNode(line, table, ctx.locale)),
      totalCount: page.totalCount,
      pageInfo: { hasNextPage: page.hasNextPage, endCursor: last ? toCursor([String(last.position)]) : null },
    };
  }

  @Mutation(() => EditRequestLineCellsPayload, {
    description: 'Types into lines of a draft, as into a table: all cells of the edit, or none.',
  })
  async editRequestLineCells(
    @Context() ctx: RequestContext,
    @Args('input') input: EditRequestLineCellsInput,
  ): Promise<EditRequestLineCellsPayload> {
    const scope = ctx.require('REQUEST', 'EDIT');
    const { kind, expectedVersion, idempotencyKey } = input;
    const serviceId = input.serviceId ? (uuidOf('ServiceOffer', input.serviceId) ?? '-') : null;
    const answer = await this.tables.edit(ctx.requireViewer(), scope, ctx.locale, {
      ...{ kind, serviceId, expectedVersion, idempotencyKey },
      requestId: uuidOf('Request', input.id),
      cells: input.cells.map(({ lineId, column, value }) => ({ lineId: uuidOf('RequestLine', lineId), column, value })),
    });
    if (!answer.ok) return { request: null, rows: [], problems: [], errors: toUserErrors(answer.error, ctx.locale) };
    const { requestId, lineIds, problems } = answer.value;
    const [row, table, lines] = await Promise.all([
      this.requests.seenBy(ctx.requireViewer(), requestId),
      this.tables.table({ kind, serviceId }),
      problems.length > 0 ? [] : this.pages.linesOf(requestId, lineIds),
    ]);
    return {
      request: row && new RequestNode(row),
      rows: lines.map((line) => new RequestLineRowNode(line, table, ctx.locale)),
      problems: problems.map((problem) => new RequestLineProblemNode(problem, ctx.locale)),
      errors: [],
    };
  }
}
