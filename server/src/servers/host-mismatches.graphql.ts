import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  MISMATCH_ACTIONS,
  MISMATCH_PROBLEMS,
  MISMATCH_SIDES,
  MISMATCH_STATES,
  type MismatchAction,
  type MismatchProblem,
  type MismatchSide,
  type MismatchState,
} from './domain/host-mismatch.js';
import type { HostMismatchRow } from './host-mismatches.types.js';

export const HostMismatchSideEnum = enumOf(MISMATCH_SIDES);
registerEnumType(HostMismatchSideEnum, {
  name: 'HostMismatchSide',
  valuesMap: {
    HOST: { description: 'A BareMetalHost without an asset.' },
    SERVER: { description: 'An asset without a BareMetalHost.' },
  },
});
export const HostMismatchProblemEnum = enumOf(MISMATCH_PROBLEMS);
registerEnumType(HostMismatchProblemEnum, {
  name: 'HostMismatchProblem',
  valuesMap: {
    NOT_INSPECTED: { description: 'It could not be reached or inspected: nobody knows which machine it is.' },
    NO_SERIAL: { description: 'Its firmware has no serial number that identifies it.' },
    NO_SERVER: { description: 'No server of the center has its serial number.' },
    SHARED_SERIAL: { description: 'Another host reports the same serial number.' },
    ANOTHER_HOST: { description: 'The server with its serial number is bound to another host.' },
    NO_HOST: { description: 'It has a BMC and its center installs servers, but no host is it.' },
    HOST_GONE: { description: 'The host that it is bound to is no longer there.' },
  },
});
export const HostMismatchStateEnum = enumOf(MISMATCH_STATES);
registerEnumType(HostMismatchStateEnum, { name: 'HostMismatchState' });
export const HostMismatchActionEnum = enumOf(MISMATCH_ACTIONS);
registerEnumType(HostMismatchActionEnum, { name: 'HostMismatchAction' });

@ObjectType('HostMismatch', {
  implements: () => [Node],
  description: '主机账实不符: a BareMetalHost without an asset, or an asset without a host.',
})
export class HostMismatchNode extends Node {
  readonly row: HostMismatchRow;
  @Field(() => HostMismatchSideEnum)
  side: MismatchSide;
  @Field(() => HostMismatchProblemEnum)
  problem: MismatchProblem;
  @Field(() => String, { nullable: true, description: '"namespace/name"; null = it is an asset.' })
  host: string | null;
  @Field(() => String, { nullable: true, description: 'As inspected, or as registered; null = none is known.' })
  serial: string | null;
  @Field(() => String, { nullable: true, description: 'Maker and model, as inspected.' })
  hardware: string | null;
  @Field(() => String, { nullable: true })
  bmcAddress: string | null;
  @Field(() => String, { nullable: true, description: 'As the cluster said it.' })
  message: string | null;
  @Field(() => Date)
  firstSeenAt: Date;
  @Field(() => HostMismatchStateEnum)
  state: MismatchState;
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

  constructor(row: HostMismatchRow) {
    super();
    this.row = row;
    this.id = toNodeId('HostMismatch', row.id);
    this.side = row.side;
    this.problem = row.problem;
    this.host = row.host && `${row.host.namespace}/${row.host.name}`;
    this.serial = row.serial;
    this.hardware = row.hardware;
    this.bmcAddress = row.bmcAddress;
    this.message = row.message;
    this.firstSeenAt = row.firstSeenAt;
    this.state = row.state;
    this.decidedBy = row.decidedBy;
    this.decidedAt = row.decidedAt;
    this.reason = row.reason;
    this.endedAt = row.endedAt;
    this.version = row.version;
  }
}

export const HostMismatchConnection = connectionOf(HostMismatchNode, 'HostMismatch');

@InputType('HostMismatchFilter')
export class HostMismatchFilterInput {
  @Field(() => [HostMismatchStateEnum], { nullable: true })
  states?: MismatchState[] | null;
  @Field(() => [HostMismatchSideEnum], { nullable: true })
  sides?: MismatchSide[] | null;
  @Field(() => ID, { nullable: true })
  centerId?: string | null;
  @Field(() => String, { nullable: true, description: 'In the host’s name, the serial or asset number, or the BMC.' })
  search?: string | null;
}

@InputType('HostMismatchItemInput')
export class HostMismatchItemInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@InputType('DecideHostMismatchesInput')
export class DecideHostMismatchesInput {
  @Field(() => [HostMismatchItemInput], { description: '1-100; all of them, or none.' })
  items!: HostMismatchItemInput[];
  @Field(() => HostMismatchActionEnum, { description: 'IGNORE or WATCH.' })
  action!: MismatchAction;
  @Field(() => String, { description: '1-300 characters.' })
  reason!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@InputType('MatchHostInput')
export class MatchHostInput {
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => ID, { description: 'The server that the host is; its serial number becomes the inspected one.' })
  serverId!: string;
  @Field(() => String, { description: '1-300 characters.' })
  reason!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}

@ObjectType('HostMismatchesPayload')
export class HostMismatchesPayload {
  @Field(() => [HostMismatchNode])
  mismatches!: HostMismatchNode[];
  @Field(() => [UserError])
  errors!: UserError[];
}
