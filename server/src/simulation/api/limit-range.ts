/** LimitRange admission: one disk must lie between the least and the most that its namespace says. */
import { type KubeObject, objectAt, objectsAt, textAt } from '../json.js';
import type { Kind } from '../kinds/kind.js';
import { limitRange } from '../kinds/limits.js';
import { persistentVolumeClaim } from '../kinds/workload.js';
import { parseQuantity } from '../quantity.js';
import { namespaceOf, type Store } from '../store/store.js';
import { forbidden } from './status.js';

/** Pods are no objects here, so that disks are all that can be measured. */
export function withinLimits(store: Store, kind: Kind, object: KubeObject): void {
  if (kind !== persistentVolumeClaim) return;
  for (const range of store.list(limitRange, namespaceOf(object))) {
    for (const item of objectsAt(range, 'spec', 'limits')) {
      if (item.type !== 'PersistentVolumeClaim') continue;
      for (const [bound, least] of Object.entries(objectAt(item, 'min') ?? {})) check('minimum', bound, String(least));
      for (const [bound, most] of Object.entries(objectAt(item, 'max') ?? {})) check('maximum', bound, String(most));
    }
  }

  function check(which: 'minimum' | 'maximum', name: string, bound: string): void {
    const about = `${which} ${name} usage per PersistentVolumeClaim is ${bound}`;
    const asked = textAt(object, 'spec', 'resources', 'requests', name);
    if (asked === undefined) throw forbidden(kind, object.metadata.name, `${about}.  No request is specified`);
    const difference = (parseQuantity(asked) ?? 0n) - (parseQuantity(bound) ?? 0n);
    if (which === 'minimum' ? difference < 0n : difference > 0n)
      throw forbidden(kind, object.metadata.name, `${about}, but request is ${asked}`);
  }
}
