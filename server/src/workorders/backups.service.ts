import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FacilitiesService } from '../facilities/facilities.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { covers, scopeFor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { ResourcesService } from '../resources/resources.service.js';
import { SystemSites } from '../resources/system-sites.service.js';
import { BackupOrders, REASON_LENGTH_MAX } from './backup-orders.service.js';
import { backupChanged, backupFact, backupNotOpen, unknownBackup } from './backup-refusals.js';
import { BackupsRepository } from './backups.repository.js';
import type { BackupFilter, BackupRow, BackupRunRow, PastBackup } from './backups.types.js';
import {
  BACKUP_NEEDS_REASON,
  type BackupAction,
  type BackupSetup,
  type BackupSide,
  backupActions,
  backupAfter,
  checkSetup,
} from './domain/backup.js';
import { owedAfter } from './domain/backup-schedule.js';
import { type Answer, invalid, unknown } from './order-refusals.js';
import { OrderSights } from './order-sights.service.js';

export interface BackupMove {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly reason: string | null;
}
const RUNS_SHOWN = 30;
/** More machines of one system than a list to choose from holds. */
const MACHINES_SHOWN_MAX = 500;
const WORDS = { SUSPEND: say('暂停', 'suspend'), RESUME: say('恢复', 'resume'), END: say('终止', 'end') };

