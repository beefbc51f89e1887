/** What kube-controller-manager does: empties namespaces that end, and collects what has lost its owner. */
import { FOREGROUND, ORPHAN } from '../api/deletion.js';
import { type KubeObject, listAt, objectAt, objectsAt, textAt } from '../json.js';
import { kindByName, kinds } from '../kinds/catalogue.js';
import { namespace as namespaceKind } from '../kinds/core.js';
import type { Kind } from '../kinds/kind.js';
import { collectedKinds, dependentsOf as inStore } from './owners.js';
import type { Stage } from './stage.js';
import { hasFinalizer, isLeaving, type World } from './world.js';

const MANAGER = 'kube-controller-manager';
const namespacedKinds = kinds.filter((kind) => kind.namespaced);

function* contentOf(namespace: KubeObject, world: World): IterableIterator<readonly [Kind, KubeObject]> {
  for (const kind of namespacedKinds) {
    for (const object of world.objects.store.each(kind, namespace.metadata.name)) yield [kind, object];
  }
}

const isEmpty = (namespace: KubeObject, world: World) => contentOf(namespace, world).next().done === true;

const namespaceStages: readonly Stage[] = [
  {
    name: 'namespace-empty',
    kind: namespaceKind,
    selects(namespace, world) {
      if (!isLeaving(namespace)) return false;
      for (const [, object] of contentOf(namespace, world)) if (!isLeaving(object)) return true;
      return false;
    },
    delayMs: 150,
    jitterMs: 100,
    step(namespace, world) {
      for (const [kind, object] of [...contentOf(namespace, world)]) {
        if (!isLeaving(object)) world.remove(kind, object);
      }
    },
  },
  {
    name: 'namespace-end',
    kind: namespaceKind,
    selects: (namespace, world) =>
      isLeaving(namespace) && listAt(namespace, 'spec', 'finalizers').length > 0 && isEmpty(namespace, world),
    delayMs: 150,
    jitterMs: 100,
    step(namespace, world) {
      const { store } = world.objects;
      // Through /finalize, which alone may change spec.finalizers.
      const released = { ...namespace, spec: {} };
      if (listAt(namespace, 'metadata', 'finalizers').length > 0) store.put(namespaceKind, released);
      else store.remove(namespaceKind, namespace);
    },
  },
];

const dependentsOf = (owner: KubeObject, world: World) => inStore(owner, world.objects.store);

/** Every owner is gone: named by a uid that nobody has. */
function isOrphan(object: KubeObject, world: World): boolean {
  const references = objectsAt(object, 'metadata', 'ownerReferences');
  if (references.length === 0) return false;
  return references.every((each) => {
    const kind = kindByName(textAt(each, 'apiVersion') ?? '', textAt(each, 'kind') ?? '');
    if (kind === undefined) return false;
    const namespace = kind.namespaced ? (textAt(object, 'metadata', 'namespace') ?? '') : '';
    return world.get(kind, namespace, textAt(each, 'name') ?? '')?.metadata.uid !== each.uid;
  });
}

const collectorStages = collectedKinds.flatMap((kind): Stage[] => [
  {
    name: 'collect-orphan',
    kind,
    // Before anything else that could be done with it.
    weight: 1_000_000,
    selects: (object, world) => !isLeaving(object) && isOrphan(object, world),
    delayMs: 100,
    jitterMs: 100,
    step: (object, world) => world.remove(kind, object),
  },
  {
    name: 'collect-foreground',
    kind,
    selects: (object, world) =>
      isLeaving(object) &&
      hasFinalizer(object, FOREGROUND) &&
      dependentsOf(object, world).every(([, each]) => isLeaving(each)) &&
      !dependentsOf(object, world).some(([, each]) => blocks(each, object)),
    delayMs: 100,
    jitterMs: 100,
    step: (object, world) => world.dropFinalizer(kind, object, FOREGROUND, MANAGER),
  },
  {
    name: 'collect-dependents',
    kind,
    weight: 1_000,
    selects: (object, world) =>
      isLeaving(object) &&
      hasFinalizer(object, FOREGROUND) &&
      dependentsOf(object, world).some(([, each]) => !isLeaving(each)),
    delayMs: 100,
    jitterMs: 100,
    step(object, world) {
      for (const [dependent, each] of dependentsOf(object, world)) if (!isLeaving(each)) world.remove(dependent, each);
    },
  },
  {
    name: 'release-dependents',
    kind,
    weight: 1_000,
    selects: (object) => isLeaving(object) && hasFinalizer(object, ORPHAN),
    delayMs: 100,
    jitterMs: 100,
    step(object, world) {
      for (const [dependent, each] of dependentsOf(object, world)) {
        const ownerReferences = objectsAt(each, 'metadata', 'ownerReferences').filter(
          (reference) => reference.uid !== object.metadata.uid,
        );
        const metadata = { ...each.metadata, ownerReferences };
        world.change(dependent, each, { ...each, metadata }, MANAGER);
      }
      world.dropFinalizer(kind, object, ORPHAN, MANAGER);
    },
  },
]);

function blocks(dependent: KubeObject, owner: KubeObject): boolean {
  return objectsAt(dependent, 'metadata', 'ownerReferences').some(
    (each) => each.uid === owner.metadata.uid && objectAt(each)?.blockOwnerDeletion === true,
  );
}

export const housekeepingStages: readonly Stage[] = [...namespaceStages, ...collectorStages];
