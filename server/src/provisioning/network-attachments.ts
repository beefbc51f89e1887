import type { ZoneNic } from '../networks/domain/zone-nic.js';
import { ClusterFailure, isFailure } from './domain/cluster-failure.js';
import type { Manifest } from './domain/cluster-object.js';
import { attachmentManifest } from './domain/desired-network.js';
import type { ClusterGateway } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import type { LeaseGuard } from './lease-guard.js';

/** So often they are applied again though nothing changed, so that what others did to them is undone. */
const HEALING_MS = 30 * 60_000;
/** How a server says that the namespace is missing, and not the kind. */
const NO_NAMESPACE = /namespaces? .*not found/i;

/**
 * Makes sure that a department's machines can be plugged into the networks of their addresses. None is ever removed: one
 * that no machine uses holds nothing.
 */
export class NetworkAttachments {
  private readonly writes: FencedWrites;
  private readonly applied = new Map<string, { readonly text: string; readonly at: number }>();

  constructor(gateway: ClusterGateway, guard: LeaseGuard) {
    this.writes = new FencedWrites(gateway, guard);
  }

  async ensure(namespace: string, departmentCode: string, nics: readonly ZoneNic[]): Promise<void> {
    for (const nic of nics) {
      const manifest = attachmentManifest(namespace, departmentCode, nic);
      const key = `${namespace}/${manifest.metadata.name}`;
      const text = JSON.stringify(manifest);
      const known = this.applied.get(key);
      if (known?.text === text && performance.now() - known.at < HEALING_MS) continue;
      await this.apply(manifest);
      this.applied.set(key, { text, at: performance.now() });
    }
  }

  /** Its absence was noticed: all of them are applied again before the next machine. */
  forget(namespace: string): void {
    for (const key of this.applied.keys()) if (key.startsWith(`${namespace}/`)) this.applied.delete(key);
  }

  private async apply(manifest: Manifest): Promise<void> {
    try {
      await this.writes.applyBlindly(manifest);
    } catch (error) {
      if (!isFailure(error, 'NOT_FOUND') || NO_NAMESPACE.test(error.message)) throw error;
      throw new ClusterFailure('PERMANENT', error.message, { ...error.details, reason: 'NO_MULTUS' });
    }
  }
}
