import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ShareNameEnum } from '../allocation/allocation.types.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import { formatUnitPrice } from '../kernel/money.js';
import { toNodeId } from '../kernel/node-id.js';
import { METERED_KINDS, type MeteredKind } from '../metering/domain/intervals.js';
import { perPricedUnit } from '../metering/domain/meter-units.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import type { UnitPeriod } from '../pricing/domain/price-item.js';
import type { PriceKind } from '../pricing/domain/price-version.js';
import { PriceKindEnum, UnitPeriodEnum } from '../pricing/pricing.types.js';
import { ClosingStateEnum } from './closings.graphql.js';
import { PRORATIONS, type Proration, SAME_UNIT_MINIMUMS, type SameUnitMinimum } from './domain/accounting-units.js';
import type { ClosingState } from './domain/closing.js';
import { CORRECTION_CAUSES, type CorrectionCause } from './domain/corrections.js';
import { LINE_STATES, type LineState } from './domain/rating.js';
import { ISSUE_STATES, type IssueState } from './domain/statement-issue.js';
import type { IssueRow } from './statement-issues.repository.js';
import type { ShownLine } from './statement-lines.repository.js';
import type {
  CorrectionOnStatement,
  DepartmentSum,
  PartSum,
  ResourceSum,
  StatementSum,
} from './statements.repository.js';
import { STATEMENT_SIDES, type StatementFrame } from './statements.service.js';

export const MeteredKindEnum = enumOf(METERED_KINDS);
registerEnumType(MeteredKindEnum, { name: 'MeteredKind' });
/** As a line is rated, or disputed by its department. */
type ShownState = LineState | 'SUSPENDED';
const LineStateEnum = enumOf([...LINE_STATES, 'SUSPENDED'] as const);
registerEnumType(LineStateEnum, {
  name: 'StatementLineState',
  valuesMap: {
    UNPRICED: { description: 'Nothing had a price: an error that somebody must mend, never free.' },
    DISPUTED: { description: 'Its delivery was disputed in that time: counted, and not charged.' },
    SUSPENDED: { description: 'The department disputes the line: not charged until that is answered.' },
  },
});
const ProrationEnum = enumOf(PRORATIONS);
registerEnumType(ProrationEnum, { name: 'Proration' });
export const StatementSideEnum = enumOf(STATEMENT_SIDES);
registerEnumType(StatementSideEnum, { name: 'StatementSide' });
const SameUnitMinimumEnum = enumOf(SAME_UNIT_MINIMUMS);
registerEnumType(SameUnitMinimumEnum, { name: 'SameUnitMinimum' });

@ObjectType('StatementSum', { description: 'What some lines of a month come to.' })
export class StatementSumNode {
  constructor(protected readonly sum: StatementSum) {}

  @Field(() => FenScalar)
  get amount(): bigint {
    return this.sum.amount;
  }
  @Field(() => FenScalar, { description: 'Of it, what stands only for DR.' })
  get drAmount(): bigint {
    return this.sum.drAmount;
  }
  @Field(() => FenScalar, { description: 'Of it, corrections of earlier months.' })
  get correctedAmount(): bigint {
    return this.sum.correctedAmount;
  }
  @Field(() => Int)
  get resources(): number {
    return this.sum.resources;
  }
  @Field(() => Int, { description: 'Lines that have no price; not in the amount.' })
  get unpriced(): number {
    return this.sum.unpriced;
  }
  @Field(() => Int, { description: 'Lines of disputed deliveries; not in the amount.' })
  get disputed(): number {
    return this.sum.disputed;
  }
  @Field(() => Int, { description: 'Lines that their department disputes; not in the amount.' })
  get suspended(): number {
    return this.sum.suspended;
  }
}

@ObjectType('DepartmentStatement')
export class DepartmentStatementNode extends StatementSumNode {
  constructor(readonly row: DepartmentSum) {
    super(row);
  }
}
export const DepartmentStatementConnection = connectionOf(DepartmentStatementNode, 'DepartmentStatement');

