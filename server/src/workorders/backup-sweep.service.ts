import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { RequestsService } from '../requests/requests.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import { BackupNews } from './backup-news.service.js';
import { BackupOrders } from './backup-orders.service.js';
import { backupFact, unknownBackup } from './backup-refusals.js';
import { BackupsRepository } from './backups.repository.js';
import { owedOf } from './backups.service.js';
import type { BackupRow } from './backups.types.js';
import { backupAfter } from './domain/backup.js';

/** Findings that one call makes; the next minute takes the rest. */
const PER_RUN = 200;
/** Backups that are looked at together: a handful of statements each. */
const PER_PAGE = 500;
const RESOURCES_GONE = say('所备份的资源均已释放', 'everything that it copied was released');
const REQUEST_CLOSED = say('申请单已办结关闭', 'its request was closed');

/** Finds copies that are missing and restores that were not tested, and ends what has nothing left to copy. */
@Injectable()
export class BackupSweep {
  constructor(
    private readonly repository: BackupsRepository,
    private readonly orders: BackupOrders,
    private readonly news: BackupNews,
    private readonly resources: ResourcesService,
    private readonly requests: RequestsService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Called by the worker's housekeeping; several workers may do it at the same moment. */
  async run(actor: Actor): Promise<void> {
    await this.endOrphans(actor);
    const now = this.clock.now();
    for (const id of await this.repository.lateIds(now, PER_RUN)) await this.miss(actor, id);
    for (const id of await this.repository.untestedIds(calendarDate(now), PER_RUN)) await this.remindOfTest(actor, id);
  }

  private miss(actor: Actor, id: string): Promise<unknown> {
    return this.change(actor, 'miss', id, async (tx, backup) => {
      const { missedSince } = owedOf(backup, tx.now);
      if (missedSince === null || backup.missedSince !== null) return null;
      await this.news.missed(tx, backup, missedSince);
      return {
        values: { missedSince },
        summary: say(`备份 ${backup.code} 漏备`, `Backup ${backup.code} has missed a copy`),
      };
    });
  }

  private remindOfTest(actor: Actor, id: string): Promise<unknown> {
    return this.change(actor, 'remind', id, async (tx, backup) => {
      const { nextRestoreTestOn: day } = backup;
      if (backup.state !== 'ACTIVE' || day === null || day >= calendarDate(tx.now) || backup.toldRestoreOn === day)
        return null;
      await this.news.restoreDue(tx, backup);
      return {
        values: { toldRestoreOn: day },
        summary: say(`备份 ${backup.code} 恢复验证逾期`, `The restore test of backup ${backup.code} is overdue`),
      };
    });
  }

  private async endOrphans(actor: Actor): Promise<void> {
    let after = '';
    for (;;) {
      const page = await this.repository.liveAfter(after, PER_PAGE);
      for (const [id, why] of await this.orphansAmong(page)) await this.end(actor, id, why);
      const last = page.at(-1);
      if (!last || page.length < PER_PAGE) return;
      after = last.id;
    }
  }

  private async orphansAmong(page: readonly BackupRow[]): Promise<Map<string, Bilingual>> {
    const links = await this.repository.resourcesOf(page.map((row) => row.id));
    const gone = new Set(await this.resources.releasedAmong([...new Set(links.map((link) => link.resourceId))]));
    const requestIds = [...new Set(page.flatMap((row) => row.requestId ?? []))];
    const requests = await this.requests.requestsOf(requestIds);
    const closed = new Set(requests.flatMap((request) => (request?.state === 'CLOSED' ? [request.id] : [])));
    const found = new Map<string, Bilingual>();
    const byBackup = Map.groupBy(links, (link) => link.backupId);
    for (const { id, requestId } of page) {
      const named = byBackup.get(id) ?? [];
      if (requestId !== null && closed.has(requestId)) found.set(id, REQUEST_CLOSED);
      else if (named.length > 0 && named.every((link) => gone.has(link.resourceId))) found.set(id, RESOURCES_GONE);
    }
    return found;
  }

  private end(actor: Actor, id: string, why: Bilingual): Promise<unknown> {
    return this.change(actor, 'expire', id, async (tx, backup) => {
      const to = backupAfter(backup.state, 'END');
      if (to === undefined) return null;
      await this.orders.closedFor(tx, backup, actor);
      await this.news.ended(tx, backup, why);
      return {
        values: {
          state: to,
          stateSince: tx.now,
          endedAt: tx.now,
          reason: why.zh,
          deadlineAt: null,
          missedSince: null,
          nextRestoreTestOn: null,
        },
        summary: say(`备份 ${backup.code} 终止：${why.zh}`, `Backup ${backup.code} ends: ${why.en}`),
      };
    });
  }

  /** Under the row's lock; null = another worker was first, and nothing is written. */
  private change(
    actor: Actor,
    name: string,
    id: string,
    work: (tx: Tx, backup: BackupRow) => Promise<{ values: Partial<BackupRow>; summary: Bilingual } | null>,
  ): Promise<unknown> {
    return this.acts.perform({ name: `backup.${name}`, actor, input: { id } }, async (tx) => {
      const backup = await this.repository.locked(tx, WHOLE_PROVINCE, id);
      const change = backup && (await work(tx, backup));
      if (!backup || !change) return refuse([unknownBackup()]);
      await this.repository.update(tx, id, { ...change.values, version: backup.version + 1 });
      tx.changed('backup', id);
      return ok({ value: { id }, audit: backupFact(backup, change.summary, change.values) });
    });
  }
}
