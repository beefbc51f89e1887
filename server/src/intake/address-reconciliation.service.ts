import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import { AddressLookup } from '../networks/address-lookup.service.js';
import type { NetworkRow } from '../networks/networks.types.js';
import { SeenAddresses } from '../resources/seen-addresses.service.js';
import { ADDRESS_MATCHES, type AddressMatch, type MatchedAddress, matchAddresses } from './domain/address-match.js';

export interface NetworkMatches {
  readonly network: NetworkRow;
  readonly claimed: number;
  readonly seen: number;
  readonly matches: { readonly [M in AddressMatch]: number };
}

export interface AddressDifference extends MatchedAddress {
  readonly network: NetworkRow;
}

export interface DifferenceFilter {
  readonly networkId: string | null;
  readonly matches: readonly AddressMatch[] | null;
  readonly search: string | null;
}

/** What stands by itself: nobody has to do anything about it. */
const QUIET: readonly AddressMatch[] = ['MATCHED'];

/**
 * 账 / 实 / 差异 of addresses. Networks, claims and machines belong to three features, so they are met here in memory: three
 * statements and one pass, some hundred thousand short rows at most, when a person looks.
 */
@Injectable()
export class AddressReconciliation {
  constructor(
    private readonly lookup: AddressLookup,
    private readonly seen: SeenAddresses,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** By network, in the order of their codes. */
  async byNetwork(): Promise<NetworkMatches[]> {
    return (await this.matched(null)).map(({ network, claimed, seen, rows }) => ({
      network,
      claimed,
      seen,
      matches: Object.fromEntries(
        ADDRESS_MATCHES.map((match) => [match, rows.filter((row) => row.match === match).length]),
      ) as NetworkMatches['matches'],
    }));
  }

  /** What differs, by network and address. Without a wish for certain matches: everything but what agrees. */
  async differences(filter: DifferenceFilter, page: PageRequest): Promise<Page<AddressDifference>> {
    const rows = (await this.matched(filter.networkId)).flatMap((one) =>
      one.rows
        .filter((row) => (filter.matches?.length ? filter.matches.includes(row.match) : !QUIET.includes(row.match)))
        .filter((row) => filter.search === null || row.address.includes(filter.search.toLowerCase()))
        .map((row): AddressDifference => ({ ...row, network: one.network })),
    );
    const [code = '', key = ''] = page.after ?? [];
    const rest = rows.filter((row) => row.network.code > code || (row.network.code === code && row.key > key));
    return {
      rows: rest.slice(0, page.first),
      totalCount: rows.length,
      hasNextPage: rest.length > page.first,
    };
  }

  /** What one machine has and nobody claimed, as far as it may be claimed; null = there is no such network. */
  async unclaimedIn(networkId: string): Promise<{ network: NetworkRow; rows: MatchedAddress[] } | null> {
    const [one] = await this.matched(networkId);
    if (!one) return null;
    const { network, rows } = one;
    const unclaimed = rows.filter((row) => row.match === 'UNCLAIMED');
    const usable = this.lookup.usableOf(network);
    return { network, rows: unclaimed.filter((row) => usable(row.address)) };
  }

  private async matched(networkId: string | null) {
    const [{ networks, claims }, seen] = await Promise.all([
      this.lookup.everythingLive(this.clock.now()),
      this.seen.all(),
    ]);
    const placed = this.lookup.placeIn(networks, seen);
    const [claimsOf, seenIn] = [
      Map.groupBy(claims, (claim) => claim.networkId),
      Map.groupBy(placed, (one) => one.networkId),
    ];
    return networks
      .filter((network) => networkId === null || network.id === networkId)
      .map((network) => {
        const [own, onMachines] = [claimsOf.get(network.id) ?? [], seenIn.get(network.id) ?? []];
        return {
          network,
          claimed: own.length,
          seen: new Set(onMachines.map((one) => one.key)).size,
          rows: matchAddresses(own, onMachines),
        };
      });
  }
}
