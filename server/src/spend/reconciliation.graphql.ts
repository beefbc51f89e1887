import { Field, Float, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DepartmentNode } from '../departments/departments.types.js';
import { CenterNode } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { DifferenceRow } from './assets.repository.js';
import {
  DIFFERENCE_REASONS,
  type DifferenceReason,
  type ReconciledCell,
  unitCostOf,
  VCPU_MONTH_SCALE,
} from './domain/reconciliation.js';
import { SPEND_SOURCES, type SpendPart, type SpendSource } from './reconciliation.service.js';

const SpendSourceEnum = enumOf(SPEND_SOURCES);
registerEnumType(SpendSourceEnum, { name: 'SpendSource' });
export const DifferenceReasonEnum = enumOf(DIFFERENCE_REASONS);
registerEnumType(DifferenceReasonEnum, {
  name: 'DifferenceReason',
  valuesMap: {
    IDLE_CAPACITY: { description: '闲置容量' },
    PRICE_DIFFERENCE: { description: '价差' },
    NOT_YET_METERED: { description: '尚未计量' },
    TIMING: { description: '时间差' },
    OTHER: { description: '其他' },
  },
});

@ObjectType('ReconciliationCell', {
  description: 'Spend = accounted + unallocated, to the fen; unallocated = cities + explained + unexplained.',
})
export class ReconciliationCellNode {
  constructor(readonly cell: ReconciledCell) {}

  @Field(() => String, { description: 'YYYY-MM; empty = all months together.' })
  get month(): string {
    return this.cell.month;
  }
  @Field(() => FenScalar, { description: '支出: payments by the days that they pay for, and what is owned.' })
  get spend(): bigint {
    return this.cell.spend;
  }
  @Field(() => FenScalar, { description: "核算费用 of the province's departments." })
  get accounted(): bigint {
    return this.cell.accounted;
  }
  @Field(() => FenScalar, { description: 'Spend less accounted.' })
  get unallocated(): bigint {
    return this.cell.unallocated;
  }
  @Field(() => FenScalar, { description: 'Of it, what cities used, whose accounts are their own.' })
  get cities(): bigint {
    return this.cell.cities;
  }
  @Field(() => FenScalar, { description: 'Of it, what named people have explained.' })
  get explained(): bigint {
    return this.cell.explained;
  }
  @Field(() => FenScalar, { description: 'Of it, what nobody has explained yet.' })
  get unexplained(): bigint {
    return this.cell.unexplained;
  }
  @Field(() => Float, { description: 'Sold: vCPU × time in use ÷ the time of the month, of provinces and cities.' })
  get vcpuMonths(): number {
    return Number(this.cell.vcpuMonths) / Number(VCPU_MONTH_SCALE);
  }
  @Field(() => FenScalar, { nullable: true, description: 'All spend ÷ sold vCPU-months; null = none was sold.' })
  get spendPerVcpuMonth(): bigint | null {
    return unitCostOf(this.cell.spend, this.cell.vcpuMonths);
  }
  @Field(() => FenScalar, { nullable: true, description: 'All accounted cost, cities included, ÷ sold vCPU-months.' })
  get accountedPerVcpuMonth(): bigint | null {
    return unitCostOf(this.cell.accounted + this.cell.cities, this.cell.vcpuMonths);
  }
}

@ObjectType('ReconciliationCenter', { description: 'One center over the months, and all of them together.' })
export class ReconciliationCenterNode {
  @Field(() => CenterNode, { nullable: true, description: 'null = of no center: unallocated, and never left out.' })
  center!: CenterNode | null;
  @Field(() => [ReconciliationCellNode])
  cells!: ReconciliationCellNode[];
  @Field(() => ReconciliationCellNode)
  total!: ReconciliationCellNode;
}

@ObjectType('SpendReconciliation', { description: '支出对账, by center and month.' })
export class SpendReconciliationNode {
  @Field(() => String)
  first!: string;
  @Field(() => String)
  last!: string;
  @Field(() => [String])
  months!: string[];
  @Field(() => [ReconciliationCenterNode])
  centers!: ReconciliationCenterNode[];
  @Field(() => [ReconciliationCellNode], { description: 'All centers together, month by month.' })
  byMonth!: ReconciliationCellNode[];
  @Field(() => ReconciliationCellNode)
  total!: ReconciliationCellNode;
}

@ObjectType('SpendPart', { description: 'One part of the spend of a center and month, down to where it comes from.' })
export class SpendPartNode {
  constructor(readonly part: SpendPart) {}

  @Field(() => SpendSourceEnum)
  get source(): SpendSource {
    return this.part.source;
  }
  @Field(() => FenScalar)
  get amount(): bigint {
    return this.part.amount;
  }
}

@ObjectType('AccountedPart', {
  description: "A department's accounted cost in a center and month; its statement has the lines.",
})
export class AccountedPartNode {
  @Field(() => DepartmentNode)
  department!: DepartmentNode;
  @Field(() => FenScalar)
  amount!: bigint;
  @Field(() => Boolean, { description: 'Of a city: not in the accounted sum.' })
  city!: boolean;
}

@ObjectType('SpendDifference', { description: 'Why spend and accounted cost differ, as a named person says.' })
export class SpendDifferenceNode {
  constructor(private readonly row: DifferenceRow) {}

  @Field(() => ID)
  get id(): string {
    return toNodeId('SpendDifference', this.row.id);
  }
  @Field(() => DifferenceReasonEnum)
  get reason(): DifferenceReason {
    return this.row.reason;
  }
  @Field(() => FenScalar)
  get amount(): bigint {
    return this.row.amount;
  }
  @Field(() => String)
  get note(): string {
    return this.row.note;
  }
  @Field(() => String)
  get enteredBy(): string {
    return this.row.enteredBy;
  }
  @Field(() => Date)
  get enteredAt(): Date {
    return this.row.enteredAt;
  }
  @Field(() => ID, { nullable: true, description: 'The explanation that it takes back.' })
  get reversesId(): string | null {
    return this.row.reversesId && toNodeId('SpendDifference', this.row.reversesId);
  }
}

@ObjectType('ReconciliationDetail', { description: 'What one cell is made of.' })
export class ReconciliationDetailNode {
  @Field(() => ReconciliationCellNode)
  cell!: ReconciliationCellNode;
  @Field(() => [SpendPartNode])
  spend!: SpendPartNode[];
  @Field(() => [AccountedPartNode])
  accounted!: AccountedPartNode[];
  @Field(() => [SpendDifferenceNode])
  differences!: SpendDifferenceNode[];
}

@InputType()
export class ExplainDifferenceInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => String, { description: 'YYYY-MM' })
  month!: string;
  @Field(() => ID, { nullable: true, description: 'null = what is of no center.' })
  centerId!: string | null;
  @Field(() => DifferenceReasonEnum)
  reason!: DifferenceReason;
  @Field(() => FenScalar, { description: 'Of the difference: below zero where accounted cost is higher.' })
  amount!: bigint;
  @Field(() => String, { defaultValue: '' })
  note!: string;
}

@InputType()
export class TakeBackDifferenceInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  note!: string;
}

@ObjectType()
export class DifferencePayload {
  @Field(() => ID, { nullable: true })
  differenceId!: string | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
