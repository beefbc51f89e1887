import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { HostImage } from './domain/host-record.js';
import { isUsed } from './domain/server-state.js';
import { ServerHostsRepository } from './server-hosts.repository.js';
import { ServersRepository } from './servers.repository.js';

export interface LineOfServers {
  readonly lineId: string;
  readonly requestCode: string;
  readonly serverIds: readonly string[];
  /** What is installed where nobody chose, by architecture; null = nothing can be. */
  readonly imageOf: (architecture: string) => HostImage | null;
}

/** Which granted servers their clusters install, and which are left to people. */
@Injectable()
export class HostOrders {
  constructor(
    private readonly hosts: ServerHostsRepository,
    private readonly servers: ServersRepository,
  ) {}

  /**
   * The lines of which every server has a host that the console drives and an image: what is wanted of them is written
   * down, and whoever drives their center carries it out. Of the others nothing is written: they are people's as before.
   */
  async take(tx: Tx, lines: readonly LineOfServers[]): Promise<ReadonlySet<string>> {
    const ids = lines.flatMap(({ serverIds }) => serverIds);
    if (ids.length === 0) return new Set();
    const servers = new Map((await this.servers.byIds(ids, tx.manager)).map((server) => [server.id, server]));
    const hosts = new Map((await this.hosts.byServers(ids, tx.manager)).map((host) => [host.serverId, host]));
    const taken = new Set<string>();
    for (const { imageOf, lineId, requestCode, serverIds } of lines) {
      const wishes = serverIds.map((id) => {
        const [server, host] = [servers.get(id), hosts.get(id)];
        const isDriven = host?.management === 'DRIVEN' && server && server.clusterHost !== null && isUsed(server);
        const image = isDriven ? imageOf(server.architecture) : null;
        return isDriven && image !== null ? { server, host, image } : null;
      });
      if (wishes.length === 0 || wishes.includes(null)) continue;
      taken.add(lineId);
      for (const wish of wishes) {
        if (wish === null || (wish.host.useId !== null && wish.host.lineId === lineId)) continue;
        await this.hosts.change(tx, wish.server.id, {
          ...{
            useId: newId(tx.now.getTime()),
            lineId,
            requestCode,
            image: wish.image,
            imageRound: 1,
            rebootRound: 0,
            imageAskedById: null,
          },
          ...{ online: true, claimedAt: null, deliveredAt: null, wipe: null, wipedAt: null, phase: 'PROVISIONING' },
          ...{ statusText: say('等待集群装机', 'Waiting for its cluster to install it'), progressPercent: 0, tries: 0 },
        });
        tx.changed('server', wish.server.id);
      }
    }
    return taken;
  }
}
