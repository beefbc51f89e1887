import mysql from 'mysql2/promise';
import type { DatabaseNode, DatabaseTarget } from '../database-url.js';
import type { NodeWords } from './node-choice.js';

/** An answer takes a round trip; what takes longer is no node to write through. */
const ANSWER_TIMEOUT_MS = 1_500;
const NO_SUCH_TABLE_ERRNO = 1146;
const VARIABLES = ['wsrep_cluster_status', 'wsrep_ready', 'wsrep_local_state_comment', 'wsrep_cluster_size'];

/** Asks one node how it stands, over a connection of its own that is made anew when it breaks. */
export class NodeProbe {
  private connection: mysql.Connection | null = null;

  constructor(
    private readonly node: DatabaseNode,
    private readonly target: DatabaseTarget,
  ) {}

  /** null = it does not answer in time. */
  async look(): Promise<NodeWords | null> {
    try {
      this.connection ??= await this.connect();
      return await this.ask(this.connection);
    } catch {
      this.forget();
      return null;
    }
  }

  close(): void {
    this.forget();
  }

  private async connect(): Promise<mysql.Connection> {
    const { host, port } = this.node;
    const { user, password, database } = this.target;
    const connection = await mysql.createConnection({
      ...{ host, port, user, password, database },
      connectTimeout: ANSWER_TIMEOUT_MS,
    });
    // Without a listener an idle connection that breaks would end the process.
    connection.on('error', () => this.forget());
    try {
      // A minority answers nothing but what is asked of it so; a server without Galera does not know the setting.
      await connection.query({ sql: 'set session wsrep_dirty_reads = 1', timeout: ANSWER_TIMEOUT_MS });
    } catch (error) {
      // A server that refuses it says a number. Behind a statement without an answer every other would wait for ever.
      if ((error as { errno?: number }).errno === undefined) {
        connection.destroy();
        throw error;
      }
    }
    return connection;
  }

  private async ask(connection: mysql.Connection): Promise<NodeWords> {
    const [rows] = await connection.query<mysql.RowDataPacket[]>({
      sql: 'show global status where variable_name in (?)',
      values: [VARIABLES],
      timeout: ANSWER_TIMEOUT_MS,
    });
    const [[locked]] = await connection.query<mysql.RowDataPacket[]>({
      sql: 'select @@global.read_only as locked',
      timeout: ANSWER_TIMEOUT_MS,
    });
    const said = new Map(rows.map((row) => [String(row.Variable_name).toLowerCase(), String(row.Value)]));
    // One server of several that are not of Galera (a standby of another kind) says nothing of it: it is whole by itself.
    const votes = said.has('wsrep_cluster_status') && said.get('wsrep_cluster_status') !== 'Disconnected';
    return {
      isPrimary: !votes || said.get('wsrep_cluster_status') === 'Primary',
      isReady: !votes || said.get('wsrep_ready') === 'ON',
      state: votes ? (said.get('wsrep_local_state_comment') ?? '') : 'Synced',
      isReadOnly: Number(locked?.locked) !== 0,
      epoch: await this.epoch(connection),
      members: votes ? Number(said.get('wsrep_cluster_size') ?? 0) : 1,
    };
  }

  /** Before the first migration there is no history to be in. */
  private async epoch(connection: mysql.Connection): Promise<number> {
    try {
      const [[row]] = await connection.query<mysql.RowDataPacket[]>({
        sql: 'select max(epoch) as epoch from database_epoch',
        timeout: ANSWER_TIMEOUT_MS,
      });
      return Number(row?.epoch ?? 0);
    } catch (error) {
      if ((error as { errno?: number }).errno === NO_SUCH_TABLE_ERRNO) return 0;
      throw error;
    }
  }

  private forget(): void {
    this.connection?.destroy();
    this.connection = null;
  }
}
