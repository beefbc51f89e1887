import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { ServerNetwork } from '../servers/domain/host-record.js';
import type { AddressesOfServers } from '../servers/server-addresses.types.js';
import { AddressesRepository } from './addresses.repository.js';
import { AddressesService } from './addresses.service.js';
import type { HeldAddress } from './networks.types.js';

/** Keeps the addresses of servers with whoever uses the server, and lets them rest when it is gone. */
@Injectable()
export class ServerAddresses implements AddressesOfServers {
  constructor(
    private readonly repository: AddressesRepository,
    private readonly addresses: AddressesService,
  ) {}

  /** A statement for each department. */
  async follow(
    tx: Tx,
    servers: readonly { readonly serverId: string; readonly departmentId: string | null }[],
  ): Promise<void> {
    for (const [departmentId, own] of Map.groupBy(servers, (each) => each.departmentId))
      await this.repository.giveToDepartment(
        tx,
        own.map((each) => each.serverId),
        departmentId,
      );
  }

  async networksOf(serverId: string): Promise<ServerNetwork[]> {
    const [held = []] = await this.addresses.ofSubjects([serverId]);
    return networksOfHeld(held);
  }

  async release(tx: Tx, serverId: string): Promise<void> {
    await this.addresses.release(tx, serverId);
  }
}

/** What a server has on each of its networks, in the order in which these take its cards. */
export function networksOfHeld(held: readonly HeldAddress[]): ServerNetwork[] {
  return [...Map.groupBy(held, ({ network }) => network)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([network, own]) => ({
      network,
      vlanId: own[0]?.vlanId ?? null,
      addresses: own.map(({ address, gateway, prefix }) => ({
        address,
        prefixLength: Number(prefix.split('/')[1]),
        gateway,
      })),
    }));
}
