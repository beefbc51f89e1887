import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { IpFamily } from './domain/address-plan.js';
import type { NetworkRow } from './networks.types.js';

export function invalid(field: string, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path: [field], rule, message };
}

export function shortage(network: NetworkRow, family: IpFamily, requested: number, free: number): Refusal {
  const short = requested - free;
  const name = family === 'IPV4' ? 'IPv4' : 'IPv6';
  return {
    code: 'ADDRESS_SHORTAGE',
    path: ['count'],
    network: network.code,
    family,
    requested,
    free,
    short,
    message: say(
      `网络 ${network.code} 的 ${name} 地址不足：需要 ${requested} 个，可用 ${free} 个`,
      `Network ${network.code} has ${free} free ${name} addresses of the ${requested} asked`,
    ),
  };
}
