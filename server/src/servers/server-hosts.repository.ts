import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { hostIntentionOf } from './domain/host.js';
import type { DesiredHost, ServerHostRow } from './domain/host-record.js';
import type { HostName } from './domain/match-serial.js';
import { isUsed } from './domain/server-state.js';
import { ServerHostEntity } from './server-hosts.entity.js';
import { ServerEntity } from './servers.entity.js';

/** A host's record and what its server is now, by one statement. */
type Joined = Omit<ServerHostEntity, 'server'> & {
  server: ServerEntity;
};

@Injectable()
export class ServerHostsRepository {
  constructor(private readonly db: DataSource) {}

  async byServers(serverIds: readonly string[], manager: EntityManager = this.db.manager): Promise<ServerHostRow[]> {
    return manager
      .createQueryBuilder(ServerHostEntity, 'host')
      .where('host.serverId in (:...ids)', { ids: inList(serverIds) })
      .getMany();
  }

  async locked(tx: Tx, serverId: string): Promise<ServerHostRow | null> {
    return tx.manager
      .createQueryBuilder(ServerHostEntity, 'host')
      .where('host.serverId = :serverId', { serverId })
      .setLock('pessimistic_write')
      .getOne();
  }

  async insert(tx: Tx, row: ServerHostRow): Promise<void> {
    await tx.manager.insert(ServerHostEntity, { ...row } as never);
  }

  async change(tx: Tx, serverId: string, values: Partial<ServerHostRow>): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(ServerHostEntity)
      .set({ ...values } as never)
      .where({ serverId })
      .execute();
  }

  /** Of a host that the console registered, whose Secret is the console's to write; of others nothing. */
  async credentialReplaced(tx: Tx, serverId: string): Promise<void> {
    await tx.manager.query(
      'update server_host set credential_round = credential_round + 1 where server_id = ? and registered = 1',
      [serverId],
    );
  }

  /** Who still waits for a host of the line: nobody, where it answers none. */
  async undelivered(tx: Tx, lineId: string): Promise<string[]> {
    const rows: { serverId: string }[] = await tx.manager.query(
      'select server_id as serverId from server_host where line_id = ? and use_id is not null and delivered_at is null',
      [lineId],
    );
    return rows.map((row) => row.serverId);
  }

  async desiredOf(serverIds: readonly string[]): Promise<DesiredHost[]> {
    return this.desired((query) => query.where('host.serverId in (:...ids)', { ids: inList(serverIds) }));
  }

  async desiredIn(centerId: string): Promise<DesiredHost[]> {
    return this.desired((query) => query.where('host.centerId = :centerId', { centerId }));
  }

  /** Names that servers have already; an object of that name is one machine. */
  async nameTaken(tx: Tx, centerId: string, { namespace, name }: HostName): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      'select 1 from server where center_id = ? and cluster_host_namespace = ? and cluster_host_name = ?',
      [centerId, namespace, name],
    );
    return rows.length > 0;
  }

  private async desired(
    narrow: (query: SelectQueryBuilder<ServerHostEntity>) => SelectQueryBuilder<ServerHostEntity>,
  ): Promise<DesiredHost[]> {
    const query = this.db.createQueryBuilder(ServerHostEntity, 'host').innerJoinAndSelect('host.server', 'server');
    const rows = (await narrow(query).getMany()) as Joined[];
    return rows.flatMap(({ server, ...host }): DesiredHost[] => {
      const { clusterHostName: name, clusterHostNamespace: namespace } = server;
      if (name === null || namespace === null) return [];
      return [
        {
          ...host,
          assetNumber: server.assetNumber,
          serial: server.serial,
          host: { namespace, name },
          bmcAddress: server.bmcAddress,
          bootMac: server.nics[0]?.mac ?? null,
          intention: hostIntentionOf(server, host),
          usedByHand: host.useId === null && isUsed(server),
        },
      ];
    });
  }
}
