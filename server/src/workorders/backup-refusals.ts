import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import type { BackupRow } from './backups.types.js';
import { unknown } from './order-refusals.js';

export function unknownBackup(): Refusal {
  return unknown(['id'], say('备份', 'backup'));
}

export function backupNotOpen(backup: Pick<BackupRow, 'code' | 'state'>, action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['id'],
    state: backup.state,
    action,
    message: say(
      `备份 ${backup.code} 当前状态或您的身份不允许此操作，未作任何更改`,
      `The state of backup ${backup.code}, or your part in it, does not allow this; nothing was changed`,
    ),
  };
}

export function backupChanged(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    expected,
    current,
    message: say('备份已被他人更新，请刷新后再试', 'Somebody has changed the backup meanwhile; load it again'),
  };
}

/** What an act on a backup writes down. */
export function backupFact(backup: Pick<BackupRow, 'id' | 'departmentId'>, summary: Bilingual, after: object) {
  return {
    objectType: 'Backup',
    objectId: backup.id,
    departmentId: backup.departmentId,
    summary,
    after: JSON.parse(JSON.stringify(after)),
  };
}
