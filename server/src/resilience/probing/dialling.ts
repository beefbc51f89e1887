import { lookup } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { ProbeFamily } from '../domain/probes/probe.js';

/** Nobody but the console itself and its host answers there, or everybody at once: no system of a department is one of these. */
const NEVER = new BlockList();
NEVER.addSubnet('0.0.0.0', 8);
NEVER.addSubnet('169.254.0.0', 16);
NEVER.addSubnet('224.0.0.0', 4);
NEVER.addSubnet('240.0.0.0', 4);
NEVER.addSubnet('fe80::', 10, 'ipv6');
NEVER.addSubnet('ff00::', 8, 'ipv6');
NEVER.addSubnet('64:ff9b::', 96, 'ipv6');
NEVER.addAddress('::', 'ipv6');
// Where clouds keep their metadata services outside the link's own addresses: Alibaba, Oracle, Amazon by IPv6.
NEVER.addAddress('100.100.100.200');
NEVER.addAddress('192.0.0.192');
NEVER.addAddress('fd00:ec2::254', 'ipv6');
/** IPv4 in the clothes of IPv6; a list of its own, because Node takes every IPv4 address for one of these. */
const MAPPED = new BlockList();
MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6');
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress';
}

export interface Dialled {
  readonly address: string;
  readonly family: 4 | 6;
  /** For whoever would resolve the name once more: he gets what was checked, and no other answer. */
  readonly lookup: LookupFunction;
}

/**
 * Names become addresses here, once, and are checked: whoever sets a probe reaches neither the console's own host nor its
 * metadata services, also not by a name that answers otherwise the second time.
 * @param loopback tests and the demonstration answer their own probes.
 */
export class Dialling {
  constructor(private readonly loopback: boolean) {}

  async resolve(host: string, family: ProbeFamily): Promise<Dialled> {
    const wanted = family === 'IPV4' ? 4 : family === 'IPV6' ? 6 : 0;
    const plain = host.replace(/^\[|\]$/g, '');
    const kind = isIP(plain);
    if (kind !== 0 && wanted !== 0 && kind !== wanted) throw new ForbiddenAddress(`${plain} is not of ${family}`);
    const found =
      kind === 0 ? await lookup(plain, { family: wanted, verbatim: true }) : { address: plain, family: kind };
    const name = found.family === 6 ? 'ipv6' : 'ipv4';
    const mapped = found.family === 6 && MAPPED.check(found.address, 'ipv6');
    const isOwn = () => LOOPBACK.check(found.address, name) || ownAddresses().check(found.address, name);
    if (mapped || NEVER.check(found.address, name) || (!this.loopback && isOwn()))
      throw new ForbiddenAddress(`${found.address} is no address that may be probed`);
    const address = { address: found.address, family: found.family as 4 | 6 };
    return {
      ...address,
      lookup: (_name, options, done) => {
        if (options.all) done(null, [address]);
        else done(null, address.address, address.family);
      },
    };
  }
}

/** What else listens on the console's host is reached by its other addresses, too; they may change while it runs. */
function ownAddresses(): BlockList {
  const own = new BlockList();
  for (const { address, family } of Object.values(networkInterfaces()).flatMap((of) => of ?? []))
    own.addAddress(address, family === 'IPv6' ? 'ipv6' : 'ipv4');
  return own;
}
