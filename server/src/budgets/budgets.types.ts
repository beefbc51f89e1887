import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Fen } from '../kernel/money.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { BudgetLevel, FundNature } from '../systems/domain/system.js';
import { BudgetLevelEnum, FundNatureEnum } from '../systems/systems.types.js';
import {
  availableOf,
  BUDGET_GRAINS,
  type Budget,
  type BudgetEntry,
  type BudgetFigures,
  type BudgetGrain,
  ENTRY_KINDS,
  type EntryKind,
} from './domain/budget.js';
import { monthOfEntry } from './domain/month-spending.js';

const BudgetGrainEnum = enumOf(BUDGET_GRAINS);
registerEnumType(BudgetGrainEnum, {
  name: 'BudgetGrain',
  description: 'How finely a budget is kept.',
  valuesMap: { DEPARTMENT: { description: '单位总预算' }, ITEM: { description: '预算项目' } },
});

const EntryKindEnum = enumOf(ENTRY_KINDS);

/** Subjects whose id is a request's: of what the quotas cover, and of what goes beyond them. */
const OF_REQUESTS: ReadonlySet<string> = new Set(['REQUEST', 'BEYOND']);
registerEnumType(EntryKindEnum, {
  name: 'BudgetEntryKind',
  valuesMap: {
    RESERVE: { description: '占用' },
    RELEASE: { description: '释放' },
    SPEND: { description: '列支' },
    ADJUST: { description: '调整' },
  },
});

@ObjectType('BudgetFigures', { description: 'Whole fen, as the ledger stands now.' })
export class BudgetFiguresNode {
  @Field(() => FenScalar)
  amount: Fen;

  @Field(() => FenScalar, { description: '已占用: encumbered and not yet spent.' })
  reserved: Fen;

  @Field(() => FenScalar, { description: '已列支.' })
  spent: Fen;

  @Field(() => FenScalar, { description: 'amount - reserved - spent; negative where use went beyond the budget.' })
  available: Fen;

  constructor(figures: Omit<BudgetFigures, 'allotted'>) {
    this.amount = figures.amount;
    this.reserved = figures.reserved;
    this.spent = figures.spent;
    this.available = availableOf(figures);
  }
}

@ObjectType('Budget', {
  implements: () => [Node],
  description: '预算: what a department has for a year, as a whole or by item. Its keys are kept apart.',
})
export class BudgetNode extends Node {
  @Field(() => String, { description: 'Year, department, item and classes as one text.' })
  key: string;

  @Field(() => String)
  name: string;

  @Field(() => BudgetGrainEnum)
  grain: BudgetGrain;

  @Field(() => Int, { description: '预算年度' })
  year: number;

  @Field(() => String, { description: '预算项目编码; empty for a department as a whole.' })
  budgetCode: string;

  @Field(() => String, { description: '支出功能分类' })
  functionClass: string;

  @Field(() => String, { description: '部门预算支出经济分类' })
  economicClass: string;

  @Field(() => FundNatureEnum)
  fundNature: FundNature;

  @Field(() => BudgetLevelEnum)
  budgetLevel: BudgetLevel;

  @Field(() => BudgetFiguresNode)
  figures: BudgetFiguresNode;

  @Field(() => FenScalar, { description: 'Of a department as a whole: what its items have got.' })
  allotted: Fen;

  @Field(() => Boolean, { description: 'Use went beyond the budget.' })
  overrun: boolean;

  @Field(() => Int)
  version: number;

  readonly row: Budget;

  constructor(budget: Budget) {
    super();
    this.row = budget;
    this.id = toNodeId('Budget', budget.id);
    this.key = budget.key;
    this.name = budget.name;
    this.grain = budget.grain;
    this.year = budget.year;
    this.budgetCode = budget.budgetCode;
    this.functionClass = budget.functionClass;
    this.economicClass = budget.economicClass;
    this.fundNature = budget.fundNature;
    this.budgetLevel = budget.budgetLevel;
    this.figures = new BudgetFiguresNode(budget);
    this.allotted = budget.allotted;
    this.overrun = availableOf(budget) < 0n;
    this.version = budget.version;
  }
}

export const BudgetConnection = connectionOf(BudgetNode, 'Budget');

@ObjectType('BudgetEntry', { description: 'One line of the ledger; it is never changed.' })
export class BudgetEntryNode {
  @Field(() => ID)
  id: string;

  @Field(() => EntryKindEnum)
  kind: EntryKind;

  @Field(() => FenScalar)
  amount: Fen;

  @Field(() => FenScalar, { description: 'Of a SPEND: how much of it had been reserved.' })
  fromReserved: Fen;

