/** Who belongs to whom, by ownerReferences. */
import { type KubeObject, objectsAt, textAt } from '../json.js';
import { kinds } from '../kinds/catalogue.js';
import type { Kind } from '../kinds/kind.js';
import type { Store } from '../store/store.js';

/** Whatever may be owned, or own. */
export const collectedKinds = kinds.filter((kind) => kind.namespaced && kind.kind !== 'Event');

export function dependentsOf(owner: KubeObject, store: Store): (readonly [Kind, KubeObject])[] {
  const found: (readonly [Kind, KubeObject])[] = [];
  const namespace = textAt(owner, 'metadata', 'namespace');
  for (const kind of collectedKinds) {
    for (const object of store.each(kind, namespace)) {
      const references = objectsAt(object, 'metadata', 'ownerReferences');
      if (references.some((each) => each.uid === owner.metadata.uid)) found.push([kind, object]);
    }
  }
  return found;
}
