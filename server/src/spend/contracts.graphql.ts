import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { ContractInstalmentEntity, ContractServiceEntity } from './contracts.entity.js';
import type { ContractRow, ContractTotals, SupplierRow } from './contracts.repository.js';
import type { AssessmentBand } from './domain/assessment.js';
import { CONTRACT_KINDS, type ContractKind, CURRENCY } from './domain/contract.js';
import { advanceableOf, advanceOutstanding, type ContractFigures, payableOf } from './domain/contract-money.js';
import type { SpendState } from './domain/spend-state.js';
import { handsOf, SpendFiguresNode, SpendHandsNode, SpendStateEnum } from './spend.graphql.js';

const ContractKindEnum = enumOf(CONTRACT_KINDS);
registerEnumType(ContractKindEnum, { name: 'ContractKind' });

@ObjectType('Supplier', { implements: () => [Node], description: '供应商' })
export class SupplierNode extends Node {
  @Field(() => String, { description: '统一社会信用代码' })
  creditCode: string;
  @Field(() => String)
  name: string;
  @Field(() => String)
  contact: string;
  @Field(() => String)
  phone: string;
  @Field(() => Date)
  createdAt: Date;

  constructor(readonly row: SupplierRow) {
    super();
    this.id = toNodeId('Supplier', row.id);
    this.creditCode = row.creditCode;
    this.name = row.name;
    this.contact = row.contact;
    this.phone = row.phone;
    this.createdAt = row.createdAt;
  }
}
export const SupplierConnection = connectionOf(SupplierNode, 'Supplier');

@ObjectType('ContractAdvance', {
  description: '预付款: paid before it is accepted, and drawn down by what is accepted after.',
})
export class ContractAdvanceNode {
  @Field(() => FenScalar, { description: 'At most so much may be out at once.' })
  limit: bigint;
  @Field(() => FenScalar, { description: 'Ever advanced, confirmed or waiting.' })
  advanced: bigint;
  @Field(() => FenScalar, { description: '未抵扣: not drawn down yet.' })
  outstanding: bigint;
  @Field(() => FenScalar, { description: 'What may still be advanced now.' })
  available: bigint;

  constructor(figures: ContractFigures) {
    this.limit = figures.advanceLimit;
    this.advanced = figures.advanced;
    this.outstanding = advanceOutstanding(figures);
    this.available = advanceableOf(figures);
  }
}

@ObjectType('Contract', { implements: () => [Node], description: '合同: what the province has bound itself to pay.' })
export class ContractNode extends Node {
  @Field(() => String, { description: '合同编号, as the paper has it.' })
  number: string;
  @Field(() => String)
  name: string;
  @Field(() => ContractKindEnum)
  kind: ContractKind;
  @Field(() => String, { description: 'The first day.' })
  from: string;
  @Field(() => String, { description: 'The day after the last.' })
  to: string;
  @Field(() => String)
  note: string;
  @Field(() => SpendStateEnum)
  state: SpendState;
  @Field(() => Int)
  version: number;
  @Field(() => SpendHandsNode)
  hands: SpendHandsNode;
  @Field(() => SpendFiguresNode)
  figures: SpendFiguresNode;
  @Field(() => FenScalar, { description: 'Accepted less deducted, less what is paid or waits: what may be paid now.' })
  payable: bigint;
  @Field(() => ContractAdvanceNode)
  advance: ContractAdvanceNode;

  constructor(readonly row: ContractRow) {
    super();
    this.id = toNodeId('Contract', row.id);
    this.number = row.number;
    this.name = row.name;
    this.kind = row.kind;
    this.from = row.fromDate;
    this.to = row.toDate;
    this.note = row.note;
    this.state = row.state;
    this.version = row.version;
    this.hands = handsOf(row);
    this.figures = row;
    this.payable = payableOf(row);
    this.advance = new ContractAdvanceNode(row);
  }
}
export const ContractConnection = connectionOf(ContractNode, 'Contract');

@ObjectType('ContractService')
export class ContractServiceNode {
  constructor(private readonly row: ContractServiceEntity) {}

  @Field(() => Int)
  get position(): number {
    return this.row.position;
  }
  @Field(() => String)
  get name(): string {
    return this.row.name;
  }
  @Field(() => String)
  get unit(): string {
    return this.row.unit;
  }
  @Field(() => String, { description: 'Yuan for one unit.' })
  get unitPrice(): string {
    return this.row.unitPrice;
  }
}

@ObjectType('ContractInstalment', { description: '付款计划的一期' })
export class ContractInstalmentNode {
  constructor(
    private readonly row: ContractInstalmentEntity,
    private readonly paidOf: bigint,
  ) {}

  @Field(() => Int)
  get position(): number {
    return this.row.position;
  }
  @Field(() => String)
  get dueOn(): string {
    return this.row.dueOn;
  }
  @Field(() => FenScalar)
  get amount(): bigint {
    return this.row.amount;
  }
  @Field(() => String)
  get condition(): string {
    return this.row.condition;
  }
  @Field(() => FenScalar, { description: 'Of payments that name it.' })
  get paid(): bigint {
    return this.paidOf;
  }
}

