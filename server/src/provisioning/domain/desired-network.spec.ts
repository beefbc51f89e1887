import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { desiredMachine } from '../../../../test/support/machines.ts';
import type { ZoneNic } from '../../networks/domain/zone-nic.js';
import { diskManifest, firstBootManifest, machineManifest, namespaceOf } from './desired-manifests.js';
import { attachmentManifest, networkConfigOf } from './desired-network.js';

const login = { username: 'jyadmin', passwordHash: '$6$s$h', withCards: true };
const nic: ZoneNic = {
  network: 'a-extranet-biz',
  zone: 'GOVERNMENT_EXTRANET',
  vlanId: 120,
  addresses: [
    { address: '10.20.0.21', prefixLength: 22, gateway: '10.20.0.1' },
    { address: '2001:db8:200:1::2', prefixLength: 64, gateway: '2001:db8:200:1::1' },
  ],
};
const machine = desiredMachine({ claimedAddresses: ['10.20.0.21', '2001:db8:200:1::2'], zoneNics: [nic] });
const namespace = namespaceOf(machine.departmentCode);

interface Card {
  readonly match: { readonly macaddress: string };
  readonly addresses: readonly string[];
  readonly routes?: readonly { readonly to: string; readonly via: string; readonly metric?: number }[];
}
interface Template {
  readonly domain: { readonly devices: { readonly interfaces: readonly { name: string; macAddress: string }[] } };
  readonly networks: readonly { name: string; multus?: { networkName: string } }[];
}
const cardsOf = (mac: string, nics: readonly ZoneNic[]) =>
  (networkConfigOf(mac, nics) as { ethernets: Record<string, Card> }).ethernets;
const templateOf = (desired: typeof machine) =>
  (machineManifest(desired, login).spec as { template: { spec: Template } }).template.spec;

describe('a machine with claimed addresses', () => {
  it('is plugged into the VLAN of their network, as machine-zone-card.yaml has it', () => {
    const golden = parseAllDocuments(
      readFileSync(join(import.meta.dirname, 'golden', 'machine-zone-card.yaml'), 'utf8'),
    ).map((document) => document.toJS());
    const attachment = attachmentManifest(namespace, machine.departmentCode, nic);
    const { config } = attachment.spec as { config: string };
    const { networkdata = '' } = firstBootManifest(machine, login, null).data ?? {};
    expect([
      { ...attachment, spec: { config: JSON.parse(config) } },
      diskManifest(machine),
      machineManifest(machine, login),
      JSON.parse(Buffer.from(networkdata, 'base64').toString()),
    ]).toEqual(golden);
  });

  it('keeps its cards out of a machine that was started without them', () => {
    const before = { username: 'jyadmin', passwordHash: '$6$s$h' };
    expect(machineManifest(machine, before)).toEqual(machineManifest({ ...machine, zoneNics: [] }, before));
    expect(machineManifest(machine)).toEqual(machineManifest({ ...machine, zoneNics: [] }));
    expect(firstBootManifest(machine, before, null).data).not.toHaveProperty('networkdata');
  });

  it('sets its network up at each start, so that an address that changed reaches the guest', () => {
    const { userdata = '' } = firstBootManifest(machine, login, null).data ?? {};
    expect(Buffer.from(userdata, 'base64').toString()).toContain('"updates":{"network":{"when":["boot"]}}');
  });

  const nics = fc
    .uniqueArray(fc.tuple(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/), fc.integer({ min: 1, max: 4094 })), {
      selector: ([network]) => network,
      maxLength: 5,
    })
    .chain((networks) =>
      fc.tuple(
        ...networks.map(([network, vlanId], at) =>
          fc.record({ gateways: fc.boolean(), dual: fc.boolean() }).map(
            ({ gateways, dual }): ZoneNic => ({
              ...{ network, zone: 'BUSINESS_LINE', vlanId },
              addresses: [
                { address: `10.${at}.0.9`, prefixLength: 24, gateway: gateways ? `10.${at}.0.1` : null },
                ...(dual
                  ? [{ address: `fd00:${at}::9`, prefixLength: 64, gateway: gateways ? `fd00:${at}::1` : null }]
                  : []),
              ],
            }),
          ),
        ),
      ),
    );

  it('finds each of its cards by a card address of its own, whatever networks it has, and one way out a family', () => {
    fc.assert(
      fc.property(nics, (zoneNics) => {
        const template = templateOf({ ...machine, zoneNics });
        const { interfaces } = template.domain.devices;
        expect(new Set(interfaces.map(({ macAddress }) => macAddress)).size).toBe(zoneNics.length + 1);
        // Locally administered, unicast.
        for (const { macAddress } of interfaces) expect(Number.parseInt(macAddress.slice(0, 2), 16) & 3).toBe(2);
        expect(template.networks.map(({ name }) => name)).toEqual(interfaces.map(({ name }) => name));
        const cards = cardsOf(machine.macAddress, zoneNics);
        for (const each of zoneNics) {
          const card = cards[`net-${each.network}`];
          const plugged = interfaces.find(({ name }) => name === `net-${each.network}`);
          expect(card?.match.macaddress).toBe(plugged?.macAddress);
          expect(card?.addresses).toEqual(each.addresses.map((one) => `${one.address}/${one.prefixLength}`));
        }
        const ways = Object.values(cards).flatMap(({ routes = [] }) => routes.filter(({ metric }) => !metric));
        for (const to of ['0.0.0.0/0', '::/0'])
          expect(ways.filter((way) => way.to === to).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('says a network’s code as one value of one field, whatever characters it has', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (network) => {
        const { config } = attachmentManifest('dept-x', 'x', { ...nic, network }).spec as { config: string };
        expect(JSON.parse(config)).toMatchObject({ name: `net-${network}`, vlan: 120, bridge: 'jy-extranet' });
        const cards = cardsOf(machine.macAddress, [{ ...nic, network }]);
        expect(Object.keys(cards)).toEqual(['pod', `net-${network}`]);
      }),
    );
  });
});