@ObjectType('StatementPart', { description: 'Of one system, kind, meter or center.' })
export class StatementPartNode extends StatementSumNode {
  constructor(row: PartSum, key: string | null, label: string | null) {
    super(row);
    this.key = key;
    this.label = label;
  }
  @Field(() => String, {
    nullable: true,
    description: 'A kind, or the node id of a system or center; null = without one.',
  })
  key: string | null;
  @Field(() => String, { nullable: true })
  label: string | null;
}

@ObjectType('DraftStatement', {
  description: '月度费用核算单（草稿）: made anew while its month runs and its facts change.',
})
export class DraftStatementNode {
  constructor(readonly frame: StatementFrame) {}

  @Field(() => String, { description: 'YYYY-MM' })
  get month(): string {
    return this.frame.month;
  }
  @Field(() => Date, { description: 'The first moment that is not on it.' })
  get until(): Date {
    return this.frame.until;
  }
  @Field(() => Boolean, { description: 'The month is over.' })
  get complete(): boolean {
    return this.frame.complete;
  }
  @Field(() => ProrationEnum, { nullable: true, description: 'null = nothing was accounted then.' })
  get proration(): Proration | null {
    return this.frame.rule?.rule ?? null;
  }
  @Field(() => SameUnitMinimumEnum, { nullable: true })
  get sameUnitMinimum(): SameUnitMinimum | null {
    return this.frame.rule?.sameUnitMinimum ?? null;
  }
}

@ObjectType('StatementPrice', { description: 'The price version that a line is of, as it stands in the price book.' })
export class StatementPriceNode {
  @Field(() => String, { description: 'Its first day, YYYY-MM-DD.' })
  from!: string;
  @Field(() => String, { nullable: true, description: 'The first day on which it no longer holds.' })
  to!: string | null;
  @Field(() => String)
  reason!: string;
  @Field(() => PriceKindEnum)
  kind!: PriceKind;
  @Field(() => String, {
    nullable: true,
    description: 'What a unit would cost were it not free; null = it is charged.',
  })
  listPrice!: string | null;
}

@ObjectType('StatementLine', {
  description: 'An interval of use under one price version, of one tier of it, rounded alone.',
})
export class StatementLineNode {
  constructor(readonly line: ShownLine) {}

  @Field(() => String)
  get meter(): string {
    return this.line.meter;
  }
  @Field(() => Date)
  get from(): Date {
    return new Date(this.line.from);
  }
  @Field(() => Date)
  get to(): Date {
    return new Date(this.line.to);
  }
  @Field(() => Int, {
    description: 'Which tier of its price, from 0; what has one price for all is wholly in the first.',
  })
  get tier(): number {
    return this.line.tier;
  }
  @Field(() => Float, { description: 'In units of the price; of a price by tiers, what of it lies in this one.' })
  get quantity(): number {
    return Number(this.line.quantity) / Number(perPricedUnit(this.line.meter));
  }
  @Field(() => UnitPeriodEnum)
  get period(): UnitPeriod {
    return this.line.period;
  }
  @Field(() => String, { description: 'Part of the period that is charged: this many …' })
  get portionNumerator(): string {
    return this.line.portion.numerator.toString();
  }
  @Field(() => String, { description: '… of so many.' })
  get portionDenominator(): string {
    return this.line.portion.denominator.toString();
  }
  @Field(() => Boolean, { description: 'It came and went within one unit, and costs one.' })
  get minimum(): boolean {
    return this.line.minimum;
  }
  @Field(() => LineStateEnum)
  get state(): ShownState {
    return this.line.suspended ? 'SUSPENDED' : this.line.state;
  }
  @Field(() => String, { nullable: true, description: 'Yuan for one unit and period.' })
  get unitPrice(): string | null {
    return this.line.version ? formatUnitPrice(this.line.version.price) : null;
  }
  @Field(() => FenScalar, { nullable: true, description: 'null = not charged.' })
  get amount(): bigint | null {
    return this.line.suspended ? null : this.line.amount;
  }
  @Field(() => FenScalar, { nullable: true, description: 'What it comes to, disputed or not; null = it has no price.' })
  get ratedAmount(): bigint | null {
    return this.line.amount;
  }
}