@ObjectType('AssessmentBand')
export class AssessmentBandNode {
  @Field(() => Int, { description: 'Availability below this, in hundredths of a percent …' })
  below!: number;
  @Field(() => Int, { description: "… costs this share of the month's fee, in hundredths of a percent." })
  deduct!: number;
}

@ObjectType('AssessmentRule', { description: '考核规则, from a month on.' })
export class AssessmentRuleNode {
  @Field(() => String, { description: 'YYYY-MM' })
  from!: string;
  @Field(() => [AssessmentBandNode])
  bands!: readonly AssessmentBand[];
  @Field(() => Int)
  cap!: number;
  @Field(() => Int, { nullable: true, description: 'All deductions together, hundredths of a percent of the ceiling.' })
  contractCap!: number | null;
}

@ObjectType('ContractTotals', { description: 'Of contracts in force of the same filter.' })
export class ContractTotalsNode {
  @Field(() => Int)
  count: number;
  @Field(() => SpendFiguresNode)
  figures: SpendFiguresNode;
  @Field(() => FenScalar, { description: '未抵扣预付款: paid before its acceptance; no contract owes it to another.' })
  outstanding: bigint;

  constructor({ count, outstanding, ...figures }: ContractTotals) {
    this.count = count;
    this.figures = figures;
    this.outstanding = outstanding;
  }
}

@ObjectType('SupplierSums')
export class SupplierSumsNode {
  @Field(() => Int, { description: 'Contracts in force.' })
  count!: number;
  @Field(() => FenScalar)
  ceiling!: bigint;
  @Field(() => FenScalar)
  paid!: bigint;
}

@InputType('ContractFilter')
export class ContractFilterInput {
  @Field(() => String, { nullable: true, description: 'In number or name.' })
  search?: string | null;
  @Field(() => [SpendStateEnum], { nullable: true })
  states?: SpendState[] | null;
  @Field(() => ID, { nullable: true })
  supplierId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only what is accepted and not yet paid.' })
  toPayOnly?: boolean | null;
}

@InputType()
export class CreateSupplierInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String)
  creditCode!: string;
  @Field(() => String)
  name!: string;
  @Field(() => String, { defaultValue: '' })
  contact!: string;
  @Field(() => String, { defaultValue: '' })
  phone!: string;
}

@InputType()
export class ContractServiceInput {
  @Field(() => String)
  name!: string;
  @Field(() => String)
  unit!: string;
  @Field(() => String, { description: 'Yuan for one unit, at most six decimals.' })
  unitPrice!: string;
}

@InputType()
export class ContractShareInput {
  @Field(() => ID)
  centerId!: string;
  @Field(() => Int)
  weight!: number;
}

@InputType()
export class ContractInstalmentInput {
  @Field(() => String, { description: 'YYYY-MM-DD' })
  dueOn!: string;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => String)
  condition!: string;
}

@InputType()
export class AssessmentBandInput {
  @Field(() => Int)
  below!: number;
  @Field(() => Int)
  deduct!: number;
}

@InputType()
export class AssessmentRuleInput {
  @Field(() => [AssessmentBandInput], { description: 'From the highest availability to the lowest.' })
  bands!: AssessmentBandInput[];
  @Field(() => Int)
  cap!: number;
  @Field(() => Int, { nullable: true, description: 'All deductions together, hundredths of a percent of the ceiling.' })
  contractCap?: number | null;
}

@InputType()
export class EnterContractInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  supplierId!: string;
  @Field(() => String)
  number!: string;
  @Field(() => String)
  name!: string;
  @Field(() => ContractKindEnum)
  kind!: ContractKind;
  @Field(() => String, {
    defaultValue: CURRENCY,
    description: 'The accounts are kept in CNY; anything else is refused.',
  })
  currency!: string;
  @Field(() => FenScalar)
  ceiling!: bigint;
  @Field(() => FenScalar, {
    defaultValue: '0',
    description: '预付款上限: at most so much is paid before it is accepted.',
  })
  advanceLimit!: bigint;
  @Field(() => String, { description: 'YYYY-MM-DD, the first day.' })
  from!: string;
  @Field(() => String, { description: 'YYYY-MM-DD, the day after the last.' })
  to!: string;
  @Field(() => String, { defaultValue: '' })
  note!: string;
  @Field(() => [ContractServiceInput], { defaultValue: [] })
  services!: ContractServiceInput[];
  @Field(() => [ContractShareInput], { defaultValue: [], description: 'None = the spend is of no center.' })
  shares!: ContractShareInput[];
  @Field(() => [ContractInstalmentInput], { defaultValue: [] })
  instalments!: ContractInstalmentInput[];
  @Field(() => AssessmentRuleInput, { nullable: true })
  assessment!: AssessmentRuleInput | null;
}

@ObjectType()
export class SupplierPayload {
  @Field(() => SupplierNode, { nullable: true })
  supplier!: SupplierNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType()
export class ContractPayload {
  @Field(() => ContractNode, { nullable: true })
  contract!: ContractNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
