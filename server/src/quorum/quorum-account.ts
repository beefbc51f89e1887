import { setTimeout as sleep } from 'node:timers/promises';
import mysql from 'mysql2/promise';
import type { DatabaseAddress } from '../platform/database/data-source.js';

const POLL_MS = 200;
/** A node alone is a component of its own within a second. */
const COMPONENT_TIMEOUT_MS = 60_000;

/** The account that may force a primary: of the node's own machine only, given for this one command. */
export class QuorumAccount {
  private constructor(
    private readonly connection: mysql.Connection,
    readonly address: DatabaseAddress,
  ) {}

  /** @param url mysql://user:password@localhost/database?socketPath=/run/mysqld/mysqld.sock */
  static async open(url: string): Promise<QuorumAccount> {
    const parsed = new URL(url);
    const socketPath = parsed.searchParams.get('socketPath');
    const address: DatabaseAddress = {
      ...(socketPath ? { socketPath } : { url }),
      user: decodeURIComponent(parsed.username),
      password: decodeURIComponent(parsed.password),
      database: decodeURIComponent(parsed.pathname.slice(1)),
    };
    const { user, password, database } = address;
    const reached = socketPath
      ? { socketPath }
      : { host: parsed.hostname.replace(/^\[|\]$/g, ''), port: Number(parsed.port || '3306') };
    const connection = await mysql.createConnection({ ...reached, user, password, database, timezone: 'Z' });
    connection.on('error', () => undefined);
    await connection.query('set session wsrep_dirty_reads = 1');
    return new QuorumAccount(connection, address);
  }

  async status(): Promise<{
    status: string;
    state: string;
    lastCommitted: number;
    clusterName: string;
    nodeName: string;
  }> {
    const [rows] = await this.connection.query<mysql.RowDataPacket[]>("show global status like 'wsrep%'");
    const said = new Map(rows.map((row) => [String(row.Variable_name), String(row.Value)]));
    const [[names]] = await this.connection.query<mysql.RowDataPacket[]>(
      'select @@wsrep_cluster_name as cluster, @@wsrep_node_name as node',
    );
    return {
      status: said.get('wsrep_cluster_status') ?? '',
      state: said.get('wsrep_local_state_comment') ?? '',
      lastCommitted: Number(said.get('wsrep_last_committed') ?? -1),
      clusterName: String(names?.cluster),
      nodeName: String(names?.node),
    };
  }

  /** No account but this one writes until it is unlocked: every console sees it and stays read-only. */
  async lock(): Promise<void> {
    await this.connection.query('set global read_only = 1');
  }

  async unlock(): Promise<void> {
    await this.connection.query('set global read_only = 0');
  }

  /**
   * Makes the node a majority of one, and gives what begins another name: a node of the history before, which would find
   * its number among the new ones and take only what it believes to lack, is not let in under the old one.
   */
  async bootstrap(clusterName: string): Promise<void> {
    const before = await this.status();
    if (before.status !== 'Primary')
      await this.connection.query("set global wsrep_provider_options = 'pc.bootstrap=YES'");
    await this.untilPrimary();
    if (before.clusterName === clusterName) return;
    await this.connection.query('set global wsrep_cluster_name = ?', [clusterName]);
    await this.connection.query("set global wsrep_cluster_address = 'gcomm://'");
    await this.untilPrimary();
  }

  close(): void {
    this.connection.destroy();
  }

  private async untilPrimary(): Promise<void> {
    const deadline = performance.now() + COMPONENT_TIMEOUT_MS;
    for (;;) {
      const { state, status } = await this.status();
      if (status === 'Primary' && state === 'Synced') return;
      if (performance.now() > deadline)
        throw new Error(
          `The node is ${status}, ${state} and did not become primary. It stays locked; run the command again, or look into the node's log.`,
        );
      await sleep(POLL_MS);
    }
  }
}
