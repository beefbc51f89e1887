import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { NetworkZone } from '../facilities/domain/facility.js';
import { NetworkZoneEnum } from '../facilities/facilities.types.js';
import { toNodeId } from '../kernel/node-id.js';
import type { Origin } from '../kernel/origin.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { OriginEnum } from '../platform/graphql/origin-enum.js';
import { connectionOf, Node } from '../platform/graphql/relay.js';
import { UserError } from '../platform/graphql/user-error.js';
import { ADDRESS_HOLDER_KINDS, type AddressHolder, type AddressHolderKind } from './domain/address-holder.js';
import { ADDRESS_USES, type AddressUse } from './domain/address-map.js';
import { IP_FAMILIES, type IpFamily } from './domain/address-plan.js';
import { ADDRESS_ACTIONS, ADDRESS_STATES, type AddressState } from './domain/address-state.js';
import { NETWORK_STACKS, type NetworkStack } from './domain/network.js';
import type { AddressClaimRow, FamilyFigures, NetworkRow } from './networks.types.js';

export const IpFamilyEnum = enumOf(IP_FAMILIES);
registerEnumType(IpFamilyEnum, { name: 'IpFamily' });
export const AddressActionEnum = enumOf(ADDRESS_ACTIONS);
registerEnumType(AddressActionEnum, { name: 'AddressAction' });
const NetworkStackEnum = enumOf(NETWORK_STACKS);
registerEnumType(NetworkStackEnum, {
  name: 'NetworkStack',
  description: 'Which families a network has: dual-stack is the rule, one family only needs a reason.',
});
const AddressUseEnum = enumOf(ADDRESS_USES);
registerEnumType(AddressUseEnum, {
  name: 'AddressUse',
  valuesMap: { EDGE: { description: 'First or last of the prefix: nobody’s.' } },
});
const AddressHolderKindEnum = enumOf(ADDRESS_HOLDER_KINDS);
registerEnumType(AddressHolderKindEnum, { name: 'AddressHolderKind' });
export const AddressStateEnum = enumOf(ADDRESS_STATES);
registerEnumType(AddressStateEnum, {
  name: 'AddressState',
  valuesMap: { QUARANTINE: { description: '隔离期: given back, and not yet to be had again.' } },
});

@ObjectType('NetworkReservedRange')
export class ReservedRangeNode {
  @Field(() => String)
  first!: string;
  @Field(() => String)
  last!: string;
  @Field(() => String)
  note!: string;
}

@ObjectType('AddressFigures', {
  description: 'How much of a family is taken; an IPv6 prefix has more than anybody counts.',
})
export class AddressFiguresNode {
  @Field(() => IpFamilyEnum)
  family: IpFamily;
  @Field(() => Float, { description: 'Exact up to 2^53.' })
  usable: number;
  @Field(() => Int)
  held: number;
  @Field(() => Int)
  allocated: number;
  @Field(() => Int)
  quarantine: number;
  @Field(() => Float)
  free: number;

  constructor(figures: FamilyFigures) {
    this.family = figures.family;
    this.usable = Number(figures.usable);
    this.held = figures.held;
    this.allocated = figures.allocated;
    this.quarantine = figures.quarantine;
    this.free = Number(figures.free);
  }
}

@ObjectType('AddressMap', { description: '地址图: what each IPv4 address of a block of 256 is.' })
export class AddressMapNode {
  @Field(() => Int, { description: 'From 0.' })
  block!: number;
  @Field(() => Int, { description: 'How many there are.' })
  blocks!: number;
  @Field(() => String, { description: 'The first address; the others follow one by one.' })
  first!: string;
  @Field(() => [AddressUseEnum])
  uses!: readonly AddressUse[];
}

