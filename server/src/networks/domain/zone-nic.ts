/** Decides by which network cards a machine answers at the addresses that were claimed for it. */
import type { NetworkZone } from '../../facilities/domain/facility.js';

/** One card on one network of a zone: the VLAN that it is on, and the addresses that it has there. */
export interface ZoneNic {
  /** Code of the network. */
  readonly network: string;
  readonly zone: NetworkZone;
  readonly vlanId: number;
  /** IPv4 first. */
  readonly addresses: readonly ZoneAddress[];
}

export interface ZoneAddress {
  readonly address: string;
  readonly prefixLength: number;
  readonly gateway: string | null;
}

interface Held {
  readonly address: string;
  readonly network: string;
  readonly zone: NetworkZone;
  readonly vlanId: number | null;
  readonly prefix: string;
  readonly gateway: string | null;
}

/** In the order of the networks' codes. A network whose VLAN nobody has entered gives no card: there is nothing to plug it into. */
export function zoneNicsOf(held: readonly Held[]): ZoneNic[] {
  return [...Map.groupBy(held, ({ network }) => network).values()]
    .flatMap((own): ZoneNic[] => {
      const [first] = own;
      if (first === undefined || first.vlanId === null) return [];
      const { network, zone, vlanId } = first;
      return [{ network, zone, vlanId, addresses: own.map(addressOf) }];
    })
    .toSorted((a, b) => (a.network < b.network ? -1 : 1));
}

function addressOf({ address, prefix, gateway }: Held): ZoneAddress {
  return { address, prefixLength: Number(prefix.split('/')[1]), gateway };
}
