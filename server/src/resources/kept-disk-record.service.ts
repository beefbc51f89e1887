import { Injectable } from '@nestjs/common';
import type { Claim } from '../allocation/domain/claim.js';
import { KeptClaims } from '../allocation/kept-claims.service.js';
import { say } from '../kernel/bilingual.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { KeptDisksRepository, type WantedDisk } from './kept-disks.repository.js';
import { type LockedResource, ResourceMoves } from './resource-moves.service.js';

const CLUSTER = 'Kubernetes';
const DAY_MS = 86_400_000;

/** What follows for a machine's claim from its having gone. */
export interface AfterMachine {
  /** Its claim is its disk's from now on, or was so already: it is not given back with the machine. */
  readonly keepsClaim: boolean;
  /** What goes back of it, once: for AllocationService.release. */
  readonly givenBack: readonly Claim[];
}

const NOTHING_KEPT: AfterMachine = { keepsClaim: false, givenBack: [] };

/** What a worker asks of disks that are kept, and what it writes down of them. */
@Injectable()
export class KeptDiskRecord {
  constructor(
    private readonly disks: KeptDisksRepository,
    private readonly moves: ResourceMoves,
    private readonly claims: KeptClaims,
  ) {}

  wantedIn(centerId: string, onlyEnding: boolean): Promise<WantedDisk[]> {
    return this.disks.wantedIn(centerId, onlyEnding);
  }

  /**
   * In the transaction in which its machine was seen to be gone. Asked again it gives nothing back a second time: a claim
   * that a kept disk has is that disk's, until it has ended itself.
   */
  async machineGone(tx: Tx, resourceId: string, diskIsThere: boolean): Promise<AfterMachine> {
    const row = await this.moves.locked(tx, WHOLE_PROVINCE, resourceId);
    if (!row) return NOTHING_KEPT;
    await this.leaveBehind(tx, row);
    if (await this.disks.ofResource(tx, resourceId)) return { keepsClaim: true, givenBack: [] };
    if (row.keepDiskDays === null) return NOTHING_KEPT;
    const id = newId(tx.now.getTime());
    const freed = diskIsThere && row.centerId !== null ? await this.claims.keepStorage(tx, row.claimId, id) : null;
    if (freed === null || row.centerId === null) {
      await this.moves.diskEnded(
        tx,
        row,
        say('磁盘未能保留：集群中已没有它', 'Its disk could not be kept: the cluster has none'),
      );
      return NOTHING_KEPT;
    }
    const { claimId, departmentId, systemId, centerId, diskGib, storageTier, keepDiskDays } = row;
    const untilAt = new Date(tx.now.getTime() + keepDiskDays * DAY_MS);
    await this.disks.insert(tx, {
      ...{ id, resourceId, claimId, departmentId, systemId, centerId, diskGib, storageTier },
      ...{ state: 'KEPT', keptAt: tx.now, untilAt, remindedAt: null, attachedToId: null, trouble: null },
      ...{ endCause: null, endedAt: null, version: 1 },
    });
    await this.moves.diskKept(
      tx,
      row,
      say(`磁盘 ${diskGib} GiB 保留 ${keepDiskDays} 天`, `Its disk of ${diskGib} GiB is kept for ${keepDiskDays} days`),
    );
    return { keepsClaim: true, givenBack: [freed] };
  }

  /** The cluster has it no longer. Its claim, to be released by the caller as its last write; null = that was done before. */
  async gone(tx: Tx, { keptDiskId }: Pick<WantedDisk, 'keptDiskId'>): Promise<string | null> {
    const disk = await this.disks.locked(tx, keptDiskId);
    if (disk?.state !== 'ENDING') return null;
    await this.disks.update(tx, disk, { state: 'GONE', endedAt: tx.now, trouble: null });
    const row = await this.moves.locked(tx, WHOLE_PROVINCE, disk.resourceId);
    if (row) await this.moves.diskEnded(tx, row, say('保留的磁盘已删除', 'The disk that was kept has been deleted'));
    return disk.claimId;
  }

  /** What is wrong with it in the cluster, or that nothing is any more. */
  async seen(tx: Tx, { keptDiskId }: Pick<WantedDisk, 'keptDiskId'>, trouble: string | null): Promise<void> {
    const disk = await this.disks.locked(tx, keptDiskId);
    if (!disk || disk.state === 'GONE' || disk.trouble === trouble) return;
    await this.disks.update(tx, disk, { trouble });
    tx.changed('resource', disk.resourceId);
  }

  /** Disks that it had of other machines share its choice: they are kept as long as its own, or end with it. */
  private async leaveBehind(tx: Tx, { id, name, keepDiskDays }: LockedResource): Promise<void> {
    for (const disk of await this.disks.attachedTo(tx, id)) {
      const freed = { attachedToId: null };
      if (keepDiskDays === null) await this.disks.update(tx, disk, { ...freed, state: 'ENDING', endCause: 'MACHINE' });
      else
        await this.disks.update(tx, disk, {
          ...freed,
          state: 'KEPT',
          untilAt: new Date(tx.now.getTime() + keepDiskDays * DAY_MS),
          remindedAt: null,
        });
      const row = await this.moves.locked(tx, WHOLE_PROVINCE, disk.resourceId);
      if (row)
        await this.moves.note(tx, row, 'DISK_DETACHED', {
          text: say(`挂载它的虚拟机 ${name} 已释放`, `${name}, which had its disk, has been released`),
          by: CLUSTER,
        });
    }
  }
}
