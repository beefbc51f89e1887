import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { StoredFileNode } from '../files/files.graphql.js';
import { GRADED_KINDS, GRADES, type Grade, type GradedKind } from '../grades/domain/grade.js';
import { toNodeId } from '../kernel/node-id.js';
import { SECOND_ACTIONS, type SecondAction } from '../kernel/second-person.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { APPEAL_STATES, type AppealState } from './domain/appeal.js';
import { INDICATORS, type Indicator } from './domain/indicators.js';
import { RUN_STATES, type RunState } from './domain/run-state.js';
import { CONSEQUENCE_KINDS } from './performance.entity.js';
import type { EvaluationRow, RunRow } from './performance.types.js';

export const GradeEnum = enumOf(GRADES);
registerEnumType(GradeEnum, {
  name: 'PerformanceGrade',
  description: '绩效评价等次.',
  valuesMap: {
    EXCELLENT: { description: '优' },
    GOOD: { description: '良' },
    FAIR: { description: '中' },
    POOR: { description: '差' },
  },
});
export const GradedKindEnum = enumOf(GRADED_KINDS);
registerEnumType(GradedKindEnum, { name: 'PerformanceSubjectKind' });
export const IndicatorEnum = enumOf(INDICATORS);
registerEnumType(IndicatorEnum, { name: 'PerformanceIndicator' });
const RunStateEnum = enumOf(RUN_STATES);
registerEnumType(RunStateEnum, {
  name: 'PerformanceRunState',
  valuesMap: {
    GATHERING: { description: '取数中.' },
    PREPARED: { description: '待审定.' },
    PUBLISHED: { description: '已发布.' },
  },
});
const RunDecisionEnum = enumOf(SECOND_ACTIONS);
registerEnumType(RunDecisionEnum, { name: 'PerformanceRunDecision', description: 'APPROVE publishes.' });
export const AppealStateEnum = enumOf(APPEAL_STATES);
registerEnumType(AppealStateEnum, { name: 'PerformanceAppealState' });
const ConsequenceEnum = enumOf(CONSEQUENCE_KINDS);
registerEnumType(ConsequenceEnum, { name: 'PerformanceConsequenceKind' });

@ObjectType('PerformanceRun', { implements: () => [Node], description: '绩效评价批次: everything, for one period.' })
export class PerformanceRunNode extends Node {
  row: RunRow;
  @Field(() => String)
  code: string;
  @Field(() => String, { description: '2026-10, 2026-Q3, 2026-H1 or 2026.' })
  period: string;
  @Field(() => String)
  from: string;
  @Field(() => String, { description: 'The first day after it.' })
  to: string;
  @Field(() => Int)
  editionNumber: number;
  @Field(() => RunStateEnum)
  state: RunState;
  @Field(() => Int)
  version: number;
  @Field(() => Int, { description: 'Systems and departments that were evaluated.' })
  subjects: number;
  @Field(() => String)
  preparedBy: string;
  @Field(() => Date)
  preparedAt: Date;
  @Field(() => String, { nullable: true })
  decidedBy: string | null;
  @Field(() => Date, { nullable: true })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true })
  opinion: string | null;
  @Field(() => Boolean, { description: 'The viewer evaluated: another publishes.' })
  mine: boolean;

  constructor(row: RunRow, viewerId: string) {
    super();
    this.row = row;
    this.id = toNodeId('PerformanceRun', row.id);
    this.code = row.code;
    this.period = row.period;
    this.from = row.fromDay;
    this.to = row.toDay;
    this.editionNumber = row.editionNumber;
    this.state = row.state;
    this.version = row.version;
    this.subjects = row.subjects;
    this.preparedBy = row.preparedBy;
    this.preparedAt = row.preparedAt;
    this.decidedBy = row.decidedBy;
    this.decidedAt = row.decidedAt;
    this.opinion = row.opinion;
    this.mine = row.preparedById === viewerId;
  }
}

export const PerformanceRunConnection = connectionOf(PerformanceRunNode, 'PerformanceRun');

