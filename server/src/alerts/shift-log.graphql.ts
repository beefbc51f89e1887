import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import type { LogRow } from './alerts.types.js';
import { LOG_KINDS, type LogKind, WRITTEN_LOG_KINDS, type WrittenLogKind } from './domain/shift-log.js';

export const LogKindEnum = enumOf(LOG_KINDS);
registerEnumType(LogKindEnum, { name: 'DutyLogKind', description: '记事、巡检、来电、工单、交接班' });
const WrittenLogKindEnum = enumOf(WRITTEN_LOG_KINDS);
registerEnumType(WrittenLogKindEnum, { name: 'DutyLogWrittenKind', description: 'Those that people write.' });

@ObjectType('DutyLogEntry', { implements: () => [Node], description: '值班日志: one line of the shift.' })
export class DutyLogEntryNode extends Node {
  row: LogRow;
  @Field(() => Date)
  at: Date;
  @Field(() => LogKindEnum)
  kind: LogKind;
  @Field(() => String)
  byName: string;
  @Field(() => Boolean, { description: 'It is carried over until somebody has settled it.' })
  isOpen: boolean;
  @Field(() => Date, { nullable: true })
  settledAt: Date | null;
  @Field(() => String, { nullable: true })
  settledBy: string | null;
  @Field(() => String, { nullable: true })
  settledNote: string | null;
  @Field(() => ID, { nullable: true, description: 'The ticket of which it tells.' })
  ticketId: string | null;

  constructor(row: LogRow) {
    super();
    this.row = row;
    this.id = toNodeId('DutyLogEntry', row.id);
    this.at = row.at;
    this.kind = row.kind;
    this.byName = row.byName;
    this.isOpen = row.open !== null;
    this.settledAt = row.settledAt;
    this.settledBy = row.settledBy;
    this.settledNote = row.settledNote;
    this.ticketId = row.ticketId && toNodeId('DutyTicket', row.ticketId);
  }
}
export const DutyLogConnection = connectionOf(DutyLogEntryNode, 'DutyLog');

@ObjectType('DutyHandOverPoint', { description: '移交事项: an open point as it was when the shift was offered.' })
export class DutyHandOverPointNode {
  @Field(() => String)
  text!: string;
  @Field(() => Date)
  since!: Date;
  @Field(() => Date, { nullable: true, description: 'null = it is open still.' })
  settledAt!: Date | null;
}

@InputType('DutyLogFilter')
export class DutyLogFilterInput {
  @Field(() => [LogKindEnum], { nullable: true })
  kinds?: LogKind[] | null;
  @Field(() => Boolean, { defaultValue: false })
  openOnly!: boolean;
  @Field(() => String, { nullable: true, description: 'In text or author.' })
  search?: string | null;
}

@InputType()
export class WriteDutyLogInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => WrittenLogKindEnum)
  kind!: WrittenLogKind;
  @Field(() => String)
  text!: string;
  @Field(() => Boolean, { description: 'An open point: carried over until it is settled.' })
  isOpen!: boolean;
  @Field(() => ID, { nullable: true, description: 'Left out = of the whole desk.' })
  centerId?: string | null;
}

@InputType()
export class SettleDutyLogInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => String)
  note!: string;
}

@ObjectType()
export class DutyLogPayload {
  @Field(() => DutyLogEntryNode, { nullable: true })
  entry!: DutyLogEntryNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
