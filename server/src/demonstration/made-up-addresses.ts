import type { Center } from '../facilities/domain/facility.js';
import type { NetworkWords } from '../networks/networks.types.js';
import type { GovernmentSystem } from '../systems/domain/system.js';
import type { Seeded } from './seeded.js';

/** RFC 5737: addresses of the internet that are nobody's in earnest. */
const PREFIX = '203.0.113';
/** Of as many departments a portal that the internet reaches. */
const PORTALS = 8;
const FIRST_HOST = 21;

export interface MadeUpPublicAddress {
  readonly address: string;
  readonly system: Pick<GovernmentSystem, 'id' | 'departmentId' | 'name'>;
  /** Since the beginning of this month of the accounting year, from 1. */
  readonly sinceMonth: number;
}

export function makeUpPublicNetwork(seeded: Seeded, center: Center): NetworkWords & { readonly id: string } {
  return {
    ...{ id: seeded.id(), code: `${center.code.at(-1)}-internet-eip`, name: `${center.name}互联网出口地址` },
    ...{ centerId: center.id, zone: 'INTERNET', vlanId: 499, ipv4Prefix: `${PREFIX}.0/24`, ipv4Gateway: `${PREFIX}.1` },
    ...{ ipv6Prefix: null, ipv6Gateway: null, singleStackReason: '公网出口的 IPv6 地址由业务网直接发布' },
    reserved: [{ first: `${PREFIX}.2`, last: `${PREFIX}.20`, note: '出口设备' }],
  };
}

/** One of each department that has a system, in the order of the systems. */
export function makeUpPublicAddresses(systems: readonly GovernmentSystem[]): MadeUpPublicAddress[] {
  const first = new Map<string, GovernmentSystem>();
  for (const system of systems) if (!first.has(system.departmentId)) first.set(system.departmentId, system);
  return [...first.values()].slice(0, PORTALS).map((system, at) => ({
    address: `${PREFIX}.${FIRST_HOST + at}`,
    system,
    sinceMonth: 1 + (at % 6),
  }));
}
