import { Args, Context, Field, ID, InputType, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { GivingBackLines } from './giving-back-lines.service.js';
import { RequestLineNode } from './request-lines.graphql.js';
import { RequestNode, RequestPayload } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

@InputType('GiveBackRequestLineInput')
export class GiveBackRequestLineInput {
  @Field(() => ID)
  lineId!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int, { description: 'Of the request.' })
  expectedVersion!: number;
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
}

/** A service, and places in cabinets, are in use until their department gives them back. */
@Resolver(() => RequestLineNode)
export class GivingBackLinesResolver {
  constructor(
    private readonly givingBack: GivingBackLines,
    private readonly requests: RequestsService,
  ) {}

  @Mutation(() => RequestPayload, { description: '退还: what was counted and reserved for it goes back.' })
  async giveBackRequestLine(
    @Context() ctx: RequestContext,
    @Args('input') input: GiveBackRequestLineInput,
  ): Promise<RequestPayload> {
    const scope = ctx.require('RESOURCE', 'RELEASE');
    const { lineId, ...wish } = input;
    const answer = await this.givingBack.giveBack(ctx.requireViewer(), scope, {
      ...wish,
      lineId: uuidOf('RequestLine', lineId),
    });
    if (!answer.ok) return { request: null, errors: toUserErrors(answer.error, ctx.locale) };
    const row = await this.requests.inScope(scope, answer.value.id);
    return { request: row && new RequestNode(row), errors: [] };
  }

  @ResolveField(() => Date, {
    nullable: true,
    description: 'Of a service or of places: since when they are given back.',
  })
  endedAt(@Parent() { row }: RequestLineNode): Date | null {
    return row.endedAt ?? null;
  }

  @ResolveField(() => Boolean, {
    description: 'Whether the viewer may give it back now: a service, or places, delivered and in use.',
  })
  async mayGiveBack(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<boolean> {
    if ((row.kind !== 'SERVICE' && row.kind !== 'CABINET') || row.fulfilledAt === null || row.endedAt) return false;
    const request = await ctx.loader(this.requests.requestsOf).load(row.requestId);
    if (!request || (request.state !== 'PROVISIONING' && request.state !== 'DELIVERED')) return false;
    return reaches(scopeFor(ctx.requireViewer(), 'RESOURCE', 'RELEASE'), request);
  }
}
