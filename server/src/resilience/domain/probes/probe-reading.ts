/** Decides what the answer to a probe says: which signals, of what, with which limits, and how long they may be believed. */
import { BOUNDS, lagBounds, type Reading } from '../dr-signal.js';
import type { ProbeSettings, SqlEngine } from './probe.js';

/** SERVICE: what somebody outside would meet. REPLICATION: what a database says. NONE: nobody could be asked, which says nothing of the data. */
export type ProbeAnswer =
  | {
      readonly kind: 'SERVICE';
      readonly ok: boolean;
      readonly detail: string;
      readonly ttlSeconds?: number;
      readonly certificateDays?: number;
    }
  | {
      readonly kind: 'REPLICATION';
      readonly replicating: boolean;
      readonly lagSeconds: number | null;
      readonly detail: string;
    }
  | { readonly kind: 'NONE'; readonly detail: string };

export interface ProbeFacts extends ProbeSettings {
  readonly id: string;
  readonly tierId: string;
  /** Of its group. */
  readonly rpoSeconds: number | null;
}

const PERCENT = 100;
const SECOND_MS = 1_000;
/** Three rounds left out, and nobody knows. */
const ROUNDS_BELIEVED = 3;
/** Databases say their lag in whole seconds: less than that is none, also where nothing may be lost. */
const LAG_GRAIN_S = 1;

export function readingsOf(probe: ProbeFacts, answer: ProbeAnswer, observedAt: Date): Reading[] {
  const maxAgeSeconds = Math.ceil(ROUNDS_BELIEVED * probe.everySeconds + probe.timeoutMs / SECOND_MS);
  const source = `${probe.kind}${probe.engine ? ` ${probe.engine}` : ''} ${probe.name}`;
  // Who cannot be asked about data has said nothing: what he said before grows old, and is UNKNOWN then.
  if (answer.kind === 'NONE') return [];
  if (answer.kind === 'REPLICATION') {
    const of = { subjectKind: 'TIER', subjectId: probe.tierId, towards: probe.towards, source } as const;
    const at = { observedAt, maxAgeSeconds };
    return [
      { ...of, ...at, name: 'REPLICATION_COVERAGE', value: answer.replicating ? PERCENT : 0 },
      ...(answer.lagSeconds === null
        ? []
        : [{ ...of, ...at, name: 'REPLICATION_LAG' as const, value: answer.lagSeconds, bounds: boundsOf(probe) }]),
    ];
  }
  const of = { subjectKind: 'PROBE', subjectId: probe.id, towards: null, source, observedAt, maxAgeSeconds } as const;
  const { certificateDays, ok, ttlSeconds } = answer;
  return [
    { ...of, name: 'SERVICE_ANSWER', value: ok ? 1 : 0 },
    ...(ttlSeconds === undefined ? [] : [{ ...of, name: 'DNS_TTL' as const, value: ttlSeconds }]),
    ...(certificateDays === undefined ? [] : [{ ...of, name: 'CERTIFICATE_DAYS' as const, value: certificateDays }]),
  ];
}

/** What is streamed has no interval: half the RPO warns, the RPO is too late; without one it is as late as the usual copy may be. */
function boundsOf({ rpoSeconds }: ProbeFacts) {
  if (rpoSeconds === null) return BOUNDS.REPLICATION_LAG;
  const { critical, warn, worse } = lagBounds(Number.POSITIVE_INFINITY, rpoSeconds);
  return { worse, warn: Math.max(warn, LAG_GRAIN_S), critical: Math.max(critical, 2 * LAG_GRAIN_S) };
}

export type SqlRow = Readonly<Record<string, unknown>>;

/** What each engine is asked, and nothing else ever is. */
export const REPLICATION_SQL: { readonly [E in SqlEngine]: string } = {
  MARIADB: 'show all slaves status',
  MYSQL: 'show replica status',
  // TiCDC writes there, every sync-point-interval, up to which moment of the primary it has come (TSO, milliseconds above bit 18).
  TIDB: 'select max(cast(primary_ts as unsigned)) >> 18 as at_ms from tidb_cdc.syncpoint_v1',
  OCEANBASE: `select tenant_role as role, timestampdiff(microsecond, scn_to_timestamp(sync_scn), now(6)) / 1000000 as lag_s
    from oceanbase.DBA_OB_TENANTS where tenant_role <> 'PRIMARY' and tenant_type = 'USER'`,
};

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const numberOf = (value: unknown): number | null => {
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? Math.max(0, number) : null;
};

