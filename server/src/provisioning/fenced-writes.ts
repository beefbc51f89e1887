import { ClusterFailure, isFailure } from './domain/cluster-failure.js';
import { type ClusterObject, keyOf, keyText, type Manifest, type ObjectKey } from './domain/cluster-object.js';
import { countOf, MARK } from './domain/marks.js';
import type { ClusterGateway, SeenVersion } from './domain/ports.js';
import type { LeaseGuard } from './lease-guard.js';

/** What was seen of an object that is to be written. */
export type SeenObject = SeenVersion & { readonly generation: number };

/**
 * The writes of one term to its cluster. A process can sleep between its last look at the lease and the call, and no lease
 * can help there: so each write says which version of its object it was decided on, and the cluster itself refuses it once
 * another has written. A wish that is older than the one an object was made for is not even sent.
 */
export class FencedWrites {
  constructor(
    private readonly gateway: Pick<ClusterGateway, 'amend' | 'apply' | 'remove' | 'standing'>,
    private readonly guard: LeaseGuard,
  ) {}

  /** Only while it still is what was seen; undefined = only while there is none. CONFLICT: look again, decide again. */
  apply(
    manifest: Manifest,
    wish: { readonly generation: number },
    seen: SeenObject | undefined,
  ): Promise<ClusterObject> {
    if (seen !== undefined && seen.generation > wish.generation) {
      const { kind, metadata } = manifest;
      const name = keyText({ namespace: metadata.namespace ?? null, name: metadata.name });
      throw new ClusterFailure(
        'CONFLICT',
        `${kind} ${name} was made for wish ${seen.generation}; wish ${wish.generation} is older and is not applied`,
      );
    }
    return this.applyOver(manifest, seen);
  }

  /** The same, of what counts no wishes. */
  applyOver(manifest: Manifest, seen: SeenVersion | undefined): Promise<ClusterObject> {
    const only = seen === undefined ? null : { uid: seen.uid, resourceVersion: seen.resourceVersion };
    this.guard.assertHeld();
    return this.gateway.apply(manifest, { only, stillMay: () => this.guard.assertHeld() });
  }

  amend(key: ObjectKey, seen: SeenVersion, patch: Readonly<Record<string, unknown>>): Promise<ClusterObject> {
    this.guard.assertHeld();
    return this.gateway.amend(key, seen, patch, { stillMay: () => this.guard.assertHeld() });
  }

  /** Of what may be written and never read, which version of it that is, and for which wish it was made. */
  async standing(key: ObjectKey): Promise<SeenObject | undefined> {
    this.guard.assertHeld();
    const found = await this.gateway.standing(key);
    if (found === undefined) return undefined;
    return seenOf(found);
  }

  /**
   * Of what may be written and never read. What is supposed to stand there costs no call of its own, and is no risk: the
   * cluster refuses the write where it is wrong, and is only then asked.
   * @returns what stands there now.
   */
  async applyUnread(
    manifest: Manifest,
    wish: { readonly generation: number },
    supposed: SeenObject | undefined,
  ): Promise<SeenObject> {
    try {
      return seenOf(await this.apply(manifest, wish, supposed));
    } catch (error) {
      if (!isFailure(error, 'CONFLICT')) throw error;
      const found = await this.standing(keyOf(manifest));
      // What stood there was taken away, as of a machine that goes: it is not made again from here.
      if (supposed !== undefined && found?.uid !== supposed.uid) throw error;
      return seenOf(await this.apply(manifest, wish, found));
    }
  }

  /** Over whatever is there: of what only ever grows, or is the same whoever writes it. */
  applyBlindly(manifest: Manifest): Promise<ClusterObject> {
    this.guard.assertHeld();
    return this.gateway.apply(manifest, { stillMay: () => this.guard.assertHeld() });
  }

  async remove(key: ObjectKey, uid: string | undefined): Promise<void> {
    if (uid === undefined || uid === '')
      throw new Error(`${key.kind} ${key.name} has no uid: nothing is deleted by name`);
    this.guard.assertHeld();
    await this.gateway.remove(key, { uid });
  }
}

function seenOf(object: Pick<ClusterObject, 'metadata'>): SeenObject {
  const { resourceVersion = '', uid = '' } = object.metadata;
  return { uid, resourceVersion, generation: countOf(object, MARK.generation) };
}
