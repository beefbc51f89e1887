import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Fen } from '../kernel/money.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { KeptRule } from './budget-policies.service.js';
import { BudgetNode } from './budgets.types.js';
import {
  ADJUSTMENT_DECISIONS,
  ADJUSTMENT_STATES,
  type Adjustment,
  type AdjustmentDecision,
  type AdjustmentState,
} from './domain/adjustment.js';
import type { ThresholdRule } from './domain/thresholds.js';

const AdjustmentStateEnum = enumOf(ADJUSTMENT_STATES);
registerEnumType(AdjustmentStateEnum, {
  name: 'BudgetAdjustmentState',
  valuesMap: {
    REQUESTED: { description: '待审批' },
    APPROVED: { description: '已批准' },
    DECLINED: { description: '未同意' },
    WITHDRAWN: { description: '已撤回' },
  },
});
const AdjustmentDecisionEnum = enumOf(ADJUSTMENT_DECISIONS);
registerEnumType(AdjustmentDecisionEnum, { name: 'BudgetAdjustmentDecision' });

@ObjectType('BudgetAdjustment', { description: '预算调整: asked for by one person, decided by another.' })
export class BudgetAdjustmentNode {
  @Field(() => ID)
  id: string;
  @Field(() => FenScalar, { description: 'More, or less.' })
  change: Fen;
  @Field(() => String)
  reason: string;
  @Field(() => AdjustmentStateEnum)
  state: AdjustmentState;
  @Field(() => String)
  requestedBy: string;
  @Field(() => Date)
  requestedAt: Date;
  @Field(() => String, { nullable: true })
  decidedBy: string | null;
  @Field(() => Date, { nullable: true })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true })
  note: string | null;
  @Field(() => Boolean, { description: 'The viewer asked for it: another decides.' })
  mine: boolean;

  readonly budgetId: string;

  constructor(adjustment: Adjustment, viewerId: string | null) {
    this.id = toNodeId('BudgetAdjustment', adjustment.id);
    this.change = adjustment.change;
    this.reason = adjustment.reason;
    this.state = adjustment.state;
    this.requestedBy = adjustment.requestedBy;
    this.requestedAt = adjustment.requestedAt;
    this.decidedBy = adjustment.decidedBy;
    this.decidedAt = adjustment.decidedAt;
    this.note = adjustment.note;
    this.mine = adjustment.requestedById === viewerId;
    this.budgetId = adjustment.budgetId;
  }
}

export const BudgetAdjustmentConnection = connectionOf(BudgetAdjustmentNode, 'BudgetAdjustment');

@InputType('BudgetAdjustmentFilter')
export class BudgetAdjustmentFilterInput {
  @Field(() => ID, { nullable: true })
  budgetId?: string | null;
  @Field(() => AdjustmentStateEnum, { nullable: true })
  state?: AdjustmentState | null;
}

@InputType()
export class RequestBudgetAdjustmentInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => FenScalar, { description: 'More, or less.' })
  change!: Fen;
  @Field(() => String)
  reason!: string;
}

@InputType()
export class DecideBudgetAdjustmentInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => AdjustmentDecisionEnum)
  decision!: AdjustmentDecision;
  @Field(() => String, { defaultValue: '' })
  note!: string;
}

@ObjectType('BudgetThresholdRule', { description: '预算预警与控制规则, from a day on.' })
export class BudgetThresholdRuleNode {
  @Field(() => String, { description: 'A day, "2026-07-01".' })
  from: string;
  @Field(() => [Int], { description: 'In percent of the amount.' })
  warnPercents: readonly number[];
  @Field(() => Int, {
    nullable: true,
    description: 'From this part on nothing new is encumbered; null = never stopped.',
  })
  blockPercent: number | null;
  @Field(() => String, { nullable: true })
  reason: string | null;
  @Field(() => String, { nullable: true })
  by: string | null;

  constructor(rule: ThresholdRule & Partial<KeptRule>) {
    this.from = rule.from;
    this.warnPercents = rule.warnPercents;
    this.blockPercent = rule.blockPercent;
    this.reason = rule.reason ?? null;
    this.by = rule.by ?? null;
  }
}

@ObjectType('BudgetThresholds')
export class BudgetThresholdsNode {
  @Field(() => BudgetThresholdRuleNode)
  inForce!: BudgetThresholdRuleNode;
  @Field(() => [BudgetThresholdRuleNode], { description: 'All that were ever set, the newest first.' })
  rules!: BudgetThresholdRuleNode[];
}

@InputType()
export class SetBudgetThresholdsInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String, { description: 'A day, "2026-07-01".' })
  from!: string;
  @Field(() => [Int])
  warnPercents!: number[];
  @Field(() => Int, { nullable: true })
  blockPercent?: number | null;
  @Field(() => String)
  reason!: string;
}

@ObjectType()
export class BudgetThresholdsPayload {
  @Field(() => BudgetThresholdsNode, { nullable: true })
  thresholds!: BudgetThresholdsNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType()
export class NameCentralBudgetInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class BudgetAdjustmentPayload {
  @Field(() => BudgetAdjustmentNode, { nullable: true })
  adjustment!: BudgetAdjustmentNode | null;
  @Field(() => BudgetNode, { nullable: true })
  budget!: BudgetNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
