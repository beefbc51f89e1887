/**
 * All objects of one cluster, one revision a change, and as much history as watches and pages need.
 * Stored objects are never changed: every write is a new object.
 */

import type { KubeObject } from '../json.js';
import { kindByName } from '../kinds/catalogue.js';
import type { Kind } from '../kinds/kind.js';

export type ChangeType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface Change {
  readonly revision: number;
  readonly type: ChangeType;
  readonly kind: Kind;
  readonly object: KubeObject;
  /** What was there before, for MODIFIED and DELETED. */
  readonly previous: KubeObject | undefined;
}

export interface Snapshot {
  readonly revision: number;
  readonly objects: readonly KubeObject[];
}

/** A real cluster is never at its first revisions when somebody can first ask: "1" is always too old. */
const FIRST_REVISION = 1_000;
/** Changes kept for watches and pages; etcd keeps five minutes. */
const HISTORY_LIMIT = 20_000;

export class Store {
  #revision = FIRST_REVISION;
  /** Changes up to here are forgotten. */
  #floor = FIRST_REVISION;
  #history: Change[] = [];
  readonly #objects = new Map<Kind, Map<string, KubeObject>>();
  readonly #listeners = new Set<(change: Change) => void>();
  /** Called before anybody learns of a change: only what is written down has happened. */
  #record: (change: Change) => void = () => undefined;

  get revision(): number {
    return this.#revision;
  }

  get floor(): number {
    return this.#floor;
  }

  recordWith(record: (change: Change) => void): void {
    this.#record = record;
  }

  get(kind: Kind, namespace: string, name: string): KubeObject | undefined {
    return this.#objects.get(kind)?.get(keyOf(namespace, name));
  }

  /** In the order of keys, as etcd gives them. */
  list(kind: Kind, namespace?: string): KubeObject[] {
    return inOrder(this.#objects.get(kind) ?? new Map(), namespace);
  }

  /** In no order, without copying. */
  *each(kind: Kind, namespace?: string): IterableIterator<KubeObject> {
    for (const object of this.#objects.get(kind)?.values() ?? []) {
      if (namespace === undefined || namespaceOf(object) === namespace) yield object;
    }
  }

  /** The object of a kind that was written longest ago, when there are more than so many. */
  excess(kind: Kind, limit: number): KubeObject | undefined {
    const objects = this.#objects.get(kind);
    return objects === undefined || objects.size <= limit ? undefined : objects.values().next().value;
  }

  /** The state at an older revision; undefined when that history is forgotten. */
  listAt(kind: Kind, revision: number, namespace?: string): KubeObject[] | undefined {
    if (revision >= this.#revision) return this.list(kind, namespace);
    if (revision < this.#floor) return undefined;
    const state = new Map(this.#objects.get(kind) ?? []);
    for (let index = this.#history.length - 1; index >= 0; index -= 1) {
      const change = this.#history[index];
      if (change === undefined || change.revision <= revision) break;
      if (change.kind !== kind) continue;
      const key = keyOfObject(change.object);
      if (change.previous === undefined) state.delete(key);
      else state.set(key, change.previous);
    }
    return inOrder(state, namespace);
  }

  *all(): IterableIterator<readonly [Kind, KubeObject]> {
    for (const [kind, objects] of this.#objects) for (const object of objects.values()) yield [kind, object];
  }

  /** Stores under the next revision and answers the object as stored. */
  put(kind: Kind, object: KubeObject): KubeObject {
    const previous = this.#objects.get(kind)?.get(keyOfObject(object));
    const stored = withRevision(object, this.#revision + 1);
    this.#take({
      revision: this.#revision + 1,
      type: previous === undefined ? 'ADDED' : 'MODIFIED',
      kind,
      object: stored,
      previous,
    });
    return stored;
  }

  /** The object as it last was, under the revision of its deletion. */
  remove(kind: Kind, object: KubeObject): KubeObject {
    const revision = this.#revision + 1;
    const last = withRevision(object, revision);
    const previous = this.#objects.get(kind)?.get(keyOfObject(object)) ?? object;
    this.#take({ revision, type: 'DELETED', kind, object: last, previous });
    return last;
  }

  /** Changes after the revision, oldest first; undefined when some of them are forgotten. */
  since(revision: number): readonly Change[] | undefined {
    if (revision < this.#floor) return undefined;
    let low = 0;
    let high = this.#history.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#history[middle]?.revision ?? 0) <= revision) low = middle + 1;
      else high = middle;
    }
    return this.#history.slice(low);
  }

  compact(): void {
    this.#floor = this.#revision;
    this.#history = [];
  }

  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  snapshot(): Snapshot {
    return { revision: this.#revision, objects: [...this.all()].map(([, object]) => object) };
  }

  /** Before anybody listens. Objects of kinds that this version does not serve are left out. */
  restore({ objects, revision }: Snapshot): void {
    for (const object of objects) {
      const kind = kindByName(object.apiVersion, object.kind);
      if (kind !== undefined) this.#of(kind).set(keyOfObject(object), object);
    }
    this.#revision = Math.max(this.#revision, revision);
    this.#floor = this.#revision;
  }

  /** A change that was recorded earlier, with its own revision. */
  replay(kind: Kind, type: ChangeType, object: KubeObject): void {
    const revision = Number(object.metadata.resourceVersion);
    if (!(revision > this.#revision)) return;
    const previous = this.#objects.get(kind)?.get(keyOfObject(object));
    this.#apply({ revision, type, kind, object, previous });
  }

  #take(change: Change): void {
    this.#record(change);
    this.#apply(change);
    for (const listener of this.#listeners) listener(change);
  }

  #apply(change: Change): void {
    this.#revision = change.revision;
    const key = keyOfObject(change.object);
    if (change.type === 'DELETED') this.#of(change.kind).delete(key);
    else this.#of(change.kind).set(key, change.object);
    this.#history.push(change);
    if (this.#history.length > HISTORY_LIMIT) {
      const forgotten = this.#history.splice(0, HISTORY_LIMIT / 2);
      this.#floor = forgotten.at(-1)?.revision ?? this.#floor;
    }
  }

  #of(kind: Kind): Map<string, KubeObject> {
    const found = this.#objects.get(kind) ?? new Map<string, KubeObject>();
    this.#objects.set(kind, found);
    return found;
  }
}

/** "namespace/name"; a name alone for a kind without namespaces. */
export function keyOf(namespace: string, name: string): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

export function namespaceOf(object: KubeObject): string {
  return typeof object.metadata.namespace === 'string' ? object.metadata.namespace : '';
}

export function keyOfObject(object: KubeObject): string {
  return keyOf(namespaceOf(object), object.metadata.name);
}

export function withRevision(object: KubeObject, revision: number): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
}

function inOrder(objects: ReadonlyMap<string, KubeObject>, namespace: string | undefined): KubeObject[] {
  const wanted = [...objects].filter(([, object]) => namespace === undefined || namespaceOf(object) === namespace);
  wanted.sort(([a], [b]) => (a < b ? -1 : 1));
  return wanted.map(([, object]) => object);
}
