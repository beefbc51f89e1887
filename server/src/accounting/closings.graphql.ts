import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import { CLOSED_FINDINGS, type ClosedFindingKind } from './closed-verification.service.js';
import type { ClosingEntity } from './closing.entity.js';
import { CLOSED_KINDS, CLOSING_STATES, type ClosedKind, type ClosingState } from './domain/closing.js';
import { CHECK_RESULTS, CHECKLIST_ITEMS, type ChecklistItem, type CheckResult } from './domain/closing-checklist.js';

export const ClosingStateEnum = enumOf(CLOSING_STATES);
registerEnumType(ClosingStateEnum, {
  name: 'ClosingState',
  valuesMap: {
    FREEZING: { description: 'Approved; its lines are being copied to where nobody changes them.' },
    STOPPED: { description: 'What was approved was not what stood there any more, so nothing was closed.' },
    REVERSED: { description: 'Taken back by a reversal in an open month; the closed lines stay as they are.' },
  },
});
const ClosedKindEnum = enumOf(CLOSED_KINDS);
registerEnumType(ClosedKindEnum, { name: 'ClosedKind' });
const ChecklistItemEnum = enumOf(CHECKLIST_ITEMS);
registerEnumType(ChecklistItemEnum, { name: 'ChecklistItem' });
const CheckResultEnum = enumOf(CHECK_RESULTS);
registerEnumType(CheckResultEnum, {
  name: 'CheckResult',
  valuesMap: {
    EXPLAIN: { description: 'Does not keep the month from being closed, and is explained by whoever asks for it.' },
    BLOCKS: { description: 'Must be put right first.' },
  },
});
const ClosedFindingEnum = enumOf(CLOSED_FINDINGS);
registerEnumType(ClosedFindingEnum, { name: 'ClosedFindingKind' });

@ObjectType('ClosingCheck')
export class ClosingCheckNode {
  @Field(() => ChecklistItemEnum)
  item!: ChecklistItem;
  @Field(() => CheckResultEnum)
  result!: CheckResult;
  @Field(() => Int)
  count!: number;
  @Field(() => [String], { description: 'A few names of what is meant.' })
  examples!: string[];
  @Field(() => String, { nullable: true, description: 'What whoever asked for the close said to it.' })
  explanation!: string | null;
}

@ObjectType('ClosedDocument', { description: '封存: what was closed, and never changes.' })
export class ClosedDocumentNode {
  @Field(() => String, { description: 'SM3 over the canonical text of all its statements.' })
  hash!: string;
  @Field(() => String, { nullable: true, description: 'Of the document closed before in the same book.' })
  previousHash!: string | null;
  @Field(() => String, { description: 'By which rule the text is made.' })
  format!: string;
  @Field(() => Int)
  statements!: number;
  @Field(() => Date)
  closedAt!: Date;
}

@ObjectType('ClosedStatement', { description: 'One department’s part of a closed document.' })
export class ClosedStatementNode {
  @Field(() => ID)
  departmentId!: string;
  @Field(() => String, { description: 'As it was called then.' })
  departmentName!: string;
  @Field(() => Int)
  lines!: number;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => String)
  hash!: string;
}

@ObjectType('Closing', { implements: () => [Node], description: '结账: of a month, or the reversal of one.' })
export class ClosingNode implements Node {
  constructor(readonly row: ClosingEntity) {}

