import type { Center, NetworkZone } from '../facilities/domain/facility.js';
import type { NetworkWords } from '../networks/networks.types.js';
import type { Seeded } from './seeded.js';

export type MadeUpNetwork = NetworkWords & { readonly id: string };

/** Second number of the IPv4 prefix, third part of the IPv6 prefix, first VLAN. RFC 1918 and RFC 3849: nobody's in earnest. */
const ZONES: readonly (readonly [zone: NetworkZone, code: string, name: string, number: number])[] = [
  ['GOVERNMENT_EXTRANET', 'extranet', '政务外网区', 20],
  ['INTERNET', 'internet', '互联网区', 40],
  ['BUSINESS_LINE', 'line', '业务专网区', 60],
];
const USES = [
  ['app', '业务网'],
  ['mgmt', '管理网'],
] as const;

/** Two networks in every zone of every center, all dual-stack but one old private line. */
export function makeUpNetworks(seeded: Seeded, centers: readonly Center[]): MadeUpNetwork[] {
  return centers.flatMap((center, at) =>
    ZONES.flatMap(([zone, zoneCode, zoneName, number]) =>
      USES.map(([use, useName], which): MadeUpNetwork => {
        const [second, third] = [number + at, which * 4];
        const single = zone === 'BUSINESS_LINE' && use === 'mgmt';
        const prefix6 = `2001:db8:${number}${at}:${which + 1}`;
        return {
          id: seeded.id(),
          code: `${center.code.at(-1)}-${zoneCode}-${use}`,
          name: `${center.name}${zoneName}${useName}`,
          centerId: center.id,
          zone,
          vlanId: number * 10 + at * 2 + which,
          ipv4Prefix: `10.${second}.${third}.0/22`,
          ipv4Gateway: `10.${second}.${third}.1`,
          ipv6Prefix: single ? null : `${prefix6}::/64`,
          ipv6Gateway: single ? null : `${prefix6}::1`,
          reserved: [{ first: `10.${second}.${third}.2`, last: `10.${second}.${third}.20`, note: '网络设备' }],
          singleStackReason: single ? '旧专线设备不支持 IPv6，计划随设备更新改造' : null,
        };
      }),
    ),
  );
}
