import type { Center } from '../facilities/domain/facility.js';
import type { Manifest } from '../provisioning/domain/cluster-object.js';
import type { MadeUpServers } from './made-up-servers.js';

/** As its cluster's administrator would write it. */
type HostManifest = Manifest & { readonly kind: 'Namespace' | 'Secret' | 'BareMetalHost' };

const NAMESPACE = 'metal3';
/** Their controllers speak Redfish; the others are switched and installed by people. */
const SPEAK_REDFISH = ['华为', '长城'];
const MBPS_PER_GBPS = 1_000;
const GIBIBYTE = 1_073_741_824;

/** As the Bare Metal Operator reads it: what an inspection finds, for machines that are none of the record's. */
const DETAILS = 'inspect.metal3.io/hardwaredetails';

interface Reached {
  /** In the spelling of Kubernetes it is the host's name. */
  readonly assetNumber: string;
  readonly bmcAddress: string | null;
  /** Left to the machine behind its address where null. */
  readonly found: object | null;
  /** What is written to it by those who keep the cluster. */
  readonly image?: object;
}

const A_DISK = { checksum: '9f2c41d07be85a3660f1c2d94be7715a', checksumType: 'md5', format: 'raw' };

/** It was lent by its maker for a trial. */
export const LENT_HOST = 'lent-npu-02';
const NO_SERIAL = 'To be filled by O.E.M.';

/** Machines that somebody has registered with the cluster, and nobody in the books. */
const BESIDE: readonly Reached[] = [
  {
    ...{ assetNumber: 'new-rack-07', bmcAddress: '10.80.0.207' },
    found: { systemVendor: { manufacturer: '华为', productName: 'TaiShan 200 2280', serialNumber: 'JY9007X540312' } },
  },
  {
    ...{ assetNumber: LENT_HOST, bmcAddress: '10.80.0.221' },
    found: { systemVendor: { manufacturer: '华为', productName: 'Atlas 800 9000', serialNumber: NO_SERIAL } },
  },
  { assetNumber: 'spare-11', bmcAddress: 'unreachable-10-80-0-231', found: null },
];

/** Bought for the second center and not taken over yet: its people write their whole disks and let them run hot. */
export const BURNING_IN = ['burn-in-01', 'burn-in-02'].map((name) => ({ name, namespace: NAMESPACE }));

export function burningIn(): HostManifest[] {
  return BURNING_IN.flatMap(({ name }, index) =>
    hostOf({
      ...{ assetNumber: name, bmcAddress: `10.81.0.24${index + 1}` },
      found: {
        systemVendor: { manufacturer: '华为', productName: 'TaiShan 200 2280', serialNumber: `JY9107X60112${index}` },
      },
      image: { url: 'http://images.made-up.invalid/burn-in/whole-disk.raw', ...A_DISK },
    }),
  );
}

/**
 * The hosts of one center's cluster: in both active centers Metal3 knows the machines that speak Redfish. The recovery
 * center has none yet, so that one sees how servers without a host go on.
 */
export function makeUpHosts(made: MadeUpServers, center: Center): HostManifest[] {
  if (center.role === 'RECOVERY') return [];
  const hosts = serversIn(made, center)
    .filter(({ model }) => SPEAK_REDFISH.includes(model.manufacturer))
    .flatMap(({ server }) => hostOf({ ...server, found: null }));
  const beside = center.role === 'ACTIVE_A' ? BESIDE.flatMap((one) => hostOf(one)) : [];
  return [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } }, ...hosts, ...beside];
}

function serversIn({ models, servers }: MadeUpServers, center: Center) {
  const known = new Map(models.map((model) => [model.id, model]));
  return servers.flatMap((server) => {
    const model = known.get(server.modelId);
    return server.centerId === center.id && model ? [{ server, model }] : [];
  });
}

function hostOf({ assetNumber, bmcAddress, found, image }: Reached): HostManifest[] {
  const name = assetNumber.toLowerCase();
  const credentialsName = `${name}-bmc`;
  const secret = {
    ...{ apiVersion: 'v1', kind: 'Secret' as const, metadata: { name: credentialsName, namespace: NAMESPACE } },
    ...{ type: 'Opaque', stringData: { username: 'metal3', password: 'made-up' } },
  };
  const bmc = { address: `redfish://${bmcAddress}/redfish/v1/Systems/1`, credentialsName };
  const host = {
    ...{ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost' as const },
    metadata: { name, namespace: NAMESPACE, ...(found ? { annotations: { [DETAILS]: JSON.stringify(found) } } : {}) },
    spec: { online: image !== undefined, bmc, ...(image && { image }) },
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
        nics: server.nics.map(({ mac, name, speedMbps }, at) => ({
          ...{ name, mac, speedGbps: speedMbps / MBPS_PER_GBPS },
          pxe: at === 0,
        })),
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
