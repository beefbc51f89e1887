import type { Tx } from '../platform/database/unit-of-work.js';
import { isFailure } from './domain/cluster-failure.js';
import type { ObjectKey } from './domain/cluster-object.js';
import { diskNameOf, namespaceOf } from './domain/desired-manifests.js';
import { ownerOf } from './domain/marks.js';
import type { ClusterGateway } from './domain/ports.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { DiskRecords, Records } from './provisioning.types.js';

type Wanted = Awaited<ReturnType<DiskRecords['wantedIn']>>[number];

const MISSING = '集群中找不到这块磁盘';

/**
 * Sees to the disks that outlived their machines in one cluster, level-triggered: those that are to end are deleted by their
 * own identity, and are gone only when the cluster says so; of the others it is noticed when they are missing.
 */
export class KeptDiskReconciler {
  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: Pick<ClusterGateway, 'get' | 'remove'>,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'allocation'> & { readonly disks: DiskRecords },
    private readonly trouble: (error: unknown) => void,
  ) {}

  /** Few at a time, so each is read at the cluster itself. */
  run(): Promise<void> {
    return this.each(true);
  }

  /** Also those that nothing is to be done to. */
  look(): Promise<void> {
    return this.each(false);
  }

  private async each(onlyEnding: boolean): Promise<void> {
    for (const wanted of await this.records.disks.wantedIn(this.center.id, onlyEnding)) {
      this.guard.assertHeld();
      try {
        await this.step(wanted);
      } catch (error) {
        if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE')) throw error;
        // One that is in trouble does not keep the others waiting; the next beat looks again.
        this.trouble(error);
      }
    }
  }

  private async step(wanted: Wanted): Promise<void> {
    const { departmentCode, isEnding, objectName, resourceId } = wanted;
    const key: ObjectKey = { kind: 'DataVolume', namespace: namespaceOf(departmentCode), name: diskNameOf(objectName) };
    const disk = await this.gateway.get(key);
    // Of that name, but not this one: left alone, and as good as none.
    const own = disk && ownerOf(disk) === resourceId ? disk : undefined;
    if (!isEnding) return this.tell(wanted, own === undefined ? MISSING : null);
    if (own === undefined) return this.gone(wanted);
    if (own.metadata.deletionTimestamp !== undefined) return;
    const { uid } = own.metadata;
    if (uid === undefined) throw new Error(`DataVolume ${key.name} has no uid: nothing is deleted by name`);
    this.guard.assertHeld();
    await this.gateway.remove(key, { uid });
  }

  private async tell(wanted: Wanted, trouble: string | null): Promise<void> {
    if (wanted.trouble !== trouble) await this.record((tx) => this.records.disks.seen(tx, wanted, trouble));
  }

  /** Its claim goes back in the same transaction, as its last write, once. */
  private async gone(wanted: Wanted): Promise<void> {
    const { allocation, disks } = this.records;
    await this.record(async (tx) => {
      const claimId = await disks.gone(tx, wanted);
      if (claimId !== null) await allocation.release(tx, [claimId]);
    });
  }

  /** In a transaction that holds only while the lease is this term's: the epoch is the fence. */
  private async record(write: (tx: Tx) => Promise<void>): Promise<void> {
    await this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      await write(tx);
    });
  }
}
