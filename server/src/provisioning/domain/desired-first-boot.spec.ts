import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { DesiredHost, FirstBootOfServer, ServerNetwork } from '../../servers/domain/host-record.js';
import {
  firstBootManifest,
  firstBootNameOf,
  firstBootPatch,
  isFirstBootOf,
  networkDataOf,
} from './desired-first-boot.js';

const desired = {
  ...{ assetNumber: 'ZC-1', useId: '0197-use', imageRound: 2 },
  host: { namespace: 'metal', name: 'zc-1' },
} as DesiredHost;
const network = (name: string, more: Partial<ServerNetwork> = {}): ServerNetwork => ({
  ...{ network: name, vlanId: 120 },
  addresses: [
    { address: '10.20.0.21', prefixLength: 22, gateway: '10.20.0.1' },
    { address: '2001:db8:200:1::2', prefixLength: 56, gateway: '2001:db8:200:1::1' },
  ],
  ...more,
});
const MACS = ['52:54:00:00:00:01', '52:54:00:00:00:02'];
const boot = (more: Partial<FirstBootOfServer> = {}): FirstBootOfServer => ({
  ...{ username: 'jyadmin', passwordHash: '$6$s$h', macs: MACS, networks: [network('a')] },
  ...more,
});
const dataOf = (first: FirstBootOfServer) => firstBootManifest(desired, first, 'uid-1').data ?? {};
const text = (base64: string | undefined) => Buffer.from(base64 ?? '', 'base64').toString();

interface NetworkData {
  readonly links: readonly { readonly id: string; readonly type: string; readonly vlan_id?: number }[];
  readonly networks: readonly {
    readonly type: string;
    readonly link: string;
    readonly ip_address: string;
    readonly netmask: string;
    readonly routes: readonly object[];
  }[];
}
const placed = (first: Partial<FirstBootOfServer>) => networkDataOf(boot(first)) as NetworkData;

describe('the first boot of a server', () => {
  it('makes one account that must change its password, whatever its names look like', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (username, passwordHash) => {
        const config = text(dataOf(boot({ username, passwordHash })).userData);
        expect(config.startsWith('#cloud-config\n')).toBe(true);
        expect(parse(config)).toMatchObject({
          hostname: 'zc-1',
          users: [{ name: username, passwd: passwordHash, lock_passwd: false }],
          disable_root: true,
          runcmd: [['chage', '-d', '0', username]],
        });
      }),
    );
  });

  it('stands in a Secret of its installation that goes with its host', () => {
    const manifest = firstBootManifest(desired, boot(), 'uid-1');
    expect(manifest.metadata).toMatchObject({
      ...{ namespace: 'metal', name: 'zc-1-first-boot-0197-use-2' },
      ownerReferences: [{ kind: 'BareMetalHost', name: 'zc-1', uid: 'uid-1' }],
    });
    expect(firstBootNameOf({ ...desired, imageRound: 3 })).not.toBe(manifest.metadata.name);
    expect(isFirstBootOf('zc-1', manifest.metadata.name)).toBe(true);
    for (const other of ['zc-10-first-boot-u-1', 'zc-1-user-data', 'first-boot'])
      expect(isFirstBootOf('zc-1', other)).toBe(false);
    const secret = { name: manifest.metadata.name, namespace: 'metal' };
    expect(firstBootPatch(desired, boot())).toEqual({ userData: secret, networkData: secret });
    expect(firstBootPatch(desired, boot({ networks: [] }))).toEqual({ userData: secret, networkData: null });
  });

  it('answers at its addresses of both families, and goes out by the first network that has a way', () => {
    const inner = network('b', { addresses: [{ address: '10.30.0.5', prefixLength: 24, gateway: null }] });
    const { links, networks } = placed({ networks: [inner, network('c')] });
    expect(links).toMatchObject(MACS.map((mac) => ({ type: 'phy', ethernet_mac_address: mac })));
    expect(networks).toMatchObject([
      { type: 'ipv4', link: 'card0', ip_address: '10.30.0.5', netmask: '255.255.255.0', routes: [] },
      {
        ...{ type: 'ipv4', link: 'card1', ip_address: '10.20.0.21', netmask: '255.255.252.0' },
        routes: [{ network: '0.0.0.0', netmask: '0.0.0.0', gateway: '10.20.0.1' }],
      },
      {
        ...{ type: 'ipv6', link: 'card1', ip_address: '2001:db8:200:1::2', netmask: 'ffff:ffff:ffff:ff00:0:0:0:0' },
        routes: [{ network: '::', netmask: '::', gateway: '2001:db8:200:1::1' }],
      },
    ]);
  });

  it('tells networks apart by their VLAN where there are more of them than cards, and leaves out what it cannot', () => {
    const some = [network('a'), network('b', { vlanId: 130 }), network('c', { vlanId: null })];
    const { links, networks } = placed({ macs: MACS.slice(0, 1), networks: some });
    expect(links.map(({ id, vlan_id }) => [id, vlan_id])).toEqual([
      ['card0', undefined],
      ['net-a', 120],
      ['net-b', 130],
    ]);
    expect([...new Set(networks.map(({ link }) => link))]).toEqual(['net-a', 'net-b']);
  });

  it('says nothing of networks where the record knows no address or no card', () => {
    expect(networkDataOf(boot({ networks: [] }))).toBeNull();
    expect(networkDataOf(boot({ macs: [] }))).toBeNull();
    expect(dataOf(boot({ macs: [] })).networkData).toBeUndefined();
  });

  it('uses only cards that it has, each network once', () => {
    const count = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(count, count, (cards, many) => {
        const macs = Array.from({ length: cards }, (_, at) => `52:54:00:00:01:0${at}`);
        const all = Array.from({ length: many }, (_, at) => network(`n${at}`, { vlanId: 100 + at }));
        const { links, networks } = placed({ macs, networks: all });
        const known = new Set(links.map(({ id }) => id));
        expect(networks).toHaveLength(2 * many);
        for (const { link } of networks) expect(known).toContain(link);
        expect(new Set(networks.map(({ link }) => link)).size).toBe(many);
        expect(networks.filter(({ routes }) => routes.length > 0)).toHaveLength(2);
      }),
    );
  });
});