@ObjectType('Network', {
  implements: () => [Node],
  description: '网络: a prefix of each family in a zone of a center.',
})
export class NetworkNode extends Node {
  readonly row: NetworkRow;
  @Field(() => String)
  code: string;
  @Field(() => String)
  name: string;
  @Field(() => NetworkZoneEnum)
  zone: NetworkZone;
  @Field(() => Int, { nullable: true })
  vlanId: number | null;
  @Field(() => String, { nullable: true })
  ipv4Prefix: string | null;
  @Field(() => String, { nullable: true })
  ipv6Prefix: string | null;
  @Field(() => String, { nullable: true })
  ipv4Gateway: string | null;
  @Field(() => String, { nullable: true })
  ipv6Gateway: string | null;
  @Field(() => [ReservedRangeNode])
  reserved: readonly ReservedRangeNode[];
  @Field(() => String, { nullable: true, description: 'Why it has one family only; null = dual-stack.' })
  singleStackReason: string | null;
  @Field(() => Int)
  version: number;

  constructor(row: NetworkRow) {
    super();
    this.row = row;
    this.id = toNodeId('Network', row.id);
    this.code = row.code;
    this.name = row.name;
    this.zone = row.zone;
    this.vlanId = row.vlanId;
    this.ipv4Prefix = row.ipv4Prefix;
    this.ipv6Prefix = row.ipv6Prefix;
    this.ipv4Gateway = row.ipv4Gateway;
    this.ipv6Gateway = row.ipv6Gateway;
    this.reserved = row.reserved;
    this.singleStackReason = row.singleStackReason;
    this.version = row.version;
  }
}
export const NetworkConnection = connectionOf(NetworkNode, 'Network');

@ObjectType('AddressHolder', { description: 'What an address is for.' })
export class AddressHolderNode {
  @Field(() => ID, { description: 'Of the System, Server or Resource.' })
  id: string;
  @Field(() => AddressHolderKindEnum)
  kind: AddressHolderKind;
  @Field(() => String)
  code: string;
  @Field(() => String)
  name: string;

  constructor(holder: AddressHolder) {
    this.id = toNodeId(holder.kind, holder.id);
    this.kind = holder.kind;
    this.code = holder.code;
    this.name = holder.name;
  }
}

@ObjectType('AddressClaim', { implements: () => [Node] })
export class AddressClaimNode extends Node {
  readonly row: AddressClaimRow;
  @Field(() => IpFamilyEnum)
  family: IpFamily;
  @Field(() => String)
  address: string;
  @Field(() => AddressStateEnum)
  state: AddressState;
  @Field(() => Int)
  version: number;
  @Field(() => String)
  subjectType: string;
  @Field(() => String)
  purpose: string;
  @Field(() => String)
  actorName: string;
  @Field(() => Date)
  claimedAt: Date;
  @Field(() => Date, { nullable: true })
  releasedAt: Date | null;
  @Field(() => Date, { nullable: true })
  quarantineUntil: Date | null;
  @Field(() => OriginEnum)
  origin: Origin;
  @Field(() => Date, { nullable: true, description: 'Since when it was used before the console knew of it.' })
  usedSince: Date | null;
  @Field(() => String, { nullable: true, description: 'From which platform it was taken in.' })
  sourcePlatform: string | null;

  constructor(row: AddressClaimRow) {
    super();
    this.row = row;
    this.id = toNodeId('AddressClaim', row.id);
    this.family = row.family;
    this.address = row.address;
    this.state = row.state;
    this.version = row.version;
    this.subjectType = row.subjectType;
    this.purpose = row.purpose;
    this.actorName = row.actorName;
    this.claimedAt = row.claimedAt;
    this.releasedAt = row.releasedAt;
    this.quarantineUntil = row.quarantineUntil;
    this.origin = row.origin;
    this.usedSince = row.usedSince;
    this.sourcePlatform = row.sourcePlatform;
  }
}
@ObjectType('ClaimedAddress', { description: 'An address that a thing has.' })
export class ClaimedAddressNode {
  @Field(() => IpFamilyEnum)
  family!: IpFamily;
  @Field(() => String)
  address!: string;
  @Field(() => String, { description: 'Code of its network.' })
  network!: string;
  @Field(() => AddressStateEnum, { description: 'HELD with a request that is not granted yet, or ALLOCATED.' })
  state!: AddressState;
}

