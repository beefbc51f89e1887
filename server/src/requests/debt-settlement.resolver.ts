import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { CatalogService } from '../catalog/catalog.service.js';
import { isOwed } from '../drdebts/domain/debt-state.js';
import { demandOfMains } from '../drdebts/domain/owed-share.js';
import { DrDebtNode, DrDebtSizeNode } from '../drdebts/drdebts.graphql.js';
import { DrDebts } from '../drdebts/drdebts.service.js';
import type { DebtRow } from '../drdebts/drdebts.types.js';
import { uuidOf } from '../kernel/node-id.js';
import { reaches, scopeFor } from '../kernel/viewer.js';
import { RequestContext } from '../platform/graphql/request-context.js';
import { toUserErrors, UserError } from '../platform/graphql/user-error.js';
import { ResourcesService } from '../resources/resources.service.js';
import { DebtSettlement } from './debt-settlement.service.js';
import { biggestOf } from './owed-shares.js';
import { RequestLineNode } from './request-lines.graphql.js';
import { RequestNode } from './requests.graphql.js';
import { RequestsService } from './requests.service.js';

@InputType('SettleDrDebtItem')
export class SettleDrDebtItem {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('SettleDrDebtsInput')
export class SettleDrDebtsInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => [SettleDrDebtItem], { description: 'At most 50.' })
  items!: SettleDrDebtItem[];
}

@ObjectType('SettledDrDebt', { description: 'What became of one of a batch.' })
export class SettledDrDebt {
  @Field(() => ID)
  debtId!: string;
  @Field(() => DrDebtNode, { nullable: true })
  debt!: DrDebtNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('SettleDrDebtsPayload')
export class SettleDrDebtsPayload {
  @Field(() => [SettledDrDebt])
  results!: SettledDrDebt[];
  @Field(() => [UserError])
  errors!: UserError[];
}

@Resolver()
export class DebtSettlementResolver {
  constructor(
    private readonly settlement: DebtSettlement,
    private readonly debts: DrDebts,
  ) {}

  @Mutation(() => SettleDrDebtsPayload, {
    description: '补建: each stands alone; what does not fit says by which criterion and stays owed.',
  })
  async settleDrDebts(
    @Context() ctx: RequestContext,
    @Args('input') input: SettleDrDebtsInput,
  ): Promise<SettleDrDebtsPayload> {
    const scope = ctx.require('DR_DEBT', 'EDIT');
    const items = input.items.map(({ id, expectedVersion }) => ({ debtId: uuidOf('DrDebt', id), expectedVersion }));
    const { idempotencyKey } = input;
    const answers = await this.settlement.settleMany(ctx.requireViewer(), scope, { items, idempotencyKey });
    if (!answers.ok) return { results: [], errors: toUserErrors(answers.error, ctx.locale) };
    const centers = await this.debts.centers();
    const results = answers.value.map(async (answer, index): Promise<SettledDrDebt> => {
      const debtId = input.items[index]?.id ?? '';
      if (!answer.ok) return { debtId, debt: null, errors: toUserErrors(answer.error, ctx.locale) };
      const row = await this.debts.inScope(scope, answer.value.id);
      return { debtId, debt: row && new DrDebtNode(row, centers), errors: [] };
    });
    return { results: await Promise.all(results), errors: [] };
  }
}

/** A debt is an earlier feature and knows only the id of its request; the edge is added here. */
@Resolver(() => DrDebtNode)
export class DrDebtRequestResolver {
  constructor(
    private readonly requests: RequestsService,
    private readonly resources: ResourcesService,
    private readonly catalog: CatalogService,
  ) {}

  @ResolveField(() => DrDebtSizeNode, {
    nullable: true,
    description: 'As it would be settled today, where its mains have other sizes since; null = as it was registered.',
  })
  async sizeNow(@Context() ctx: RequestContext, @Parent() { row }: DrDebtNode): Promise<DrDebtSizeNode | null> {
    if (row.kind !== 'VM' || !isOwed(row.state)) return null;
    const mains = await ctx.loader(this.resources.mainsOfLines).load(row.lineId);
    const offerId = biggestOf(mains)?.offerId;
    const offer = offerId ? await ctx.loader(this.catalog.offers).load(offerId) : null;
    return demandOfMains(row, mains, offer?.standbyRatioPercent ?? null);
  }

  @ResolveField(() => RequestNode, {
    nullable: true,
    description: 'Null where the viewer may read the debt but not its request.',
  })
  async request(@Context() ctx: RequestContext, @Parent() { row }: DrDebtNode): Promise<RequestNode | null> {
    const request = await ctx.loader(this.requests.requestsOf).load(row.requestId);
    const scope = scopeFor(ctx.requireViewer(), 'REQUEST', 'READ');
    return request && reaches(scope, request) ? new RequestNode(request) : null;
  }
}

@Resolver(() => RequestLineNode)
export class RequestLineDebtsResolver {
  constructor(private readonly debts: DrDebts) {}

  @ResolveField(() => [DrDebtNode], { description: '容灾欠账: the newest of each of its shares.' })
  async drDebts(@Context() ctx: RequestContext, @Parent() { row }: RequestLineNode): Promise<DrDebtNode[]> {
    const own = await ctx.loader(this.debts.ofLines).load(row.id);
    // From its grant on, what a change owes stands under the line that it changed.
    const moved = own.length === 0 && row.shares.some(({ owed }) => owed);
    const changed = moved ? (row.changedLineId ?? null) : null;
    const rows = changed === null ? own : await ctx.loader(this.debts.ofLines).load(changed);
    if (rows.length === 0) return [];
    const newest = new Map(rows.map((debt): [string, DebtRow] => [debt.share, debt]));
    const centers = await ctx.loader(this.debts.centersFor).load('all');
    return [...newest.values()].map((debt) => new DrDebtNode(debt, centers));
  }
}
