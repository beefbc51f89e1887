import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { backupFact, backupNotOpen, unknownBackup } from './backup-refusals.js';
import { BackupsRepository } from './backups.repository.js';
import { Backups } from './backups.service.js';
import { backupActions } from './domain/backup.js';
import { checkRestore, type RestoreWish, restoreInstructions } from './domain/restore.js';
import { STEPS_OF_KIND } from './domain/steps.js';
import { OrderNews } from './order-news.service.js';
import { type Answer, invalid } from './order-refusals.js';
import { WorkOrdersRepository } from './workorders.repository.js';
import { newOrder } from './workorders.service.js';

/** 恢复: data is brought back from a copy by people, with evidence; for a test or because it was lost. */
@Injectable()
export class BackupRestores {
  constructor(
    private readonly repository: BackupsRepository,
    private readonly backups: Backups,
    private readonly orders: WorkOrdersRepository,
    private readonly news: OrderNews,
    private readonly codes: CodeSequence,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async ask(
    viewer: Viewer,
    scope: TenantScope,
    wish: RestoreWish & { readonly id: string | undefined; readonly idempotencyKey: string },
  ): Promise<Awaited<Answer>> {
    const known = wish.id ? await this.repository.inScope(scope, wish.id) : null;
    const sides = known ? await this.backups.sidesOf(viewer, known) : [];
    const code = await this.codes.next('GD', accountingYear(this.clock.now()));
    const { purpose, point, target, reason } = wish;
    return this.acts.perform(
      {
        name: 'backup.restore',
        actor: viewer,
        idempotencyKey: wish.idempotencyKey,
        input: { id: wish.id ?? null, purpose, point: point?.toISOString() ?? null, target, reason },
      },
      async (tx) => {
        const backup = await this.repository.locked(tx, scope, wish.id);
        if (!backup) return refuse([unknownBackup()]);
        if (!backupActions(backup, sides, calendarDate(tx.now)).includes('RESTORE'))
          return refuse([backupNotOpen(backup, 'RESTORE')]);
        const refusals = checkRestore(wish, tx.now);
        if (refusals.length > 0) return refuse(refusals);
        const live = (await this.orders.ofBackupIn(tx, backup.id)).find((order) => order.kind === 'RESTORE');
        if (live)
          return refuse([
            invalid(
              ['id'],
              'busy',
              `已有恢复工单 ${live.code} 在办，完成或取消后再申请`,
              `Work order ${live.code} restores it already; ask again when it is over`,
            ),
          ]);
        const id = newId(tx.now.getTime());
        const title = say(purpose === 'TEST' ? '恢复验证' : '数据恢复', '').zh;
        const order = {
          ...newOrder(
            id,
            code,
            {
              kind: 'RESTORE' as const,
              title: `${title} ${backup.name}`.slice(0, 120),
              instructions: restoreInstructions(backup.code, wish),
              departmentId: backup.departmentId,
              systemId: backup.systemId,
              centerId: backup.targetCenterId,
              windowFrom: null,
              windowTo: null,
              escort: null,
            },
            tx.now,
            viewer,
            'SUBMITTED',
          ),
          backupId: backup.id,
        };
        await this.orders.insert(tx, order);
        await this.orders.setSteps(tx, id, STEPS_OF_KIND.RESTORE);
        const by = { orderId: id, actorId: viewer.userId, actorName: viewer.name, opinion: reason.trim() };
        await this.orders.appendEvent(tx, { ...by, action: 'CREATE', fromState: null, toState: 'SUBMITTED' });
        await this.news.moved(tx, order, 'SUBMIT', viewer);
        tx.changed('workOrder', id);
        tx.changed('backup', backup.id);
        return ok({
          value: { id: backup.id, orderId: id },
          audit: backupFact(
            backup,
            say(`申请恢复备份 ${backup.code}（工单 ${code}）`, `Ask to restore backup ${backup.code} (order ${code})`),
            { purpose, point, target, reason },
          ),
        });
      },
    );
  }
}
