import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import type { OutageLayer } from '../outages/domain/outage.js';
import { OutageLayerEnum } from '../outages/outages.graphql.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { StoredAssessment } from './contracts.entity.js';
import { AssessmentBandNode } from './contracts.graphql.js';
import type { Assessment } from './domain/assessment.js';
import type { ContractFault } from './domain/contract-faults.js';
import { type ContractEntryKind, ENTRY_KINDS } from './domain/contract-money.js';
import type { SpendState } from './domain/spend-state.js';
import type { ContractEntryRow } from './entries.repository.js';
import { handsOf, SpendHandsNode, SpendStateEnum } from './spend.graphql.js';

export const ContractEntryKindEnum = enumOf(ENTRY_KINDS);
registerEnumType(ContractEntryKindEnum, {
  name: 'ContractEntryKind',
  valuesMap: {
    ACCEPTANCE: { description: '验收' },
    DEDUCTION: { description: '考核扣减' },
    PAYMENT: { description: '付款' },
  },
});

@ObjectType('AssessedFault', { description: 'An outage as the book had it when the deduction was reckoned.' })
export class AssessedFaultNode {
  @Field(() => ID)
  outageId!: string;
  @Field(() => String)
  code!: string;
  @Field(() => String)
  title!: string;
  @Field(() => OutageLayerEnum)
  layer!: OutageLayer;
  @Field(() => Date)
  from!: Date;
  @Field(() => Date, { nullable: true })
  to!: Date | null;
  @Field(() => String, { nullable: true, description: 'The work order by which it was mended.' })
  orderCode!: string | null;
  @Field(() => String, { nullable: true, description: 'The maintenance in which it fell.' })
  windowCode!: string | null;
  @Field(() => Int, { description: 'Of the month.' })
  minutes!: number;
  @Field(() => Int, { description: 'Of them, what counts; two that overlap count once.' })
  countedMinutes!: number;
  @Field(() => String, { nullable: true, description: 'Why it does not count at all.' })
  excuse!: string | null;
  @Field(() => String, { nullable: true, description: 'Why finance left it out of this contract.' })
  leftOut!: string | null;
}

export function faultNode({ outageId, from, to, ...fault }: ContractFault): AssessedFaultNode {
  return {
    ...fault,
    outageId: toNodeId('Outage', outageId),
    from: new Date(from),
    to: to === null ? null : new Date(to),
  };
}

@ObjectType('Assessment', { description: 'How a deduction came about: from this alone it is reckoned again.' })
export class AssessmentNode {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => Int)
  minutesOfMonth!: number;
  @Field(() => Int)
  downMinutes!: number;
  @Field(() => Int, { description: 'Of them, what does not count.' })
  excusedMinutes!: number;
  @Field(() => Int, { description: 'Hundredths of a percent, rounded down.' })
  availability!: number;
  @Field(() => FenScalar, { description: "The contract's part of the month." })
  fee!: bigint;
  @Field(() => Int, { description: 'Hundredths of a percent of the fee.' })
  share!: number;
  @Field(() => FenScalar)
  deduction!: bigint;
  @Field(() => String, { description: 'Since when the rule held by which it was reckoned.' })
  ruleFrom!: string;
  @Field(() => [AssessmentBandNode])
  bands!: readonly AssessmentBandNode[];
  @Field(() => Int)
  cap!: number;
  @Field(() => Int, { nullable: true, description: 'All deductions together, hundredths of a percent of the ceiling.' })
  contractCap!: number | null;
  @Field(() => FenScalar, {
    nullable: true,
    description: 'What that left to deduct; null = it was not asked for then.',
  })
  room!: bigint | null;
  @Field(() => [AssessedFaultNode], { description: 'From the book of outages; none = the minutes were typed.' })
  faults!: AssessedFaultNode[];
}

export function assessmentNode({ rule, ...facts }: Assessment, faults: readonly ContractFault[] = []): AssessmentNode {
  return { ...facts, ...rule, contractCap: rule.contractCap ?? null, faults: faults.map(faultNode) };
}

function storedNode({ fee, deduction, room, faults = [], ...facts }: StoredAssessment): AssessmentNode {
  const amounts = { fee: BigInt(fee), deduction: BigInt(deduction), room: room == null ? null : BigInt(room) };
  return assessmentNode({ ...facts, ...amounts }, faults);
}

