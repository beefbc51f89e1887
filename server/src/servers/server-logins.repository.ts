import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { ServerLoginEntity } from './server-logins.entity.js';
import type { NewServerLogin, ServerLoginRow } from './server-logins.types.js';

const COLUMNS = [
  ...['useId', 'imageRound', 'serverId', 'requestCode', 'askedById', 'username', 'passwordHash'],
  ...['readyAt', 'revealedAt', 'revealedBy', 'destroyedAt'],
].map((column) => `login.${column}`);

/** Whose servers they are is asked of the servers, by callers. The sealed password is given by `take` alone. */
@Injectable()
export class ServerLoginsRepository {
  constructor(private readonly db: DataSource) {}

  async ofInstallation(useId: string, imageRound: number): Promise<ServerLoginRow | null> {
    return this.db
      .createQueryBuilder(ServerLoginEntity, 'login')
      .select(COLUMNS)
      .where('login.useId = :useId and login.imageRound = :imageRound', { useId, imageRound })
      .getOne();
  }

  /** Of the installation that each server has, or is being given, now. */
  async present(serverIds: readonly string[]): Promise<ServerLoginRow[]> {
    return this.db
      .createQueryBuilder(ServerLoginEntity, 'login')
      .select(COLUMNS)
      .where(
        `(login.use_id, login.image_round) in
         (select host.use_id, host.image_round from server_host host where host.server_id in (:...ids))`,
        { ids: inList(serverIds) },
      )
      .getMany();
  }

  /**
   * Installations of a center that were begun since then, and have booted or never will. One that has booted and is put on
   * again, because somebody took its image away in the cluster, is not over: its Secret is being read.
   */
  async over(
    centerId: string,
    since: Date,
  ): Promise<{ useId: string; imageRound: number; namespace: string; name: string }[]> {
    return this.db.query(
      `select login.use_id as useId, login.image_round as imageRound,
              server.cluster_host_namespace as namespace, server.cluster_host_name as name
       from server_login login
       join server_host host on host.server_id = login.server_id
       join server on server.id = login.server_id
       where host.center_id = ? and login.made_at >= ? and server.cluster_host_name is not null
         and (host.use_id is null or host.use_id <> login.use_id or host.image_round <> login.image_round
              or (login.ready_at is not null and host.phase in ('RUNNING', 'STOPPED')))`,
      [centerId, since],
    );
  }

  /** One that is there stays, for its server may have been installed with it; anything else that stands in the way is told. */
  async insert(tx: Tx, login: NewServerLogin): Promise<void> {
    const { askedById, imageRound, passwordHash, requestCode, sealed, serverId, useId, username } = login;
    await tx.manager.query(
      `insert into server_login
       (use_id, image_round, server_id, request_code, asked_by_id, username, password_hash, sealed, made_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?)
       on duplicate key update made_at = made_at`,
      [useId, imageRound, serverId, requestCode, askedById, username, passwordHash, sealed, tx.now],
    );
  }

  async ready(tx: Tx, useId: string, imageRound: number): Promise<void> {
    await tx.manager.query(
      'update server_login set ready_at = ? where use_id = ? and image_round = ? and ready_at is null',
      [tx.now, useId, imageRound],
    );
  }

  /** Passwords of installations of a use that are no more: of rounds before this one; null = of all. */
  async end(tx: Tx, useId: string, beforeRound: number | null): Promise<void> {
    await tx.manager.query(
      `update server_login set sealed = null, destroyed_at = ?
       where use_id = ? and sealed is not null and (? is null or image_round < ?)`,
      [tx.now, useId, beforeRound, beforeRound],
    );
  }

  /** Takes the sealed password out of the row, which is locked until commit; null = somebody has, or there is none. */
  async take(tx: Tx, { imageRound, useId }: ServerLoginRow, by: string): Promise<Buffer | null> {
    const [row]: { sealed: Buffer | null }[] = await tx.manager.query(
      'select sealed from server_login where use_id = ? and image_round = ? for update',
      [useId, imageRound],
    );
    if (!row?.sealed) return null;
    await tx.manager.query(
      'update server_login set sealed = null, revealed_at = ?, revealed_by = ? where use_id = ? and image_round = ?',
      [tx.now, by, useId, imageRound],
    );
    return row.sealed;
  }

  /** Ready since before then, and fetched by nobody. */
  async unfetched(readyBefore: Date, limit: number): Promise<ServerLoginRow[]> {
    return this.db
      .createQueryBuilder(ServerLoginEntity, 'login')
      .select(COLUMNS)
      .where('login.destroyedAt is null and login.revealedAt is null and login.readyAt <= :readyBefore', {
        readyBefore,
      })
      .orderBy('login.readyAt')
      .limit(limit)
      .getMany();
  }

  /** False = it was fetched meanwhile. */
  async destroy(tx: Tx, { imageRound, useId }: ServerLoginRow): Promise<boolean> {
    const result: { affectedRows: number } = await tx.manager.query(
      `update server_login set sealed = null, destroyed_at = ?
       where use_id = ? and image_round = ? and sealed is not null`,
      [tx.now, useId, imageRound],
    );
    return result.affectedRows === 1;
  }
}
