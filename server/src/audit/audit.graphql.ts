import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { Locale } from '../kernel/bilingual.js';
import { toNodeId } from '../kernel/node-id.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import type { AuditEntry } from './audit.types.js';

@ObjectType('AuditEvent', { implements: () => [Node] })
export class AuditEventNode extends Node {
  @Field(() => Date)
  at: Date;
  @Field(() => String)
  actorName: string;
  @Field(() => String)
  action: string;
  @Field(() => String)
  objectType: string;
  @Field(() => String)
  objectId: string;
  @Field(() => String)
  summary: string;
  @Field(() => String, { nullable: true })
  address: string | null;
  @Field(() => String)
  traceId: string;
  @Field(() => Int, { nullable: true, description: 'Position in the chain; null = not yet sequenced.' })
  sequence: number | null;

  constructor(entry: AuditEntry, locale: Locale) {
    super();
    this.id = toNodeId('AuditEvent', entry.id);
    this.at = entry.occurredAt;
    this.actorName = entry.actorName;
    this.action = entry.action;
    this.objectType = entry.objectType;
    this.objectId = entry.objectId;
    this.summary = locale === 'zh' ? entry.summaryZh : entry.summaryEn;
    this.address = entry.address;
    this.traceId = entry.traceId;
    this.sequence = entry.sequence;
  }
}

export const AuditEventConnection = connectionOf(AuditEventNode, 'AuditEvent');

@InputType('AuditFilter')
export class AuditFilterInput {
  @Field(() => String, { nullable: true })
  action?: string | null;
  @Field(() => String, { nullable: true })
  actorName?: string | null;
  @Field(() => String, { nullable: true })
  objectType?: string | null;
}
