import { say } from '../kernel/bilingual.js';
import type { InvalidInput } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { IpFamily, Prefix } from './domain/address-plan.js';
import { checkedNetwork, type FamilyPlan, type NetworkFacts } from './domain/network.js';
import { type Address, addressText, parseAddress, parsePrefix, prefixText } from './ip-text.js';
import type { NetworkWords } from './networks.types.js';

/** What people wrote, as numbers; everything that cannot be is named at its field. */
export function readNetwork(words: NetworkWords): Result<NetworkFacts, readonly InvalidInput[]> {
  const wrong: InvalidInput[] = [];
  const read = <T extends { family: IpFamily }>(
    field: string,
    text: string | null,
    family: IpFamily,
    parse: (text: string) => T | undefined,
  ): T | null => {
    if (text === null || text.trim() === '') return null;
    const parsed = parse(text);
    if (parsed?.family === family) return parsed;
    wrong.push(parse === parsePrefix ? notAPrefix(field, text, family) : notAnAddress(field, text, family));
    return null;
  };
  const reserved = words.reserved.flatMap((range, at) => {
    const [first, last] = [parseAddress(range.first), parseAddress(range.last)];
    if (first && last && first.family === last.family)
      return [{ family: first.family, first: first.value, last: last.value, note: range.note.trim(), at }];
    wrong.push(notAnAddress(`reserved.${at}`, `${range.first} - ${range.last}`, null));
    return [];
  });
  const family = (prefix: Prefix | null, gateway: Address | null): FamilyPlan[] =>
    prefix === null
      ? []
      : [
          {
            prefix,
            gateway: gateway?.value ?? null,
            reserved: reserved.filter((range) => range.family === prefix.family),
          },
        ];
  const ipv4 = read('ipv4Prefix', words.ipv4Prefix, 'IPV4', parsePrefix);
  const ipv6 = read('ipv6Prefix', words.ipv6Prefix, 'IPV6', parsePrefix);
  const gateways = {
    IPV4: read('ipv4Gateway', words.ipv4Gateway, 'IPV4', parseAddress),
    IPV6: read('ipv6Gateway', words.ipv6Gateway, 'IPV6', parseAddress),
  };
  // What has no prefix to be in would be dropped without a word. A prefix that could not be read is told of already.
  for (const [name, prefix, prefixWords, gatewayField] of [
    ['IPV4', ipv4, words.ipv4Prefix, 'ipv4Gateway'],
    ['IPV6', ipv6, words.ipv6Prefix, 'ipv6Gateway'],
  ] as const) {
    if (prefix !== null || prefixWords?.trim()) continue;
    if (gateways[name]) wrong.push(withoutPrefix(gatewayField, name));
    for (const range of reserved) if (range.family === name) wrong.push(withoutPrefix(`reserved.${range.at}`, name));
  }
  const families = [...family(ipv4, gateways.IPV4), ...family(ipv6, gateways.IPV6)];
  const facts: NetworkFacts = {
    code: words.code.trim(),
    name: words.name.trim(),
    centerId: words.centerId,
    zone: words.zone,
    vlanId: words.vlanId,
    singleStackReason: families.length === 2 ? null : words.singleStackReason?.trim() || null,
    families,
  };
  return wrong.length > 0 ? refuse([...wrong, ...alsoBroken(facts, wrong)]) : ok(facts);
}

/** What else is wrong of what could be read, so that a form hears all at once. */
function alsoBroken(facts: NetworkFacts, wrong: readonly InvalidInput[]): InvalidInput[] {
  const unread = wrong.some(({ path }) => path.at(-1)?.endsWith('Prefix'));
  // A prefix that is there and cannot be read only seems to be missing.
  const seems = ({ path, rule }: InvalidInput) =>
    rule === 'dualStack' || (rule === 'required' && path.at(-1) === 'ipv4Prefix');
  return checkedNetwork(facts).filter((each) => !(unread && seems(each)));
}

/** The one spelling, as it is stored. */
export function writeNetwork(facts: NetworkFacts): NetworkWords {
  const of = (family: IpFamily) => facts.families.find((plan) => plan.prefix.family === family);
  const gateway = (family: IpFamily) => {
    const value = of(family)?.gateway;
    return value === undefined || value === null ? null : addressText({ family, value });
  };
  const prefix = (family: IpFamily) => {
    const plan = of(family);
    return plan ? prefixText(plan.prefix) : null;
  };
  const { code, name, centerId, zone, vlanId, singleStackReason } = facts;
  return {
    code,
    name,
    centerId,
    zone,
    vlanId,
    singleStackReason,
    ipv4Prefix: prefix('IPV4'),
    ipv6Prefix: prefix('IPV6'),
    ipv4Gateway: gateway('IPV4'),
    ipv6Gateway: gateway('IPV6'),
    reserved: facts.families.flatMap(({ prefix: { family }, reserved }) =>
      reserved.map((range) => ({
        first: addressText({ family, value: range.first }),
        last: addressText({ family, value: range.last }),
        note: range.note,
      })),
    ),
  };
}

/** A row that stands in the database was read before it was written. */
export function factsOf(words: NetworkWords): NetworkFacts {
  const facts = readNetwork(words);
  if (!facts.ok) throw new Error(`network ${words.code} is kept in a form that cannot be read`);
  return facts.value;
}

function notAnAddress(field: string, text: string, family: IpFamily | null): InvalidInput {
  const kind = family === null ? 'IP' : family === 'IPV4' ? 'IPv4' : 'IPv6';
  return {
    code: 'INVALID_INPUT',
    path: ['facts', ...field.split('.')],
    rule: 'address',
    message: say(`“${text}”不是 ${kind} 地址`, `"${text}" is no ${kind} address`),
  };
}

function notAPrefix(field: string, text: string, family: IpFamily): InvalidInput {
  const [kind, example] = family === 'IPV4' ? ['IPv4', '10.20.8.0/22'] : ['IPv6', '2001:db8:20:8::/64'];
  return {
    code: 'INVALID_INPUT',
    path: ['facts', field],
    rule: 'address',
    message: say(
      `“${text}”不是 ${kind} 前缀：写作地址/长度，如 ${example}`,
      `"${text}" is no ${kind} prefix: write address/length, as ${example}`,
    ),
  };
}

function withoutPrefix(field: string, family: IpFamily): InvalidInput {
  const kind = family === 'IPV4' ? 'IPv4' : 'IPv6';
  return {
    code: 'INVALID_INPUT',
    path: ['facts', ...field.split('.')],
    rule: 'withoutPrefix',
    message: say(`没有填写 ${kind} 前缀`, `There is no ${kind} prefix for it`),
  };
}
