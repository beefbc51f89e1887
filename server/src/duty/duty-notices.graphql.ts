import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { DUTY_NOTICE_KINDS, type DutyNoticeKind } from './domain/duty-notice.js';
import type { NoticeRow } from './tickets.types.js';

export const DutyNoticeKindEnum = enumOf(DUTY_NOTICE_KINDS);
registerEnumType(DutyNoticeKindEnum, { name: 'DutyNoticeKind', description: '故障、进展、恢复通告，变更预告' });

@ObjectType('DutyNoticeReceipt', { description: '回执: one department that was told, and who read it first.' })
export class DutyNoticeReceiptNode {
  @Field(() => ID)
  departmentId!: string;
  @Field(() => String)
  departmentName!: string;
  @Field(() => [String], { description: 'Of its systems those that it concerns.' })
  systems!: string[];
  @Field(() => Date, { nullable: true })
  readAt!: Date | null;
  @Field(() => String, { nullable: true })
  readBy!: string | null;
}

@ObjectType('DutyNotice', { implements: () => [Node], description: '通告: what the duty desk told departments.' })
export class DutyNoticeNode extends Node {
  row: NoticeRow;
  @Field(() => String)
  code: string;
  @Field(() => DutyNoticeKindEnum)
  kind: DutyNoticeKind;
  @Field(() => String)
  title: string;
  @Field(() => String)
  body: string;
  @Field(() => Date)
  sentAt: Date;
  @Field(() => String)
  sentBy: string;
  @Field(() => Date, { nullable: true })
  remindedAt: Date | null;

  constructor(row: NoticeRow) {
    super();
    this.row = row;
    this.id = toNodeId('DutyNotice', row.id);
    this.code = row.code;
    this.kind = row.kind;
    this.title = row.title;
    this.body = row.body;
    this.sentAt = row.sentAt;
    this.sentBy = row.sentBy;
    this.remindedAt = row.remindedAt;
  }
}
export const DutyNoticeConnection = connectionOf(DutyNoticeNode, 'DutyNotice');

@ObjectType('DutyNoticeReading')
export class DutyNoticeReadingNode {
  @Field(() => Int)
  told!: number;
  @Field(() => Int)
  read!: number;
}

@InputType()
export class SendDutyNoticeInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  ticketId!: string;
  @Field(() => DutyNoticeKindEnum)
  kind!: DutyNoticeKind;
  @Field(() => String)
  title!: string;
  @Field(() => String)
  body!: string;
  @Field(() => [ID], { defaultValue: [], description: 'Besides those that the ticket concerns.' })
  alsoDepartmentIds!: string[];
}

@InputType()
export class DutyNoticeActInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
}

@ObjectType()
export class DutyNoticePayload {
  @Field(() => DutyNoticeNode, { nullable: true })
  notice!: DutyNoticeNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
