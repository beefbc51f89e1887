import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Grade } from '../grades/domain/grade.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { FenScalar } from '../platform/graphql/scalars.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { Indicator } from './domain/indicators.js';
import { GradeEnum, IndicatorEnum } from './performance.graphql.js';
import { SELF_EVALUATION_STATES, type SelfEvaluationState } from './usage.entity.js';
import type { SelfEvaluationRow, UsageNoticeRow } from './usage.repository.js';

const SelfEvaluationStateEnum = enumOf(SELF_EVALUATION_STATES);
registerEnumType(SelfEvaluationStateEnum, { name: 'SelfEvaluationState' });

@ObjectType('UsageNoticeSystem')
export class UsageNoticeSystemNode {
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => Int)
  machines!: number;
  @Field(() => Int)
  vcpu!: number;
  @Field(() => Int)
  memoryMib!: number;
  @Field(() => Int, { nullable: true, description: 'Hundredths of a percent; null = not seen.' })
  cpuMean!: number | null;
  @Field(() => Int, { nullable: true })
  memoryMean!: number | null;
  @Field(() => FenScalar)
  cost!: bigint;
  @Field(() => GradeEnum, { nullable: true })
  grade!: Grade | null;
}

@ObjectType('UsageNotice', { implements: () => [Node], description: '资源使用通报 of one department and month.' })
export class UsageNoticeNode extends Node {
  row: UsageNoticeRow;
  @Field(() => String)
  month: string;
  @Field(() => String)
  departmentName: string;
  @Field(() => Date)
  madeAt: Date;
  @Field(() => String, { nullable: true })
  readBy: string | null;
  @Field(() => Date, { nullable: true })
  readAt: Date | null;
  @Field(() => String, { description: 'SM3 of what it says.' })
  hash: string;
  @Field(() => Int)
  machines: number;
  @Field(() => Int)
  vcpu: number;
  @Field(() => Int)
  memoryMib: number;
  @Field(() => Int, { nullable: true, description: 'Hundredths of a percent; null = not seen.' })
  cpuMean: number | null;
  @Field(() => Int, { nullable: true })
  memoryMean: number | null;
  @Field(() => Int, { nullable: true })
  provinceCpuMean: number | null;
  @Field(() => Int, { nullable: true })
  provinceMemoryMean: number | null;
  @Field(() => FenScalar)
  cost: bigint;
  @Field(() => FenScalar)
  costBefore: bigint;
  @Field(() => Int)
  openCases: number;
  @Field(() => GradeEnum, { nullable: true })
  grade: Grade | null;
  @Field(() => [UsageNoticeSystemNode])
  systems: UsageNoticeSystemNode[];
  @Field(() => String)
  pdfUrl: string;
  @Field(() => String)
  xlsxUrl: string;

  constructor(row: UsageNoticeRow) {
    super();
    const { content } = row;
    this.row = row;
    this.id = toNodeId('UsageNotice', row.id);
    this.month = row.month;
    this.departmentName = row.departmentName;
    this.madeAt = row.madeAt;
    this.readBy = row.readBy;
    this.readAt = row.readAt;
    this.hash = row.hash;
    this.machines = content.machines;
    this.vcpu = content.vcpu;
    this.memoryMib = content.memoryMib;
    this.cpuMean = content.cpuMean;
    this.memoryMean = content.memoryMean;
    this.provinceCpuMean = content.provinceCpuMean;
    this.provinceMemoryMean = content.provinceMemoryMean;
    this.cost = BigInt(content.cost);
    this.costBefore = BigInt(content.costBefore);
    this.openCases = content.openCases;
    this.grade = content.grade;
    this.systems = content.systems.map((one) => ({ ...one, cost: BigInt(one.cost) }));
    this.pdfUrl = `/papers/usage-notices/${this.id}/notice.pdf`;
    this.xlsxUrl = `/papers/usage-notices/${this.id}/notice.xlsx`;
  }
}

export const UsageNoticeConnection = connectionOf(UsageNoticeNode, 'UsageNotice');

@InputType('UsageNoticeFilter')
export class UsageNoticeFilterInput {
  @Field(() => String, { nullable: true, description: '2026-10.' })
  month?: string | null;
  @Field(() => Boolean, { nullable: true })
  unread?: boolean | null;
  @Field(() => String, { nullable: true })
  search?: string | null;
}

@InputType()
export class AcknowledgeUsageNoticeInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType()
export class UsageNoticePayload {
  @Field(() => UsageNoticeNode, { nullable: true })
  notice!: UsageNoticeNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType('SelfEvaluationRow', { description: 'One indicator: what was aimed at, and what the records say.' })
export class SelfEvaluationRowNode {
  @Field(() => IndicatorEnum)
  indicator!: Indicator;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  target!: string;
  @Field(() => String)
  actual!: string;
  @Field(() => String)
  gap!: string;
  @Field(() => String)
  source!: string;
}

@ObjectType('SelfEvaluation', {
  implements: () => [Node],
  description: '自评价 of a system, 12 to 24 months after it went live.',
})
export class SelfEvaluationNode extends Node {
  row: SelfEvaluationRow;
  @Field(() => ID)
  systemId: string;
  @Field(() => String)
  systemName: string;
  @Field(() => SelfEvaluationStateEnum)
  state: SelfEvaluationState;
  @Field(() => String)
  liveSince: string;
  @Field(() => String)
  dueFrom: string;
  @Field(() => String, { description: 'The first day on which it is too late.' })
  dueTo: string;
  @Field(() => Boolean)
  overdue: boolean;
  @Field(() => String, { nullable: true })
  statement: string | null;
  @Field(() => String, { nullable: true })
  handedInBy: string | null;
  @Field(() => Date, { nullable: true })
  handedInAt: Date | null;
  @Field(() => String, { nullable: true })
  hash: string | null;
  @Field(() => Int)
  version: number;
  @Field(() => String)
  pdfUrl: string;
  @Field(() => String)
  xlsxUrl: string;

  constructor(row: SelfEvaluationRow, today: string) {
    super();
    this.row = row;
    this.id = toNodeId('SelfEvaluation', row.id);
    this.systemId = toNodeId('System', row.systemId);
    this.systemName = row.systemName;
    this.state = row.state;
    this.liveSince = row.liveSince;
    this.dueFrom = row.dueFrom;
    this.dueTo = row.dueTo;
    this.overdue = row.state === 'OPEN' && row.dueTo <= today;
    this.statement = row.statement;
    this.handedInBy = row.handedInBy;
    this.handedInAt = row.handedInAt;
    this.hash = row.hash;
    this.version = row.version;
    this.pdfUrl = `/papers/self-evaluations/${this.id}/pack.pdf`;
    this.xlsxUrl = `/papers/self-evaluations/${this.id}/pack.xlsx`;
  }
}

export const SelfEvaluationConnection = connectionOf(SelfEvaluationNode, 'SelfEvaluation');

@InputType('SelfEvaluationFilter')
export class SelfEvaluationFilterInput {
  @Field(() => SelfEvaluationStateEnum, { nullable: true })
  state?: SelfEvaluationState | null;
  @Field(() => Boolean, { nullable: true })
  overdue?: boolean | null;
  @Field(() => String, { nullable: true })
  search?: string | null;
}

@InputType()
export class HandInSelfEvaluationInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { description: '20-2000 characters.' })
  statement!: string;
}

@ObjectType()
export class SelfEvaluationPayload {
  @Field(() => SelfEvaluationNode, { nullable: true })
  selfEvaluation!: SelfEvaluationNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