/** The records of what is backed up: reading them, setting them up, pausing and ending them. */
@Injectable()
export class Backups {
  constructor(
    private readonly repository: BackupsRepository,
    private readonly orders: BackupOrders,
    private readonly sights: OrderSights,
    private readonly resources: ResourcesService,
    private readonly facilities: FacilitiesService,
    private readonly sites: SystemSites,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  inScope(scope: TenantScope, id: string): Promise<BackupRow | null> {
    return this.repository.inScope(scope, id);
  }

  /** Whose last copies are missing. */
  countMissed(scope: TenantScope): Promise<number> {
    return this.repository.count(scope, { health: 'MISSED' });
  }

  page(scope: TenantScope, filter: BackupFilter, page: PageRequest): Promise<Page<BackupRow>> {
    return this.repository.page(scope, filter, page);
  }

  /** Of each system whose backups run: the first restore test that is due, and the first copy that is missing. */
  proofsOf(
    systemIds: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly restoreTestOn: string | null; readonly missedSince: Date | null }>> {
    return this.repository.proofsOf(systemIds);
  }

  /** Batches for loaders; callers have been let see the backups. */
  readonly backups = async (ids: readonly string[]): Promise<(BackupRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(WHOLE_PROVINCE, ids), (row) => row.id);
  readonly resourceIdsOf = async (ids: readonly string[]): Promise<string[][]> => {
    const links = Map.groupBy(await this.repository.resourcesOf(ids), (link) => link.backupId);
    return ids.map((id) => (links.get(id) ?? []).map((link) => link.resourceId));
  };
  readonly runsOf = async (ids: readonly string[]): Promise<BackupRunRow[][]> => {
    const runs = Map.groupBy(await this.repository.runsOf(ids, RUNS_SHOWN), (run) => run.backupId);
    return ids.map((id) => runs.get(id) ?? []);
  };

  /** What could be copied: the systems' machines that have not ended. */
  readonly machinesOfSystems = (systemIds: readonly string[]) => this.sites.machinesOf(systemIds, MACHINES_SHOWN_MAX);

  async sidesOf(viewer: Viewer, backup: BackupRow): Promise<BackupSide[]> {
    const sides: BackupSide[] = [];
    if (covers(scopeFor(viewer, 'WORK_ORDER', 'CREATE'), backup.departmentId)) sides.push('OWNER');
    if (scopeFor(viewer, 'WORK_ORDER', 'REVIEW') !== undefined) sides.push('CENTER');
    else if (scopeFor(viewer, 'WORK_ORDER', 'EDIT') !== undefined && (await this.works(viewer, backup.id)))
      sides.push('WORKER');
    return sides;
  }

  async actionsOf(viewer: Viewer, backup: BackupRow): Promise<Exclude<BackupAction, 'ACTIVATE'>[]> {
    return backupActions(backup, await this.sidesOf(viewer, backup), calendarDate(this.clock.now()));
  }

  /** Takes in backups of the time before; nothing is announced, because it is known. */
  async takeOver(tx: Tx, past: readonly PastBackup[]): Promise<void> {
    await this.repository.insert(
      tx,
      past.map(({ backup }) => backup),
    );
    for (const { backup, resourceIds, runs } of past) {
      await this.repository.setResources(tx, backup.id, resourceIds);
      await this.repository.addRuns(tx, runs);
    }
  }

  /** What is copied when, for how long, where to and how it is kept secret: filled in by who makes it so. */
  async setUp(viewer: Viewer, wish: Omit<BackupMove, 'reason'>, setup: BackupSetup): Answer {
    const named = await this.resources.rows(setup.resourceIds);
    const [center = null] = setup.targetCenterId ? await this.facilities.centersByIds([setup.targetCenterId]) : [];
    return this.perform(viewer, 'SET_UP', { ...wish, reason: null }, setup, async (tx, backup) => {
      const refusals: Refusal[] = named.flatMap((row, at) =>
        row?.systemId === backup.systemId && row.state !== 'RELEASED'
          ? []
          : [unknown(['resourceIds', String(at)], say('资源', 'resource'))],
      );
      if (setup.targetCenterId !== null && !center)
        refusals.push(unknown(['targetCenterId'], say('数据中心', 'center')));
      const siteIds = [...new Set(named.flatMap((row) => row?.centerId ?? []))];
      refusals.push(...checkSetup(setup, { ...backup, siteIds, today: calendarDate(tx.now) }));
      if (refusals.length > 0) return refuse(refusals);
      const { resourceIds, contents, encryptionNote, ...rest } = setup;
      await this.repository.setResources(tx, backup.id, resourceIds);
      return ok({
        ...rest,
        contents: contents.trim(),
        encryptionNote: encryptionNote.trim(),
        ...owedOf({ ...backup, ...rest }, tx.now),
      });
    });
  }

  move(viewer: Viewer, action: 'SUSPEND' | 'RESUME' | 'END', wish: BackupMove): Answer {
    return this.perform(viewer, action, wish, {}, async (tx, backup) => {
      const reason = wish.reason?.trim() || null;
      if (reason === null && BACKUP_NEEDS_REASON.includes(action))
        return refuse([invalid(['reason'], 'required', '请说明原因', 'Say why')]);
      if (reason !== null && reason.length > REASON_LENGTH_MAX)
        return refuse([
          invalid(['reason'], 'length', `最多 ${REASON_LENGTH_MAX} 字`, `At most ${REASON_LENGTH_MAX} characters`),
        ]);
      if (action === 'END') await this.orders.closedFor(tx, backup, viewer);
      const to = backupAfter(backup.state, action) as BackupRow['state'];
      const moved = { ...backup, state: to, ...(action === 'RESUME' ? { activeSince: tx.now } : {}) };
      return ok({
        activeSince: moved.activeSince,
        reason,
        ...(action === 'END' ? { endedAt: tx.now, nextRestoreTestOn: null } : {}),
        ...owedOf(moved, tx.now),
      });
    });
  }

  private async works(viewer: Viewer, backupId: string): Promise<boolean> {
    const sight = await this.sights.of(viewer);
    if (!sight) return false;
    const orders = await this.orders.committedOf(sight, backupId);
    return orders.some((order) => this.sights.sidesOf(viewer, sight, order).includes('WORKER'));
  }

  private async perform(
    viewer: Viewer,
    action: BackupAction,
    wish: BackupMove,
    more: object,
    work: (
      tx: Tx,
      backup: BackupRow,
    ) => Promise<ReturnType<typeof ok<Partial<BackupRow>>> | ReturnType<typeof refuse<readonly Refusal[]>>>,
  ): Answer {
    const known = wish.id ? (await this.backups([wish.id]))[0] : null;
    const sides = known ? await this.sidesOf(viewer, known) : [];
    const scope = sides.includes('WORKER') ? WHOLE_PROVINCE : (scopeFor(viewer, 'WORK_ORDER', 'READ') ?? NOWHERE);
    return this.acts.perform(
      {
        name: `backup.${action.toLowerCase()}`,
        actor: viewer,
        idempotencyKey: wish.idempotencyKey,
        input: JSON.parse(JSON.stringify({ ...wish, ...more })),
      },
      async (tx) => {
        const backup = await this.repository.locked(tx, scope, wish.id);
        if (!backup) return refuse([unknownBackup()]);
        const to = backupAfter(backup.state, action);
        const open: readonly BackupAction[] = backupActions(backup, sides, calendarDate(tx.now));
        if (to === undefined || !open.includes(action)) return refuse([backupNotOpen(backup, action)]);
        if (backup.version !== wish.expectedVersion)
          return refuse([backupChanged(wish.expectedVersion, backup.version)]);
        const changed = await work(tx, backup);
        if (!changed.ok) return changed;
        await this.repository.update(tx, backup.id, {
          ...changed.value,
          state: to,
          version: backup.version + 1,
          ...(to === backup.state ? {} : { stateSince: tx.now }),
        });
        tx.changed('backup', backup.id);
        const word = action === 'SET_UP' ? say('配置', 'set up') : WORDS[action as keyof typeof WORDS];
        return ok({
          value: { id: backup.id },
          audit: backupFact(backup, say(`备份 ${backup.code}：${word.zh}`, `Backup ${backup.code}: ${word.en}`), {
            state: to,
            ...changed.value,
          }),
        });
      },
    );
  }
}

const NOWHERE: TenantScope = { kind: 'DEPARTMENTS', departmentIds: [] };

/** Copies are owed only while it is in force; a pause and an end forgive what was missing. */
export function owedOf(
  backup: Pick<BackupRow, 'state' | 'activeSince' | 'lastGoodAt' | 'cycle' | 'weekday' | 'startMinute'>,
  now: Date,
): Pick<BackupRow, 'deadlineAt' | 'missedSince'> {
  const { state, activeSince, lastGoodAt } = backup;
  if (state !== 'ACTIVE' || activeSince === null) return { deadlineAt: null, missedSince: null };
  return owedAfter(backup, lastGoodAt !== null && lastGoodAt > activeSince ? lastGoodAt : activeSince, now);
}
