/** Decides what must be known of a server to say what its BareMetalHost shall be, and how the console's own marks on it are named. */
import type { DesiredHost } from '../../servers/domain/host-record.js';
import type { Manifest } from './cluster-object.js';
import { labelValue, MANAGED_BY, MARK } from './marks.js';

/** What claims a host: one use of one server. No kind of any cluster; Metal3 only keeps the reference. */
export const CONSUMER = { apiVersion: 'jiyun.internal/v1', kind: 'ServerUse' } as const;

/** On hosts: which installation, and which reboot, of its use was asked of it last. */
export const HOST_MARK = {
  imageRound: 'jiyun.internal/image-round',
  rebootRound: 'jiyun.internal/reboot-round',
  server: 'jiyun.internal/server',
  asset: 'jiyun.internal/asset-number',
  credentialRound: 'jiyun.internal/credential-round',
} as const;
const REBOOT = 'reboot.metal3.io';

/** A part of a BareMetalHost, as a merge patch; null takes a field away. */
export type HostPatch = Readonly<Record<string, unknown>>;

export function claimPatch(desired: DesiredHost, namespace: string) {
  return {
    metadata: { annotations: { [HOST_MARK.server]: desired.serverId, [HOST_MARK.asset]: desired.assetNumber } },
    spec: { consumerRef: { ...CONSUMER, name: desired.useId, namespace } },
  };
}

export function provisionPatch(desired: DesiredHost) {
  const { image } = desired;
  if (image === null) throw new RangeError(`${desired.assetNumber}: no image is asked for`);
  return {
    metadata: {
      annotations: {
        [HOST_MARK.imageRound]: String(desired.imageRound),
        // What was asked of the former installation is not done to this one.
        [HOST_MARK.rebootRound]: String(desired.rebootRound),
      },
    },
    spec: {
      image: { url: image.url, ...checksumOf(image.checksum), format: image.format },
      // Written out: what is released must be cleaned, whatever whoever registered it had set.
      automatedCleaningMode: 'metadata',
      online: true,
    },
  };
}

/** The catalog writes "sha256:<hex>", Metal3 takes the two apart. */
function checksumOf(text: string): { readonly checksum: string; readonly checksumType: string } {
  const [type = '', hex = ''] = text.split(':');
  return hex === '' ? { checksum: text, checksumType: 'auto' } : { checksum: hex, checksumType: type };
}

/** Its first half of two: the image goes and the machine is cleaned; who claims it stays until that is proved. */
export function releasePatch(): HostPatch {
  return {
    spec: {
      image: null,
      customDeploy: null,
      userData: null,
      networkData: null,
      metaData: null,
      automatedCleaningMode: 'metadata',
      online: false,
    },
  };
}

/** What the console has an opinion on of a host that somebody uses, as one object; null = it only looks at it. */
export function wantedHost(desired: DesiredHost): Manifest | null {
  const { host, image, intention, management, online } = desired;
  if (management !== 'DRIVEN' || intention !== 'PRESENT' || image === null) return null;
  const [claim, provision] = [claimPatch(desired, host.namespace), provisionPatch(desired)];
  return {
    ...{ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost' },
    metadata: { ...host, annotations: { ...claim.metadata.annotations, ...provision.metadata.annotations } },
    spec: { ...claim.spec, ...provision.spec, online },
  };
}

/** For another installation: the same, but it stays on for the next. */
export function clearPatch(): HostPatch {
  return {
    spec: { image: null, customDeploy: null, userData: null, networkData: null, automatedCleaningMode: 'metadata' },
  };
}

export function letGoPatch(): HostPatch {
  const gone = Object.fromEntries([HOST_MARK.imageRound, HOST_MARK.rebootRound].map((mark) => [mark, null]));
  return { metadata: { annotations: gone }, spec: { consumerRef: null } };
}

export function powerPatch(desired: DesiredHost): HostPatch {
  return {
    metadata: { annotations: { [HOST_MARK.rebootRound]: String(desired.rebootRound) } },
    spec: { online: desired.online },
  };
}

export function rebootPatch(desired: DesiredHost): HostPatch {
  return {
    metadata: {
      annotations: {
        [REBOOT]: JSON.stringify({ mode: 'soft' }),
        [HOST_MARK.rebootRound]: String(desired.rebootRound),
      },
    },
  };
}

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/;

/** So that the operator looks at the Secret now, and not at its next round. */
export function credentialPatch(desired: DesiredHost): HostPatch {
  return { metadata: { annotations: { [HOST_MARK.credentialRound]: String(desired.credentialRound) } } };
}

/**
 * A host that comes in by registration: its namespace, the way into its controller, and itself. The address is the one that
 * the credential was read with: a password goes to no controller that it was not written down for.
 */
export function registrationManifests(
  desired: DesiredHost,
  credential: { readonly address: string | null; readonly username: string; readonly password: string },
): readonly Manifest[] {
  const { namespace, name } = desired.host;
  const labels = { [MARK.managedBy]: MANAGED_BY };
  const asset = labelValue(desired.assetNumber);
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace, name: credentialNameOf(name), labels },
      type: 'Opaque',
      data: { username: base64(credential.username), password: base64(credential.password) },
    },
    {
      apiVersion: 'metal3.io/v1alpha1',
      kind: 'BareMetalHost',
      metadata: {
        namespace,
        name,
        labels: { ...labels, ...(asset === undefined ? {} : { [HOST_MARK.asset]: asset }) },
      },
      spec: {
        online: false,
        automatedCleaningMode: 'metadata',
        bmc: { address: bmcUrl(credential.address ?? ''), credentialsName: credentialNameOf(name) },
        ...(desired.bootMac !== null && MAC.test(desired.bootMac) ? { bootMACAddress: desired.bootMac } : {}),
      },
    },
  ];
}

export function credentialNameOf(hostName: string): string {
  return `${hostName}-bmc`;
}

/** What is registered as a bare address speaks Redfish, at the place where one machine has its one system. */
export function bmcUrl(address: string): string {
  return address.includes('://') ? address : `redfish://${address}/redfish/v1/Systems/1`;
}

export type { DesiredHost };
