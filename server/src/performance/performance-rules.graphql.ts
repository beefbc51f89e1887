import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  BeginDraftInput,
  DatedEditionNode,
  EditionActInput,
  SaveDatedDraftInput,
} from '../editions/editions.graphql.js';
import type { Grade } from '../grades/domain/grade.js';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { Indicator } from './domain/indicators.js';
import type { PerformanceRule } from './domain/rule.js';
import { GradeEnum, IndicatorEnum } from './performance.graphql.js';
import type { PerformanceEditionRow } from './performance.types.js';

@ObjectType('PerformanceBand')
@InputType('PerformanceBandInput')
export class PerformanceBandPart {
  @Field(() => Int, { description: 'Hundredths of a percent: from there on; of COST up to there.' })
  bound!: number;
  @Field(() => Int, { description: 'Of 100.' })
  marks!: number;
}

@ObjectType('PerformanceIndicatorRule')
@InputType('PerformanceIndicatorRuleInput')
export class PerformanceIndicatorRulePart {
  @Field(() => IndicatorEnum)
  indicator!: Indicator;
  @Field(() => Int, { description: 'Percent; all together are 100.' })
  weight!: number;
  @Field(() => [PerformanceBandPart], { description: 'The best first.' })
  bands!: PerformanceBandPart[];
  @Field(() => Int, { description: 'What it earns without evidence, 0 to 50.' })
  missingMarks!: number;
  @Field(() => Int, { description: '等保 level from which it is asked for.' })
  fromLevel!: number;
  @Field(() => GradeEnum, { nullable: true, description: 'With evidence and no marks, the grade is never better.' })
  zeroCaps!: Grade | null;
}

@ObjectType('PerformanceRule')
@InputType('PerformanceRuleInput')
export class PerformanceRulePart {
  @Field(() => [PerformanceIndicatorRulePart])
  indicators!: PerformanceIndicatorRulePart[];
  @Field(() => Int)
  excellentFrom!: number;
  @Field(() => Int)
  goodFrom!: number;
  @Field(() => Int)
  fairFrom!: number;
  @Field(() => Int, { description: 'Percent of the weight that must have evidence; below there is no grade.' })
  leastEvidencePercent!: number;
  @Field(() => Int, { description: 'How long an assessment of a system of level 2 counts.' })
  level2Days!: number;
  @Field(() => Int)
  level3Days!: number;
  @Field(() => Int)
  cryptoDays!: number;
  @Field(() => Int, { description: 'Where a system names no target: thousandths of a percent.' })
  availabilityTarget!: number;
  @Field(() => Int)
  appealWorkingDays!: number;
  @Field(() => Boolean)
  poorOpensCases!: boolean;
  @Field(() => Int)
  excellentQuotaPercent!: number;
  @Field(() => Int)
  selfEvaluationFromMonths!: number;
  @Field(() => Int)
  selfEvaluationToMonths!: number;
}

@ObjectType('PerformanceEdition', {
  implements: () => [Node],
  description: '绩效评价规则 as it was put in force; evaluations name theirs by its number.',
})
export class PerformanceEditionNode extends DatedEditionNode {
  @Field(() => PerformanceRulePart)
  rule: PerformanceRulePart;

  constructor(row: PerformanceEditionRow, inForce: boolean, problems: UserError[]) {
    super(toNodeId('PerformanceEdition', row.id), row, inForce, problems);
    this.inForce = inForce;
    this.rule = rulePart(row.content);
  }
}

function rulePart({ assessedWithinDays, cryptoWithinDays, indicators, ...rest }: PerformanceRule): PerformanceRulePart {
  return {
    ...rest,
    ...{ level2Days: assessedWithinDays.level2, level3Days: assessedWithinDays.level3, cryptoDays: cryptoWithinDays },
    indicators: indicators.map((one) => ({ ...one, bands: one.bands.map((band) => ({ ...band })) })),
  };
}

export function toRule({
  level2Days,
  level3Days,
  cryptoDays,
  indicators,
  ...rest
}: PerformanceRulePart): PerformanceRule {
  return {
    ...rest,
    ...{ assessedWithinDays: { level2: level2Days, level3: level3Days }, cryptoWithinDays: cryptoDays },
    indicators: indicators.map(({ zeroCaps, fromLevel, bands, ...one }) => ({
      ...one,
      zeroCaps: zeroCaps ?? null,
      // Beyond the levels that there are it is asked of nobody less than the highest.
      fromLevel: fromLevel <= 1 ? 1 : fromLevel === 2 ? 2 : 3,
      bands: bands.map((band) => ({ ...band })),
    })),
  };
}

@InputType()
export class BeginPerformanceDraftInput extends BeginDraftInput {}

@InputType()
export class PerformanceEditionActInput extends EditionActInput {}

@InputType()
export class SavePerformanceDraftInput extends SaveDatedDraftInput {
  @Field(() => PerformanceRulePart)
  rule!: PerformanceRulePart;
}

@ObjectType()
export class PerformanceEditionPayload {
  @Field(() => PerformanceEditionNode, { nullable: true })
  edition!: PerformanceEditionNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
