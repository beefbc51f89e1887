/** Decides whether a network policy says something that can be opened, who may allow it, and which life it has. */
import { isIP, isIPv4 } from '../../catalog/domain/address-text.js';
import { say } from '../../kernel/bilingual.js';
import { addDays, type CalendarDate, isCalendarDate } from '../../kernel/calendar.js';
import type { InvalidInput } from '../../kernel/refusal.js';
import { ok, type Result, refuse } from '../../kernel/result.js';
import { checkedTable, nextState } from '../../kernel/state-machine.js';

export const POLICY_DIRECTIONS = ['INGRESS', 'EGRESS'] as const;
export type PolicyDirection = (typeof POLICY_DIRECTIONS)[number];
/** ICMP is in no NetworkPolicy: it is opened by people, with evidence. */
export const POLICY_PROTOCOLS = ['TCP', 'UDP', 'ICMP'] as const;
export type PolicyProtocol = (typeof POLICY_PROTOCOLS)[number];

export const POLICY_STATES = ['SUBMITTED', 'ACTIVE', 'ENDING', 'ENDED', 'REJECTED'] as const;
export type PolicyState = (typeof POLICY_STATES)[number];
export const POLICY_ACTIONS = ['ALLOW', 'REJECT', 'END', 'GONE'] as const;
export type PolicyAction = (typeof POLICY_ACTIONS)[number];

export const policyTable = checkedTable<PolicyState, PolicyAction>({
  name: 'network policy',
  states: POLICY_STATES,
  initial: 'SUBMITTED',
  actions: POLICY_ACTIONS,
  transitions: {
    SUBMITTED: { ALLOW: 'ACTIVE', REJECT: 'REJECTED', END: 'ENDED' },
    ACTIVE: { END: 'ENDING' },
    ENDING: { GONE: 'ENDED' },
    ENDED: {},
    REJECTED: {},
  },
});

export function policyAfter(state: PolicyState, action: PolicyAction): PolicyState | undefined {
  return nextState(policyTable, state, action);
}

export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** As it is kept: an address with its length, ports in order, apart from each other. */
export interface PolicyFacts {
  readonly direction: PolicyDirection;
  readonly protocol: PolicyProtocol;
  /** The other side: a prefix, or a system of the same department. */
  readonly peerCidr: string | null;
  readonly peerSystemId: string | null;
  readonly ports: readonly PortRange[];
  readonly until: CalendarDate | null;
  readonly reason: string;
}

export interface PolicyWish extends Omit<PolicyFacts, 'ports'> {
  /** "443, 8000-8010" */
  readonly ports: string;
}

const PORT_MAX = 65_535;
const RANGES_MAX = 15;
const REASON_MIN = 4;
const REASON_MAX = 300;
/** What is open for ever is forgotten; a year on it is asked for anew. */
const DAYS_MAX = 366;

/** Everything that is wrong at once, or the policy in its plain form. */
export function checkPolicy(wish: PolicyWish, today: CalendarDate): Result<PolicyFacts, readonly InvalidInput[]> {
  const found: InvalidInput[] = [];
  const wrong = (field: string, rule: string, zh: string, en: string) =>
    found.push({ code: 'INVALID_INPUT', path: [field], rule, message: say(zh, en) });
  const peerCidr = wish.peerCidr?.trim() || null;
  const cidr = peerCidr === null ? null : readCidr(peerCidr);
  if ((peerCidr === null) === (wish.peerSystemId === null))
    wrong('peer', 'one', '对端填写网段或选择系统，二选一', 'The other side is a prefix or a system, one of them');
  if (peerCidr !== null && cidr === undefined)
    wrong(
      'peerCidr',
      'cidr',
      '须为 IPv4 或 IPv6 网段，且主机位为零，如 10.1.2.0/24',
      'An IPv4 or IPv6 prefix without host bits, such as 10.1.2.0/24',
    );
  const ports = readPorts(wish.ports);
  if (ports === undefined)
    wrong(
      'ports',
      'ports',
      `端口如 443, 8000-8010，1 至 ${PORT_MAX}，最多 ${RANGES_MAX} 段`,
      `Ports such as 443, 8000-8010, of 1 to ${PORT_MAX}, at most ${RANGES_MAX} ranges`,
    );
  else if (wish.protocol === 'ICMP' && ports.length > 0) wrong('ports', 'none', 'ICMP 没有端口', 'ICMP has no ports');
  else if (wish.protocol !== 'ICMP' && ports.length === 0) wrong('ports', 'required', '请填写端口', 'Give the ports');
  const { until } = wish;
  if (until !== null && (!isCalendarDate(until) || until <= today || until > addDays(today, DAYS_MAX)))
    wrong(
      'until',
      'future',
      `有效期须晚于今天，最长 ${DAYS_MAX} 天`,
      `Until a day after today, at most ${DAYS_MAX} days on`,
    );
  const reason = wish.reason.trim();
  if (reason.length < REASON_MIN || reason.length > REASON_MAX)
    wrong(
      'reason',
      'length',
      `请说明业务理由，${REASON_MIN} 至 ${REASON_MAX} 字`,
      `Say what it is for, in ${REASON_MIN} to ${REASON_MAX} characters`,
    );
  if (cidr !== undefined && cidr !== null && isEverybody(cidr) && until === null)
    wrong('until', 'required', '对所有地址开放须有截止日期', 'What is open to every address has an end');
  if (found.length > 0 || ports === undefined || cidr === undefined) return refuse(found);
  return ok({ ...wish, peerCidr: cidr, ports, reason });
}