const CorrectionCauseEnum = enumOf(CORRECTION_CAUSES);
registerEnumType(CorrectionCauseEnum, {
  name: 'CorrectionCause',
  valuesMap: {
    LATE_FACT: { description: 'Use itself is other than was known when the month was closed.' },
    PRICE: { description: 'Its price was changed for a time that was closed.' },
    OWNER: { description: 'It is another department’s, system’s or project’s.' },
    DISPUTE: { description: 'A disputed line was answered.' },
  },
});

@ObjectType('StatementCorrection', { description: 'What an earlier, closed month owes or is owed, on this statement.' })
export class StatementCorrectionNode {
  constructor(readonly correction: CorrectionOnStatement) {}

  @Field(() => String, { description: 'YYYY-MM, the month that it corrects.' })
  get ofMonth(): string {
    return this.correction.ofMonth;
  }
  @Field(() => String)
  get meter(): string {
    return this.correction.meter;
  }
  @Field(() => CorrectionCauseEnum, { nullable: true })
  get cause(): CorrectionCause | null {
    return this.correction.cause;
  }
  @Field(() => FenScalar, { description: 'Charged before.' })
  get before(): bigint {
    return this.correction.before;
  }
  @Field(() => FenScalar, { description: 'What is charged more, or, negative, less.' })
  get amount(): bigint {
    return this.correction.amount;
  }
}

@ObjectType('StatementResource', { description: 'One use on a statement.' })
export class StatementResourceNode extends StatementSumNode {
  constructor(
    readonly row: ResourceSum,
    readonly month: string,
    /** Whose statement it was asked of; null = of all that the viewer sees. */
    readonly departmentId: string | null,
  ) {
    super(row);
  }
  @Field(() => ID)
  get useId(): string {
    return this.row.resourceId;
  }
  @Field(() => ID, { nullable: true, description: 'The thing itself, where it has a page.' })
  get subjectId(): string | null {
    const { kind, subjectId } = this.row;
    if (kind === 'MACHINE' || kind === 'DISK') return toNodeId('Resource', subjectId);
    if (kind === 'DATA') return toNodeId('Request', subjectId);
    return kind === 'SERVER' ? toNodeId('Server', subjectId) : null;
  }
  @Field(() => MeteredKindEnum)
  get kind(): MeteredKind {
    return this.row.kind;
  }
  @Field(() => String)
  get code(): string {
    return this.row.code;
  }
  @Field(() => String)
  get name(): string {
    return this.row.name;
  }
  @Field(() => ShareNameEnum)
  get share(): ShareName {
    return this.row.share;
  }
}
export const StatementResourceConnection = connectionOf(StatementResourceNode, 'StatementResource');

const IssueStateEnum = enumOf(ISSUE_STATES);
registerEnumType(IssueStateEnum, {
  name: 'StatementIssueState',
  valuesMap: { DEFAULTED: { description: 'Nobody confirmed or disputed it in time, which counts as confirmed.' } },
});

@ObjectType('StatementIssue', { description: '出单: what was put before a department, and its word on it.' })
export class StatementIssueNode {
  constructor(private readonly issue: IssueRow) {}

  @Field(() => IssueStateEnum)
  get state(): IssueState {
    return this.issue.state;
  }
  @Field(() => Int)
  get lines(): number {
    return this.issue.lines;
  }
  @Field(() => FenScalar)
  get amount(): bigint {
    return this.issue.amount;
  }
  @Field(() => Date)
  get issuedAt(): Date {
    return this.issue.issuedAt;
  }
  @Field(() => Date, { description: 'From then on silence counts as confirmed.' })
  get dueAt(): Date {
    return this.issue.dueAt;
  }
  @Field(() => String, { nullable: true })
  get confirmedBy(): string | null {
    return this.issue.confirmedByName;
  }
  @Field(() => Date, { nullable: true })
  get confirmedAt(): Date | null {
    return this.issue.confirmedAt;
  }
}

@ObjectType('StatementFigures')
export class StatementFiguresNode {
  @Field(() => Int)
  lines!: number;
  @Field(() => FenScalar)
  amount!: bigint;
}

@ObjectType('StatementClosing')
export class StatementClosingNode {
  @Field(() => ID)
  id!: string;
  @Field(() => ClosingStateEnum)
  state!: ClosingState;
}