/** Of several sources the one that is furthest behind. */
export function replicationOf(engine: SqlEngine, rows: readonly SqlRow[], now: Date): ProbeAnswer {
  if (engine === 'TIDB') {
    const atMs = numberOf(rows[0]?.at_ms);
    return atMs === null || atMs === 0
      ? notReplicating('no sync point of TiCDC')
      : {
          kind: 'REPLICATION',
          replicating: true,
          lagSeconds: Math.max(0, (now.getTime() - atMs) / SECOND_MS),
          detail: 'TiCDC',
        };
  }
  if (rows.length === 0) return notReplicating('it is nobody’s replica');
  if (engine === 'OCEANBASE') {
    const standby = rows.find(({ role }) => role === 'STANDBY');
    const lag = numberOf(standby?.lag_s);
    return standby && lag !== null
      ? { kind: 'REPLICATION', replicating: true, lagSeconds: lag, detail: 'STANDBY' }
      : notReplicating(textOf(rows[0]?.role));
  }
  const [io, sql, lag] =
    engine === 'MARIADB'
      ? ['Slave_IO_Running', 'Slave_SQL_Running', 'Seconds_Behind_Master']
      : ['Replica_IO_Running', 'Replica_SQL_Running', 'Seconds_Behind_Source'];
  const stopped = rows.find((row) => row[io as string] !== 'Yes' || row[sql as string] !== 'Yes');
  if (stopped)
    return notReplicating(
      textOf(stopped.Last_SQL_Error) ||
        textOf(stopped.Last_IO_Error) ||
        `IO ${textOf(stopped[io as string])}, SQL ${textOf(stopped[sql as string])}`,
    );
  const lags = rows.map((row) => numberOf(row[lag as string]));
  return lags.some((one) => one === null)
    ? notReplicating('it does not say how far behind it is')
    : {
        kind: 'REPLICATION',
        replicating: true,
        lagSeconds: Math.max(...lags.map((one) => one ?? 0)),
        detail: 'replica',
      };
}

const DETAIL_LENGTH_MAX = 200;

export function notReplicating(detail: string): ProbeAnswer {
  return { kind: 'REPLICATION', replicating: false, lagSeconds: null, detail: detail.slice(0, DETAIL_LENGTH_MAX) };
}

/** RFC 6901. undefined = nothing stands there. */
export function atPointer(document: unknown, pointer: string): unknown {
  let here: unknown = document;
  for (const raw of pointer.split('/').slice(1)) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** Seconds since 1970, or thousandths of them, are no lag: nobody's copy is thirty years behind. */
const MOMENT_FROM = 1_000_000_000;
const MILLISECONDS_FROM = 1_000_000_000_000;

/** How far behind: seconds, or the moment as of which the copy is. null = neither. */
export function lagOf(value: unknown, now: Date): number | null {
  const number =
    typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (Number.isFinite(number)) {
    if (number < 0) return null;
    if (number < MOMENT_FROM) return number;
    const atMs = number < MILLISECONDS_FROM ? number * SECOND_MS : number;
    return Math.max(0, (now.getTime() - atMs) / SECOND_MS);
  }
  // Without a zone nobody knows which hour is meant.
  if (typeof value !== 'string' || !/T.*(Z|[+-]\d{2}:?\d{2})$/.test(value)) return null;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? null : Math.max(0, (now.getTime() - atMs) / SECOND_MS);
}

/** What an array's answer says of its pair. */
export function restReplicationOf(
  { expect, lagPointer, statePointer }: Pick<ProbeSettings, 'expect' | 'lagPointer' | 'statePointer'>,
  document: unknown,
  now: Date,
): ProbeAnswer {
  const state = atPointer(document, statePointer ?? '');
  if (state === undefined || (typeof state === 'object' && state !== null))
    return { kind: 'NONE', detail: `nothing stands at ${statePointer}` };
  if (String(state) !== expect) return notReplicating(`${statePointer} is ${String(state)}, not ${expect}`);
  if (lagPointer === null) return { kind: 'REPLICATION', replicating: true, lagSeconds: null, detail: String(state) };
  const lagSeconds = lagOf(atPointer(document, lagPointer), now);
  return lagSeconds === null
    ? { kind: 'NONE', detail: `no time stands at ${lagPointer}` }
    : { kind: 'REPLICATION', replicating: true, lagSeconds, detail: String(state) };
}
