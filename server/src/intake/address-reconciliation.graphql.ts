import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { AddressClaimNode, NetworkNode } from '../networks/networks.graphql.js';
import { enumOf } from '../platform/graphql/enum-of.js';
import { connectionOf } from '../platform/graphql/relay.js';
import { ResourceNode } from '../resources/resources.types.js';
import type { AddressDifference, NetworkMatches } from './address-reconciliation.service.js';
import { ADDRESS_MATCHES, type AddressMatch } from './domain/address-match.js';

export const AddressMatchEnum = enumOf(ADDRESS_MATCHES);
registerEnumType(AddressMatchEnum, {
  name: 'AddressMatch',
  valuesMap: {
    UNCLAIMED: { description: '实有账无: a machine has it and nobody claimed it.' },
    RESTING: { description: 'A machine still has what was given back.' },
    OTHER_HOLDER: { description: 'It was claimed for another department than the machine’s.' },
    TWICE: { description: 'Several machines have it at once.' },
    NOT_SEEN: { description: '账有实无: claimed, and on no machine that is seen, as with devices.' },
  },
});

@ObjectType('AddressReconciliation', { description: '地址账实核对: claims of a network beside what machines have.' })
export class AddressReconciliationNode {
  @Field(() => NetworkNode)
  network: NetworkNode;
  @Field(() => Int, { description: 'Not free: held, allocated or resting.' })
  claimed: number;
  @Field(() => Int, { description: 'On machines.' })
  seen: number;
  @Field(() => Int)
  matched: number;
  @Field(() => Int)
  unclaimed: number;
  @Field(() => Int)
  resting: number;
  @Field(() => Int)
  otherHolder: number;
  @Field(() => Int)
  twice: number;
  @Field(() => Int)
  notSeen: number;

  constructor({ network, claimed, seen, matches }: NetworkMatches) {
    this.network = new NetworkNode(network);
    this.claimed = claimed;
    this.seen = seen;
    this.matched = matches.MATCHED;
    this.unclaimed = matches.UNCLAIMED;
    this.resting = matches.RESTING;
    this.otherHolder = matches.OTHER_HOLDER;
    this.twice = matches.TWICE;
    this.notSeen = matches.NOT_SEEN;
  }
}

@ObjectType('AddressDifference')
export class AddressDifferenceNode {
  readonly row: AddressDifference;
  @Field(() => NetworkNode)
  network: NetworkNode;
  @Field(() => String)
  address: string;
  @Field(() => AddressMatchEnum)
  match: AddressMatch;
  @Field(() => AddressClaimNode, { nullable: true })
  claim?: AddressClaimNode | null;
  @Field(() => [ResourceNode], { description: 'The machines that have it.' })
  resources?: ResourceNode[];

  constructor(row: AddressDifference) {
    this.row = row;
    this.network = new NetworkNode(row.network);
    this.address = row.address;
    this.match = row.match;
  }
}
const AddressDifferenceConnectionBase = connectionOf(AddressDifferenceNode, 'AddressDifference');

export { AddressDifferenceConnectionBase as AddressDifferenceConnection };

@InputType('PrepareAddressIntakeInput', {
  description: 'Every address of the network that one machine has and nobody claimed, for the system of that machine.',
})
export class PrepareAddressIntakeInput {
  @Field(() => ID)
  networkId!: string;
  @Field(() => ID)
  idempotencyKey!: string;
}
