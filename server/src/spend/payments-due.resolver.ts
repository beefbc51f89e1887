import { Context, Field, Int, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../platform/graphql/request-context.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { ContractNode } from './contracts.graphql.js';
import { ContractsService } from './contracts.service.js';
import { DuePayments } from './payments-due.service.js';

/** As many as are read at a glance; the rest is counted. */
const SHOWN = 6;

@ObjectType('DuePayment', { description: 'An instalment of a payment plan that is not paid in full.' })
export class DuePaymentNode {
  @Field(() => ContractNode)
  contract!: ContractNode;
  @Field(() => Int, { description: 'Which instalment of the plan, from 1.' })
  position!: number;
  @Field(() => String, { description: 'YYYY-MM-DD' })
  dueOn!: string;
  @Field(() => FenScalar, { description: 'Still to pay.' })
  rest!: bigint;
  @Field(() => Boolean)
  overdue!: boolean;
}

@ObjectType('DuePayments', { description: '待付款项: due within the month or late.' })
export class DuePaymentsNode {
  @Field(() => String, { description: 'Until which day, YYYY-MM-DD.' })
  until!: string;
  @Field(() => Int)
  count!: number;
  @Field(() => Int)
  overdueCount!: number;
  @Field(() => FenScalar, { description: 'Still to pay of all of them.' })
  rest!: bigint;
  @Field(() => [DuePaymentNode], { description: 'The earliest first, at most six.' })
  payments!: DuePaymentNode[];
}

@Resolver()
export class DuePaymentsResolver {
  constructor(
    private readonly due: DuePayments,
    private readonly contracts: ContractsService,
  ) {}

  @Query(() => DuePaymentsNode)
  async duePayments(@Context() ctx: RequestContext): Promise<DuePaymentsNode> {
    ctx.require('SPEND', 'READ');
    const { payments, rest, until } = await this.due.now();
    const shown = payments.slice(0, SHOWN);
    const found = await ctx.loader(this.contracts.contractsByIds).loadMany(shown.map(({ contractId }) => contractId));
    return {
      ...{ until, rest, count: payments.length, overdueCount: payments.filter(({ overdue }) => overdue).length },
      payments: shown.flatMap(({ dueOn, overdue, position, rest: still }, at) => {
        const contract = found[at];
        return contract && !(contract instanceof Error)
          ? [{ contract: new ContractNode(contract), ...{ dueOn, overdue, position }, rest: still }]
          : [];
      }),
    };
  }
}
