import type { Tx } from '../platform/database/unit-of-work.js';
import type { ServerNetwork } from './domain/host-record.js';

/** Networks come after servers and keep what addresses a server has; bound by the root. */
export const ADDRESSES_OF_SERVERS = Symbol('AddressesOfServers');
export interface AddressesOfServers {
  /** The addresses of these servers are their present users'; null = nobody's. */
  follow(
    tx: Tx,
    servers: readonly { readonly serverId: string; readonly departmentId: string | null }[],
  ): Promise<void>;
  /** By which networks the server answers at the addresses that it has. */
  networksOf(serverId: string): Promise<readonly ServerNetwork[]>;
  /** The server has gone: all that it has is given back. */
  release(tx: Tx, serverId: string): Promise<void>;
}