  @Field(() => ID)
  get id(): string {
    return toNodeId('Closing', this.row.id);
  }
  @Field(() => ClosedKindEnum)
  get kind(): ClosedKind {
    return this.row.kind;
  }
  @Field(() => String, { description: 'YYYY-MM, the month that is closed, or opened again.' })
  get ofMonth(): string {
    return this.row.ofMonth;
  }
  @Field(() => String, { description: 'In whose statements it stands: of a reversal the open month that takes it.' })
  get month(): string {
    return this.row.month;
  }
  @Field(() => Int, { description: 'How many times the month has been closed, with this.' })
  get round(): number {
    return this.row.round;
  }
  @Field(() => ClosingStateEnum)
  get state(): ClosingState {
    return this.row.state;
  }
  @Field(() => Int)
  get version(): number {
    return this.row.version;
  }
  @Field(() => Int)
  get lines(): number {
    return this.row.lineCount;
  }
  @Field(() => FenScalar)
  get amount(): bigint {
    return this.row.amountFen;
  }
  @Field(() => [ClosingCheckNode], { description: 'As it was when the close was asked for.' })
  get checklist(): ClosingCheckNode[] {
    return this.row.checklist.map((check) => ({ ...check, examples: [...check.examples] }));
  }
  @Field(() => String, { description: 'Why it is reversed; empty for a close.' })
  get reason(): string {
    return this.row.reason;
  }
  @Field(() => String)
  get requestedBy(): string {
    return this.row.requestedByName;
  }
  @Field(() => Date)
  get requestedAt(): Date {
    return this.row.requestedAt;
  }
  @Field(() => String, { nullable: true })
  get decidedBy(): string | null {
    return this.row.decidedByName;
  }
  @Field(() => Date, { nullable: true })
  get decidedAt(): Date | null {
    return this.row.decidedAt;
  }
  @Field(() => String, { nullable: true })
  get opinion(): string | null {
    return this.row.opinion;
  }
}
export const ClosingConnection = connectionOf(ClosingNode, 'Closing');

@ObjectType('ClosingBook', { description: '账册: the province’s own accounts, or a city’s, which close apart.' })
export class ClosingBookNode {
  @Field(() => ID, { nullable: true, description: 'null = the province’s own.' })
  cityId!: string | null;
  @Field(() => String, { nullable: true })
  name!: string | null;
  @Field(() => Boolean, { description: 'The viewer’s own: may ask for its closes.' })
  own!: boolean;
}

@ObjectType('ClosingMonth', { description: 'How a month of a book stands: what it comes to, and what keeps it open.' })
export class ClosingMonthNode {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => Int, { description: 'Departments with lines.' })
  departments!: number;
  @Field(() => Int)
  lines!: number;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => [ClosingCheckNode], { description: 'As it stands now; empty of a month that is closed.' })
  checklist!: ClosingCheckNode[];
  @Field(() => [ClosingNode], { description: 'Every close and reversal of the month, the newest first.' })
  closings!: ClosingNode[];
  @Field(() => Boolean)
  mayRequest!: boolean;
}

@ObjectType('ClosedFinding')
export class ClosedFindingNode {
  @Field(() => ClosedFindingEnum)
  kind!: ClosedFindingKind;
  @Field(() => ID, { nullable: true })
  departmentId!: string | null;
}

@ObjectType('ClosingPayload')
export class ClosingPayload {
  @Field(() => ClosingNode, { nullable: true })
  closing!: ClosingNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('VerifyClosingPayload')
export class VerifyClosingPayload {
  @Field(() => Boolean, { description: 'Every hash comes out as it was written.' })
  whole!: boolean;
  @Field(() => [ClosedFindingNode])
  findings!: ClosedFindingNode[];
  @Field(() => Boolean, { description: 'Whether a certified module computed it.' })
  certified!: boolean;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType()
export class ClosingExplanationInput {
  @Field(() => ChecklistItemEnum)
  item!: ChecklistItem;
  @Field(() => String)
  text!: string;
}

@InputType()
export class RequestClosingInput {
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => ID, { nullable: true, description: 'null = the province’s own book; to the people of a city, theirs.' })
  cityId?: string | null;
  @Field(() => [ClosingExplanationInput], { description: 'One for each item that must be explained.' })
  explanations!: ClosingExplanationInput[];
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class RequestReversalInput {
  @Field(() => ID)
  closingId!: string;
  @Field(() => String)
  reason!: string;
  @Field(() => String)
  idempotencyKey!: string;
}

@InputType()
export class DecideClosingInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  opinion?: string | null;
  @Field(() => String)
  idempotencyKey!: string;
}
