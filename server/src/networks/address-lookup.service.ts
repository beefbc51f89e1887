import { Injectable } from '@nestjs/common';
import { AddressesRepository } from './addresses.repository.js';
import { isUsable } from './domain/address-plan.js';
import { addressPlan } from './domain/network.js';
import { addressKey, addressText, parseAddress } from './ip-text.js';
import { factsOf } from './network-words.js';
import { NetworksRepository } from './networks.repository.js';

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

/** What tables of addresses ask before anything is written: where each belongs, and whether it is free. */
@Injectable()
export class AddressLookup {
  constructor(
    private readonly networks: NetworksRepository,
    private readonly addresses: AddressesRepository,
  ) {}

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
