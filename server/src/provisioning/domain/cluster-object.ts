/** Decides how an object of a cluster is named and how a value is read from one whose shape nobody promised. */

/** The kinds that the console reads or writes. */
export type ClusterKind =
  | 'Namespace'
  | 'ResourceQuota'
  | 'LimitRange'
  | 'NetworkPolicy'
  | 'NetworkAttachmentDefinition'
  | 'DataVolume'
  | 'PersistentVolumeClaim'
  | 'VirtualMachine'
  | 'VirtualMachineInstance'
  | 'VirtualMachineSnapshot'
  | 'VirtualMachineRestore'
  | 'Secret'
  | 'BareMetalHost'
  | 'HardwareData'
  | 'ReplicationSource'
  | 'ReplicationDestination'
  | 'VolumeReplication'
  | 'NetworkFence'
  | 'Node';

export interface ObjectKey {
  readonly kind: ClusterKind;
  /** null for a kind without namespaces. */
  readonly namespace: string | null;
  readonly name: string;
}

interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly uid: string;
  }[];
}

export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: ClusterKind;
  readonly metadata: ObjectMeta;
  readonly spec?: unknown;
  /** Of a Secret. */
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly status?: unknown;
}

/** What is applied: only fields that the console has an opinion on, and always the same set of them. */
export type Manifest = Omit<ClusterObject, 'status'>;

export function keyOf(object: Pick<ClusterObject, 'kind' | 'metadata'>): ObjectKey {
  return { kind: object.kind, namespace: object.metadata.namespace ?? null, name: object.metadata.name };
}

/** "namespace/name", or the name alone. Unique among the objects of one kind. */
export function keyText(key: Pick<ObjectKey, 'namespace' | 'name'>): string {
  return key.namespace === null ? key.name : `${key.namespace}/${key.name}`;
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}

/** undefined for anything but a text that says something. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}
