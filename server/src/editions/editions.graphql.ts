import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { DatedEditionRow, EditionRow } from '../platform/database/edition-columns.js';
import { Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';

/** What every edition says of itself; what it holds is its feature's. */
@ObjectType({ isAbstract: true })
export abstract class EditionNode extends Node {
  @Field(() => Int, { nullable: true, description: 'null = the draft.' })
  number: number | null;
  @Field(() => Boolean, { description: 'It is the one that is gone by today.' })
  inForce: boolean;
  @Field(() => String)
  note: string;
  @Field(() => Int)
  version: number;
  @Field(() => Date)
  changedAt: Date;
  @Field(() => String)
  changedBy: string;
  @Field(() => Date, { nullable: true })
  publishedAt: Date | null;
  @Field(() => String, { nullable: true })
  publishedBy: string | null;
  @Field(() => [UserError], { description: 'What keeps a draft from being put in force; empty for what is.' })
  problems: UserError[];

  constructor(id: string, row: EditionRow<unknown>, inForce: boolean, problems: UserError[]) {
    super();
    this.id = id;
    this.number = row.number;
    this.inForce = inForce;
    this.note = row.note;
    this.version = row.version;
    this.changedAt = row.changedAt;
    this.changedBy = row.changedBy;
    this.publishedAt = row.publishedAt;
    this.publishedBy = row.publishedBy;
    this.problems = problems;
  }
}

@ObjectType({ isAbstract: true })
export abstract class DatedEditionNode extends EditionNode {
  @Field(() => String, { description: '施行日期, YYYY-MM-DD.' })
  effectiveFrom: string;

  constructor(id: string, row: DatedEditionRow<unknown>, inForce: boolean, problems: UserError[]) {
    super(id, row, inForce, problems);
    this.effectiveFrom = row.effectiveFrom;
  }
}

@InputType({ isAbstract: true })
export abstract class BeginDraftInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, { description: 'What changes and why, 1-200 characters.' })
  note!: string;
}

@InputType({ isAbstract: true })
export abstract class EditionActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType({ isAbstract: true })
export abstract class SaveDraftInput extends EditionActInput {
  @Field(() => String, { description: 'What changes and why, 1-200 characters.' })
  note!: string;
}

@InputType({ isAbstract: true })
export abstract class SaveDatedDraftInput extends SaveDraftInput {
  @Field(() => String, { description: '施行日期, YYYY-MM-DD; not before the day on which it is put in force.' })
  effectiveFrom!: string;
}
