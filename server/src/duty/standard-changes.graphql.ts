import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { BeginDraftInput, EditionActInput, EditionNode, SaveDraftInput } from '../editions/editions.graphql.js';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { Impact, Urgency } from './domain/severity.js';
import type { StandardCatalogRow } from './standard-changes.entity.js';
import { ImpactEnum, UrgencyEnum } from './tickets.graphql.js';

@ObjectType('DutyStandardChange', { description: '标准变更: approved beforehand, with its steps and its way back.' })
export class StandardChangeNode {
  @Field(() => String, { description: 'By which tickets name it, in every edition.' })
  key!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  plan!: string;
  @Field(() => String)
  rollbackPlan!: string;
  @Field(() => ImpactEnum)
  impact!: Impact;
  @Field(() => UrgencyEnum)
  urgency!: Urgency;
  @Field(() => Int, { description: 'Its window may not be longer.' })
  maxMinutes!: number;
  @Field(() => Int, { description: 'So many systems, machines and servers it may name.' })
  maxSubjects!: number;
}

@ObjectType('DutyStandardUse', { description: 'What became of changes that were made by an entry.' })
export class StandardUseNode {
  @Field(() => String)
  key!: string;
  @Field(() => Int)
  opened!: number;
  @Field(() => Int)
  closed!: number;
  @Field(() => Int, { description: 'Taken back: such an entry is looked at before it is used again.' })
  rolledBack!: number;
}

@ObjectType('DutyStandardCatalog', {
  implements: () => [Node],
  description: '标准变更目录, in editions; in force it never changes.',
})
export class StandardCatalogNode extends EditionNode {
  @Field(() => [StandardChangeNode])
  entries: StandardChangeNode[];

  constructor(row: StandardCatalogRow, inForce: boolean, problems: UserError[]) {
    super(toNodeId('DutyStandardCatalog', row.id), row, inForce, problems);
    this.entries = [...row.content.entries];
  }
}

@InputType('BeginDutyStandardDraftInput')
export class BeginStandardDraftInput extends BeginDraftInput {}

@InputType('DutyStandardChangeInput')
export class StandardChangeInput {
  @Field(() => String)
  key!: string;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  plan!: string;
  @Field(() => String)
  rollbackPlan!: string;
  @Field(() => ImpactEnum)
  impact!: Impact;
  @Field(() => UrgencyEnum)
  urgency!: Urgency;
  @Field(() => Int)
  maxMinutes!: number;
  @Field(() => Int)
  maxSubjects!: number;
}

@InputType('SaveDutyStandardDraftInput')
export class SaveStandardDraftInput extends SaveDraftInput {
  @Field(() => [StandardChangeInput])
  entries!: StandardChangeInput[];
}

@InputType('DutyStandardActInput')
export class StandardActInput extends EditionActInput {}

@ObjectType('DutyStandardPayload')
export class StandardPayload {
  @Field(() => StandardCatalogNode, { nullable: true })
  edition!: StandardCatalogNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
