import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { LIABILITIES, type Liability, OUTAGE_LAYERS, type OutageLayer } from './domain/outage.js';
import type { OutageRow } from './outages.types.js';

export const OutageLayerEnum = enumOf(OUTAGE_LAYERS);
registerEnumType(OutageLayerEnum, {
  name: 'OutageLayer',
  description: 'What failed: the part of the house that somebody is paid to keep up.',
});
export const OutageLiabilityEnum = enumOf(LIABILITIES);
registerEnumType(OutageLiabilityEnum, {
  name: 'OutageLiability',
  valuesMap: {
    PROVIDER: { description: 'Counts against whoever provides the service.' },
    EXCUSED: { description: 'Another’s fault, or force majeure.' },
  },
});

@ObjectType('Outage', { implements: () => [Node], description: '中断: when something was down.' })
export class OutageNode extends Node {
  @Field(() => String)
  code: string;
  @Field(() => OutageLayerEnum)
  layer: OutageLayer;
  @Field(() => String)
  title: string;
  @Field(() => Date)
  from: Date;
  @Field(() => Date, { nullable: true, description: 'null = it lasts.' })
  to: Date | null;
  @Field(() => OutageLiabilityEnum)
  liability: Liability;
  @Field(() => String, { nullable: true, description: 'Why it does not count.' })
  excuse: string | null;
  @Field(() => String, { description: 'From where it is known.' })
  source: string;
  @Field(() => ID, { nullable: true })
  orderId: string | null;
  @Field(() => String, { nullable: true, description: 'The work order by which it was mended.' })
  orderCode: string | null;
  @Field(() => String, { nullable: true, description: 'The maintenance in which it fell.' })
  windowCode: string | null;
  @Field(() => Int)
  version: number;
  @Field(() => String)
  recordedBy: string;
  @Field(() => Date)
  recordedAt: Date;
  @Field(() => String, { nullable: true })
  changedBy: string | null;
  @Field(() => Date, { nullable: true })
  changedAt: Date | null;
  @Field(() => Date, { nullable: true })
  withdrawnAt: Date | null;
  @Field(() => String, { nullable: true })
  withdrawnReason: string | null;

  constructor(readonly row: OutageRow) {
    super();
    this.id = toNodeId('Outage', row.id);
    this.code = row.code;
    this.layer = row.layer;
    this.title = row.title;
    this.from = row.fromAt;
    this.to = row.toAt;
    this.liability = row.liability;
    this.excuse = row.excuse;
    this.source = row.source;
    this.orderId = row.orderId && toNodeId('WorkOrder', row.orderId);
    this.orderCode = row.orderCode;
    this.windowCode = row.windowCode;
    this.version = row.version;
    this.recordedBy = row.recordedBy;
    this.recordedAt = row.recordedAt;
    this.changedBy = row.changedBy;
    this.changedAt = row.changedAt;
    this.withdrawnAt = row.withdrawnAt;
    this.withdrawnReason = row.withdrawnReason;
  }
}
export const OutageConnection = connectionOf(OutageNode, 'Outage');

@InputType('OutageFilter')
export class OutageFilterInput {
  @Field(() => String, { nullable: true, description: 'In code, title or the code of the work order.' })
  search?: string | null;
  @Field(() => [OutageLayerEnum], { nullable: true })
  layers?: OutageLayer[] | null;
  @Field(() => ID, { nullable: true })
  centerId?: string | null;
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only those that last.' })
  lastingOnly?: boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Those that were withdrawn, and none else.' })
  withdrawn?: boolean | null;
}

@InputType()
export class RecordOutageInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => OutageLayerEnum)
  layer!: OutageLayer;
  @Field(() => ID)
  centerId!: string;
  @Field(() => ID, { nullable: true, description: 'The one pool that was down.' })
  poolId!: string | null;
  @Field(() => String)
  title!: string;
  @Field(() => Date, { description: 'Of whole minutes.' })
  from!: Date;
  @Field(() => Date, { nullable: true, description: 'null = it lasts.' })
  to!: Date | null;
  @Field(() => OutageLiabilityEnum)
  liability!: Liability;
  @Field(() => String, { nullable: true })
  excuse!: string | null;
  @Field(() => String)
  source!: string;
  @Field(() => String, { nullable: true, description: 'Code of the work order by which it was mended.' })
  orderCode!: string | null;
  @Field(() => String, { nullable: true, description: 'Code of the maintenance in which it fell.' })
  windowCode!: string | null;
  @Field(() => [ID], { defaultValue: [] })
  systemIds!: string[];
  @Field(() => [ID], { defaultValue: [], description: 'Added to those that are attached already.' })
  fileIds!: string[];
}

@InputType()
export class CorrectOutageInput extends RecordOutageInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class WithdrawOutageInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String)
  reason!: string;
}

@ObjectType()
export class OutagePayload {
  @Field(() => OutageNode, { nullable: true })
  outage!: OutageNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
