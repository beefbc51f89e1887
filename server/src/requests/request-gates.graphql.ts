import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Verdict } from '../gates/domain/judge.js';
import type { GateSeverity } from '../gates/domain/rules.js';
import { GateSeverityEnum } from '../gates/gates.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import type { GateSubject, LinkTarget } from '../kernel/refusal.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import type { RequestContext } from '../platform/graphql/request-context.js';
import { GateSubjectEnum, LinkTargetEnum } from '../platform/graphql/user-error.js';
import { JUDGED_AT, type JudgedAt, type JudgementRow } from './judgements.repository.js';

const JudgedAtEnum = enumOf(JUDGED_AT);
registerEnumType(JudgedAtEnum, {
  name: 'JudgedAt',
  valuesMap: {
    SEND: { description: 'As its department sent it on.' },
    HOLD: { description: 'As the center took its capacity.' },
  },
});

@ObjectType('GateVerdict', { description: 'What one rule of the gates found.' })
export class GateVerdictNode {
  @Field(() => String)
  key!: string;
  @Field(() => GateSeverityEnum)
  severity!: GateSeverity;
  @Field(() => Boolean)
  passed!: boolean;
  @Field(() => String)
  title!: string;
  @Field(() => String, { description: 'What is wrong and what to do.' })
  text!: string;
  @Field(() => String, { nullable: true })
  figures!: string | null;
  @Field(() => GateSubjectEnum)
  subjectType!: GateSubject;
  @Field(() => ID, { nullable: true })
  subjectId!: string | null;
  @Field(() => LinkTargetEnum)
  linkTo!: LinkTarget;
}

export function toVerdict(ctx: RequestContext, verdict: Verdict): GateVerdictNode {
  const { key, severity, passed, title, text, figures, subjectType, subjectId, linkTo } = verdict;
  return {
    key,
    severity,
    passed,
    title: ctx.say(title),
    text: ctx.say(text),
    figures: figures && ctx.say(figures),
    subjectType,
    subjectId: subjectId === null ? null : toNodeId(subjectType, subjectId),
    linkTo,
  };
}

@ObjectType('GateJudgement', { description: 'How a request was judged: when, by which edition, rule by rule.' })
export class GateJudgementNode {
  @Field(() => JudgedAtEnum)
  moment!: JudgedAt;
  @Field(() => Date)
  judgedAt!: Date;
  @Field(() => ID)
  editionId!: string;
  @Field(() => Int)
  editionNumber!: number;
  @Field(() => [GateVerdictNode])
  verdicts!: GateVerdictNode[];
}

export function toJudgement(ctx: RequestContext, row: JudgementRow): GateJudgementNode {
  return {
    moment: row.moment,
    judgedAt: row.judgedAt,
    editionId: toNodeId('GateEdition', row.editionId),
    editionNumber: row.editionNumber,
    verdicts: row.verdicts.map((verdict) => toVerdict(ctx, verdict)),
  };
}
