/** Decides what stands in a cluster for a drill, and which objects a drill may write or take away at all: never one of production. */
import {
  at,
  type ClusterObject,
  listAt,
  type Manifest,
  type ObjectKey,
  textAt,
} from '../../provisioning/domain/cluster-object.js';
import { isOfDepartment, ROOT_VOLUME } from '../../provisioning/domain/desired-manifests.js';
import { DRILL_PREFIX } from '../../provisioning/domain/drill-place.js';
import { labelValue, MARK, POD_SECURITY } from '../../provisioning/domain/marks.js';

/** Not the console's own mark of resources: nothing that drives, counts or quarantines machines takes these for one. */
export const DRILL_MANAGER = 'jiyun-drills';
export const DRILL_MARK = 'jiyun.internal/drill';

export const DENY_POLICY = 'jiyun-drill-deny';

const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const NAME_LENGTH_MAX = 63;

export interface DrillGround {
  /** As people know it: YL-2026-000012. */
  readonly code: string;
  readonly departmentCode: string;
}

export interface DrillMachine {
  readonly objectNamespace: string;
  readonly objectName: string;
  readonly diskGib: number;
  /** Drawn for this drill: no copy answers under the identity of what it is a copy of. */
  readonly identity: string;
}

/** A department's place for drills, which is none of its own: it outlives them, empty and shut. */
export function drillNamespace({ departmentCode }: Pick<DrillGround, 'departmentCode'>): string {
  const name = `${DRILL_PREFIX}${departmentCode.toLowerCase()}`;
  if (!DNS_LABEL.test(name)) throw new RangeError(`no namespace can be named after department "${departmentCode}"`);
  return name;
}

function prefixOf({ code }: DrillGround): string {
  return `${code.toLowerCase()}-`;
}

export function copyName(ground: DrillGround, machine: Pick<DrillMachine, 'objectName'>, volume = ''): string {
  const name = `${prefixOf(ground)}${machine.objectName}${volume === '' ? '' : `-${volume}`}`;
  if (name.length > NAME_LENGTH_MAX) throw new RangeError(`${name} is longer than a name of an object may be`);
  return name;
}

/** null = no object can have such a name: so nothing of it stands anywhere. */
export function carried(name: () => string): string | null {
  try {
    return name();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export type Touch = 'WRITE' | 'REMOVE';

const COPIES: readonly ObjectKey['kind'][] = ['VirtualMachine', 'DataVolume'];

/**
 * The wall between drills and production. Within the drills' own namespace: what keeps it shut, and copies under this drill's
 * name. Outside of it: snapshots under this drill's name, which change nothing of what they are of. Nothing else, ever.
 */
export function mayTouch(ground: DrillGround, key: ObjectKey, touch: Touch): boolean {
  const own = key.name.startsWith(prefixOf(ground));
  const namespace = drillNamespace(ground);
  if (key.kind === 'Namespace')
    return touch === 'WRITE' && key.namespace === null && key.name === namespace && !isOfDepartment(key.name);
  if (key.kind === 'VirtualMachineSnapshot') return own && isOfDepartment(key.namespace);
  if (key.namespace !== namespace || isOfDepartment(namespace)) return false;
  if (COPIES.includes(key.kind)) return own;
  if (key.kind !== 'NetworkPolicy') return false;
  return own || (touch === 'WRITE' && key.name === DENY_POLICY);
}

/** Whether a live object is this drill's, whatever its name says. */
export function isOfDrill(ground: DrillGround, object: Pick<ClusterObject, 'metadata'>): boolean {
  const { labels } = object.metadata;
  return labels?.[MARK.managedBy] === DRILL_MANAGER && labels[DRILL_MARK] === labelValue(ground.code);
}

function metadataOf(ground: DrillGround, name: string, namespace: string | null): Manifest['metadata'] {
  const mark = labelValue(ground.code);
  return {
    name,
    ...(namespace === null ? {} : { namespace }),
    labels: { [MARK.managedBy]: DRILL_MANAGER, ...(mark === undefined ? {} : { [DRILL_MARK]: mark }) },
    annotations: { [DRILL_MARK]: ground.code },
  };
}

/** Shared by all drills of the department: it is no single one's. */
export function placeManifests(ground: DrillGround): Manifest[] {
  const namespace = drillNamespace(ground);
  const label = labelValue(ground.departmentCode);
  const labels = {
    [MARK.managedBy]: DRILL_MANAGER,
    ...(label === undefined ? {} : { [MARK.department]: label }),
  };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { ...labels, ...POD_SECURITY } } },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: DENY_POLICY, namespace, labels },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [], egress: [] },
    },
  ];
}

