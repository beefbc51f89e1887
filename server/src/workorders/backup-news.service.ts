import { Injectable } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { NoticeKind } from '../kernel/notice.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import type { BackupRow, BackupRunRow } from './backups.types.js';

/** Who runs the platform and whose data it is hear of a copy that is not there. */
@Injectable()
export class BackupNews {
  constructor(private readonly notices: Notices) {}

  missed(tx: Tx, backup: BackupRow, since: Date): Promise<void> {
    const day = calendarDate(since);
    return this.tell(
      tx,
      backup,
      'DEADLINE',
      say(
        `备份 ${backup.code}「${backup.name}」${day} 起没有成功副本，请核查`,
        `Backup ${backup.code} “${backup.name}” has no good copy since ${day}; look into it`,
      ),
      `backup:${backup.id}:missed:${since.getTime()}`,
    );
  }

  failed(tx: Tx, backup: BackupRow, run: Pick<BackupRunRow, 'note' | 'endedAt'>): Promise<void> {
    return this.tell(
      tx,
      backup,
      'WORK_MOVED',
      say(
        `备份 ${backup.code}「${backup.name}」失败：${run.note ?? ''}`,
        `Backup ${backup.code} “${backup.name}” failed: ${run.note ?? ''}`,
      ),
      `backup:${backup.id}:failed:${run.endedAt.getTime()}`,
    );
  }

  restoreDue(tx: Tx, backup: BackupRow): Promise<void> {
    return this.tell(
      tx,
      backup,
      'DEADLINE',
      say(
        `备份 ${backup.code}「${backup.name}」应于 ${backup.nextRestoreTestOn} 前完成恢复验证，已逾期`,
        `Backup ${backup.code} “${backup.name}” was to be restored for a test by ${backup.nextRestoreTestOn}`,
      ),
      `backup:${backup.id}:restore:${backup.nextRestoreTestOn}`,
    );
  }

  ended(tx: Tx, backup: BackupRow, why: Bilingual): Promise<void> {
    return this.tell(
      tx,
      backup,
      'WORK_MOVED',
      say(`备份 ${backup.code} 已终止：${why.zh}`, `Backup ${backup.code} has ended: ${why.en}`),
      `backup:${backup.id}:ended`,
    );
  }

  private tell(tx: Tx, backup: BackupRow, kind: NoticeKind, text: Bilingual, onceKey: string): Promise<void> {
    return this.notices.tell(tx, {
      kind,
      subject: { type: 'Backup', id: backup.id },
      audience: {
        roles: [
          { role: 'FACILITY_ENGINEER', departmentId: null },
          { role: 'DEPARTMENT_HEAD', departmentId: backup.departmentId },
        ],
      },
      text,
      onceKey,
    });
  }
}
