import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { FORM_LIFE_DAYS, keptUntil, type UnfinishedFormRow } from './domain/unfinished-form.js';

@ObjectType('UnfinishedForm', {
  implements: () => [Node],
  description: '未完成的表单: what somebody has typed so far, exactly as the form has it.',
})
export class UnfinishedFormNode extends Node {
  @Field(() => Int)
  version: number;
  @Field(() => Date)
  savedAt: Date;
  @Field(() => Date, { description: `${FORM_LIFE_DAYS} days after its last change it is removed.` })
  keptUntil: Date;
  @Field(() => String)
  savedBy: string;
  @Field(() => Int, { nullable: true, description: 'Of the draft, when the form was opened; null = no draft yet.' })
  requestVersion: number | null;
  @Field(() => String, { description: 'JSON, at most 100,000 characters; it need not be complete.' })
  form: string;
  @Field(() => ID, { description: 'Under which the window saves it that goes on with it.' })
  startKey: string;

  constructor(row: UnfinishedFormRow) {
    super();
    this.id = toNodeId('UnfinishedForm', row.id);
    this.version = row.version;
    this.savedAt = row.savedAt;
    this.keptUntil = keptUntil(row.savedAt);
    this.savedBy = row.ownerName;
    this.requestVersion = row.requestVersion;
    this.form = row.form;
    this.startKey = row.startKey;
  }
}

@InputType()
export class SaveUnfinishedFormInput {
  @Field(() => ID, { nullable: true, description: 'The draft that is being changed; null = no draft yet.' })
  requestId?: string | null;
  @Field(() => Int, { nullable: true, description: 'Of the draft, when the form was opened.' })
  requestVersion?: number | null;
  @Field(() => ID, { description: 'Made by the window that begins the form; the first save under it comes once.' })
  startKey!: string;
  @Field(() => Int, { description: 'Of the form as it was saved last; 0 = never.' })
  expectedVersion!: number;
  @Field(() => String)
  form!: string;
}

@InputType()
export class DiscardUnfinishedFormInput {
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class UnfinishedFormPayload {
  @Field(() => UnfinishedFormNode, { nullable: true })
  unfinishedForm!: UnfinishedFormNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
