import { Injectable } from '@nestjs/common';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { GrantedLine } from '../requests/fulfilment.types.js';
import { BackupsRepository } from './backups.repository.js';
import type { BackupRow } from './backups.types.js';
import { backupAfter, RESTORE_TEST_MONTHS_DEFAULT, wishOf } from './domain/backup.js';
import { nextRestoreTest, owedAfter } from './domain/backup-schedule.js';
import { afterAction, COMMITTED_STATES } from './domain/work-order.js';
import { invalid } from './order-refusals.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import type { OrderSight, WorkOrderRow } from './workorders.types.js';

const NAME_LENGTH_MAX = 120;
export const REASON_LENGTH_MAX = 300;

/** What orders have to do with the record of a backup: one makes it, its end puts it in force, a restore proves it. */
@Injectable()
export class BackupOrders {
  constructor(
    private readonly repository: BackupsRepository,
    private readonly orders: WorkOrdersRepository,
    private readonly codes: CodeSequence,
  ) {}

  /** The record that a granted line asks for; its order fills it in. */
  async granted(tx: Tx, line: GrantedLine, taken?: string | null): Promise<string> {
    const id = newId(tx.now.getTime());
    const code = taken ?? (await this.codes.nextWithin(tx.manager, 'BF', accountingYear(tx.now)));
    const { departmentId, systemId, lineId, requestId, requestCode } = line;
    await this.repository.insert(tx, [
      {
        ...newBackup(id, code, line.lineName.slice(0, NAME_LENGTH_MAX), tx.now),
        ...wishOf(line),
        departmentId,
        systemId,
        lineId,
        requestId,
        requestCode,
      },
    ]);
    tx.changed('backup', id);
    return id;
  }

  /** Who sets it up says what is copied to where before he says that it is done. */
  async objectionsToFinish(tx: Tx, order: WorkOrderRow): Promise<readonly Refusal[]> {
    if (order.kind !== 'BACKUP' || order.backupId === null) return [];
    const backup = await this.repository.locked(tx, WHOLE_PROVINCE, order.backupId);
    if (backup === null || backup.encryptionNote !== null) return [];
    return [
      invalid(
        ['backup'],
        'setUp',
        `备份 ${backup.code} 尚未配置：请先填写备份内容、存放中心与加密方式`,
        `Backup ${backup.code} is not set up: say first what is copied, to where and how it is encrypted`,
      ),
    ];
  }

  async confirmed(tx: Tx, order: WorkOrderRow): Promise<void> {
    const backup = await this.repository.locked(tx, WHOLE_PROVINCE, order.backupId ?? undefined);
    if (!backup) return;
    const at = order.finishedAt ?? tx.now;
    const tested = calendarDate(at);
    if (order.kind === 'BACKUP') {
      const to = backupAfter(backup.state, 'ACTIVATE');
      if (to === undefined) return;
      // The order's own steps made the first copy and restored a sample of it.
      await this.repository.update(tx, backup.id, {
        state: to,
        stateSince: tx.now,
        version: backup.version + 1,
        activeSince: at,
        lastRestoreTestOn: tested,
        ...owedAfter(backup, at, tx.now),
      });
    } else
      await this.repository.update(tx, backup.id, {
        version: backup.version + 1,
        lastRestoreTestOn: tested,
        nextRestoreTestOn: backup.state === 'ENDED' ? null : nextRestoreTest(tested, backup.restoreTestMonths),
      });
    tx.changed('backup', backup.id);
  }

  /** Orders that are being worked, and so may fill the record in. */
  committedOf(sight: OrderSight, backupId: string): Promise<WorkOrderRow[]> {
    return this.orders.ofBackup(sight, backupId, COMMITTED_STATES);
  }

  /** With the service that asked for it: its copies are kept as long as was said. null = it asked for none. */
  async endedWithLine(tx: Tx, lineId: string, reason: string, by: Actor): Promise<BackupRow | null> {
    const backup = await this.repository.lockedOfLine(tx, lineId);
    const to = backup ? backupAfter(backup.state, 'END') : undefined;
    if (!backup || to === undefined) return backup;
    await this.closedFor(tx, backup, by);
    await this.repository.update(tx, backup.id, {
      state: to,
      stateSince: tx.now,
      version: backup.version + 1,
      endedAt: tx.now,
      reason: reason.slice(0, REASON_LENGTH_MAX),
      // What is over owes nothing any more.
      ...{ nextRestoreTestOn: null, deadlineAt: null, missedSince: null },
    });
    tx.changed('backup', backup.id);
    return backup;
  }

  /** What has not been begun is cancelled with its backup; work under way ends by its people. */
  async closedFor(tx: Tx, backup: BackupRow, by: Actor): Promise<void> {
    for (const order of await this.orders.ofBackupIn(tx, backup.id)) {
      const to = order.kind === 'BACKUP' ? afterAction(order.state, 'CANCEL') : undefined;
      if (to === undefined) continue;
      await this.orders.update(tx, order.id, { state: to, stateSince: tx.now, version: order.version + 1 });
      await this.orders.appendEvent(tx, {
        orderId: order.id,
        actorId: by.userId,
        actorName: by.name,
        action: 'CANCEL',
        opinion: `备份 ${backup.code} 已终止`,
        fromState: order.state,
        toState: to,
      });
      tx.changed('workOrder', order.id);
    }
  }
}

/** As it is first written down: nobody has set it up, nothing was copied. */
export function newBackup(
  id: string,
  code: string,
  name: string,
  now: Date,
): Omit<BackupRow, 'departmentId' | 'systemId'> {
  return {
    id,
    code,
    state: 'PREPARING',
    stateSince: now,
    version: 1,
    name,
    lineId: null,
    requestId: null,
    requestCode: null,
    object: 'MACHINE',
    contents: '',
    cycle: 'DAILY',
    weekday: null,
    startMinute: 0,
    keepDays: 30,
    keepCopies: 30,
    remote: false,
    targetCenterId: null,
    encrypted: false,
    encryptionNote: null,
    restoreTestMonths: RESTORE_TEST_MONTHS_DEFAULT,
    lastRestoreTestOn: null,
    nextRestoreTestOn: null,
    activeSince: null,
    lastResult: null,
    lastEndedAt: null,
    lastGoodAt: null,
    lastSizeMib: null,
    deadlineAt: null,
    missedSince: null,
    toldRestoreOn: null,
    endedAt: null,
    reason: null,
    createdAt: now,
  };
}
