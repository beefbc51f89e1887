import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { uuidOf } from '../kernel/node-id.js';
import { AddressesService } from '../networks/addresses.service.js';
import { AddressClaimNode } from '../networks/networks.graphql.js';
import { type Connection, PageArgs, pageRequest, toConnection } from '../platform/graphql/relay.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { searchText } from '../platform/graphql/search-text.js';
import { toUserErrors } from '../platform/graphql/user-error.js';
import { ResourcesService } from '../resources/resources.service.js';
import { ResourceNode } from '../resources/resources.types.js';
import {
  AddressDifferenceConnection,
  AddressDifferenceNode,
  AddressMatchEnum,
  AddressReconciliationNode,
  PrepareAddressIntakeInput,
} from './address-reconciliation.graphql.js';
import { AddressReconciliation } from './address-reconciliation.service.js';
import type { AddressMatch } from './domain/address-match.js';
import { IntakeBatchNode, IntakePayload } from './intake.graphql.js';
import { IntakeService } from './intake.service.js';
import { SeenAddressIntake } from './seen-address-intake.service.js';

/** 账 / 实 / 差异 of addresses: what was claimed, what machines have. */
@Resolver(() => AddressDifferenceNode)
export class AddressReconciliationResolver {
  constructor(
    private readonly reconciliation: AddressReconciliation,
    private readonly seenIntake: SeenAddressIntake,
    private readonly intake: IntakeService,
    private readonly addresses: AddressesService,
    private readonly resourcesService: ResourcesService,
  ) {}

  @Query(() => [AddressReconciliationNode], { description: 'By network, in the order of their codes.' })
  async addressReconciliation(@Context() ctx: RequestContext): Promise<AddressReconciliationNode[]> {
    ctx.require('INTAKE', 'READ');
    return (await this.reconciliation.byNetwork()).map((row) => new AddressReconciliationNode(row));
  }

  @Query(() => AddressDifferenceConnection, { description: 'By network and address.' })
  async addressDifferences(
    @Context() ctx: RequestContext,
    @Args() page: PageArgs,
    @Args('networkId', { type: () => ID, nullable: true }) networkId?: string | null,
    @Args('matches', {
      type: () => [AddressMatchEnum],
      nullable: true,
      description: 'Not said: everything that does not agree.',
    })
    matches?: AddressMatch[] | null,
    @Args('search', { type: () => String, nullable: true }) search?: string | null,
  ): Promise<Connection<AddressDifferenceNode>> {
    ctx.require('INTAKE', 'READ');
    const found = await this.reconciliation.differences(
      {
        networkId: networkId ? (uuidOf('Network', networkId) ?? '-') : null,
        matches: matches ?? null,
        search: searchText(search),
      },
      pageRequest(page, 2),
    );
    return toConnection(
      found,
      (row) => new AddressDifferenceNode(row),
      (row) => [row.network.code, row.key],
    );
  }

  @ResolveField(() => AddressClaimNode, { nullable: true })
  async claim(
    @Context() ctx: RequestContext,
    @Parent() { row }: AddressDifferenceNode,
  ): Promise<AddressClaimNode | null> {
    const claim = row.claimId === null ? null : await ctx.loader(this.addresses.claims).load(row.claimId);
    return claim && new AddressClaimNode(claim);
  }

  @ResolveField(() => [ResourceNode])
  async resources(@Context() ctx: RequestContext, @Parent() { row }: AddressDifferenceNode): Promise<ResourceNode[]> {
    const loader = ctx.loader(this.resourcesService.rows);
    const rows = await Promise.all(row.resourceIds.map((id) => loader.load(id)));
    return rows.flatMap((resource) => (resource ? [new ResourceNode(resource)] : []));
  }

  @Mutation(() => IntakePayload)
  async prepareAddressIntake(
    @Context() ctx: RequestContext,
    @Args('input') input: PrepareAddressIntakeInput,
  ): Promise<IntakePayload> {
    ctx.require('INTAKE', 'CREATE');
    const networkId = uuidOf('Network', input.networkId);
    const done = await this.seenIntake.prepare(ctx.requireViewer(), networkId, input.idempotencyKey);
    if (!done.ok) return { batch: null, errors: toUserErrors(done.error, ctx.locale) };
    const row = await this.intake.batch(done.value.id);
    return { batch: row && new IntakeBatchNode(row), errors: [] };
  }
}
