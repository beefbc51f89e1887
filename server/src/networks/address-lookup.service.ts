import { Injectable } from '@nestjs/common';
import { AddressesRepository } from './addresses.repository.js';
import { blockOf, blocksOf, usesOf } from './domain/address-map.js';
import { isInside, isUsable, type Prefix } from './domain/address-plan.js';
import { addressPlan } from './domain/network.js';
import { addressKey, addressOfKey, addressText, parseAddress } from './ip-text.js';
import { factsOf } from './network-words.js';
import { NetworksRepository } from './networks.repository.js';
import type { AddressMap, LiveClaim, NetworkRow } from './networks.types.js';

/** An address as people wrote it, beside the code of its network. */
export interface WrittenAddress {
  readonly network: string;
  readonly address: string;
}

export interface FoundAddress {
  /** undefined = there is no network of that code. */
  readonly network: { readonly id: string; readonly code: string } | undefined;
  /** In its one spelling; null = no usable address of the network. */
  readonly address: string | null;
  /** Somebody has it, or it rests. */
  readonly taken: boolean;
}

/** Looks at addresses without taking any: where each belongs, whether it is free, and what a piece of a network is. */
@Injectable()
export class AddressLookup {
  constructor(
    private readonly networks: NetworksRepository,
    private readonly addresses: AddressesRepository,
  ) {}

  /** All networks in the order of their codes with everything in them that is not free; two statements. */
  async everythingLive(now: Date): Promise<{ networks: NetworkRow[]; claims: LiveClaim[] }> {
    const [networks, claims] = await Promise.all([this.networks.all(), this.addresses.everythingLive(now)]);
    return { networks, claims };
  }

  /** Whether an address of the network may be somebody's: a gateway or a reserved one is not. */
  usableOf(network: NetworkRow): (text: string) => boolean {
    const plans = factsOf(network).families.map(addressPlan);
    return (text) => {
      const address = parseAddress(text);
      return plans.some(
        (plan) => plan.prefix.family === address?.family && address !== undefined && isUsable(plan, address.value),
      );
    };
  }

  /** To which network each address belongs, by its center and zone; those that belong to none are left out. */
  placeIn<A extends { readonly centerId: string; readonly zone: string; readonly address: string }>(
    networks: readonly NetworkRow[],
    addresses: readonly A[],
  ): (A & { readonly networkId: string; readonly key: string })[] {
    const prefixes = new Map<string, { networkId: string; prefix: Prefix }[]>();
    for (const network of networks) {
      const plan = `${network.centerId} ${network.zone}`;
      const own = factsOf(network).families.map(({ prefix }) => ({ networkId: network.id, prefix }));
      prefixes.set(plan, [...(prefixes.get(plan) ?? []), ...own]);
    }
    return addresses.flatMap((one) => {
      const address = parseAddress(one.address);
      const found =
        address &&
        prefixes
          .get(`${one.centerId} ${one.zone}`)
          ?.find(({ prefix }) => prefix.family === address.family && isInside(prefix, address.value));
      return address && found
        ? [{ ...one, address: addressText(address), networkId: found.networkId, key: addressKey(address) }]
        : [];
    });
  }

  /** null = it has no IPv4, or no such block. */
  async map(network: NetworkRow, block: number, now: Date): Promise<AddressMap | null> {
    const plan = factsOf(network).families.find(({ prefix }) => prefix.family === 'IPV4');
    const range = plan && blockOf(plan, block);
    if (!plan || !range) return null;
    const keyOf = (value: bigint) => addressKey({ family: 'IPV4', value });
    const states = await this.addresses.statesBetween(network.id, keyOf(range.first), keyOf(range.last), now);
    const taken = new Map([...states].map(([key, state]) => [addressOfKey(key).value, state]));
    return {
      block,
      blocks: blocksOf(plan),
      first: addressText({ family: 'IPV4', value: range.first }),
      uses: usesOf(plan, range, taken),
    };
  }

  /** The same in all networks there are now. */
  async place<A extends { readonly centerId: string; readonly zone: string; readonly address: string }>(
    addresses: readonly A[],
  ): Promise<(A & { readonly networkId: string; readonly key: string })[]> {
    return addresses.length === 0 ? [] : this.placeIn(await this.networks.all(), addresses);
  }

  /** In their order; two statements, however many. */
  async find(written: readonly WrittenAddress[], now: Date): Promise<FoundAddress[]> {
    const networks = await this.networks.byCodes([...new Set(written.map((each) => each.network))]);
    const plans = new Map(
      networks.map(({ id, code, ...words }) => [
        code,
        { id, code, plans: factsOf({ code, ...words }).families.map(addressPlan) },
      ]),
    );
    const found = written.map((each) => {
      const network = plans.get(each.network);
      const address = parseAddress(each.address);
      const plan = address && network?.plans.find((one) => one.prefix.family === address.family);
      return { network, address: address && plan && isUsable(plan, address.value) ? address : null };
    });
    const taken = await this.addresses.takenAmong(
      found.flatMap(({ network, address }) =>
        network && address ? [{ networkId: network.id, key: addressKey(address) }] : [],
      ),
      now,
    );
    return found.map(({ network, address }) => ({
      network: network && { id: network.id, code: network.code },
      address: address && addressText(address),
      taken: network !== undefined && address !== null && taken.has(`${network.id} ${addressKey(address)}`),
    }));
  }
}
