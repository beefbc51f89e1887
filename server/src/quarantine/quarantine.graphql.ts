import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { type PowerState, PowerStateEnum } from '../resources/resources.types.js';
import {
  QUARANTINE_ACTIONS,
  QUARANTINE_CAUSES,
  QUARANTINE_EVENT_KINDS,
  QUARANTINE_STATES,
  type QuarantineAction,
  type QuarantineCause,
  type QuarantineEventKind,
  type QuarantineState,
} from './domain/quarantine-state.js';
import type { QuarantineEventRow, QuarantineRow } from './quarantine.types.js';

export const QuarantineStateEnum = enumOf(QUARANTINE_STATES);
registerEnumType(QuarantineStateEnum, {
  name: 'QuarantineState',
  valuesMap: {
    NEW: { description: 'Seen, and nobody has looked yet.' },
    KNOWN: { description: 'A person knows of it and lets it be.' },
    QUARANTINED: { description: 'It shall not run; it is never deleted.' },
    BOUND: { description: 'A record has it now.' },
    GONE: { description: 'The cluster has it no more.' },
  },
});
export const QuarantineActionEnum = enumOf(QUARANTINE_ACTIONS);
registerEnumType(QuarantineActionEnum, { name: 'QuarantineAction' });
export const QuarantineCauseEnum = enumOf(QUARANTINE_CAUSES);
registerEnumType(QuarantineCauseEnum, {
  name: 'QuarantineCause',
  valuesMap: {
    NO_RECORD: { description: 'It carries the console’s mark, and the database has no such record.' },
    UNLABELLED: { description: 'A machine in a department’s namespace with neither mark nor record.' },
  },
});

const QuarantineEventKindEnum = enumOf(QUARANTINE_EVENT_KINDS);
registerEnumType(QuarantineEventKindEnum, {
  name: 'QuarantineEventKind',
  valuesMap: { HALTED: { description: 'The order to stop it was carried out.' } },
});

@ObjectType('QuarantineEvent', { description: 'What was done to an object without a record.' })
export class QuarantineEventNode {
  @Field(() => QuarantineEventKindEnum)
  kind: QuarantineEventKind;
  @Field(() => String, { nullable: true, description: 'null = the console did what was ordered.' })
  actorName: string | null;
  @Field(() => String, { nullable: true })
  reason: string | null;
  @Field(() => Date)
  at: Date;

  constructor({ actorName, at, kind, reason }: QuarantineEventRow) {
    this.kind = kind;
    this.actorName = actorName;
    this.reason = reason;
    this.at = at;
  }
}

@ObjectType('QuarantinedObject', {
  implements: () => [Node],
  description: '隔离清单: an object of a cluster that stands in no record.',
})
export class QuarantinedObjectNode extends Node {
  readonly row: QuarantineRow;
  @Field(() => String)
  objectKind: string;
  @Field(() => String)
  objectNamespace: string;
  @Field(() => String)
  objectName: string;
  @Field(() => QuarantineCauseEnum)
  cause: QuarantineCause;
  @Field(() => String, { nullable: true, description: 'The record that it says it is of; there is none such.' })
  claimedId: string | null;
  @Field(() => PowerStateEnum, { nullable: true, description: 'Of a machine.' })
  power: PowerState | null;
  @Field(() => QuarantineStateEnum)
  state: QuarantineState;
  @Field(() => Int, { description: 'Complete looks that have shown it without a record; 3 stand for any more.' })
  passes: number;
  @Field(() => Date)
  firstSeenAt: Date;
  @Field(() => Date, { nullable: true, description: 'When the order to stop it was carried out.' })
  haltedAt: Date | null;
  @Field(() => String, { nullable: true, description: 'What stood in the way of stopping it, as the cluster said.' })
  haltTrouble: string | null;
  @Field(() => String, { nullable: true })
  decidedBy: string | null;
  @Field(() => Date, { nullable: true })
  decidedAt: Date | null;
  @Field(() => String, { nullable: true })
  reason: string | null;
  @Field(() => Date, { nullable: true })
  endedAt: Date | null;
  @Field(() => Int)
  version: number;

  constructor(row: QuarantineRow) {
    super();
    this.row = row;
    this.id = toNodeId('QuarantinedObject', row.id);
    this.objectKind = row.objectKind;
    this.objectNamespace = row.objectNamespace;
    this.objectName = row.objectName;
    this.cause = row.cause;
    this.claimedId = row.claimedId;
    this.power = row.power;
    this.state = row.state;
    this.passes = row.passes;
    this.firstSeenAt = row.firstSeenAt;
    this.haltedAt = row.haltedAt;
    this.haltTrouble = row.haltTrouble;
    this.decidedBy = row.decidedBy;
    this.decidedAt = row.decidedAt;
    this.reason = row.reason;
    this.endedAt = row.endedAt;
    this.version = row.version;
  }
}

export const QuarantinedObjectConnection = connectionOf(QuarantinedObjectNode, 'QuarantinedObject');

@InputType('QuarantineFilter')
export class QuarantineFilterInput {
  @Field(() => [QuarantineStateEnum], { nullable: true })
  states?: QuarantineState[] | null;
  @Field(() => [QuarantineCauseEnum], { nullable: true })
  causes?: QuarantineCause[] | null;
  @Field(() => ID, { nullable: true })
  centerId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'In the object’s name or namespace, or the record that it claims.',
  })
  search?: string | null;
}

@InputType('DecideQuarantineInput')
export class DecideQuarantineInput {
  @Field(() => ID)
  id!: string;
  @Field(() => QuarantineActionEnum)
  action!: QuarantineAction;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { description: '1-500 characters.' })
  reason!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType('QuarantinePayload')
export class QuarantinePayload {
  @Field(() => QuarantinedObjectNode, { nullable: true })
  object!: QuarantinedObjectNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
