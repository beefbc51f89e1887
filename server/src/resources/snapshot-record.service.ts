import { Injectable } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { type LockedResource, ResourceMoves } from './resource-moves.service.js';
import {
  ResourceSnapshotsRepository,
  type SnapshotRow,
  WANTED_MAX,
  type WantedSnapshot,
} from './resource-snapshots.repository.js';

const CLUSTER = 'Kubernetes';
const TROUBLE_LENGTH_MAX = 300;

type Which = Pick<WantedSnapshot, 'snapshotId' | 'resourceId'>;
/** Whoever waits for it long should read why; it is written once. */
type Waiting = Which & Pick<WantedSnapshot, 'trouble'>;

/**
 * What a worker asks of snapshots, and what it writes down of them: the machine's row is locked first, as every act locks
 * it, and what people decided meanwhile stands.
 */
@Injectable()
export class SnapshotRecord {
  constructor(
    private readonly snapshots: ResourceSnapshotsRepository,
    private readonly moves: ResourceMoves,
  ) {}

  /** Some of them; `next` is from where to go on, null = from the beginning. */
  async wantedIn(centerId: string, after: string | null): Promise<{ wanted: WantedSnapshot[]; next: string | null }> {
    const wanted = await this.snapshots.wantedIn(centerId, after);
    return { wanted, next: wanted.length < WANTED_MAX ? null : (wanted.at(-1)?.snapshotId ?? null) };
  }

  ready(tx: Tx, which: Which, indications: readonly string[]): Promise<void> {
    return this.whileMaking(tx, which, async (row, { name }) => {
      const values = { state: 'READY' as const, readyAt: tx.now, indications: [...indications], trouble: null };
      await this.snapshots.update(tx, which.snapshotId, values);
      await this.note(tx, row, 'SNAPSHOT_READY', say(`快照“${name}”已创建`, `Snapshot “${name}” is ready`));
    });
  }

  /** Nothing is decided: the cluster goes on trying, and says what it lacks. */
  async hindered(tx: Tx, which: Waiting, trouble: string | null): Promise<void> {
    const found = await this.locked(tx, which);
    const open = found && (found.snapshot.state === 'MAKING' || found.row.restoringSnapshotId === which.snapshotId);
    if (!open) return;
    await this.snapshots.update(tx, which.snapshotId, { trouble: trouble && shortened(trouble) });
    tx.changed('resource', which.resourceId);
  }

  isNews({ trouble: known }: Waiting, trouble: string | null): boolean {
    return known !== (trouble && shortened(trouble));
  }

  failed(tx: Tx, which: Which, trouble: string | null): Promise<void> {
    return this.whileMaking(tx, which, async (row, { name }) => {
      const said = shortened(trouble);
      await this.snapshots.update(tx, which.snapshotId, { state: 'FAILED', trouble: said });
      const text = say(`快照“${name}”创建失败：${said}`, `Snapshot “${name}” could not be made: ${said}`);
      await this.note(tx, row, 'SNAPSHOT_FAILED', text);
    });
  }

  /** Its disks are its own again: what the console wants of it is applied anew, whatever the restore left behind. */
  restored(tx: Tx, which: Which): Promise<void> {
    return this.whileRestoring(tx, which, async (row, { name }) => {
      const text = say(`已从快照“${name}”恢复，请核对后开机`, `Restored from snapshot “${name}”; look, then start it`);
      const statusText = say('已从快照恢复，保持关机', 'Restored from a snapshot; it stays off');
      const values = { restoringSnapshotId: null, statusText };
      await this.snapshots.update(tx, which.snapshotId, { trouble: null, restoreGivenUpAt: null });
      await this.moves.operate(tx, row, 'SNAPSHOT_RESTORED', { text, by: CLUSTER }, values);
    });
  }

  restoreFailed(tx: Tx, which: Which, trouble: string | null): Promise<void> {
    return this.whileRestoring(tx, which, async (row, { name }) => {
      const said = shortened(trouble);
      const text = say(
        `从快照“${name}”恢复失败：${said}。快照仍在，可再试`,
        `Snapshot “${name}” could not be restored: ${said}. It is kept; try again`,
      );
      await this.snapshots.update(tx, which.snapshotId, { trouble: said, restoreGivenUpAt: null });
      await this.moves.operate(tx, row, 'RESTORE_FAILED', { text, by: CLUSTER }, { restoringSnapshotId: null });
    });
  }

  async gone(tx: Tx, which: Which): Promise<void> {
    const found = await this.locked(tx, which);
    if (!found || found.snapshot.state === 'GONE') return;
    await this.snapshots.update(tx, which.snapshotId, { state: 'GONE' });
    const { name } = found.snapshot;
    await this.note(tx, found.row, 'SNAPSHOT_GONE', say(`快照“${name}”已删除`, `Snapshot “${name}” is deleted`));
  }

  private async whileMaking(
    tx: Tx,
    which: Which,
    work: (row: LockedResource, snapshot: SnapshotRow) => Promise<void>,
  ): Promise<void> {
    const found = await this.locked(tx, which);
    if (found?.snapshot.state === 'MAKING') await work(found.row, found.snapshot);
  }

  private async whileRestoring(
    tx: Tx,
    which: Which,
    work: (row: LockedResource, snapshot: SnapshotRow) => Promise<void>,
  ): Promise<void> {
    const found = await this.locked(tx, which);
    if (found?.row.restoringSnapshotId === which.snapshotId) await work(found.row, found.snapshot);
  }

  private async locked(tx: Tx, { resourceId, snapshotId }: Which) {
    const row = await this.moves.locked(tx, WHOLE_PROVINCE, resourceId);
    const snapshot = row && (await this.snapshots.byId(tx, snapshotId));
    return row && snapshot ? { row, snapshot } : undefined;
  }

  private note(tx: Tx, row: LockedResource, kind: string, text: Bilingual): Promise<void> {
    return this.moves.note(tx, row, kind, { text, by: CLUSTER });
  }
}

function shortened(trouble: string | null): string {
  return (trouble ?? '集群未说明原因').slice(0, TROUBLE_LENGTH_MAX);
}