@ObjectType('PerformanceFigure')
export class PerformanceFigureNode {
  @Field(() => String)
  label!: string;
  @Field(() => String)
  value!: string;
}

@ObjectType('PerformanceMark', { description: 'One indicator of an evaluation: its evidence and what it earned.' })
export class PerformanceMarkNode {
  @Field(() => IndicatorEnum)
  indicator!: Indicator;
  @Field(() => Int, { description: 'Percent.' })
  weight!: number;
  @Field(() => Boolean, { description: 'false = this one is not asked for it.' })
  applies!: boolean;
  @Field(() => Boolean, { description: '无佐证: no record says anything.' })
  missing!: boolean;
  @Field(() => Int, { nullable: true, description: 'Hundredths of a percent.' })
  value!: number | null;
  @Field(() => Int, { description: 'Of 100.' })
  marks!: number;
  @Field(() => [PerformanceFigureNode])
  figures!: PerformanceFigureNode[];
  @Field(() => String, { description: 'From which records.' })
  source!: string;
}

@ObjectType('PerformanceAppeal', { description: '申诉.' })
export class PerformanceAppealNode {
  @Field(() => ID)
  id!: string;
  @Field(() => AppealStateEnum)
  state!: AppealState;
  @Field(() => Int)
  version!: number;
  @Field(() => String)
  reason!: string;
  @Field(() => String)
  raisedBy!: string;
  @Field(() => Date)
  raisedAt!: Date;
  @Field(() => String, { nullable: true })
  answer!: string | null;
  @Field(() => String, { nullable: true })
  answeredBy!: string | null;
  @Field(() => Date, { nullable: true })
  answeredAt!: Date | null;
  @Field(() => [StoredFileNode], { description: '佐证: what was sent with it.' })
  files!: StoredFileNode[];
}

@ObjectType('PerformanceRegrade', { description: 'Who judged anew on appeal, and when.' })
export class PerformanceRegradeNode {
  @Field(() => String)
  by!: string;
  @Field(() => Date)
  at!: Date;
}

@ObjectType('PerformanceConsequence')
export class PerformanceConsequenceNode {
  @Field(() => ConsequenceEnum)
  kind!: (typeof CONSEQUENCE_KINDS)[number];
  @Field(() => String)
  label!: string;
  @Field(() => ID, { nullable: true, description: 'Of a reclaim case.' })
  caseId!: string | null;
  @Field(() => Date)
  at!: Date;
}

@ObjectType('PerformanceEvaluation', {
  implements: () => [Node],
  description: '绩效评价 of a system or a department, one version of it.',
})
export class PerformanceEvaluationNode extends Node {
  row: EvaluationRow;
  @Field(() => String)
  code: string;
  @Field(() => GradedKindEnum)
  kind: GradedKind;
  @Field(() => String)
  subjectName: string;
  @Field(() => String)
  subjectCode: string;
  @Field(() => ID, { description: 'Of the system or department.' })
  subjectId: string;
  @Field(() => String)
  departmentName: string;
  @Field(() => Int)
  systems: number;
  @Field(() => Int)
  machines: number;
  @Field(() => String)
  period: string;
  @Field(() => String)
  from: string;
  @Field(() => String, { description: 'The first day after the period.' })
  to: string;
  @Field(() => String, { description: 'The day on which the records were read.' })
  asOf: string;
  @Field(() => Int)
  editionNumber: number;
  @Field(() => Int)
  version: number;
  @Field(() => Boolean, { description: 'No later version has taken its place.' })
  newest: boolean;
  @Field(() => GradeEnum, { nullable: true, description: 'null = too little evidence (未评等次).' })
  grade: Grade | null;
  @Field(() => Int, { description: 'Hundredths of a point of 100.' })
  points: number;
  @Field(() => Int)
  evidencePercent: number;
  @Field(() => String, { description: 'SM3 of what was frozen.' })
  hash: string;
  @Field(() => Date, { nullable: true })
  publishedAt: Date | null;
  @Field(() => Date, { nullable: true })
  appealDueAt: Date | null;
  @Field(() => Boolean, { description: 'What follows from it is done.' })
  settled: boolean;

