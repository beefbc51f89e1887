/** Decides whether a snapshot of a machine may be taken, restored or deleted, and what it is called. */
import { type Bilingual, say } from '../../kernel/bilingual.js';
import type { InputPath, Refusal } from '../../kernel/refusal.js';
import { type OperatedMachine, refusalOf, whyNot } from './power-actions.js';

export const SNAPSHOT_STATES = ['MAKING', 'READY', 'FAILED', 'DELETING', 'GONE'] as const;
export type SnapshotState = (typeof SNAPSHOT_STATES)[number];

/** Every one keeps what has changed since on the same storage; more than a few is a backup, which has its own service. */
export const SNAPSHOTS_MAX = 5;
/** Room for "升级 5.2 之前". */
export const SNAPSHOT_NAME_LENGTH_MAX = 60;

export interface KeptSnapshot {
  readonly id: string;
  readonly name: string;
  readonly state: SnapshotState;
  readonly diskGib: number;
}

const countsAgainstLimit = ({ state }: Pick<KeptSnapshot, 'state'>) => state !== 'GONE';

/** A machine, and the disks that were kept of others and are its own now. */
export type SnapshotMachine = OperatedMachine & { readonly attachedDisks: readonly unknown[] | null };

export function snapshotRefusal(
  machine: SnapshotMachine,
  kept: readonly Pick<KeptSnapshot, 'state'>[],
): Refusal | null {
  const why = whyNot(machine, 'SNAPSHOT');
  if (why !== null) return refusalOf(machine, 'SNAPSHOT', why);
  const attached = attachedRefusal(machine);
  if (attached) return attached;
  if (kept.some(({ state }) => state === 'MAKING'))
    return refused(
      'SNAPSHOT_UNDER_WAY',
      say('有一个快照正在创建，请等它完成', 'A snapshot is being made; wait for it'),
    );
  if (kept.filter(countsAgainstLimit).length >= SNAPSHOTS_MAX)
    return refused(
      'SNAPSHOT_LIMIT',
      say(
        `每台最多保留 ${SNAPSHOTS_MAX} 个快照，请先删除一个`,
        `At most ${SNAPSHOTS_MAX} snapshots of a machine are kept; delete one first`,
      ),
    );
  return null;
}

export function checkSnapshotName(name: string, kept: readonly Pick<KeptSnapshot, 'name' | 'state'>[]): Refusal[] {
  const text = name.trim();
  if (text.length === 0 || text.length > SNAPSHOT_NAME_LENGTH_MAX)
    return [
      invalid(
        ['name'],
        'length',
        say(
          `请填写快照名称，1 至 ${SNAPSHOT_NAME_LENGTH_MAX} 字`,
          `Give a name of 1 to ${SNAPSHOT_NAME_LENGTH_MAX} characters`,
        ),
      ),
    ];
  if (kept.some((each) => countsAgainstLimit(each) && each.name === text))
    return [invalid(['name'], 'unique', say(`已有名为“${text}”的快照`, `There is a snapshot named “${text}” already`))];
  return [];
}

/** @param machine with the size that its disk has now. */
export function restoreRefusal(
  machine: SnapshotMachine & { readonly diskGib: number },
  snapshot: Pick<KeptSnapshot, 'state' | 'diskGib'>,
): Refusal | null {
  const why = whyNot(machine, 'RESTORE_SNAPSHOT');
  if (why !== null) return refusalOf(machine, 'RESTORE_SNAPSHOT', why);
  const attached = attachedRefusal(machine);
  if (attached) return attached;
  if (snapshot.state !== 'READY')
    return refused('SNAPSHOT_NOT_READY', say('快照尚不可用', 'The snapshot is not ready to be used'));
  // A disk only grows: brought back smaller it would not be what the record and the bill say.
  if (snapshot.diskGib !== machine.diskGib)
    return refused(
      'SNAPSHOT_OF_OTHER_SIZE',
      say(
        `快照创建时磁盘为 ${snapshot.diskGib} GiB，现为 ${machine.diskGib} GiB，不能恢复`,
        `Its disk had ${snapshot.diskGib} GiB then and has ${machine.diskGib} GiB now; it cannot be brought back`,
      ),
    );
  return null;
}

/** KubeVirt snapshots and restores all disks of a machine as one; this one's books know of its own disk alone. */
function attachedRefusal({ attachedDisks }: SnapshotMachine): Refusal | null {
  if ((attachedDisks ?? []).length === 0) return null;
  return refused(
    'DISKS_ATTACHED',
    say('挂载着保留的磁盘，请先卸下再办快照', 'It has disks that were kept of other machines; detach them first'),
  );
}

/** Whether stopping the machine is what is left to be done before one of its snapshots can be restored. */
export function isStopFirst(machine: OperatedMachine): boolean {
  return whyNot(machine, 'RESTORE_SNAPSHOT') === 'STOP_FIRST' && whyNot(machine, 'STOP') === null;
}

export function deleteRefusal(
  machine: Pick<OperatedMachine, 'restoringSnapshotId'>,
  snapshot: Pick<KeptSnapshot, 'id' | 'state'>,
): Refusal | null {
  if (machine.restoringSnapshotId === snapshot.id)
    return refused('RESTORING', say('正在从该快照恢复，请等它完成', 'It is being restored; wait for the end'));
  if (snapshot.state === 'DELETING' || snapshot.state === 'GONE')
    return refused('DELETING', say('快照正在删除或已删除', 'It is being or has been deleted'));
  return null;
}

/** KubeVirt tries for ever what cannot succeed: whoever may ask for a restore may end it, wherever the machine stands. */
export function giveUpRefusal(
  machine: Pick<OperatedMachine, 'restoringSnapshotId'>,
  snapshot: Pick<KeptSnapshot, 'id'> & { readonly restoreGivenUpAt: Date | null },
): Refusal | null {
  if (machine.restoringSnapshotId !== snapshot.id)
    return refused('NOT_RESTORING', say('没有正在从该快照恢复', 'It is not being restored'));
  if (snapshot.restoreGivenUpAt !== null)
    return refused(
      'GIVING_UP',
      say('正在放弃恢复，请等集群撤下', 'The restore is being given up; wait for the cluster'),
    );
  return null;
}

function refused(reason: string, message: Bilingual): Refusal {
  return { code: 'NOT_PERMITTED', path: [], reason, message };
}

function invalid(path: InputPath, rule: string, message: Bilingual): Refusal {
  return { code: 'INVALID_INPUT', path, rule, message };
}