  @Field(() => String, { description: 'What it is about: BUDGET, REQUEST, STATEMENT …' })
  subjectKind: string;

  @Field(() => Date)
  at: Date;

  @Field(() => String)
  actorName: string;

  @Field(() => String)
  reason: string;

  @Field(() => ID, { nullable: true, description: 'The entry that this one takes back.' })
  reversesId: string | null;

  @Field(() => ID, { nullable: true, description: 'The request that reserved, or that gave back with its resources.' })
  requestId: string | null;

  @Field(() => String, { nullable: true, description: 'Of use: the month, "2026-11".' })
  month: string | null;

  readonly budgetId: string;

  constructor(entry: BudgetEntry) {
    this.id = toNodeId('BudgetEntry', entry.id);
    this.kind = entry.kind;
    this.amount = entry.amount;
    this.fromReserved = entry.fromReserved;
    this.subjectKind = entry.subject.kind;
    this.at = entry.at;
    this.actorName = entry.by;
    this.reason = entry.reason;
    this.reversesId = entry.reversesEntryId && toNodeId('BudgetEntry', entry.reversesEntryId);
    this.requestId = OF_REQUESTS.has(entry.subject.kind) ? toNodeId('Request', entry.subject.id) : null;
    this.month = monthOfEntry(entry);
    this.budgetId = entry.budgetId;
  }
}

export const BudgetEntryConnection = connectionOf(BudgetEntryNode, 'BudgetEntry');

@ObjectType('BudgetTotals', { description: 'Sums over whole departments of the same filter as the list.' })
export class BudgetTotalsNode {
  @Field(() => BudgetFiguresNode, {
    description: 'Of the province: nothing of it is a city’s. Of a narrower viewer or filter, of all.',
  })
  figures!: BudgetFiguresNode;

  @Field(() => BudgetFiguresNode, {
    nullable: true,
    description: '设区市: of budgets that cities keep, which never enter `figures`; null = there are none beside it.',
  })
  cities!: BudgetFiguresNode | null;

  @Field(() => Int, { description: 'Budgets of any grain on which use went beyond the amount.' })
  overrunCount!: number;

  @Field(() => [Int], { description: 'Budget years that the viewer may see, the newest first.' })
  years!: number[];
}

@InputType('BudgetFilter')
export class BudgetFilterInput {
  @Field(() => Int, { nullable: true })
  year?: number | null;
  @Field(() => ID, { nullable: true })
  departmentId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only the items of this budget.' })
  parentId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only departments as a whole.' })
  departmentsOnly?: boolean | null;
  @Field(() => Boolean, { nullable: true })
  overrunOnly?: boolean | null;
  @Field(() => Int, { nullable: true, description: 'Reserved and spent come to this percent of the amount at least.' })
  reachedPercent?: number | null;
  @Field(() => String, { nullable: true, description: 'In name or key.' })
  search?: string | null;
}

@ObjectType('BudgetUse', {
  description: '预算执行: budgets of a year, and those that have come to the first threshold.',
})
export class BudgetUseNode {
  @Field(() => Int)
  year!: number;
  @Field(() => BudgetFiguresNode, {
    description: 'Of departments as a whole; of the province, nothing of it is a city’s.',
  })
  figures!: BudgetFiguresNode;
  @Field(() => BudgetFiguresNode, { nullable: true, description: 'Of cities, apart; null = there are none beside it.' })
  cities!: BudgetFiguresNode | null;
  @Field(() => Int, { description: 'From this percent on people are warned.' })
  warnPercent!: number;
  @Field(() => Int, { description: 'Budgets that have come to it.' })
  reachedCount!: number;
  @Field(() => [BudgetNode], { description: 'Of those whose most is used, at most six.' })
  mostUsed!: BudgetNode[];
}

@InputType()
export class CreateBudgetInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID, { nullable: true, description: "The department's whole budget; null = this is one." })
  parentId?: string | null;
  @Field(() => ID)
  departmentId!: string;
  @Field(() => ID, { nullable: true })
  projectId?: string | null;
  @Field(() => Int)
  year!: number;
  @Field(() => String)
  name!: string;
  @Field(() => String, { defaultValue: '' })
  budgetCode!: string;
  @Field(() => String, { defaultValue: '' })
  functionClass!: string;
  @Field(() => String, { defaultValue: '' })
  economicClass!: string;
  @Field(() => FundNatureEnum)
  fundNature!: FundNature;
  @Field(() => BudgetLevelEnum)
  budgetLevel!: BudgetLevel;
  @Field(() => FenScalar)
  amount!: Fen;
}

@ObjectType()
export class BudgetPayload {
  @Field(() => BudgetNode, { nullable: true })
  budget!: BudgetNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
