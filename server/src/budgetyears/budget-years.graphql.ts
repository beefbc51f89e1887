import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { BudgetNode } from '../budgets/budgets.types.js';
import { UNPAID_REASONS, type UnpaidReason } from '../budgets/domain/payer.js';
import type { Fen } from '../kernel/money.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { FundNature } from '../systems/domain/system.js';
import { FundNatureEnum } from '../systems/systems.types.js';
import type { Forecast } from './domain/forecast.js';
import { CARRY_ACTIONS, type CarryAction } from './domain/year-end.js';

const UnpaidReasonEnum = enumOf(UNPAID_REASONS);
registerEnumType(UnpaidReasonEnum, {
  name: 'BudgetUnpaidReason',
  valuesMap: {
    NO_PROJECT: { description: '没有付费项目' },
    NO_ITEM: { description: '没有相符的预算项目' },
    NO_CENTRAL_ITEM: { description: '未指定统付预算项目' },
    NO_PRICE: { description: '没有计费标准' },
  },
});
const CarryActionEnum = enumOf(CARRY_ACTIONS);
registerEnumType(CarryActionEnum, {
  name: 'BudgetCarryAction',
  valuesMap: { CARRY: { description: '结转' }, COLLECT: { description: '收回' } },
});

@ObjectType('BudgetUnpaidSum', { description: 'Use that no budget item pays for.' })
export class UnpaidSumNode {
  @Field(() => String, { nullable: true, description: 'Of a closed month, "2026-11".' })
  month!: string | null;
  @Field(() => UnpaidReasonEnum)
  why!: UnpaidReason;
  @Field(() => Int)
  uses!: number;
  @Field(() => FenScalar)
  amount!: Fen;
}

@ObjectType('BudgetYearOpening')
export class YearOpeningNode {
  @Field(() => Date)
  beganAt!: Date;
  @Field(() => Date, { nullable: true, description: 'null = it goes on.' })
  endedAt!: Date | null;
  @Field(() => String)
  by!: string;
  @Field(() => Int, { description: 'How often what came to run since was encumbered.' })
  runs!: number;
  @Field(() => Int)
  uses!: number;
  @Field(() => FenScalar)
  amount!: Fen;
  @Field(() => [UnpaidSumNode])
  unpaid!: UnpaidSumNode[];
}

@ObjectType('BudgetYearEndWait', { description: 'A city whose months are not all spent: its items wait for them.' })
export class YearEndWaitNode {
  @Field(() => String)
  city!: string;
  @Field(() => String, { description: 'The first of them, "2026-11".' })
  month!: string;
}

@ObjectType('BudgetYearEnd')
export class YearEndNode {
  @Field(() => Date)
  beganAt!: Date;
  @Field(() => Date, { nullable: true })
  endedAt!: Date | null;
  @Field(() => String)
  by!: string;
  @Field(() => [YearEndWaitNode])
  waitsFor!: YearEndWaitNode[];
}

@ObjectType('BudgetCarryRule')
export class CarryRuleNode {
  @Field(() => FundNatureEnum)
  fundNature!: FundNature;
  @Field(() => CarryActionEnum)
  action!: CarryAction;
  @Field(() => Int, { nullable: true, description: 'null = nobody has set another than the usual one.' })
  fromYear!: number | null;
  @Field(() => String, { nullable: true })
  reason!: string | null;
}

@ObjectType('BudgetYear', { description: '预算年度, for the finance office of the province.' })
export class BudgetYearNode {
  @Field(() => Int)
  year!: number;
  @Field(() => Boolean, { description: 'It is this year or the next.' })
  mayOpen!: boolean;
  @Field(() => Boolean, { description: 'It is over, and was not brought to its end.' })
  mayEnd!: boolean;
  @Field(() => YearOpeningNode, { nullable: true })
  opening!: YearOpeningNode | null;
  @Field(() => YearEndNode, { nullable: true })
  end!: YearEndNode | null;
  @Field(() => String, { nullable: true, description: 'The first month that is not spent yet; null = all are.' })
  firstUnspent!: string | null;
  @Field(() => [UnpaidSumNode], { description: 'Of closed months.' })
  unpaid!: UnpaidSumNode[];
  @Field(() => [CarryRuleNode], { description: 'What becomes of what is left of that year.' })
  carryRules!: CarryRuleNode[];
}

@ObjectType('BudgetYearPreviewItem')
export class PreviewItemNode {
  @Field(() => BudgetNode)
  budget!: BudgetNode;
  @Field(() => Int)
  uses!: number;
  @Field(() => FenScalar)
  amount!: Fen;
  @Field(() => FenScalar, { description: 'By how much it would be overrun; 0 = it is enough.' })
  overrun!: Fen;
}

@ObjectType('BudgetYearPreview', { description: 'What opening the year would encumber, as things are now.' })
export class YearPreviewNode {
  @Field(() => Int)
  year!: number;
  @Field(() => String, { description: 'The first day that is encumbered.' })
  from!: string;
  @Field(() => Int)
  uses!: number;
  @Field(() => FenScalar)
  amount!: Fen;
  @Field(() => Int)
  overrunCount!: number;
  @Field(() => Int)
  itemCount!: number;
  @Field(() => [PreviewItemNode], { description: 'Those that would be overrun first; at most 100.' })
  items!: PreviewItemNode[];
  @Field(() => [UnpaidSumNode])
  unpaid!: UnpaidSumNode[];
}

@ObjectType('BudgetYearEndSum')
export class YearEndSumNode {
  @Field(() => FundNatureEnum)
  fundNature!: FundNature;
  @Field(() => CarryActionEnum)
  action!: CarryAction;
  @Field(() => Int)
  budgets!: number;
  @Field(() => FenScalar)
  released!: Fen;
  @Field(() => FenScalar)
  left!: Fen;
}

@ObjectType('BudgetForecast', {
  description:
    '预测: spent (closed months) + drafted (months that are not closed, as far as they have gone) + running (what runs today, unchanged, at the prices of today, to the end of the year).',
})
export class ForecastNode {
  @Field(() => FenScalar)
  spent: Fen;
  @Field(() => FenScalar)
  drafted: Fen;
  @Field(() => FenScalar)
  running: Fen;
  @Field(() => FenScalar)
  total: Fen;
  @Field(() => FenScalar, { description: 'Negative: it will not be enough.' })
  left: Fen;
  @Field(() => Date, {
    nullable: true,
    description: 'When what is drafted was summed: at most some minutes ago; null = nothing drafted is counted.',
  })
  draftedAt: Date | null;

  constructor({ spent, drafted, running, total, left, draftedAt }: Forecast) {
    this.draftedAt = draftedAt;
    this.spent = spent;
    this.drafted = drafted;
    this.running = running;
    this.total = total;
    this.left = left;
  }
}

@InputType()
export class BudgetYearInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => Int)
  year!: number;
}

@InputType()
export class SetBudgetCarryRuleInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => Int)
  fromYear!: number;
  @Field(() => FundNatureEnum)
  fundNature!: FundNature;
  @Field(() => CarryActionEnum)
  action!: CarryAction;
  @Field(() => String)
  reason!: string;
}

@ObjectType()
export class BudgetYearPayload {
  @Field(() => BudgetYearNode, { nullable: true })
  budgetYear!: BudgetYearNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
