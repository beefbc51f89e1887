/** What stages see and do: a cluster's objects, by the hands of its controllers. */
import { randomUUID } from 'node:crypto';
import { deleteObject } from '../api/deletion.js';
import type { Objects } from '../api/objects.js';
import { forbidden } from '../api/status.js';
import { timestamp } from '../clock.js';
import { equal, type JsonObject, type KubeObject, listAt, objectAt, objectsAt, textAt } from '../json.js';
import { event as eventKind } from '../kinds/event.js';
import type { Kind } from '../kinds/kind.js';
import type { Random } from '../random.js';
import { namespaceOf } from '../store/store.js';

/** Events are told, not kept: the oldest go. */
const EVENTS_LIMIT = 500;
const background = { propagationPolicy: undefined, uid: undefined, resourceVersion: undefined, dryRun: false };

export class World {
  constructor(
    readonly objects: Objects,
    readonly random: Random,
    /** Distinguishes the address ranges of clusters. */
    readonly seed: number,
    /** Whether a fault keeps the finalizers of an object. */
    private readonly holds: (plural: string, name: string) => boolean = () => false,
    /** What stands behind the addresses of controllers, as an inspection finds it. */
    readonly machines: ReadonlyMap<string, JsonObject> = new Map(),
    /** KubeVirt passes what can be on to what runs, and moves it for that. */
    readonly updatesLive: boolean = false,
    /** PROVISIONING_LIMIT of its Bare Metal Operator; undefined = what that has by itself. */
    readonly hostsAtOnce: number | undefined = undefined,
  ) {}

  get now(): string {
    return timestamp(this.objects.clock);
  }

  get(kind: Kind, namespace: string, name: string): KubeObject | undefined {
    return this.objects.store.get(kind, namespace, name);
  }

  list(kind: Kind, namespace?: string): KubeObject[] {
    return this.objects.store.list(kind, namespace);
  }

  create(kind: Kind, object: KubeObject, manager: string): KubeObject {
    return this.objects.create(kind, namespaceOf(object), object, { manager, subresource: '', dryRun: false });
  }

  /** Writes what `status` is now to be in; the rest of status stays. */
  setStatus(kind: Kind, live: KubeObject, status: JsonObject, manager: string): void {
    const next = { ...live, status: { ...objectAt(live, 'status'), ...status } };
    const subresource = kind.statusSubresource ? 'status' : '';
    this.objects.update(kind, live, next, { manager, subresource, dryRun: false });
  }

  /** Takes a word out of `status` where it still says this; whoever says another keeps it. */
  dropStatus(kind: Kind, live: KubeObject | undefined, key: string, value: string, manager: string): void {
    if (live === undefined || textAt(live, 'status', key) !== value) return;
    const { [key]: _, ...status } = objectAt(live, 'status') ?? {};
    const subresource = kind.statusSubresource ? 'status' : '';
    this.objects.update(kind, live, { ...live, status }, { manager, subresource, dryRun: false });
  }

  change(kind: Kind, live: KubeObject, next: KubeObject, manager: string): void {
    this.objects.update(kind, live, next, { manager, subresource: '', dryRun: false });
  }

  dropFinalizer(kind: Kind, live: KubeObject, finalizer: string, manager: string): void {
    // Refused as if its controller could not: it is tried again, and an event tells.
    if (this.holds(kind.plural, live.metadata.name))
      throw forbidden(kind, live.metadata.name, `the finalizer ${finalizer} is stuck`);
    const finalizers = listAt(live, 'metadata', 'finalizers').filter((each) => each !== finalizer);
    this.change(kind, live, { ...live, metadata: { ...live.metadata, finalizers } }, manager);
  }

  remove(kind: Kind, live: KubeObject): void {
    deleteObject(this.objects, kind, live, background);
  }

  /** The conditions with these in them; one that says what it said keeps its time. */
  conditions(live: KubeObject, ...wanted: readonly Condition[]): JsonObject[] {
    const out = objectsAt(live, 'status', 'conditions');
    for (const condition of wanted) {
      const index = out.findIndex((each) => each.type === condition.type);
      const before = index < 0 ? undefined : out[index];
      const same = before?.status === condition.status && (before?.reason ?? '') === (condition.reason ?? '');
      const next: JsonObject = {
        ...condition,
        lastTransitionTime: same ? (before?.lastTransitionTime ?? this.now) : this.now,
      };
      if (before !== undefined && equal(before, next)) continue;
      if (index < 0) out.push(next);
      else out[index] = next;
    }
    return out;
  }

  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, component: string): void {
    const { name, namespace, uid } = about.metadata;
    const now = this.now;
    const object: KubeObject = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: `${name}.${randomUUID().slice(0, 8)}`,
        namespace: namespace ?? 'default',
        uid: randomUUID(),
        creationTimestamp: now,
      },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name,
        ...(namespace === undefined ? {} : { namespace }),
        uid: uid ?? '',
        resourceVersion: about.metadata.resourceVersion ?? '',
      },
      reason,
      message,
      type,
      source: { component },
      reportingComponent: component,
      reportingInstance: '',
      firstTimestamp: now,
      lastTimestamp: now,
      eventTime: null,
      count: 1,
    };
    const { store } = this.objects;
    store.put(eventKind, object);
    const oldest = store.excess(eventKind, EVENTS_LIMIT);
    if (oldest !== undefined) store.remove(eventKind, oldest);
  }
}

export interface Condition extends JsonObject {
  type: string;
  status: 'True' | 'False' | 'Unknown';
}

export function conditionStatus(object: KubeObject | undefined, type: string): string | undefined {
  return textAt(
    objectsAt(object, 'status', 'conditions').find((each) => each.type === type),
    'status',
  );
}

export function isLeaving(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

export function ownedBy(owner: KubeObject, plainly = true): JsonObject {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid ?? '',
    ...(plainly ? { controller: true, blockOwnerDeletion: true } : {}),
  };
}

export function hasFinalizer(object: KubeObject, finalizer: string): boolean {
  return listAt(object, 'metadata', 'finalizers').includes(finalizer);
}

/** The disks that a machine or an instance names. */
export function diskNames(spec: JsonObject | undefined): string[] {
  return objectsAt(spec, 'volumes').flatMap((volume) => {
    const name = textAt(volume, 'dataVolume', 'name');
    return name === undefined ? [] : [name];
  });
}
