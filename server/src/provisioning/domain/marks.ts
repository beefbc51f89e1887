/** Decides by which labels and annotations the console knows its own objects. */
import { type ClusterObject, textAt } from './cluster-object.js';
import type { DesiredMachine } from './desired-machine.js';

/** ".internal" is reserved for private use: no registered name can ever mean something else by it. */
const PREFIX = 'jiyun.internal';

/** Of the resources under which clusters offer accelerators: "jiyun.internal/ASCEND-910B". */
export const DEVICE_PREFIX = PREFIX;

export const MARK = {
  managedBy: 'app.kubernetes.io/managed-by',
  resource: `${PREFIX}/resource`,
  code: `${PREFIX}/code`,
  request: `${PREFIX}/request`,
  system: `${PREFIX}/system`,
  department: `${PREFIX}/department`,
  /** On nodes: the zone of the pool that they make up, by its own word. */
  zone: `${PREFIX}/zone`,
  /** On machines and what runs of them: which addresses they answer at, separated by commas. */
  addresses: `${PREFIX}/addresses`,
  generation: `${PREFIX}/generation`,
  placementEpoch: `${PREFIX}/placement-epoch`,
  /** On a namespace whose pods may talk with every department's, as an operator labels it. */
  gateway: `${PREFIX}/gateway`,
  /** On NetworkPolicies: which network policy they carry out. */
  networkPolicy: `${PREFIX}/network-policy`,
  /** On snapshots and restores: which snapshot they are of. */
  snapshot: `${PREFIX}/snapshot`,
  /** On disks: they have outlived their machine, for a time. */
  keptDisk: `${PREFIX}/kept-disk`,
  /** On disks: what the image's bytes must hash to, as the catalog says it. */
  imageChecksum: `${PREFIX}/image-checksum`,
} as const;

export const MANAGED_BY = 'jiyun';

/** On departments' namespaces: what launchers and importers keep to; a pod that asks for the node itself is refused. */
export const POD_SECURITY = {
  'pod-security.kubernetes.io/enforce': 'baseline',
  'pod-security.kubernetes.io/audit': 'restricted',
} as const;

const LABEL_VALUE = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;

/**
 * A code as a label value: unchanged where Kubernetes takes it; otherwise its characters' code points, so that two codes
 * never become one label. Undefined when even that is too long; the annotation then carries it alone.
 */
export function labelValue(code: string): string | undefined {
  if (LABEL_VALUE.test(code)) return code;
  const spelled = [...code].map((c) => (/[A-Za-z0-9]/.test(c) ? c : `_${c.codePointAt(0)?.toString(16)}_`)).join('');
  const value = `x${spelled}x`;
  return LABEL_VALUE.test(value) ? value : undefined;
}

type Marks = Readonly<Record<string, string>>;

/** On every object of a machine, and on what KubeVirt makes from its template. */
export function machineLabels(desired: DesiredMachine): Marks {
  const wanted: Record<string, string | undefined> = {
    [MARK.managedBy]: MANAGED_BY,
    [MARK.resource]: desired.resourceId,
    [MARK.request]: labelValue(desired.requestCode),
    [MARK.system]: labelValue(desired.systemCode),
    [MARK.department]: labelValue(desired.departmentCode),
  };
  return Object.fromEntries(Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

export function machineAnnotations(desired: DesiredMachine): Marks {
  return {
    [MARK.code]: desired.code,
    [MARK.request]: desired.requestCode,
    [MARK.system]: desired.systemCode,
    [MARK.department]: desired.departmentCode,
    [MARK.generation]: String(desired.generation),
    [MARK.placementEpoch]: String(desired.placementEpoch),
  };
}

/** Beside the machine's own: what its zone's network plugin and its first boot give it. */
export function addressMarks({ claimedAddresses = [] }: DesiredMachine): Marks {
  return claimedAddresses.length === 0 ? {} : { [MARK.addresses]: claimedAddresses.join(',') };
}

/** The resource that an object says it belongs to; undefined = it is none of the console's. */
export function ownerOf(object: Pick<ClusterObject, 'metadata'>): string | undefined {
  const { labels } = object.metadata;
  return labels?.[MARK.managedBy] === MANAGED_BY ? labels[MARK.resource] : undefined;
}

/** The network policy that an object says it carries out; undefined = it is none of the console's. */
export function policyOwnerOf(object: Pick<ClusterObject, 'metadata'>): string | undefined {
  const { labels } = object.metadata;
  return labels?.[MARK.managedBy] === MANAGED_BY ? labels[MARK.networkPolicy] : undefined;
}

/** A count written into an annotation; 0 when it is missing or no count. */
export function countOf(object: Pick<ClusterObject, 'metadata'>, mark: string): number {
  const text = textAt(object, 'metadata', 'annotations', mark);
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : 0;
}
