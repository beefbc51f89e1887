import { Injectable } from '@nestjs/common';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ofVersion } from './domain/release.js';
import {
  checkSnapshotName,
  deleteRefusal,
  giveUpRefusal,
  restoreRefusal,
  snapshotRefusal,
} from './domain/snapshots.js';
import { type LockedResource, ResourceMoves } from './resource-moves.service.js';
import {
  type Operated,
  type OperatingWish,
  type Operator,
  ResourceOperating,
  type Work,
} from './resource-operating.service.js';
import { ResourceSnapshotsRepository, type SnapshotRow } from './resource-snapshots.repository.js';

type OnSnapshot = Omit<OperatingWish, 'resourceId'> & { readonly snapshotId: string | undefined };

/** Takes, restores and deletes snapshots of machines: writes down what is wished; the worker drives the cluster toward it. */
@Injectable()
export class ResourceSnapshots {
  constructor(
    private readonly operating: ResourceOperating,
    private readonly snapshots: ResourceSnapshotsRepository,
    private readonly moves: ResourceMoves,
  ) {}

  readonly ofResources = async (resourceIds: readonly string[]): Promise<SnapshotRow[][]> => {
    const rows = Map.groupBy(await this.snapshots.ofResources(resourceIds), (row) => row.resourceId);
    return resourceIds.map((id) => rows.get(id) ?? []);
  };

  take(viewer: Viewer, scope: TenantScope, wish: OperatingWish & { readonly name: string }): Operated<{ id: string }> {
    return this.operating.perform(viewer, scope, 'resource.takeSnapshot', wish, async (tx, row, operator) => {
      const every = await this.snapshots.everyOf(tx, row.id);
      const refusal = snapshotRefusal(row, every);
      if (refusal) return refuse([refusal]);
      const badName = checkSnapshotName(wish.name, every);
      if (badName.length > 0) return refuse(badName);
      const name = wish.name.trim();
      const number = (every.at(-1)?.number ?? 0) + 1;
      const { diskGib, id: resourceId } = row;
      await this.snapshots.insert(tx, { resourceId, number, name, diskGib, createdBy: viewer.name });
      const did = say(`创建快照“${name}”`, `Snapshot “${name}” asked for`);
      await this.moves.note(tx, row, 'SNAPSHOT_TAKEN', operator.said(did));
      return ok({ value: { id: row.id }, did, after: { snapshot: name, number } });
    });
  }

  /** The machine stands still, and its disks become what they were. */
  restore(
    viewer: Viewer,
    scope: TenantScope,
    wish: OnSnapshot & { readonly expectedVersion: number },
  ): Operated<{ id: string }> {
    return this.onSnapshot(viewer, scope, 'resource.restoreSnapshot', wish, async (tx, row, snapshot, operator) => {
      const refusal = restoreRefusal(row, snapshot);
      if (refusal) return refuse([refusal]);
      const stale = ofVersion(row, wish.expectedVersion);
      if (stale.length > 0) return refuse(stale);
      await this.snapshots.update(tx, snapshot.id, {
        restores: snapshot.restores + 1,
        restoreGivenUpAt: null,
        trouble: null,
      });
      const did = say(`从快照“${snapshot.name}”恢复`, `Restore from snapshot “${snapshot.name}”`);
      const statusText = say('正在从快照恢复', 'A snapshot is being restored');
      const values = { restoringSnapshotId: snapshot.id, statusText };
      await this.moves.operate(tx, row, 'SNAPSHOT_RESTORE', operator.said(did), values);
      return ok({ value: { id: row.id }, did, after: { restoringSnapshotId: snapshot.id } });
    });
  }

  /** The worker takes the restore off the cluster; until then nothing else is done to the machine. */
  giveUp(viewer: Viewer, scope: TenantScope, wish: OnSnapshot): Operated<{ id: string }> {
    return this.onSnapshot(viewer, scope, 'resource.giveUpRestore', wish, async (tx, row, snapshot, operator) => {
      const refusal = giveUpRefusal(row, snapshot);
      if (refusal) return refuse([refusal]);
      await this.snapshots.update(tx, snapshot.id, { restoreGivenUpAt: tx.now });
      const did = say(`放弃从快照“${snapshot.name}”恢复`, `Give up restoring snapshot “${snapshot.name}”`);
      await this.moves.note(tx, row, 'RESTORE_GIVEN_UP', operator.said(did));
      return ok({ value: { id: row.id }, did, after: { snapshot: snapshot.name, restoreGivenUp: true } });
    });
  }

  delete(viewer: Viewer, scope: TenantScope, wish: OnSnapshot): Operated<{ id: string }> {
    return this.onSnapshot(viewer, scope, 'resource.deleteSnapshot', wish, async (tx, row, snapshot, operator) => {
      const refusal = deleteRefusal(row, snapshot);
      if (refusal) return refuse([refusal]);
      await this.snapshots.update(tx, snapshot.id, { state: 'DELETING' });
      const did = say(`删除快照“${snapshot.name}”`, `Delete snapshot “${snapshot.name}”`);
      await this.moves.note(tx, row, 'SNAPSHOT_DELETED', operator.said(did));
      return ok({ value: { id: row.id }, did, after: { snapshot: snapshot.name, state: 'DELETING' } });
    });
  }

  private async onSnapshot(
    viewer: Viewer,
    scope: TenantScope,
    name: string,
    wish: OnSnapshot,
    work: (tx: Tx, row: LockedResource, snapshot: SnapshotRow, operator: Operator) => ReturnType<Work<{ id: string }>>,
  ): Operated<{ id: string }> {
    const { snapshotId } = wish;
    // Read outside: a snapshot never changes its machine, whose row is locked before the snapshot is looked at.
    const resourceId = snapshotId === undefined ? undefined : await this.snapshots.resourceOf(snapshotId);
    return this.operating.perform(viewer, scope, name, { ...wish, resourceId }, async (tx, row, operator) => {
      const snapshot = snapshotId === undefined ? null : await this.snapshots.byId(tx, snapshotId);
      return snapshot ? work(tx, row, snapshot, operator) : refuse([unknownSnapshot()]);
    });
  }
}

function unknownSnapshot(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这个快照，或不属于您的单位', 'There is no such snapshot, or it is not your department’s'),
  };
}
