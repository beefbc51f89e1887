import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import type { LineEdit } from './domain/line-edits.js';
import {
  AddRequestLinesInput,
  ChangeRequestLineInput,
  MoveRequestLineInput,
  RemoveRequestLinesInput,
} from './draft-lines.graphql.js';
import { DraftLines } from './draft-lines.service.js';
import { toLineContent } from './line-inputs.types.js';
import { toWish } from './request-acts.js';
import { RequestNode, RequestPayload } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

/** Lines of a draft one by one: what is too long for one form comes in bit by bit, each under the draft's version. */
@Resolver(() => RequestNode)
export class DraftLinesResolver {
  constructor(
    private readonly draftLines: DraftLines,
    private readonly requests: RequestsService,
  ) {}

  @Mutation(() => RequestPayload)
  addRequestLines(@Context() ctx: RequestContext, @Args('input') input: AddRequestLinesInput): Promise<RequestPayload> {
    return this.edit(ctx, input, { kind: 'ADD', lines: input.lines.map(toLineContent), at: input.at ?? null });
  }

  @Mutation(() => RequestPayload)
  changeRequestLine(
    @Context() ctx: RequestContext,
    @Args('input') input: ChangeRequestLineInput,
  ): Promise<RequestPayload> {
    return this.edit(ctx, input, { kind: 'CHANGE', lineId: lineOf(input.lineId), line: toLineContent(input.line) });
  }

  @Mutation(() => RequestPayload)
  removeRequestLines(
    @Context() ctx: RequestContext,
    @Args('input') input: RemoveRequestLinesInput,
  ): Promise<RequestPayload> {
    return this.edit(ctx, input, { kind: 'REMOVE', lineIds: input.lineIds.map(lineOf) });
  }

  @Mutation(() => RequestPayload)
  moveRequestLine(@Context() ctx: RequestContext, @Args('input') input: MoveRequestLineInput): Promise<RequestPayload> {
    return this.edit(ctx, input, { kind: 'MOVE', lineId: lineOf(input.lineId), to: input.to });
  }

  private async edit(
    ctx: RequestContext,
    input: { id: string; expectedVersion: number; idempotencyKey: string },
    edit: LineEdit,
  ): Promise<RequestPayload> {
    const scope = ctx.require('REQUEST', 'EDIT');
    const result = await this.draftLines.edit(ctx.requireViewer(), scope, edit, toWish(input));
    if (!result.ok) return { request: null, errors: toUserErrors(result.error, ctx.locale) };
    const row = await this.requests.seenBy(ctx.requireViewer(), result.value.id);
    return { request: row && new RequestNode(row), errors: [] };
  }
}

function lineOf(id: string): string | undefined {
  return uuidOf('RequestLine', id);
}