  constructor(row: EvaluationRow) {
    super();
    const { subject, period, asOf, editionNumber } = row.content;
    this.row = row;
    this.id = toNodeId('PerformanceEvaluation', row.id);
    this.code = row.code;
    this.kind = row.kind;
    this.subjectName = row.subjectName;
    this.subjectCode = subject.code;
    this.subjectId = toNodeId(row.kind === 'SYSTEM' ? 'System' : 'Department', row.subjectId);
    this.departmentName = subject.departmentName;
    this.systems = subject.systems;
    this.machines = subject.machines;
    this.period = period.key;
    this.from = period.from;
    this.to = period.to;
    this.asOf = asOf;
    this.editionNumber = editionNumber;
    this.version = row.version;
    this.newest = row.newest === 1;
    this.grade = row.grade;
    this.points = row.points;
    this.evidencePercent = row.evidencePercent;
    this.hash = row.hash;
    this.publishedAt = row.publishedAt;
    this.appealDueAt = row.appealDueAt;
    this.settled = row.settled;
  }
}

const EvaluationConnection = connectionOf(PerformanceEvaluationNode, 'PerformanceEvaluation');

@ObjectType('PerformanceGradeCount')
export class PerformanceGradeCountNode {
  @Field(() => GradeEnum, { nullable: true, description: 'null = not graded.' })
  grade!: Grade | null;
  @Field(() => Int)
  count!: number;
}

@ObjectType('PerformanceEvaluationPage')
export class PerformanceEvaluationPage extends EvaluationConnection {
  @Field(() => [PerformanceGradeCountNode], { description: 'Of all that the filter finds.' })
  counts!: PerformanceGradeCountNode[];
}

@InputType('PerformanceFilter')
export class PerformanceFilterInput {
  @Field(() => ID, { nullable: true })
  runId?: string | null;
  @Field(() => GradedKindEnum, { nullable: true })
  kind?: GradedKind | null;
  @Field(() => [GradeEnum], { nullable: true })
  grades?: Grade[] | null;
  @Field(() => Boolean, { nullable: true })
  ungraded?: boolean | null;
  @Field(() => ID, { nullable: true })
  departmentId?: string | null;
  @Field(() => String, { nullable: true, description: 'In code or name.' })
  search?: string | null;
}

@InputType()
export class BeginPerformanceRunInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, { description: '2026-10, 2026-Q3, 2026-H1 or 2026; over by now.' })
  period!: string;
}

@InputType()
export class DecidePerformanceRunInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => RunDecisionEnum)
  decision!: SecondAction;
  @Field(() => String, { nullable: true })
  opinion?: string | null;
}

@ObjectType()
export class PerformanceRunPayload {
  @Field(() => PerformanceRunNode, { nullable: true })
  run!: PerformanceRunNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@InputType()
export class AppealGradeInput {
  @Field(() => ID, { description: 'Of the evaluation.' })
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, { description: '1-1000 characters.' })
  reason!: string;
  @Field(() => [ID], { defaultValue: [], description: 'What proves it; ten files at most.' })
  fileIds!: string[];
}

@InputType()
export class WithdrawAppealInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class PerformanceCorrectionInput {
  @Field(() => IndicatorEnum)
  indicator!: Indicator;
  @Field(() => Int, { description: 'Hundredths of a percent.' })
  value!: number;
  @Field(() => String, { description: 'What proves it.' })
  proof!: string;
}

@InputType()
export class AnswerAppealInput extends WithdrawAppealInput {
  @Field(() => String)
  answer!: string;
  @Field(() => [PerformanceCorrectionInput], { description: 'None = the grade stays.' })
  corrections!: PerformanceCorrectionInput[];
}

@ObjectType()
export class PerformanceEvaluationPayload {
  @Field(() => PerformanceEvaluationNode, { nullable: true })
  evaluation!: PerformanceEvaluationNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
