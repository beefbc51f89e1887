import { keyText, type ObjectKey } from './domain/cluster-object.js';
import { diskNameOf } from './domain/desired-manifests.js';

type Name = Pick<ObjectKey, 'namespace' | 'name'>;

/**
 * Who waits for a name that an object of somebody else's bears. What becomes of that object is told under its owner's
 * name, not under the one of whoever waits for it: without this it would be learnt at the next look by the clock.
 */
export class TakenNames {
  private readonly waiting = new Map<string, string>();
  private readonly names = new Map<string, readonly string[]>();

  /** Noted with the look that found it, before anything else can happen. */
  note(resourceId: string, { namespace, name }: Name): void {
    this.forget(resourceId);
    const names = [name, diskNameOf(name)].map((each) => keyText({ namespace, name: each }));
    this.names.set(resourceId, names);
    for (const each of names) this.waiting.set(each, resourceId);
  }

  forget(resourceId: string): void {
    for (const name of this.names.get(resourceId) ?? [])
      if (this.waiting.get(name) === resourceId) this.waiting.delete(name);
    this.names.delete(resourceId);
  }

  waiterFor(key: Name): string | undefined {
    return this.waiting.get(keyText(key));
  }
}
