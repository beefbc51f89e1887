/** Decides what a probe may be set to ask, of whom and how often; everything else about it is refused before it is kept. */
import { isIP } from '../../../catalog/domain/address-text.js';
import type { CenterRole } from '../../../facilities/domain/facility.js';
import type { Refusal } from '../../../kernel/refusal.js';
import { invalid, wrongName } from '../dr-refusals.js';
import { HOST_NAME, hostPort } from './host-port.js';

/**
 * HTTP, TCP, DNS, TLS: from outside, as whoever uses the system meets it. SQL_REPLICATION: what the receiving database says
 * of its own replication. HEARTBEAT: a row that is written at the source and read at the target, by one clock. REST_REPLICATION:
 * what a storage array, or its management, says of a pair by REST.
 */
export const PROBE_KINDS = [
  ...(['HTTP', 'TCP', 'DNS', 'TLS', 'SQL_REPLICATION', 'HEARTBEAT', 'REST_REPLICATION'] as const),
] as const;
export type ProbeKind = (typeof PROBE_KINDS)[number];
export const SQL_ENGINES = ['MARIADB', 'MYSQL', 'TIDB', 'OCEANBASE'] as const;
export type SqlEngine = (typeof SQL_ENGINES)[number];
/** By which family it is reached; of DNS, which record is asked for. */
export const PROBE_FAMILIES = ['ANY', 'IPV4', 'IPV6'] as const;
export type ProbeFamily = (typeof PROBE_FAMILIES)[number];

const OF_DATA: ReadonlySet<ProbeKind> = new Set(['SQL_REPLICATION', 'HEARTBEAT', 'REST_REPLICATION']);
export const isOfData = (kind: ProbeKind): boolean => OF_DATA.has(kind);

export interface ProbeSettings {
  readonly kind: ProbeKind;
  readonly name: string;
  /** Where the copy goes that is measured; null = from outside. */
  readonly towards: CenterRole | null;
  /** An address of http(s) of HTTP, a name of DNS, "host:port" of all others. */
  readonly target: string;
  /** The name server of DNS (null = the console's own); where the beat is written, of HEARTBEAT. */
  readonly server: string | null;
  /**
   * HTTP: the status that is awaited (null = any of 200 to 299). DNS: an address that must be in the answer. TLS: the name it must
   * hold for. REST_REPLICATION: what stands at the state's place while it replicates.
   */
  readonly expect: string | null;
  /** REST_REPLICATION: where in the answer its state stands, and how far behind it is (RFC 6901); the second may be left out. */
  readonly statePointer: string | null;
  readonly lagPointer: string | null;
  readonly family: ProbeFamily;
  readonly engine: SqlEngine | null;
  readonly account: string | null;
  readonly database: string | null;
  readonly everySeconds: number;
  readonly timeoutMs: number;
  readonly enabled: boolean;
}

/** More than that beside one tier is a monitoring system's work. */
export const PROBES_OF_TIER_MAX = 20;
const TARGET_LENGTH_MAX = 300;
const ACCOUNT_LENGTH_MAX = 80;
/** Oftener would be load; more seldom, and nobody would call it live. */
const EVERY_S = { min: 10, max: 3_600 };
/** An answer that takes longer is none; a round waits for the slowest of its probes. */
const TIMEOUT_MS = { min: 200, max: 10_000 };
const POINTER = /^(\/([^/~]|~[01])*){1,16}$/;
const POINTER_LENGTH_MAX = 200;
const STATE_LENGTH_MAX = 60;
const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const STATUS = /^[1-5][0-9]{2}$/;

/**
 * Whether the password that is kept may go where the probe is now to ask: whoever moves it elsewhere, or to another account,
 * gives it anew. Else a server of his own would be told what nobody is told again.
 */
export function keepsSecret(known: ProbeSettings, now: ProbeSettings): boolean {
  return known.target === now.target && known.server === now.server && known.account === now.account;
}

