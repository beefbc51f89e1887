import type { Center } from '../facilities/domain/facility.js';
import type { MadeUpServers } from './made-up-servers.js';

/** A manifest as its cluster's administrator would write it. */
interface HostManifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

const NAMESPACE = 'metal3';
/** Their controllers speak Redfish; the others are switched and installed by people. */
const SPEAK_REDFISH = ['华为', '长城'];
const SPEED_GBPS = 25;
const GIBIBYTE = 1_073_741_824;

/**
 * The hosts of one center's cluster: in both active centers Metal3 knows the machines that speak Redfish. The recovery
 * center has none yet, so that one sees how servers without a host go on.
 */
export function makeUpHosts(made: MadeUpServers, center: Center): HostManifest[] {
  if (center.role === 'RECOVERY') return [];
  const hosts = serversIn(made, center)
    .filter(({ model }) => SPEAK_REDFISH.includes(model.manufacturer))
    .flatMap(({ server }) => hostOf(server));
  return [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }, ...hosts];
}

function serversIn({ models, servers }: MadeUpServers, center: Center) {
  const known = new Map(models.map((model) => [model.id, model]));
  return servers.flatMap((server) => {
    const model = known.get(server.modelId);
    return server.centerId === center.id && model ? [{ server, model }] : [];
  });
}

function hostOf({ assetNumber, bmcAddress }: MadeUpServers['servers'][number]): HostManifest[] {
  const name = assetNumber.toLowerCase();
  const credentialsName = `${name}-bmc`;
  const secret = {
    ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: credentialsName, namespace: NAMESPACE } },
    ...{ type: 'Opaque', stringData: { username: 'metal3', password: 'made-up' } },
  };
  const bmc = { address: `redfish://${bmcAddress}/redfish/v1/Systems/1`, credentialsName };
  const host = {
    ...{ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost', metadata: { name, namespace: NAMESPACE } },
    spec: { online: false, bmc },
  };
  return [secret, host];
}

/** What stands behind the addresses of their controllers, so that whoever registers one finds that very machine. */
export function makeUpMachines(made: MadeUpServers, center: Center) {
  return new Map(
    serversIn(made, center).map(({ model, server }) => [
      server.bmcAddress ?? '',
      {
        systemVendor: { manufacturer: model.manufacturer, productName: model.model, serialNumber: server.serial },
        cpu: {
          arch: server.architecture === 'ARM64' ? 'aarch64' : 'x86_64',
          model: server.cpuModel,
          count: server.threads,
        },
        ramMebibytes: server.memoryMib,
        nics: [{ name: 'eno1', speedGbps: SPEED_GBPS, pxe: true }],
        storage: server.disks.flatMap(({ count, kind, sizeGib }) =>
          Array.from({ length: count }, (_, at) => ({
            name: `/dev/${kind.toLowerCase()}${at}`,
            type: kind,
            sizeBytes: sizeGib * GIBIBYTE,
          })),
        ),
      },
    ]),
  );
}
