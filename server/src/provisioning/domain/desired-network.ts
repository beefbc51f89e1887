/** Decides how a machine is plugged into the networks of its zone, and what its first boot is told of them. */
import type { ZoneNic } from '../../networks/domain/zone-nic.js';
import { cardAddressOf } from '../../resources/domain/identity-of-machine.js';
import type { Manifest } from './cluster-object.js';
import { labelValue, MANAGED_BY, MARK } from './marks.js';

/**
 * The bridge of each zone on the nodes that serve it, made by whoever runs the cluster: an interface's name has at most 15
 * characters.
 */
const BRIDGES: Readonly<Record<ZoneNic['zone'], string>> = {
  GOVERNMENT_EXTRANET: 'jy-extranet',
  INTERNET: 'jy-internet',
  BUSINESS_LINE: 'jy-line',
};

/** A card is named after its network, and never "default", which is the pod network's. */
export function cardNameOf({ network }: Pick<ZoneNic, 'network'>): string {
  return `net-${network}`;
}

/**
 * What multus plugs a machine of the department into: the zone's bridge with the network's VLAN. Whoever is on that VLAN
 * is kept apart by it and by the zone's firewall; a NetworkPolicy sees the pod network alone.
 */
export function attachmentManifest(namespace: string, departmentCode: string, nic: ZoneNic): Manifest {
  const name = cardNameOf(nic);
  const label = labelValue(departmentCode);
  const config = {
    cniVersion: '0.3.1',
    name,
    type: 'bridge',
    bridge: BRIDGES[nic.zone],
    vlan: nic.vlanId,
    // A guest that takes another's address of its card is cut off at its own port.
    macspoofchk: true,
    // Addresses are the console's to give, by cloud-init.
    ipam: {},
  };
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {
      name,
      namespace,
      labels: { [MARK.managedBy]: MANAGED_BY, ...(label === undefined ? {} : { [MARK.department]: label }) },
      annotations: { [MARK.department]: departmentCode, [MARK.zone]: nic.zone },
    },
    spec: { config: JSON.stringify(config) },
  };
}

/** Of the machine's template, lists whole: the pod network first, then a card on each network of its zone. */
export function cardsOf(namespace: string, macAddress: string, nics: readonly ZoneNic[]) {
  return {
    interfaces: [
      { name: 'default', masquerade: {}, macAddress },
      ...nics.map((nic, at) => ({
        name: cardNameOf(nic),
        bridge: {},
        macAddress: cardAddressOf(macAddress, at + 1),
      })),
    ],
    networks: [
      { name: 'default', pod: {} },
      ...nics.map((nic) => ({ name: cardNameOf(nic), multus: { networkName: `${namespace}/${cardNameOf(nic)}` } })),
    ],
  };
}

/** KubeVirt's masquerade gives every guest these same two on its pod card; there is no DHCP for the second family. */
const POD_IPV6 = { address: 'fd10:0:2::2/120', gateway: 'fd10:0:2::1' };
/** The pod network's way out counts only where the zone has none. */
const POD_METRIC = 1_000;
const EVERYWHERE = { IPV4: '0.0.0.0/0', IPV6: '::/0' } as const;

/**
 * cloud-init's network configuration, version 2: each card found by its own address, claimed addresses written out. The
 * first network with a gateway is the way out.
 */
export function networkConfigOf(macAddress: string, nics: readonly ZoneNic[]): object {
  const wayOut = nics.find(({ addresses }) => addresses.some(({ gateway }) => gateway !== null));
  const cards = nics.map((nic, at) => [
    cardNameOf(nic),
    {
      match: { macaddress: cardAddressOf(macAddress, at + 1) },
      dhcp4: false,
      dhcp6: false,
      'accept-ra': false,
      addresses: nic.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
      ...(nic === wayOut ? { routes: nic.addresses.flatMap(routeOf) } : {}),
    },
  ]);
  const pod = {
    match: { macaddress: macAddress },
    dhcp4: true,
    'dhcp4-overrides': { 'route-metric': POD_METRIC },
    addresses: [POD_IPV6.address],
    routes: [{ to: EVERYWHERE.IPV6, via: POD_IPV6.gateway, metric: POD_METRIC }],
  };
  return { version: 2, ethernets: { pod, ...Object.fromEntries(cards) } };
}

function routeOf({ address, gateway }: ZoneNic['addresses'][number]) {
  return gateway === null ? [] : [{ to: address.includes(':') ? EVERYWHERE.IPV6 : EVERYWHERE.IPV4, via: gateway }];
}
