/** Decides what a network is and which plans of prefixes, gateways and reserved ranges can stand. */
import type { NetworkZone } from '../../facilities/domain/facility.js';
import { say } from '../../kernel/bilingual.js';
import type { InputPath, InvalidInput } from '../../kernel/refusal.js';
import {
  type AddressPlan,
  type AddressRange,
  hasHostBits,
  type IpFamily,
  isInside,
  overlap,
  PREFIX_LENGTHS,
  type Prefix,
  planOf,
} from './address-plan.js';

/** One family of a network, as numbers. */
export interface FamilyPlan {
  readonly prefix: Prefix;
  readonly gateway: bigint | null;
  /** `at` is the place in the list that people wrote, which is of both families. */
  readonly reserved: readonly (AddressRange & { readonly note: string; readonly at: number })[];
}

export interface NetworkFacts {
  readonly code: string;
  readonly name: string;
  readonly centerId: string;
  readonly zone: NetworkZone;
  readonly vlanId: number | null;
  /** Why it has one family only; null = it is dual-stack, which is the rule. */
  readonly singleStackReason: string | null;
  readonly families: readonly FamilyPlan[];
}

const CODE = /^[a-z0-9][a-z0-9-]{0,39}$/;
const NAME_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 200;
/** IEEE 802.1Q; 0 and 4095 mean something else. */
const VLAN_MAX = 4_094;
const RESERVED_MAX = 50;
const NOTE_LENGTH_MAX = 100;

/** Which families a network has. */
export const NETWORK_STACKS = ['DUAL', 'IPV4_ONLY', 'IPV6_ONLY'] as const;
export type NetworkStack = (typeof NETWORK_STACKS)[number];

export function checkedNetwork(network: NetworkFacts): InvalidInput[] {
  const families = network.families.map((plan) => plan.prefix.family);
  const reason = network.singleStackReason?.trim() ?? '';
  return [
    ...rule(
      CODE.test(network.code),
      ['code'],
      'code',
      '编码须为小写字母、数字或短横线',
      'A code is lower-case letters, digits or hyphens',
    ),
    ...rule(
      network.name.trim() !== '' && network.name.length <= NAME_LENGTH_MAX,
      ['name'],
      'required',
      `请填写名称（最多 ${NAME_LENGTH_MAX} 字）`,
      `Give a name of at most ${NAME_LENGTH_MAX} characters`,
    ),
    ...rule(
      network.vlanId === null || (network.vlanId >= 1 && network.vlanId <= VLAN_MAX),
      ['vlanId'],
      'range',
      `VLAN 须为 1 至 ${VLAN_MAX}`,
      `A VLAN is 1 to ${VLAN_MAX}`,
    ),
    ...rule(families.length > 0, ['ipv4Prefix'], 'required', '请填写地址前缀', 'Give an address prefix'),
    ...rule(
      families.length !== 1 || reason !== '',
      ['singleStackReason'],
      'dualStack',
      '网络默认双栈：请同时填写 IPv4 与 IPv6 前缀，或说明只用一种的原因',
      'Networks are dual-stack: give an IPv4 and an IPv6 prefix, or say why there is but one',
    ),
    ...rule(
      reason.length <= REASON_LENGTH_MAX,
      ['singleStackReason'],
      'length',
      `最多 ${REASON_LENGTH_MAX} 字`,
      `At most ${REASON_LENGTH_MAX} characters`,
    ),
    ...network.families.flatMap(familyRules),
  ];
}

function familyRules({ prefix, gateway, reserved }: FamilyPlan): InvalidInput[] {
  const field = prefix.family === 'IPV4' ? 'ipv4' : 'ipv6';
  const { min, max } = PREFIX_LENGTHS[prefix.family];
  return [
    ...rule(
      prefix.length >= min && prefix.length <= max,
      [`${field}Prefix`],
      'range',
      `前缀长度须为 /${min} 至 /${max}`,
      `The prefix length must be /${min} to /${max}`,
    ),
    ...rule(!hasHostBits(prefix), [`${field}Prefix`], 'hostBits', '前缀不能带主机位', 'A prefix has no host bits'),
    ...rule(
      gateway === null || isInside(prefix, gateway),
      [`${field}Gateway`],
      'outside',
      '网关不在前缀之内',
      'The gateway is outside the prefix',
    ),
    ...rule(
      reserved.length <= RESERVED_MAX,
      ['reserved'],
      'range',
      `最多 ${RESERVED_MAX} 段`,
      `At most ${RESERVED_MAX} ranges`,
    ),
    ...reserved.flatMap((range) => [
      ...rule(
        range.first <= range.last && isInside(prefix, range.first) && isInside(prefix, range.last),
        ['reserved', String(range.at)],
        'outside',
        '保留段须在前缀之内，且起始不大于结束',
        'A reserved range lies inside the prefix and begins before it ends',
      ),
      ...rule(
        range.note.length <= NOTE_LENGTH_MAX,
        ['reserved', String(range.at), 'note'],
        'length',
        `最多 ${NOTE_LENGTH_MAX} 字`,
        `At most ${NOTE_LENGTH_MAX} characters`,
      ),
    ]),
  ];
}

/** Prefixes of one center and zone share a routing table: no address may be in two networks. */
export function overlapping(
  families: readonly FamilyPlan[],
  others: readonly { readonly code: string; readonly prefixes: readonly Prefix[] }[],
): { readonly family: IpFamily; readonly code: string } | undefined {
  for (const { prefix } of families)
    for (const other of others)
      if (other.prefixes.some((taken) => overlap(prefix, taken))) return { family: prefix.family, code: other.code };
  return undefined;
}

export function addressPlan({ prefix, gateway, reserved }: FamilyPlan): AddressPlan {
  return planOf(prefix, gateway, reserved);
}

function rule(holds: boolean, path: InputPath, name: string, zh: string, en: string): InvalidInput[] {
  return holds ? [] : [{ code: 'INVALID_INPUT', path: ['facts', ...path], rule: name, message: say(zh, en) }];
}
