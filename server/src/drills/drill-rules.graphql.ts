import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import {
  BeginDraftInput,
  DatedEditionNode,
  EditionActInput,
  SaveDatedDraftInput,
} from '../editions/editions.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { DrillKind } from './domain/drill-state.js';
import type { DrillRuleRow } from './drills.entity.js';
import { DrillKindEnum, DrillRuleLineNode } from './drills.graphql.js';

@ObjectType('DrDrillRule', {
  implements: () => [Node],
  description: '演练计划规则, by which drills are due; in force it never changes.',
})
export class DrillRuleNode extends DatedEditionNode {
  @Field(() => [DrillRuleLineNode])
  lines: DrillRuleLineNode[];
  @Field(() => Int, { description: 'Within so many days a deviation is to be put right.' })
  rectifyDays: number;

  constructor(row: DrillRuleRow, inForce: boolean, problems: UserError[]) {
    super(toNodeId('DrDrillRule', row.id), row, inForce, problems);
    this.lines = [...row.content.lines];
    this.rectifyDays = row.content.rectifyDays;
  }
}

@InputType('BeginDrDrillRuleDraftInput')
export class BeginDrillRuleDraftInput extends BeginDraftInput {}

@InputType('DrDrillRuleLineInput')
export class DrillRuleLineInput {
  @Field(() => DrillKindEnum)
  kind!: DrillKind;
  @Field(() => Int)
  everyDays!: number;
  @Field(() => Int)
  warnDays!: number;
  @Field(() => Boolean)
  onlyProtected!: boolean;
}

@InputType('SaveDrDrillRuleDraftInput')
export class SaveDrillRuleDraftInput extends SaveDatedDraftInput {
  @Field(() => [DrillRuleLineInput])
  lines!: DrillRuleLineInput[];
  @Field(() => Int)
  rectifyDays!: number;
}

@InputType('DrDrillRuleActInput')
export class DrillRuleActInput extends EditionActInput {}

@ObjectType('DrDrillRulePayload')
export class DrillRulePayload {
  @Field(() => DrillRuleNode, { nullable: true })
  edition!: DrillRuleNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
