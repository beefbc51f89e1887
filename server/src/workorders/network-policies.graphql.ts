import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { toNodeId } from '../kernel/node-id.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import {
  POLICY_ACTIONS,
  POLICY_DIRECTIONS,
  POLICY_PROTOCOLS,
  POLICY_STATES,
  type PolicyDirection,
  type PolicyProtocol,
  type PolicyState,
  portsText,
} from './domain/network-policy.js';
import type { PolicyRow, PolicySiteRow } from './network-policies.repository.js';

export const PolicyStateEnum = enumOf(POLICY_STATES);
registerEnumType(PolicyStateEnum, { name: 'NetworkPolicyState' });
const PolicyDirectionEnum = enumOf(POLICY_DIRECTIONS);
registerEnumType(PolicyDirectionEnum, { name: 'NetworkPolicyDirection' });
const PolicyProtocolEnum = enumOf(POLICY_PROTOCOLS);
registerEnumType(PolicyProtocolEnum, { name: 'NetworkPolicyProtocol' });
export const PolicyActionEnum = enumOf(POLICY_ACTIONS);
registerEnumType(PolicyActionEnum, { name: 'NetworkPolicyAction' });
const PolicyModeEnum = enumOf(['DRIVEN', 'RECORDED'] as const);
registerEnumType(PolicyModeEnum, {
  name: 'NetworkPolicyMode',
  description: 'DRIVEN: an object of the cluster. RECORDED: people do it, by work order.',
});
const PolicyPhaseEnum = enumOf(['PENDING', 'APPLIED', 'FAILED', 'REMOVING', 'REMOVED'] as const);
registerEnumType(PolicyPhaseEnum, { name: 'NetworkPolicyPhase' });

@ObjectType('NetworkPolicySite', { description: 'How one center stands to a policy.' })
export class NetworkPolicySiteNode {
  readonly row: PolicySiteRow;
  @Field(() => PolicyModeEnum)
  mode: PolicySiteRow['mode'];
  @Field(() => PolicyPhaseEnum)
  phase: PolicySiteRow['phase'];
  @Field(() => String, { nullable: true, description: '漂移: what others changed; it was put right.' })
  drift: string | null;
  @Field(() => String, { nullable: true })
  message: string | null;
  @Field(() => Date, { nullable: true })
  observedAt: Date | null;

  constructor(row: PolicySiteRow) {
    this.row = row;
    this.mode = row.mode;
    this.phase = row.phase;
    this.drift = row.drift;
    this.message = row.message;
    this.observedAt = row.observedAt;
  }
}

@ObjectType('NetworkPolicy', {
  implements: () => [Node],
  description: '网络策略: what may be reached of a system, or by it.',
})
export class NetworkPolicyNode extends Node {
  readonly row: PolicyRow;
  @Field(() => String)
  code: string;
  @Field(() => PolicyStateEnum)
  state: PolicyState;
  @Field(() => Int)
  version: number;
  @Field(() => PolicyDirectionEnum)
  direction: PolicyDirection;
  @Field(() => PolicyProtocolEnum)
  protocol: PolicyProtocol;
  @Field(() => String, { description: 'The other side: a prefix, or a system’s code.' })
  peer: string;
  @Field(() => String, { description: '"443, 8000-8010"; empty for ICMP.' })
  ports: string;
  @Field(() => String, { nullable: true, description: 'The last day on which it holds.' })
  until: string | null;
  @Field(() => String)
  reason: string;
  @Field(() => Boolean, { description: 'Faces the outside: the center decides.' })
  exposed: boolean;
  @Field(() => String)
  applicantName: string;
  @Field(() => String, { nullable: true })
  decidedBy: string | null;
  @Field(() => String, { nullable: true })
  opinion: string | null;
  @Field(() => Date)
  createdAt: Date;

  constructor(row: PolicyRow) {
    super();
    this.row = row;
    this.id = toNodeId('NetworkPolicy', row.id);
    this.code = row.code;
    this.state = row.state;
    this.version = row.version;
    this.direction = row.direction;
    this.protocol = row.protocol;
    this.peer = row.peerCidr ?? row.peerSystemCode ?? '';
    this.ports = portsText(row.ports);
    this.until = row.untilDate;
    this.reason = row.reason;
    this.exposed = row.exposed;
    this.applicantName = row.applicantName;
    this.decidedBy = row.decidedBy;
    this.opinion = row.opinion;
    this.createdAt = row.createdAt;
  }
}
export const NetworkPolicyConnection = connectionOf(NetworkPolicyNode, 'NetworkPolicy');

@InputType()
export class NetworkPolicyFilterInput {
  @Field(() => ID, { nullable: true })
  systemId?: string | null;
  @Field(() => [PolicyStateEnum], { nullable: true })
  states?: PolicyState[] | null;
}

@InputType()
export class ApplyNetworkPolicyInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  systemId!: string;
  @Field(() => PolicyDirectionEnum)
  direction!: PolicyDirection;
  @Field(() => PolicyProtocolEnum)
  protocol!: PolicyProtocol;
  @Field(() => String, { nullable: true, description: 'A prefix without host bits; else a system.' })
  peerCidr?: string | null;
  @Field(() => ID, { nullable: true, description: 'A system of the same department.' })
  peerSystemId?: string | null;
  @Field(() => String, { defaultValue: '' })
  ports!: string;
  @Field(() => String, { nullable: true, description: 'The last day on which it holds.' })
  until?: string | null;
  @Field(() => String)
  reason!: string;
}

@InputType()
export class NetworkPolicyActInput {
  @Field(() => String)
  idempotencyKey!: string;
  @Field(() => ID)
  id!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => String, { nullable: true })
  opinion?: string | null;
}

@ObjectType('NetworkPolicyPayload')
export class NetworkPolicyPayload {
  @Field(() => NetworkPolicyNode, { nullable: true })
  networkPolicy!: NetworkPolicyNode | null;
  @Field(() => [UserError])
  errors!: UserError[];
}
