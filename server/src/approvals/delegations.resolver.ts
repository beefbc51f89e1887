import { Inject, type OnModuleInit } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { PersonType } from '../identity/person.types.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { uuidOf } from '../kernel/node-id.js';
import { NodeRegistry } from '../platform/graphql/node-registry.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import {
  DelegateApprovalsInput,
  DelegationNode,
  DelegationPayload,
  RevokeDelegationInput,
} from './delegations.graphql.js';
import { DelegationsService } from './delegations.service.js';
import { decidesSomething } from './domain/delegation.js';

/** One's own delegations, given and received: nobody sees another's. */
@Resolver(() => DelegationNode)
export class DelegationsResolver implements OnModuleInit {
  constructor(
    private readonly delegations: DelegationsService,
    private readonly nodes: NodeRegistry,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.nodes.register('Delegation', async (ctx, id) => this.own(ctx, id));
  }

  @Query(() => [DelegationNode], { name: 'delegations', description: 'Given and received, the newest first.' })
  async list(@Context() ctx: RequestContext): Promise<DelegationNode[]> {
    const viewer = ctx.requireViewer();
    const rows = await this.delegations.of(viewer);
    return rows.map((row) => new DelegationNode(row, viewer.userId, this.clock.now()));
  }

  @Query(() => [PersonType], { description: 'People to whom the viewer could delegate; empty if he decides nothing.' })
  async delegateCandidates(
    @Context() ctx: RequestContext,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
  ): Promise<PersonType[]> {
    const viewer = ctx.requireViewer();
    if (!decidesSomething(viewer)) return [];
    const people = await this.delegations.candidates(viewer, searchText(search));
    return people.map(
      ({ userId, name, departmentId }) => new PersonType({ id: userId, displayName: name, departmentId }),
    );
  }

  @Mutation(() => DelegationPayload)
  async delegateApprovals(
    @Context() ctx: RequestContext,
    @Args('input') input: DelegateApprovalsInput,
  ): Promise<DelegationPayload> {
    const wish = { ...input, delegateId: uuidOf('User', input.delegateId) };
    return this.payload(ctx, this.delegations.delegate(ctx.requireViewer(), wish));
  }

  @Mutation(() => DelegationPayload)
  async revokeDelegation(
    @Context() ctx: RequestContext,
    @Args('input') input: RevokeDelegationInput,
  ): Promise<DelegationPayload> {
    const id = uuidOf('Delegation', input.id);
    return this.payload(ctx, this.delegations.revoke(ctx.requireViewer(), id, input.idempotencyKey));
  }

  private async payload(
    ctx: RequestContext,
    answer: ReturnType<DelegationsService['revoke']>,
  ): Promise<DelegationPayload> {
    const result = await answer;
    if (!result.ok) return { delegation: null, errors: toUserErrors(result.error, ctx.locale) };
    return { delegation: await this.own(ctx, result.value.id), errors: [] };
  }

  private async own(ctx: RequestContext, id: string): Promise<DelegationNode | null> {
    const viewer = ctx.requireViewer();
    const row = await this.delegations.own(viewer, id);
    return row && new DelegationNode(row, viewer.userId, this.clock.now());
  }
}