/** Whether the center's reviewer has to allow it, and not the department's head alone: it faces the outside. */
export function isExposed(facts: Pick<PolicyFacts, 'peerCidr' | 'direction'>): boolean {
  return facts.peerCidr !== null && !isPrivate(facts.peerCidr);
}

export function isEverybody(cidr: string): boolean {
  return cidr.endsWith('/0');
}

/** RFC 1918, RFC 6598, unique local and link local: nothing from outside comes from there. */
const PRIVATE_V4: readonly (readonly [string, number])[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
];

function isPrivate(cidr: string): boolean {
  const [address = '', length = '0'] = cidr.split('/');
  if (!isIPv4(address)) return /^f[cd]|^fe[89ab]/i.test(address) && Number(length) >= 7;
  return PRIVATE_V4.some(
    ([base, bits]) =>
      Number(length) >= bits && bitsOf(address) >> BigInt(32 - bits) === bitsOf(base) >> BigInt(32 - bits),
  );
}

function bitsOf(address: string): bigint {
  return address.split('.').reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
}

/** undefined = no prefix, or one with host bits: that is another network than its writer believes. */
export function readCidr(text: string): string | undefined {
  const [address = '', given, more] = text.toLowerCase().split('/');
  if (more !== undefined || !isIP(address)) return undefined;
  const width = isIPv4(address) ? 32 : 128;
  if (given !== undefined && !/^\d{1,3}$/.test(given)) return undefined;
  const length = given === undefined ? width : Number(given);
  if (length > width) return undefined;
  const bits = width === 32 ? bitsOf(address) : bitsOfV6(address);
  const host = (1n << BigInt(width - length)) - 1n;
  return (bits & host) === 0n ? `${address}/${length}` : undefined;
}

function bitsOfV6(address: string): bigint {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): bigint[] =>
    text === ''
      ? []
      : text.split(':').flatMap((group) => {
          if (!isIPv4(group)) return [BigInt(`0x${group}`)];
          const bits = bitsOf(group);
          return [bits >> 16n, bits & 0xffffn];
        });
  const [front, back] = [groups(head), groups(tail ?? '')];
  const between = tail === undefined ? [] : Array.from({ length: 8 - front.length - back.length }, () => 0n);
  return [...front, ...between, ...back].reduce((sum, group) => (sum << 16n) | group, 0n);
}

/** In order, and those that touch made one; undefined = something in it is no port. */
export function readPorts(text: string): PortRange[] | undefined {
  const parts = text.split(/[,，、\s]+/).filter(Boolean);
  const ranges: PortRange[] = [];
  for (const part of parts) {
    const found = /^(\d{1,5})(?:[-–](\d{1,5}))?$/.exec(part);
    if (!found) return undefined;
    const [from, to] = [Number(found[1]), Number(found[2] ?? found[1])];
    if (from < 1 || to > PORT_MAX || from > to) return undefined;
    ranges.push({ from, to });
  }
  const merged: PortRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && range.from <= last.to + 1)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else merged.push(range);
  }
  return merged.length > RANGES_MAX ? undefined : merged;
}

export function portsText(ports: readonly PortRange[]): string {
  return ports.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(', ');
}
