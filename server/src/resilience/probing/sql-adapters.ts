import type { Connection, RowDataPacket } from 'mysql2/promise';
import mysql from 'mysql2/promise';
import { hostPort } from '../domain/probes/host-port.js';
import type { ProbeSettings, SqlEngine } from '../domain/probes/probe.js';
import {
  notReplicating,
  type ProbeAnswer,
  REPLICATION_SQL,
  replicationOf,
  type SqlRow,
} from '../domain/probes/probe-reading.js';
import type { ProbeAdapter } from './adapters.js';
import type { Dialling } from './dialling.js';

const SECOND_MS = 1_000;
/** What is copied within that long counts as copied at once; asked so often. */
const ARRIVAL_MS = 900;
const ARRIVAL_STEP_MS = 50;

interface Place {
  readonly at: string;
  readonly probe: ProbeSettings;
  readonly secret: string | null;
}

/** Neither files nor clear-text passwords are ever sent: mysql2 does both only where it is told to. */
async function open(dialling: Dialling, { at, probe, secret }: Place): Promise<Connection> {
  const found = hostPort(at);
  if (!found) throw new Error(`${at} is not host:port`);
  const { address } = await dialling.resolve(found.host, probe.family);
  return mysql.createConnection({
    ...{ host: address, port: found.port, user: probe.account ?? '', password: secret ?? '' },
    ...(probe.database === null ? {} : { database: probe.database }),
    ...{ connectTimeout: probe.timeoutMs, supportBigNumbers: true, bigNumberStrings: true, multipleStatements: false },
  });
}

async function rowsOf(
  connection: Connection,
  sql: string,
  values: readonly unknown[],
  timeout: number,
): Promise<SqlRow[]> {
  const [rows] = await connection.query<RowDataPacket[]>({ sql, timeout }, [...values]);
  return Array.isArray(rows) ? rows : [];
}

/** What the receiving database says of itself; one statement an engine, which changes nothing. */
export class SqlReplicationProbe implements ProbeAdapter {
  constructor(private readonly dialling: Dialling) {}

  async ask(probe: ProbeSettings, secret: string | null): Promise<ProbeAnswer> {
    const engine = probe.engine as SqlEngine;
    const connection = await open(this.dialling, { at: probe.target, probe, secret });
    try {
      return replicationOf(engine, await rowsOf(connection, REPLICATION_SQL[engine], [], probe.timeoutMs), new Date());
    } finally {
      connection.destroy();
    }
  }
}

/**
 * Writes the console's own time at the source and looks for it at the target: one clock, so that no machine's can be wrong.
 * A source that is gone takes no beat, and the last one that arrived says what is there.
 */
export class HeartbeatProbe implements ProbeAdapter {
  constructor(private readonly dialling: Dialling) {}

  async ask(probe: ProbeSettings & { readonly id: string }, secret: string | null): Promise<ProbeAnswer> {
    const target = await open(this.dialling, { at: probe.target, probe, secret });
    try {
      const beat = Date.now();
      const written = await this.write(probe, secret, beat);
      const until = Date.now() + (written === null ? ARRIVAL_MS : 0);
      let found = await this.read(target, probe);
      while ((found ?? 0) < beat && Date.now() < until) {
        await new Promise((resolve) => setTimeout(resolve, ARRIVAL_STEP_MS));
        found = await this.read(target, probe);
      }
      if (found === null) return notReplicating(written ?? 'no beat has ever arrived');
      const lagSeconds = found >= beat ? 0 : (Date.now() - found) / SECOND_MS;
      return { kind: 'REPLICATION', replicating: true, lagSeconds, detail: written ?? new Date(found).toISOString() };
    } finally {
      target.destroy();
    }
  }

  /** null = it is written; else why not. */
  private async write(
    probe: ProbeSettings & { readonly id: string },
    secret: string | null,
    beat: number,
  ): Promise<string | null> {
    let source: Connection | null = null;
    try {
      source = await open(this.dialling, { at: probe.server ?? '', probe, secret });
      await source.query({
        sql: 'insert into jiyun_heartbeat (id, beat_ms) values (?, ?) on duplicate key update beat_ms = values(beat_ms)',
        timeout: probe.timeoutMs,
        values: [probe.id, beat],
      });
      return null;
    } catch (error) {
      return `not written: ${(error as Error).message}`.slice(0, 200);
    } finally {
      source?.destroy();
    }
  }

  private async read(
    target: Connection,
    { id, timeoutMs }: ProbeSettings & { readonly id: string },
  ): Promise<number | null> {
    const [row] = await rowsOf(target, 'select beat_ms from jiyun_heartbeat where id = ?', [id], timeoutMs);
    return row ? Number(row.beat_ms) : null;
  }
}