@ObjectType('ServerCardNetwork', { description: 'A network of a server on one of its cards.' })
export class ServerCardNetworkNode {
  @Field(() => String, { description: 'Name of the card.' })
  card!: string;
  @Field(() => String)
  mac!: string;
  @Field(() => String, { description: 'Code of the network.' })
  network!: string;
  @Field(() => Int, { nullable: true })
  vlanId!: number | null;
  @Field(() => Boolean, { description: 'Tagged with its VLAN, because it shares the card with others.' })
  isTagged!: boolean;
  @Field(() => [String], { description: 'IPv4 first.' })
  addresses!: string[];
}

export const AddressClaimConnection = connectionOf(AddressClaimNode, 'AddressClaim');

@InputType('NetworkFilter')
export class NetworkFilterInput {
  @Field(() => ID, { nullable: true })
  centerId!: string | null;
  @Field(() => NetworkZoneEnum, { nullable: true })
  zone!: NetworkZone | null;
  @Field(() => NetworkStackEnum, { nullable: true })
  stack!: NetworkStack | null;
  @Field(() => String, { nullable: true, description: 'In code, name or prefix.' })
  search!: string | null;
}

@InputType('ReservedRangeInput')
export class ReservedRangeInput {
  @Field(() => String)
  first!: string;
  @Field(() => String)
  last!: string;
  @Field(() => String)
  note!: string;
}

@InputType('NetworkFactsInput')
export class NetworkFactsInput {
  @Field(() => String)
  code!: string;
  @Field(() => String)
  name!: string;
  @Field(() => ID)
  centerId!: string;
  @Field(() => NetworkZoneEnum)
  zone!: NetworkZone;
  @Field(() => Int, { nullable: true })
  vlanId!: number | null;
  @Field(() => String, { nullable: true })
  ipv4Prefix!: string | null;
  @Field(() => String, { nullable: true })
  ipv6Prefix!: string | null;
  @Field(() => String, { nullable: true })
  ipv4Gateway!: string | null;
  @Field(() => String, { nullable: true })
  ipv6Gateway!: string | null;
  @Field(() => [ReservedRangeInput], { nullable: true })
  reserved!: ReservedRangeInput[] | null;
  @Field(() => String, { nullable: true })
  singleStackReason!: string | null;
}

@InputType('CreateNetworkInput')
export class CreateNetworkInput {
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => NetworkFactsInput)
  facts!: NetworkFactsInput;
}

@InputType('EditNetworkInput')
export class EditNetworkInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
  @Field(() => NetworkFactsInput, { description: 'Code, center and zone stay what they are.' })
  facts!: NetworkFactsInput;
}

@InputType('ClaimAddressInput')
export class ClaimAddressInput {
  @Field(() => ID)
  networkId!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => String, { nullable: true, description: 'null = the next free ones, one of each family.' })
  address!: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Of a System, Server or Resource; its department has the address then. null = nothing with a record.',
  })
  holderId!: string | null;
  @Field(() => ID, { nullable: true, description: 'Whose it is where there is no holder.' })
  departmentId!: string | null;
  @Field(() => String)
  purpose!: string;
}

@InputType('ReleaseAddressInput')
export class ReleaseAddressInput {
  @Field(() => ID)
  id!: string;
  @Field(() => ID)
  idempotencyKey!: string;
  @Field(() => Int)
  expectedVersion!: number;
}

@ObjectType('NetworkPayload')
export class NetworkPayload {
  @Field(() => NetworkNode, { nullable: true })
  network!: NetworkNode | null;
  @Field(() => [AddressClaimNode], { description: 'What a claim took; empty for the other acts.' })
  claims!: AddressClaimNode[];
  @Field(() => [UserError])
  errors!: UserError[];
}