/** @param secretKnown whether a password is kept already that goes where it went. @param secret null = as it was. */
export function wrongProbe(probe: ProbeSettings, secret: string | null, secretKnown: boolean): Refusal[] {
  const wrong: Refusal[] = [...wrongName(probe.name)];
  const check = (fine: boolean, field: string, rule: string, zh: string, en: string) => {
    if (!fine) wrong.push(invalid(field, rule, zh, en));
  };
  const { everySeconds, expect, kind, server, timeoutMs, towards } = probe;
  check(isTarget(probe), 'target', 'target', ...TARGET_TEXT[kind]);
  if (kind === 'DNS')
    check(
      server === null || hostPort(server) !== undefined,
      'server',
      'target',
      '解析服务器须为 地址:端口',
      'A name server is host:port',
    );
  else if (kind === 'HEARTBEAT')
    check(
      server !== null && hostPort(server) !== undefined,
      'server',
      'target',
      '写入端须为 地址:端口',
      'Where the beat is written is host:port',
    );
  else check(server === null, 'server', 'unused', '这种探测没有第二个地址', 'Such a probe has no second address');
  check(isExpected(kind, expect), 'expect', 'expect', '期望值不合此类探测', 'That cannot be awaited of such a probe');
  const data = isOfData(kind);
  check(
    data ? towards === 'ACTIVE_B' || towards === 'RECOVERY' : towards === null,
    'towards',
    'direction',
    data ? '请选择复制方向：同城或异地' : '外部探测没有复制方向',
    data ? 'Choose where the copy goes' : 'A probe from outside has no direction',
  );
  check(
    (kind === 'SQL_REPLICATION') === (probe.engine !== null),
    'engine',
    'engine',
    '请选择数据库种类',
    'Choose the database engine',
  );
  const rest = kind === 'REST_REPLICATION';
  check(
    rest ? isPointer(probe.statePointer) : probe.statePointer === null,
    ...(['statePointer', 'pointer'] as const),
    rest ? '请写出状态在应答中的位置，如 /data/RUNNINGSTATUS' : '这种探测不读应答内容',
    rest ? 'Say where in the answer its state stands, as /data/RUNNINGSTATUS' : 'Such a probe reads no answer',
  );
  check(
    probe.lagPointer === null || (rest && isPointer(probe.lagPointer)),
    ...(['lagPointer', 'pointer'] as const),
    '滞后的位置须为 JSON 指针，如 /data/lagSeconds',
    'Where the lag stands is a JSON pointer, as /data/lagSeconds',
  );
  check(
    data
      ? /^[\x21-\x7e]+$/.test(probe.account ?? '') && (probe.account ?? '').length <= ACCOUNT_LENGTH_MAX
      : probe.account === null,
    'account',
    'account',
    data ? '请填写只读探测账号' : '外部探测不用账号',
    data ? 'Give the account that reads' : 'A probe from outside has no account',
  );
  check(
    kind === 'HEARTBEAT'
      ? IDENTIFIER.test(probe.database ?? '')
      : probe.database === null || (data && IDENTIFIER.test(probe.database)),
    'database',
    'identifier',
    '库名须为字母、数字和下划线',
    'A database is named by letters, digits and underscores',
  );
  check(
    data ? secret !== null || secretKnown : secret === null,
    'secret',
    'secret',
    data ? '请填写口令；更换地址或账号须重新填写' : '外部探测不用口令',
    data ? 'Give the password; anew with another address or account' : 'A probe from outside has no password',
  );
  check(
    between(everySeconds, EVERY_S),
    'everySeconds',
    'range',
    `间隔为 ${EVERY_S.min} 至 ${EVERY_S.max} 秒`,
    `Every ${EVERY_S.min} to ${EVERY_S.max} seconds`,
  );
  check(
    between(timeoutMs, TIMEOUT_MS) && timeoutMs < everySeconds * 1_000,
    'timeoutMs',
    'range',
    `时限为 ${TIMEOUT_MS.min} 至 ${TIMEOUT_MS.max} 毫秒，且短于间隔`,
    `A limit of ${TIMEOUT_MS.min} to ${TIMEOUT_MS.max} ms, shorter than the interval`,
  );
  return wrong;
}

const between = (value: number, { max, min }: { min: number; max: number }) =>
  Number.isInteger(value) && value >= min && value <= max;

const TARGET_TEXT: { readonly [K in ProbeKind]: readonly [string, string] } = {
  HTTP: ['须为 http:// 或 https:// 地址，不含账号口令', 'An address of http:// or https://, without an account'],
  DNS: ['须为域名', 'A domain name'],
  TCP: ['须为 地址:端口', 'host:port'],
  TLS: ['须为 地址:端口', 'host:port'],
  SQL_REPLICATION: ['须为接收端数据库的 地址:端口', 'host:port of the receiving database'],
  REST_REPLICATION: [
    '须为 https:// 地址（演示可用 http://），不含账号口令',
    'An address of https://, without an account',
  ],
  HEARTBEAT: ['须为读取端数据库的 地址:端口', 'host:port of the database where the beat is read'],
};

function isTarget({ kind, target }: ProbeSettings): boolean {
  if (target.length > TARGET_LENGTH_MAX || !/^[\x21-\x7e]+$/.test(target)) return false;
  if (kind === 'DNS') return HOST_NAME.test(target) && !isIP(target);
  if (kind !== 'HTTP' && kind !== 'REST_REPLICATION') return hostPort(target) !== undefined;
  if (!URL.canParse(target)) return false;
  const url = new URL(target);
  return ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
}

function isPointer(text: string | null): boolean {
  return text !== null && text.length <= POINTER_LENGTH_MAX && /^[\x21-\x7e]+$/.test(text) && POINTER.test(text);
}

function isExpected(kind: ProbeKind, expect: string | null): boolean {
  if (kind === 'REST_REPLICATION')
    return (
      expect !== null && expect.trim() !== '' && expect.length <= STATE_LENGTH_MAX && /^[\x20-\x7e]+$/.test(expect)
    );
  if (expect === null) return true;
  if (kind === 'HTTP') return STATUS.test(expect);
  if (kind === 'DNS') return isIP(expect);
  return kind === 'TLS' && HOST_NAME.test(expect);
}
