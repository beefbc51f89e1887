import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { KEPT_DISK_REMINDER_DAYS } from './domain/kept-disks.js';
import { type KeptDiskRow, KeptDisksRepository } from './kept-disks.repository.js';
import { changeOf } from './resource-life.service.js';
import { type LockedResource, ResourceMoves } from './resource-moves.service.js';

const DAY_MS = 86_400_000;
/** Disks that one round of housekeeping ends or tells of; the next takes the rest. */
const DUE_PER_RUN = 200;

/** What the calendar does to disks that outlived their machines. */
@Injectable()
export class KeptDiskTime {
  constructor(
    private readonly disks: KeptDisksRepository,
    private readonly moves: ResourceMoves,
    private readonly acts: Acts,
    private readonly notices: Notices,
    private readonly freezes: FreezeGate,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One round of the calendar: people are told before a disk ends, and then it ends. Returns how many it looked at. */
  async run(actor: Actor): Promise<number> {
    const now = this.clock.now();
    const soon = await this.disks.due(now, new Date(now.getTime() + KEPT_DISK_REMINDER_DAYS * DAY_MS), DUE_PER_RUN);
    await eachAlone(soon, (diskId) =>
      this.acts.perform({ name: 'keptDisk.due', actor, input: { diskId } }, async (tx) => {
        const disk = await this.disks.locked(tx, diskId);
        const former = disk && (await this.moves.locked(tx, WHOLE_PROVINCE, disk.resourceId));
        // Meanwhile attached, given up or ended by another worker.
        if (!disk || !former || disk.untilAt === null) return refuse([unknownDisk()]);
        if (disk.untilAt <= tx.now) {
          const until = await this.freezes.until(tx, changeOf(former));
          if (until !== null) return ok(await this.stay(tx, disk, until, former));
          const text = say('磁盘保留期满，正在删除', 'The time of its disk is over; it is being deleted');
          return ok(await this.end(tx, disk, former, 'TIME', { text, by: actor.name }));
        }
        // Another worker told of it meanwhile.
        if (disk.remindedAt !== null) return refuse([unknownDisk()]);
        return ok(await this.remind(tx, disk, disk.untilAt, former));
      }),
    );
    return soon.length;
  }

  /** Nothing is deleted during a freeze: its time ends with it, and no round comes by for it, and for no other, before. */
  private async stay(
    tx: Tx,
    disk: KeptDiskRow,
    untilAt: Date,
    { code, name }: LockedResource,
  ): Promise<Done<{ id: string }>> {
    await this.disks.update(tx, disk, { untilAt });
    const summary = say(`${code} ${name} 的磁盘因封网继续保留`, `Keep the disk of ${code} ${name} during a freeze`);
    return diskDone(disk, summary, { untilAt: untilAt.toISOString() });
  }

  /** It is deleted by the worker; until the cluster has it no longer its storage stays claimed. */
  async end(
    tx: Tx,
    disk: KeptDiskRow,
    former: LockedResource,
    endCause: 'TIME' | 'GIVEN_UP',
    said: { readonly text: Bilingual; readonly by: string },
  ): Promise<Done<{ id: string }>> {
    await this.disks.update(tx, disk, { state: 'ENDING', untilAt: null, endCause });
    await this.moves.note(tx, former, 'DISK_ENDING', said);
    const summary = say(
      `删除 ${former.code} ${former.name} 保留的磁盘`,
      `Delete the kept disk of ${former.code} ${former.name}`,
    );
    return diskDone(disk, summary, { state: 'ENDING', endCause });
  }

  private async remind(
    tx: Tx,
    disk: KeptDiskRow,
    untilAt: Date,
    { code, departmentId, name }: LockedResource,
  ): Promise<Done<{ id: string }>> {
    await this.disks.told(tx, disk.id);
    const until = calendarDate(untilAt);
    await this.notices.tell(tx, {
      kind: 'DEADLINE',
      subject: { type: 'Resource', id: disk.resourceId },
      audience: {
        roles: [
          { role: 'DEPARTMENT_HEAD', departmentId },
          { role: 'APPLICANT', departmentId },
        ],
      },
      text: say(
        `${name}（${code}）保留的磁盘 ${disk.diskGib} GiB 将于 ${until} 删除，如仍需要请挂载到虚拟机`,
        `The disk of ${name} (${code}), ${disk.diskGib} GiB, is deleted on ${until}; attach it to a machine if you need it`,
      ),
      onceKey: null,
    });
    return diskDone(disk, say(`提醒 ${name} 的磁盘即将到期`, `Remind of the disk of ${name}`), {
      untilAt: untilAt.toISOString(),
    });
  }
}

export function diskDone(
  { id, departmentId, state }: KeptDiskRow,
  summary: Bilingual,
  after: object,
): Done<{ id: string }> {
  return {
    value: { id },
    audit: { objectType: 'KeptDisk', objectId: id, departmentId, summary, before: { state }, after },
  };
}

export function unknownDisk(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这块磁盘，或不属于您的单位', 'There is no such disk, or it is not your department’s'),
  };
}
