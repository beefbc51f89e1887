/** Decides what a server's first boot is told, and in which Secret beside its host that stands until it has booted. */
import type { FirstBootOfServer, ServerAddress, ServerNetwork } from '../../servers/domain/host-record.js';
import { cardsOfNetworks } from '../../servers/domain/server-cards.js';
import { cloudConfig } from './cloud-config.js';
import type { Manifest } from './cluster-object.js';
import type { DesiredHost, HostPatch } from './desired-host.js';
import { HOST_MARK } from './desired-host.js';
import { labelValue, MANAGED_BY, MARK } from './marks.js';

const FIRST_BOOT = 'first-boot';

/** One for each installation: what is written late for one that is over is never read for another. */
export function firstBootNameOf({
  host,
  imageRound,
  useId,
}: Pick<DesiredHost, 'host' | 'imageRound' | 'useId'>): string {
  return `${host.name}-${FIRST_BOOT}-${useId}-${imageRound}`;
}

/** Whether a host's user data is what the console wrote for it: nothing of anybody else is taken away. */
export function isFirstBootOf(hostName: string, secretName: string): boolean {
  return secretName.startsWith(`${hostName}-${FIRST_BOOT}-`);
}

/** It belongs to its host, so that it never outlives it. */
export function firstBootManifest(desired: DesiredHost, boot: FirstBootOfServer, hostUid: string): Manifest {
  const { namespace, name } = desired.host;
  const asset = labelValue(desired.assetNumber);
  const network = networkDataOf(boot);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace,
      name: firstBootNameOf(desired),
      labels: { [MARK.managedBy]: MANAGED_BY, ...(asset === undefined ? {} : { [HOST_MARK.asset]: asset }) },
      ownerReferences: [{ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost', name, uid: hostUid }],
    },
    type: 'Opaque',
    data: {
      // The host's name is the asset's, as DNS takes it.
      userData: base64(cloudConfig(name, boot)),
      ...(network === null ? {} : { networkData: base64(`${JSON.stringify(network)}\n`) }),
    },
  };
}

/** Both from the one Secret: Metal3 looks for each under a key of its own. */
export function firstBootPatch(desired: DesiredHost, boot: FirstBootOfServer): HostPatch {
  const secret = { name: firstBootNameOf(desired), namespace: desired.host.namespace };
  return { userData: secret, networkData: networkDataOf(boot) === null ? null : secret };
}

/** What it booted with is not needed again; Metal3 does nothing for a host that only forgets it. */
export const FORGET_FIRST_BOOT: HostPatch = { spec: { userData: null, networkData: null } };

/**
 * As Metal3 puts it on the configuration drive: OpenStack's network_data. null = it has no address, or no card that the
 * record knows: then its image's own way stands.
 */
export function networkDataOf({ macs, networks }: Pick<FirstBootOfServer, 'macs' | 'networks'>): object | null {
  const placed = cardsOfNetworks(macs.length, networks).map((one) => ({
    ...one,
    link: one.vlanId === null ? cardName(one.card) : `net-${one.network.network}`,
  }));
  if (placed.length === 0) return null;
  const wayOut = placed.find(({ network }) => network.addresses.some(({ gateway }) => gateway !== null));
  return {
    links: [
      ...macs.map((mac, at) => ({ id: cardName(at), type: 'phy', ethernet_mac_address: mac })),
      ...placed.flatMap(({ card, link, vlanId }) =>
        vlanId === null
          ? []
          : [
              {
                ...{ id: link, type: 'vlan', vlan_id: vlanId, vlan_link: cardName(card) },
                vlan_mac_address: macs[card],
              },
            ],
      ),
    ],
    networks: placed.flatMap(({ link, network }) => addressesOn(link, network, network === wayOut?.network)),
    services: [],
  };
}

const cardName = (at: number) => `card${at}`;

function addressesOn(link: string, { addresses, network }: ServerNetwork, isWayOut: boolean): object[] {
  return addresses.map(({ address, gateway, prefixLength }) => {
    const isIpv6 = address.includes(':');
    const family = isIpv6 ? 'ipv6' : 'ipv4';
    return {
      id: `${network}-${family}-${address}`,
      type: family,
      link,
      ip_address: address,
      netmask: isIpv6 ? maskOfIpv6(prefixLength) : maskOfIpv4(prefixLength),
      routes: isWayOut && gateway !== null ? [routeBy(gateway, isIpv6)] : [],
    };
  });
}

function routeBy(gateway: NonNullable<ServerAddress['gateway']>, isIpv6: boolean): object {
  return isIpv6 ? { network: '::', netmask: '::', gateway } : { network: '0.0.0.0', netmask: '0.0.0.0', gateway };
}

const BYTE_BITS = 8;
const WORD_BITS = 16;

function maskOfIpv4(prefixLength: number): string {
  return partsOfMask(prefixLength, BYTE_BITS, 4).join('.');
}

function maskOfIpv6(prefixLength: number): string {
  return partsOfMask(prefixLength, WORD_BITS, 8)
    .map((part) => part.toString(16))
    .join(':');
}

/** So many parts of so many bits, of which the first `prefixLength` bits are set. */
function partsOfMask(prefixLength: number, bits: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, at) => {
    const set = Math.min(Math.max(prefixLength - at * bits, 0), bits);
    return 2 ** bits - 2 ** (bits - set);
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