@ObjectType('ContractEntry', {
  implements: () => [Node],
  description: 'What was accepted, deducted or paid of a contract; below zero it takes another one back.',
})
export class ContractEntryNode extends Node {
  @Field(() => ContractEntryKindEnum)
  kind: ContractEntryKind;
  @Field(() => FenScalar)
  amount: bigint;
  @Field(() => String)
  onDate: string;
  @Field(() => String, { nullable: true, description: 'Of a payment: the first day of the services.' })
  from: string | null;
  @Field(() => String, { nullable: true, description: 'The day after the last.' })
  to: string | null;
  @Field(() => String, { nullable: true, description: '凭证号' })
  voucher: string | null;
  @Field(() => Int, { nullable: true })
  instalment: number | null;
  @Field(() => Boolean, { description: '预付款: paid before it is accepted.' })
  advance: boolean;
  @Field(() => String)
  note: string;
  @Field(() => AssessmentNode, { nullable: true })
  assessment: AssessmentNode | null;
  @Field(() => SpendStateEnum)
  state: SpendState;
  @Field(() => Int)
  version: number;
  @Field(() => SpendHandsNode)
  hands: SpendHandsNode;
  @Field(() => ID, { nullable: true, description: 'The entry that it takes back.' })
  reversesId: string | null;
  @Field(() => ID, { nullable: true, description: 'The entry that takes it back, confirmed or waiting.' })
  reversedById: string | null;

  constructor(readonly row: ContractEntryRow) {
    super();
    this.id = toNodeId('ContractEntry', row.id);
    this.kind = row.kind;
    this.amount = row.amount;
    this.onDate = row.onDate;
    this.from = row.fromDate;
    this.to = row.toDate;
    this.voucher = row.voucher;
    this.instalment = row.instalment;
    this.advance = row.advance;
    this.note = row.note;
    const { assessment } = row;
    this.assessment = assessment && storedNode(assessment);
    this.state = row.state;
    this.version = row.version;
    this.hands = handsOf(row);
    this.reversesId = row.reversesId && toNodeId('ContractEntry', row.reversesId);
    this.reversedById = row.reversedById && toNodeId('ContractEntry', row.reversedById);
  }
}
export const ContractEntryConnection = connectionOf(ContractEntryNode, 'ContractEntry');

@ObjectType('ContractEntrySums')
export class ContractEntrySumsNode {
  @Field(() => FenScalar)
  confirmed!: bigint;
  @Field(() => FenScalar, { description: 'Entered, and not confirmed by another yet.' })
  waiting!: bigint;
}

@InputType('ContractEntryFilter')
export class ContractEntryFilterInput {
  @Field(() => ContractEntryKindEnum, { nullable: true })
  kind?: ContractEntryKind | null;
  @Field(() => [SpendStateEnum], { nullable: true })
  states?: SpendState[] | null;
  @Field(() => ID, { nullable: true })
  contractId?: string | null;
  @Field(() => String, { nullable: true, description: 'In voucher, or number or name of the contract.' })
  search?: string | null;
}

@InputType()
export class OfContractInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  contractId!: string;
  @Field(() => String, { description: 'YYYY-MM-DD' })
  onDate!: string;
  @Field(() => String, { defaultValue: '' })
  note!: string;
}

@InputType()
export class RecordAcceptanceInput extends OfContractInput {
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => [ID], { description: '验收单等依据, at least one.' })
  fileIds!: string[];
}

@InputType()
export class RecordDeductionInput extends OfContractInput {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => Int)
  downMinutes!: number;
  @Field(() => Int, { defaultValue: 0 })
  excusedMinutes!: number;
  @Field(() => [ID])
  fileIds!: string[];
}

@InputType()
export class EnterPaymentInput extends OfContractInput {
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => String)
  voucher!: string;
  @Field(() => String, { description: 'YYYY-MM-DD, the first day of the services that are paid.' })
  from!: string;
  @Field(() => String, { description: 'YYYY-MM-DD, the day after the last.' })
  to!: string;
  @Field(() => Int, { nullable: true })
  instalment!: number | null;
  @Field(() => Boolean, {
    defaultValue: false,
    description: '预付款: before it is accepted, as far as the contract allows.',
  })
  advance!: boolean;
}

@InputType()
export class ReverseEntryInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => String, { description: 'YYYY-MM-DD' })
  onDate!: string;
  @Field(() => String, { description: 'Why.' })
  note!: string;
  @Field(() => String, { nullable: true, description: 'Of a payment: its own voucher (红字凭证).' })
  voucher!: string | null;
}

@ObjectType()
export class ContractEntryPayload {
  @Field(() => ContractEntryNode, { nullable: true })
  entry!: ContractEntryNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
