import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { ReadingSources } from '../energy/reading-sources.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { PushFault } from '../kernel/push-fault.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { BackupNews } from './backup-news.service.js';
import { backupFact, backupNotOpen, unknownBackup } from './backup-refusals.js';
import { BackupsRepository } from './backups.repository.js';
import { Backups, owedOf } from './backups.service.js';
import type { BackupRow } from './backups.types.js';
import { type BackupRun, backupActions, backupAfter, checkRun } from './domain/backup.js';
import { parseSignals } from './domain/backup-signal.js';
import type { Answer } from './order-refusals.js';

export interface Told {
  readonly accepted: number;
  readonly alreadyKnown: number;
}

/** What became of each copy: told by the backup platform, or entered by whoever looked at it. */
@Injectable()
export class BackupRuns {
  constructor(
    private readonly repository: BackupsRepository,
    private readonly backups: Backups,
    private readonly news: BackupNews,
    private readonly sources: ReadingSources,
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async enter(
    viewer: Viewer,
    scope: TenantScope,
    wish: { readonly id: string | undefined; readonly idempotencyKey: string; readonly run: BackupRun },
  ): Answer {
    const known = wish.id ? await this.repository.inScope(scope, wish.id) : null;
    const sides = known ? await this.backups.sidesOf(viewer, known) : [];
    const { run } = wish;
    return this.acts.perform(
      {
        name: 'backup.record',
        actor: viewer,
        idempotencyKey: wish.idempotencyKey,
        input: { id: wish.id ?? null, ...run, endedAt: run.endedAt.toISOString() },
      },
      async (tx) => {
        const backup = await this.repository.locked(tx, scope, wish.id);
        if (!backup) return refuse([unknownBackup()]);
        if (!backupActions(backup, sides, calendarDate(tx.now)).includes('RECORD'))
          return refuse([backupNotOpen(backup, 'RECORD')]);
        const refusals = checkRun(run, tx.now);
        if (refusals.length > 0) return refuse(refusals);
        await this.take(tx, backup, run, 'ENTERED', viewer.name);
        const word = run.result === 'SUCCEEDED' ? say('成功', 'good') : say('失败', 'failed');
        return ok({
          value: { id: backup.id },
          audit: backupFact(
            backup,
            say(`登记备份 ${backup.code} 结果：${word.zh}`, `Enter a copy of backup ${backup.code}: ${word.en}`),
            run,
          ),
        });
      },
    );
  }

  /** null = the token opens nothing. All of a push, or nothing with each fault named by its place. */
  async push(token: string, body: unknown): Promise<Result<Told, readonly PushFault[]> | null> {
    const source = await this.sources.sourceOf(token);
    if (!source) return null;
    const { signals, faults } = parseSignals(body, this.clock.now());
    if (faults.length > 0) return refuse(faults);
    const known = new Map(
      (await this.repository.byCodes(signals.map(({ backup }) => backup))).map((row) => [row.code, row]),
    );
    const strangers = signals.flatMap(({ backup }, index): PushFault[] => {
      const row = known.get(backup);
      const open = row && backupAfter(row.state, 'RECORD') !== undefined;
      return open && row.targetCenterId !== null && source.centerIds.includes(row.targetCenterId)
        ? []
        : [
            {
              index,
              field: 'backup',
              message: say(
                `没有在用的备份 ${backup}，或其存放中心不属于此来源`,
                `There is no live backup ${backup}, or this source is not registered for the center that keeps it`,
              ),
            },
          ];
    });
    if (strangers.length > 0) return refuse(strangers);
    return this.unitOfWork.run(async (tx) => {
      let accepted = 0;
      // In one order, so that two pushes never wait for each other in a circle.
      for (const { backup: code, ...run } of signals.toSorted((a, b) => (a.backup < b.backup ? -1 : 1))) {
        const row = await this.repository.locked(tx, WHOLE_PROVINCE, known.get(code)?.id);
        if (row && (await this.take(tx, row, run, 'SIGNAL', source.name))) accepted += 1;
      }
      return ok({ accepted, alreadyKnown: signals.length - accepted });
    });
  }

  /** false = this copy is known already, and nothing was written. */
  private async take(
    tx: Tx,
    backup: BackupRow,
    run: BackupRun,
    source: 'ENTERED' | 'SIGNAL',
    toldBy: string,
  ): Promise<boolean> {
    const { endedAt, result, sizeMib, note } = run;
    const row = {
      id: newId(tx.now.getTime()),
      backupId: backup.id,
      endedAt,
      result,
      sizeMib,
      note: note?.trim() || null,
    };
    if (!(await this.repository.addRun(tx, { ...row, source, toldBy, at: tx.now }))) return false;
    const newest = backup.lastEndedAt === null || endedAt >= backup.lastEndedAt;
    const better = result === 'SUCCEEDED' && (backup.lastGoodAt === null || endedAt > backup.lastGoodAt);
    const now = {
      ...backup,
      ...(newest ? { lastResult: result, lastEndedAt: endedAt, lastSizeMib: sizeMib ?? backup.lastSizeMib } : {}),
      ...(better ? { lastGoodAt: endedAt } : {}),
    };
    const { lastResult, lastEndedAt, lastGoodAt, lastSizeMib } = now;
    await this.repository.update(tx, backup.id, {
      ...{ lastResult, lastEndedAt, lastGoodAt, lastSizeMib },
      ...owedOf(now, tx.now),
      version: backup.version + 1,
    });
    // The first failure is news; those after it are the same news.
    if (lastResult === 'FAILED' && backup.lastResult !== 'FAILED') await this.news.failed(tx, backup, row);
    tx.changed('backup', backup.id);
    return true;
  }
}
