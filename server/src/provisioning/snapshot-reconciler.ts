import type { Tx } from '../platform/database/unit-of-work.js';
import { isFailure } from './domain/cluster-failure.js';
import type { ObjectKey } from './domain/cluster-object.js';
import { namespaceOf } from './domain/desired-manifests.js';
import {
  restoreManifest,
  restoreName,
  restoreView,
  type SnapshotView,
  snapshotManifest,
  snapshotName,
  snapshotView,
} from './domain/desired-snapshot.js';
import type { ClusterGateway } from './domain/ports.js';
import { FencedWrites } from './fenced-writes.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { Records, SnapshotRecords } from './provisioning.types.js';

type Wanted = Awaited<ReturnType<SnapshotRecords['wantedIn']>>['wanted'][number];

const GIVEN_UP = '已放弃恢复，系统盘可能停在恢复途中';
const TAKEN = '集群中已有同名快照且不属于本资源，未作改动';

/**
 * Drives one cluster toward the snapshots that the database wants in it, level-triggered: each beat looks at those that are
 * being made, restored or deleted (few at a time, so each is read at the cluster itself), and records once where it stands.
 * Where there are more than one beat looks at, the next goes on behind them: however many are stuck, each has its turn.
 */
export class SnapshotReconciler {
  private readonly writes: FencedWrites;
  private next: string | null = null;

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases'> & { readonly snapshots: SnapshotRecords },
    private readonly trouble: (error: unknown) => void,
  ) {
    this.writes = new FencedWrites(gateway, guard);
  }

  async run(): Promise<void> {
    const { next, wanted } = await this.records.snapshots.wantedIn(this.center.id, this.next);
    for (const each of wanted) {
      this.guard.assertHeld();
      try {
        await this.step(each);
      } catch (error) {
        if (error instanceof LeaseLost || isFailure(error, 'UNREACHABLE')) throw error;
        // One that is in trouble does not keep the others waiting; the next beat looks again.
        this.trouble(error);
      }
    }
    // After a beat that broke off, the same ones again.
    this.next = next;
  }

  private async step(wanted: Wanted): Promise<void> {
    try {
      if (wanted.wish === 'MAKE') await this.make(wanted);
      else if (wanted.wish === 'DELETE') await this.delete(wanted);
      else if (wanted.wish === 'GIVE_UP') await this.giveUp(wanted);
      else await this.restore(wanted);
    } catch (error) {
      if (!isFailure(error, 'PERMANENT')) throw error;
      const { message } = error;
      // What is to be deleted stays so: nobody is told that it is gone while it is not.
      if (wanted.wish === 'MAKE') await this.record((tx) => this.records.snapshots.failed(tx, wanted, message));
      else if (wanted.wish === 'RESTORE')
        await this.record((tx) => this.records.snapshots.restoreFailed(tx, wanted, message));
      // What cannot be taken off stays under way, and is said: the machine is not its people's again before.
      else if (wanted.wish === 'GIVE_UP') await this.tell(wanted, message);
      else throw error;
    }
  }

  private async make(wanted: Wanted): Promise<void> {
    const { snapshots } = this.records;
    const view = await this.look(wanted);
    if (view === undefined) {
      // Never written over: another worker has been faster, and the next beat looks at what it made.
      await this.writes.applyOver(snapshotManifest(wanted), undefined);
      return;
    }
    if (view.owner !== wanted.snapshotId) await this.record((tx) => snapshots.failed(tx, wanted, TAKEN));
    else if (view.stand === 'DONE') await this.record((tx) => snapshots.ready(tx, wanted, view.indications));
    else if (view.stand === 'FAILED') await this.record((tx) => snapshots.failed(tx, wanted, view.trouble));
    else await this.tell(wanted, view.trouble);
  }

  private async restore(wanted: Wanted): Promise<void> {
    const { snapshots } = this.records;
    const snapshot = await this.look(wanted);
    if (snapshot === undefined || snapshot.owner !== wanted.snapshotId || snapshot.isLeaving)
      return this.record((tx) => snapshots.restoreFailed(tx, wanted, '集群中已没有这个快照'));
    const object = await this.gateway.get(keyOf(wanted, 'VirtualMachineRestore'));
    if (object === undefined) {
      await this.writes.applyOver(restoreManifest(wanted, snapshot.uid), undefined);
      return;
    }
    const { stand, trouble } = restoreView(object);
    if (stand === 'DONE') await this.record((tx) => snapshots.restored(tx, wanted));
    else if (stand === 'FAILED') await this.record((tx) => snapshots.restoreFailed(tx, wanted, trouble));
    else await this.tell(wanted, trouble);
  }

  /** It goes by its own identity, and KubeVirt lets go of the machine with it. */
  private async giveUp(wanted: Wanted): Promise<void> {
    const { snapshots } = this.records;
    const key = keyOf(wanted, 'VirtualMachineRestore');
    const object = await this.gateway.get(key);
    const view = object && restoreView(object);
    // Of that name, but not this one: left alone.
    if (view === undefined || view.owner !== wanted.snapshotId)
      return this.record((tx) => snapshots.restoreFailed(tx, wanted, GIVEN_UP));
    // What came to its end meanwhile is what it is.
    if (view.stand === 'DONE') return this.record((tx) => snapshots.restored(tx, wanted));
    if (view.isLeaving) return;
    await this.writes.remove(key, view.uid);
  }

  private async tell(wanted: Wanted, trouble: string | null): Promise<void> {
    const { snapshots } = this.records;
    if (snapshots.isNews(wanted, trouble)) await this.record((tx) => snapshots.hindered(tx, wanted, trouble));
  }

  private async delete(wanted: Wanted): Promise<void> {
    const view = await this.look(wanted);
    // Of that name, but not this one: left alone.
    if (view === undefined || view.owner !== wanted.snapshotId)
      return this.record((tx) => this.records.snapshots.gone(tx, wanted));
    if (view.isLeaving) return;
    await this.writes.remove(keyOf(wanted, 'VirtualMachineSnapshot'), view.uid);
  }

  private async look(wanted: Wanted): Promise<SnapshotView | undefined> {
    const object = await this.gateway.get(keyOf(wanted, 'VirtualMachineSnapshot'));
    return object && snapshotView(object);
  }

  /** In a transaction that holds only while the lease is this term's: the epoch is the fence. */
  private async record(write: (tx: Tx) => Promise<void>): Promise<void> {
    await this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      await write(tx);
    });
  }
}

function keyOf(wanted: Wanted, kind: 'VirtualMachineSnapshot' | 'VirtualMachineRestore'): ObjectKey {
  const name = kind === 'VirtualMachineSnapshot' ? snapshotName(wanted) : restoreName(wanted);
  return { kind, namespace: namespaceOf(wanted.departmentCode), name };
}
