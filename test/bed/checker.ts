import { userInfo } from 'node:os';
import type mysql from 'mysql2/promise';
import { auditVerifyCommand } from '../../server/src/audit/verify-command.js';
import { openSoftwareCrypto } from '../../server/src/platform/crypto/software-crypto.js';
import { openDataSource } from '../../server/src/platform/database/data-source.js';
import type { BedConsole } from './bed-console.ts';
import type { GaleraBed } from './galera.ts';
import type { GaleraNode } from './galera-node.ts';

/** What the databases themselves say, read by each node's own socket: no console is asked. */
export interface Findings {
  /** Acknowledged by a console and not there. */
  readonly lost: readonly string[];
  /** Kept without, or more than once with, their audit record. */
  readonly unaudited: number;
  /** A holder acted after a later one had begun. */
  readonly unfenced: readonly string[];
  /** Tables in which nodes of the majority differ. */
  readonly differing: readonly string[];
  /** What the audit's own verifier finds; [] = whole. */
  readonly audit: readonly string[];
  readonly rows: number;
}

export const CLEAN = { lost: [], unaudited: 0, unfenced: [], differing: [], audit: [] };

const COMPARED = [
  'jiyun.bed_write',
  'jiyun.bed_act',
  'jiyun.lease',
  'jiyun.idempotency_key',
  'jiyun_audit.audit_event',
  'jiyun_audit.audit_chain',
  'jiyun.database_epoch',
];

export async function check(
  bed: GaleraBed,
  consoles: readonly BedConsole[],
  nodes: readonly GaleraNode[],
): Promise<Findings> {
  const [first] = nodes;
  if (!first) throw new Error('no node to ask');
  const acknowledged = consoles.flatMap((console) => [...console.acknowledged]);
  const { audited, kept, unfenced } = await first.asRoot(async (connection) => ({
    kept: new Set((await rowsOf(connection, 'select id from jiyun.bed_write')).map(({ id }) => String(id))),
    audited: await rowsOf(connection, "select object_id from jiyun_audit.audit_event where action = 'bed.write'"),
    unfenced: await actsOutOfTurn(connection),
  }));
  const records = Map.groupBy(audited, ({ object_id }) => String(object_id));
  const sums = await Promise.all(nodes.map((node) => node.asRoot(checksums)));
  return {
    lost: acknowledged.filter((id) => !kept.has(id)),
    unaudited:
      [...kept].filter((id) => records.get(id)?.length !== 1).length +
      [...records.keys()].filter((id) => !kept.has(id)).length,
    unfenced,
    differing: COMPARED.filter((table) => new Set(sums.map((sum) => sum.get(table))).size > 1),
    audit: await auditFindings(bed, first),
    rows: kept.size,
  };
}

/** Acts in the order in which their transactions passed the fence: whoever comes after a later epoch was not held back. */
async function actsOutOfTurn(connection: mysql.Connection): Promise<string[]> {
  const acts = await rowsOf(connection, 'select fenced, console, epoch from jiyun.bed_act order by fenced');
  let highest = 0;
  return acts.flatMap(({ fenced, console, epoch }) => {
    const late = Number(epoch) < highest;
    highest = Math.max(highest, Number(epoch));
    return late ? [`act ${fenced} of ${console} under epoch ${epoch}, after ${highest}`] : [];
  });
}

async function checksums(connection: mysql.Connection): Promise<Map<string, string>> {
  // Whatever the others have sent is here before it is summed.
  await connection.query('set session wsrep_sync_wait = 15');
  const rows = await rowsOf(connection, `checksum table ${COMPARED.join(', ')}`);
  return new Map(rows.map((row) => [String(row.Table), String(row.Checksum)]));
}

/** What the audit's own verifier says of what this node holds; [] = whole. */
export async function auditFindings(bed: GaleraBed, node: GaleraNode): Promise<string[]> {
  const db = await openDataSource({ socketPath: node.socketPath, user: userInfo().username, database: 'jiyun' }, []);
  const crypto = await openSoftwareCrypto({ dataDirectory: bed.keysDirectory, passwordIterations: 1_000 });
  const lines: string[] = [];
  try {
    const code = await auditVerifyCommand(db, crypto, (line) => lines.push(line));
    return code === 0 ? [] : lines;
  } finally {
    await db.destroy();
    await crypto.onApplicationShutdown();
  }
}

async function rowsOf(connection: mysql.Connection, sql: string): Promise<mysql.RowDataPacket[]> {
  const [rows] = await connection.query<mysql.RowDataPacket[]>(sql);
  return rows;
}