/** The drill's machines talk among themselves and with nobody else. */
export function insideManifest(ground: DrillGround): Manifest {
  const namespace = drillNamespace(ground);
  const mine = { podSelector: { matchLabels: { [DRILL_MARK]: labelValue(ground.code) ?? ground.code } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(ground, insideName(ground), namespace),
    spec: { ...mine, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [mine] }], egress: [{ to: [mine] }] },
  };
}

export function insideName(ground: DrillGround): string {
  return `${prefixOf(ground)}inside`;
}

/** Says whether what stands there shuts the place: the policy as it was written, and none beside it but drills' own. */
export function isShut(ground: DrillGround, policies: readonly ClusterObject[]): boolean {
  const namespace = drillNamespace(ground);
  const here = policies.filter(({ metadata }) => metadata.namespace === namespace);
  const deny = here.find(({ metadata }) => metadata.name === DENY_POLICY);
  if (deny === undefined || !deniesAll(deny)) return false;
  return here.every((policy) => policy === deny || (isMarked(policy) && opensInsideOnly(policy)));
}

function isMarked({ metadata: { labels } }: ClusterObject): boolean {
  return labels?.[MARK.managedBy] === DRILL_MANAGER && labels[DRILL_MARK] !== undefined;
}

function deniesAll(policy: ClusterObject): boolean {
  const selector = at(policy, 'spec', 'podSelector');
  const types = listAt(policy, 'spec', 'policyTypes');
  return (
    Object.keys((selector as object | undefined) ?? {}).length === 0 &&
    types.includes('Ingress') &&
    types.includes('Egress') &&
    listAt(policy, 'spec', 'ingress').length === 0 &&
    listAt(policy, 'spec', 'egress').length === 0
  );
}

/** Every peer that it lets through is a drill's own pod of this very namespace. */
function opensInsideOnly(policy: ClusterObject): boolean {
  const mark = policy.metadata.labels?.[DRILL_MARK];
  const isInside = (peer: unknown) =>
    at(peer, 'namespaceSelector') === undefined &&
    at(peer, 'ipBlock') === undefined &&
    textAt(peer, 'podSelector', 'matchLabels', DRILL_MARK) === mark;
  const peers = (way: 'ingress' | 'egress', side: 'from' | 'to') =>
    listAt(policy, 'spec', way).map((rule) => listAt(rule, side));
  return [...peers('ingress', 'from'), ...peers('egress', 'to')].every(
    (rule) => rule.length > 0 && rule.every(isInside),
  );
}

export function snapshotManifestOf(ground: DrillGround, machine: DrillMachine): Manifest {
  return {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineSnapshot',
    metadata: metadataOf(ground, copyName(ground, machine), machine.objectNamespace),
    spec: {
      source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: machine.objectName },
      deletionPolicy: 'Delete',
    },
  };
}

/** Of the live machine, the disks that hold its data: what it starts from once, it need not start from here. */
export function volumesOf(machine: ClusterObject): { readonly volume: string; readonly disk: string }[] {
  return listAt(machine, 'spec', 'template', 'spec', 'volumes').flatMap((each) => {
    const volume = textAt(each, 'name');
    const disk = textAt(each, 'dataVolume', 'name');
    return volume === undefined || disk === undefined ? [] : [{ volume, disk }];
  });
}

