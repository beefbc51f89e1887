import { Injectable } from '@nestjs/common';
import type { ServerHostRow } from './domain/host-record.js';
import { ServerHostsRepository } from './server-hosts.repository.js';

/** Where the hosts of servers stand, for whoever shows them. */
@Injectable()
export class ServerHosts {
  constructor(private readonly hosts: ServerHostsRepository) {}

  /** One statement a page. */
  readonly ofServers = async (serverIds: readonly string[]): Promise<(ServerHostRow | null)[]> => {
    const rows = new Map((await this.hosts.byServers(serverIds)).map((row) => [row.serverId, row]));
    return serverIds.map((id) => rows.get(id) ?? null);
  };
}
