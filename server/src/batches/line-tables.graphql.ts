import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { LineKindEnum } from '../allocation/allocation.types.js';
import type { LineKind } from '../allocation/domain/line-kind.js';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { PageInfo } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { PlacedLine } from '../requests/request-line-pages.service.js';
import { RequestNode } from '../requests/requests.graphql.js';
import { LineBatchColumn, LineBatchProblem } from './batches.graphql.js';
import { cellsOf } from './domain/line-cells.js';
import type { LineProblem, LineTable } from './line-tables.service.js';

@ObjectType('RequestLineSet', { description: 'Lines of one kind, and of services of one service: one table.' })
export class RequestLineSetNode {
  @Field(() => LineKindEnum)
  kind!: LineKind;
  @Field(() => ID, { nullable: true })
  serviceId!: string | null;
  @Field(() => String, { nullable: true })
  serviceName!: string | null;
  @Field(() => Int)
  lineCount!: number;
}

@ObjectType('RequestLineRow', { description: 'A line as cells.' })
export class RequestLineRowNode {
  @Field(() => ID, { description: "The line's." })
  id: string;
  @Field(() => Int, { description: 'Its place in the request, from 1.' })
  number: number;
  @Field(() => [String], { description: "In the order of the table's columns." })
  cells: string[];

  constructor({ id, position, content }: PlacedLine, { choices, service, columns }: LineTable, locale: Locale) {
    const cells = cellsOf(content, choices, service, locale);
    this.id = toNodeId('RequestLine', id);
    this.number = position + 1;
    this.cells = columns.map(({ key }) => cells[key] ?? '');
  }
}

@ObjectType('RequestLineTable')
export class RequestLineTable {
  @Field(() => [LineBatchColumn])
  columns!: LineBatchColumn[];
  @Field(() => [RequestLineRowNode])
  nodes!: RequestLineRowNode[];
  @Field(() => PageInfo)
  pageInfo!: PageInfo;
  @Field(() => Int)
  totalCount!: number;
}

@InputType()
export class RequestLineCellInput {
  @Field(() => ID)
  lineId!: string;
  @Field(() => String, { description: 'Key of the column.' })
  column!: string;
  @Field(() => String)
  value!: string;
}

@InputType()
export class EditRequestLineCellsInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => LineKindEnum)
  kind!: LineKind;
  @Field(() => ID, { nullable: true, description: 'Of services: the one whose questions are the columns.' })
  serviceId?: string | null;
  @Field(() => [RequestLineCellInput], { description: '1 to 500 cells of 100 lines at most.' })
  cells!: RequestLineCellInput[];
}

@ObjectType('RequestLineProblem')
export class RequestLineProblemNode extends LineBatchProblem {
  @Field(() => ID)
  lineId: string;

  constructor({ lineId, column, kind, message }: LineProblem, locale: Locale) {
    super();
    this.lineId = toNodeId('RequestLine', lineId);
    this.column = column;
    this.kind = kind;
    this.message = message[locale];
  }
}

@ObjectType()
export class EditRequestLineCellsPayload {
  @Field(() => RequestNode, { nullable: true })
  request!: RequestNode | null;
  @Field(() => [RequestLineRowNode], { description: 'The lines that were typed into, as they stand now.' })
  rows!: RequestLineRowNode[];
  @Field(() => [RequestLineProblemNode], { description: 'With any of them nothing of the edit was written.' })
  problems!: RequestLineProblemNode[];
  @Field(() => [UserError])
  errors!: UserError[];
}