/** KubeVirt names what it takes of each volume so. */
function volumeSnapshotName(snapshotUid: string, volume: string): string {
  return `vmsnapshot-${snapshotUid}-volume-${volume}`;
}

export function diskManifestOf(
  ground: DrillGround,
  machine: DrillMachine,
  of: { readonly volume: string; readonly snapshotUid: string; readonly source: ClusterObject | undefined },
): Manifest {
  const made = textAt(of.source, 'spec', 'storage', 'resources', 'requests', 'storage') ?? '1Gi';
  const storageClassName = textAt(of.source, 'spec', 'storage', 'storageClassName');
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: metadataOf(ground, copyName(ground, machine, of.volume), drillNamespace(ground)),
    spec: {
      source: { snapshot: { namespace: machine.objectNamespace, name: volumeSnapshotName(of.snapshotUid, of.volume) } },
      storage: {
        ...(storageClassName === undefined ? {} : { storageClassName }),
        resources: { requests: { storage: of.volume === ROOT_VOLUME ? `${machine.diskGib}Gi` : made } },
      },
    },
  };
}

/** 02 = given locally. */
function macOf({ identity }: DrillMachine): string {
  const hex = identity.replaceAll('-', '').slice(-10);
  return ['02', ...(hex.match(/../g) ?? [])].join(':');
}

/**
 * A copy of what its cluster runs: its size, board and firmware kind as they are, and nothing by which it could be taken for
 * the other: no card in a department's network, no first boot, no password, another uuid, serial and card address.
 */
export function machineManifestOf(
  ground: DrillGround,
  machine: DrillMachine,
  live: ClusterObject,
  /** Those that were written down as it was copied. */
  copied: readonly string[] = volumesOf(live).map(({ volume }) => volume),
): Manifest {
  const volumes = volumesOf(live).filter(({ volume }) => copied.includes(volume));
  const kept = new Set(volumes.map(({ volume }) => volume));
  const inside = at(live, 'spec', 'template', 'spec');
  const domain = at(inside, 'domain');
  const firmware = at(domain, 'firmware') as Record<string, unknown> | undefined;
  const name = copyName(ground, machine);
  const own = (key: string) => (at(inside, key) === undefined ? {} : { [key]: at(inside, key) });
  const ofDomain = (key: string) => (at(domain, key) === undefined ? {} : { [key]: at(domain, key) });
  const preference = at(live, 'spec', 'preference');
  const multiqueue = at(domain, 'devices', 'networkInterfaceMultiqueue');
  const metadata = metadataOf(ground, name, drillNamespace(ground));
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata,
    spec: {
      runStrategy: 'Always',
      ...(preference === undefined ? {} : { preference }),
      template: {
        metadata: { labels: metadata.labels ?? {} },
        spec: {
          ...own('architecture'),
          ...own('nodeSelector'),
          evictionStrategy: 'None',
          terminationGracePeriodSeconds: 0,
          domain: {
            ...ofDomain('cpu'),
            ...ofDomain('memory'),
            ...ofDomain('machine'),
            firmware: { ...firmware, uuid: machine.identity, serial: name.slice(-NAME_LENGTH_MAX) },
            devices: {
              ...(multiqueue === undefined ? {} : { networkInterfaceMultiqueue: multiqueue }),
              disks: listAt(domain, 'devices', 'disks').filter((disk) => kept.has(textAt(disk, 'name') ?? '')),
              interfaces: [{ name: 'default', masquerade: {}, macAddress: macOf(machine) }],
            },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: volumes.map(({ volume }) => ({
            name: volume,
            dataVolume: { name: copyName(ground, machine, volume) },
          })),
        },
      },
    },
  };
}
