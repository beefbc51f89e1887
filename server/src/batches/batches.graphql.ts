import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LineKindEnum } from '../allocation/allocation.types.js';
import { type LineKind } from '../allocation/domain/line-kind.js';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { RequestNode } from '../requests/requests.graphql.js';
import { TAKE_WISHES, type TakeWish } from './batch-taking.service.js';
import { BATCH_STATES, type Batch, type BatchState, PROBLEM_KINDS, type ProblemKind } from './domain/batch.js';
import type { BatchChoices } from './domain/batch-choices.js';
import type { BatchColumn } from './domain/batch-columns.js';
import type { JudgedRow } from './domain/judge-batch.js';

const BatchStateEnum = enumOf(BATCH_STATES);
registerEnumType(BatchStateEnum, { name: 'LineBatchState' });
const ProblemKindEnum = enumOf(PROBLEM_KINDS);
registerEnumType(ProblemKindEnum, {
  name: 'LineBatchProblemKind',
  valuesMap: {
    UNKNOWN: { description: 'What it names is not offered, or not there.' },
    UNREADABLE: { description: 'A formula, a merged cell, an error value.' },
    CONFLICT: { description: 'It does not go with another cell.' },
  },
});
const TakeWishEnum = enumOf(TAKE_WISHES);
registerEnumType(TakeWishEnum, {
  name: 'LineBatchTake',
  valuesMap: {
    ALL: { description: 'Only when every row is right.' },
    RIGHT: { description: 'The rows that are right; the rest waits to be mended.' },
  },
});

@ObjectType('LineBatchColumn')
export class LineBatchColumn {
  @Field(() => String)
  key: string;
  @Field(() => String)
  title: string;
  @Field(() => Boolean)
  required: boolean;
  @Field(() => String)
  note: string;
  @Field(() => [String], { description: 'What a cell may name; empty = it is typed freely.' })
  choices: string[];

  constructor({ key, title, required, note, list, options }: BatchColumn, { lists }: BatchChoices, locale: Locale) {
    this.key = key;
    this.title = title[locale];
    this.required = required;
    this.note = note[locale];
    this.choices = list
      ? (lists[list] ?? []).map((choice) => choice.title[locale])
      : (options ?? []).map((option) => option.label[locale]);
  }
}

@ObjectType('LineBatchProblem')
export class LineBatchProblem {
  @Field(() => String, { nullable: true, description: 'Key of the column; null = the whole row.' })
  column!: string | null;
  @Field(() => ProblemKindEnum)
  kind!: ProblemKind;
  @Field(() => String)
  message!: string;
}

@ObjectType('LineBatchRow')
export class LineBatchRowNode {
  @Field(() => ID, { description: 'Of the row within its batch: an edit is told of the same row.' })
  id: string;
  @Field(() => Int, { description: 'As the spreadsheet shows it.' })
  number: number;
  @Field(() => [String], { description: "In the order of the batch's columns." })
  cells: string[];
  @Field(() => [LineBatchProblem], { description: 'Empty = it can be taken as it is.' })
  problems: LineBatchProblem[];

  constructor({ row, problems }: JudgedRow, columns: readonly BatchColumn[], locale: Locale) {
    this.id = row.id;
    this.number = row.number;
    this.cells = columns.map(({ key }) => row.cells[key] ?? '');
    this.problems = problems.map((problem) =>
      Object.assign(new LineBatchProblem(), { ...problem, message: problem.message[locale] }),
    );
  }
}

export const LineBatchRowConnection = connectionOf(LineBatchRowNode, 'LineBatchRow');

@ObjectType('LineBatch', {
  implements: () => [Node],
  description: '批量明细表: lines of one kind that came as a table, mended cell by cell until a draft takes them.',
})
export class LineBatchNode extends Node {
  readonly batch: Batch;
  @Field(() => LineKindEnum)
  kind: LineKind;
  @Field(() => BatchStateEnum)
  state: BatchState;
  @Field(() => Int)
  version: number;
  @Field(() => String)
  fileName: string;
  @Field(() => String, { description: "SM3 of the file's bytes, as the audit row of submit names it." })
  sm3: string;
  @Field(() => Int, { description: 'As the file had them.' })
  rowCount: number;
  @Field(() => Int, { description: 'Rows that are lines of the draft now.' })
  takenCount: number;
  @Field(() => String)
  purpose: string;
  @Field(() => String)
  createdBy: string;
  @Field(() => Date)
  createdAt: Date;

  constructor(batch: Batch) {
    super();
    this.id = toNodeId('LineBatch', batch.id);
    this.batch = batch;
    this.kind = batch.kind;
    this.state = batch.state;
    this.version = batch.version;
    this.fileName = batch.fileName;
    this.sm3 = batch.sm3;
    this.rowCount = batch.rowCount;
    this.takenCount = batch.takenCount;
    this.purpose = batch.purpose;
    this.createdBy = batch.createdBy;
    this.createdAt = batch.createdAt;
  }
}

@InputType()
export class StartLineBatchInput {
  @Field(() => LineKindEnum)
  kind!: LineKind;
  @Field(() => ID, { description: 'Sent to POST /files before.' })
  fileId!: string;
  @Field(() => ID, { nullable: true, description: 'The draft that takes the lines; null = they begin one.' })
  requestId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Of SERVICE: all rows are of it, and each of its questions is a column. A template says so itself.',
  })
  serviceId?: string | null;
  @Field(() => ID, { nullable: true, description: 'Of lines that begin a draft; likewise project and purpose.' })
  systemId?: string | null;
  @Field(() => ID, { nullable: true })
  projectId?: string | null;
  @Field(() => String, { nullable: true })
  purpose?: string | null;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType()
export class LineBatchCellInput {
  @Field(() => Int)
  row!: number;
  @Field(() => String, { description: 'Key of the column.' })
  column!: string;
  @Field(() => String)
  value!: string;
}

@InputType()
export class LineBatchActInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType()
export class EditLineBatchInput extends LineBatchActInput {
  @Field(() => [LineBatchCellInput], { description: '1 to 500.' })
  cells!: LineBatchCellInput[];
}

@InputType()
export class RemoveLineBatchRowsInput extends LineBatchActInput {
  @Field(() => [Int])
  rows!: number[];
}

@InputType()
export class AddLineBatchRowInput extends LineBatchActInput {
  @Field(() => Int, {
    nullable: true,
    description: 'The row that it begins as, without its name; null = an empty one.',
  })
  like?: number | null;
}

@InputType()
export class TakeLineBatchInput extends LineBatchActInput {
  @Field(() => Int, { nullable: true, description: 'Version of the draft that takes them; null where they begin one.' })
  requestVersion?: number | null;
  @Field(() => TakeWishEnum)
  take!: TakeWish;
}

@ObjectType()
export class LineBatchPayload {
  @Field(() => LineBatchNode, { nullable: true })
  lineBatch!: LineBatchNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}

@ObjectType()
export class AddLineBatchRowPayload extends LineBatchPayload {
  @Field(() => Int, { nullable: true, description: 'Of the row that was added, below all others.' })
  rowNumber!: number | null;
}

@ObjectType()
export class TakeLineBatchPayload {
  @Field(() => RequestNode, { nullable: true, description: 'The draft with the lines.' })
  request!: RequestNode | null;
  @Field(() => LineBatchNode, { nullable: true })
  lineBatch!: LineBatchNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
