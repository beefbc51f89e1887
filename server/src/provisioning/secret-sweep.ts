import { isFailure } from './domain/cluster-failure.js';
import type { ClusterObject, ObjectKey } from './domain/cluster-object.js';
import { firstBootNameOf as firstBootOfHost } from './domain/desired-first-boot.js';
import { accessNameOf, firstBootNameOf, namespaceOf } from './domain/desired-manifests.js';
import { isLeftBehindSecret, isLeftoverSecret } from './domain/leftover.js';
import { MANAGED_BY, MARK } from './domain/marks.js';
import type { ClusterGateway } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records } from './provisioning.types.js';

/** A worker that slept for longer than two days was not stopped, but is another process by now. */
const LOOK_BACK_MS = 48 * 60 * 60_000;
const PAGE = 200;

/**
 * Takes away the Secrets that a late write made of what has ended. The console may list no Secrets, and so looks for those
 * alone whose names follow from its own records of the last days: a record says that the machine or installation is over, or
 * that the machine is made elsewhere now.
 * From a record that is not there nothing is concluded, whatever became of the database.
 */
export class SecretSweep {
  private readonly writes: FencedWrites;

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: Pick<ClusterGateway, 'amend' | 'apply' | 'remove' | 'standing'>,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'resources' | 'hosts' | 'clock'>,
    private readonly trouble: (error: unknown) => void,
  ) {
    this.writes = new FencedWrites(gateway, guard);
  }

  async run(): Promise<void> {
    const since = new Date(this.records.clock.now().getTime() - LOOK_BACK_MS);
    let after: string | null = null;
    do {
      const ids = await this.records.resources.goneSince(this.center.id, since, after, PAGE);
      for (const machine of await this.records.resources.desiredOf(ids)) {
        const namespace = namespaceOf(machine.departmentCode);
        const isLeft = machine.centerId === this.center.id ? isLeftoverSecret : isLeftBehindSecret;
        for (const name of [firstBootNameOf(machine.objectName), accessNameOf(machine.objectName)])
          await this.one({ kind: 'Secret', namespace, name }, (found) => isLeft(found, machine));
      }
      after = ids.length < PAGE ? null : (ids.at(-1) ?? null);
    } while (after !== null);
    for (const over of (await this.records.hosts?.firstBootsOver(this.center.id, since)) ?? []) {
      const { namespace } = over.host;
      await this.one({ kind: 'Secret', namespace, name: firstBootOfHost(over) }, isOurs);
    }
  }

  private async one(key: ObjectKey, isLeft: (found: Pick<ClusterObject, 'metadata'>) => boolean): Promise<void> {
    this.guard.assertHeld();
    try {
      const found = await this.gateway.standing(key);
      if (found && isLeft(found)) await this.writes.remove(key, found.metadata.uid);
    } catch (error) {
      if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE')) throw error;
      // One that is in trouble does not keep the others waiting; the next round looks again.
      this.trouble(error);
    }
  }
}

/** Its name is of one installation, which is over. */
function isOurs({ metadata }: Pick<ClusterObject, 'metadata'>): boolean {
  return metadata.deletionTimestamp === undefined && metadata.labels?.[MARK.managedBy] === MANAGED_BY;
}
