import { Inject, Injectable } from '@nestjs/common';
import { AllocationService } from '../allocation/allocation.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { CalendarDate } from '../kernel/calendar.js';
import type { Result } from '../kernel/result.js';
import { ok } from '../kernel/result.js';
import { reaches, type TenantScope } from '../kernel/viewer.js';
import { AddressesService } from '../networks/addresses.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import type { OperatingSide } from './domain/operating-side.js';
import type { WishedPower } from './domain/power-actions.js';
import type { BinCause } from './domain/release.js';
import { stateAfter } from './domain/resource-state.js';
import type { ReviewStage } from './domain/review.js';
import type { TakenOver } from './domain/taken-over.js';
import { RECORDED_RELEASES, type RecordedReleases } from './recorded-releases.types.js';
import { ResourcesRepository } from './resources.repository.js';
import type { ResourceRow } from './resources.types.js';

/** A resource whose row is locked until the transaction ends. */
export interface LockedResource extends ResourceRow {
  readonly generation: number;
  readonly placementEpoch: number;
}

export interface Said {
  readonly text: Bilingual;
  readonly by: string;
  /** Who operates it, for which organisation, and why, where that is told. */
  readonly side?: OperatingSide;
  readonly organisation?: string | null;
  readonly reason?: string | null;
}

type Last = () => Promise<Result<undefined, never>>;

const BY_ORDER = say('正在释放，等待工单在所在平台删除', 'Being released: an order removes it from its platform');
const DAY_MS = 86_400_000;

/**
 * The writes of a resource's life, each inside the act of whoever decided it: a department's person, the calendar, the
 * center's reclaim. Every one notes itself in the lifecycle record; what moves the cluster grows the generation.
 */
@Injectable()
export class ResourceMoves {
  constructor(
    private readonly repository: ResourcesRepository,
    private readonly allocation: AllocationService,
    private readonly addresses: AddressesService,
    @Inject(RECORDED_RELEASES) private readonly removals: RecordedReleases,
  ) {}

  /** null = there is none, or it is not within the scope: one answer for both. */
  async locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<LockedResource | null> {
    const row = id === undefined ? null : await this.repository.locked(tx, id);
    return row && reaches(scope, row) ? row : null;
  }

  /** Whether its disk is one that its cluster has restored. */
  wasRestored(tx: Tx, id: string): Promise<boolean> {
    return this.repository.wasRestored(tx, id);
  }

  /** Stopped and kept, claims and addresses with it, for so many days. */
  async intoBin(
    tx: Tx,
    row: LockedResource,
    cause: BinCause,
    said: Said,
    days: number,
    keepDiskDays: number | null = null,
  ): Promise<Date> {
    const binUntil = new Date(tx.now.getTime() + days * DAY_MS);
    await this.write(tx, row, 'BIN', said, {
      state: 'IN_BIN',
      binUntil,
      binCause: cause,
      keepDiskDays,
      statusText:
        row.management === 'DRIVEN'
          ? say('已放入回收站，正在停机', 'In the recycle bin; being stopped')
          : say('已放入回收站；集云不操作其电源，请自行停机', 'In the recycle bin; the console does not switch it off'),
    });
    return binUntil;
  }

  /** It lies in the bin until then, whatever was said when it was put there. */
  async keepInBin(tx: Tx, row: LockedResource, binUntil: Date, said: Said): Promise<void> {
    await this.write(tx, row, 'KEEP_IN_BIN', said, { binUntil });
  }

  /** Into use again, as it was. */
  async outOfBin(tx: Tx, row: LockedResource, said: Said): Promise<void> {
    await this.write(tx, row, 'RESTORE', said, {
      state: 'IN_USE',
      binUntil: null,
      binCause: null,
      keepDiskDays: null,
      termOverAt: null,
      statusText:
        row.wishedPower === 'ON'
          ? say('已从回收站恢复，正在开机', 'Restored from the recycle bin; starting')
          : say('已从回收站恢复，保持关机', 'Restored from the recycle bin; it stays off'),
    });
  }

  /** Given back for good. The worker removes its objects, or people do by an order; what stands in no center ends here. */
  async release(
    tx: Tx,
    row: LockedResource,
    said: Said,
    /** Left out = as it was chosen when it went into the bin. */
    keepDiskDays: number | null = row.keepDiskDays,
  ): Promise<Last> {
    // No cluster ever tells that it is gone: what stands in no center ends with its record.
    const ends = row.centerId === null;
    const byHand = !ends && row.management === 'RECORDED';
    const state = ends ? stateAfter('RELEASING', 'GONE', true) : 'RELEASING';
    await this.write(tx, row, 'RELEASE', said, {
      state,
      binUntil: null,
      binCause: null,
      statusText: ends ? say('已释放', 'Released') : byHand ? BY_ORDER : say('正在释放', 'Being released'),
      progressPercent: null,
      keepDiskDays,
      ...(ends ? { releasedAt: tx.now, live: null } : {}),
    });
    if (byHand) await this.removals.asked(tx, row);
    if (ends) {
      await this.addresses.release(tx, row.id);
      await this.repository.appendEvents(tx, [
        { resourceId: row.id, kind: state, text: say('已释放', 'Released'), actorName: said.by },
      ]);
    }
    return async () => {
      if (ends) await this.allocation.releaseNowhere(tx, [row.claimId]);
      return ok(undefined);
    };
  }

  /** Its last day is over: it is kept off, and stays what it is otherwise. */
  async stopForTerm(tx: Tx, row: LockedResource, said: Said): Promise<void> {
    await this.write(tx, row, 'TERM_OVER', said, {
      termOverAt: tx.now,
      statusText:
        row.management === 'DRIVEN'
          ? say('期限已到，正在停机', 'Its term is over; being stopped')
          : say('期限已到；集云不操作其电源，请自行停机', 'Its term is over; the console does not switch it off'),
    });
  }

  /** Another last day, or none: then it is long-term from today. What was stopped for its term starts again. */
  async extend(tx: Tx, row: LockedResource, until: CalendarDate | null, byRule: boolean, said: Said): Promise<void> {
    await this.write(tx, row, 'EXTENDED', said, {
      temporaryUntil: until,
      remindedDays: null,
      termOverAt: null,
      extensionsUsed: row.extensionsUsed + (byRule ? 1 : 0),
      ...(until === null ? { reviewFrom: tx.now, reviewStage: 'NONE' as const } : {}),
    });
  }

  async reviewed(tx: Tx, row: LockedResource, said: Said): Promise<void> {
    await this.write(tx, row, 'REVIEWED', said, { reviewFrom: tx.now, reviewStage: 'NONE' });
  }

  async protect(tx: Tx, row: LockedResource, on: boolean, said: Said): Promise<void> {
    await this.write(tx, row, on ? 'PROTECTED' : 'UNPROTECTED', said, { deletionProtected: on });
  }

  /** What shall run of it, and from which disks. */
  async operate(
    tx: Tx,
    row: LockedResource,
    kind: string,
    said: Said,
    values: Partial<
      Pick<LockedResource, 'wishedPower' | 'restartUid' | 'restoringSnapshotId' | 'statusText' | 'attachedDisks'>
    >,
  ): Promise<void> {
    await this.write(tx, row, kind, said, values);
  }

  /** From only looking at it to driving what the console owns of it, running or not as it was found. */
  async takeOver(
    tx: Tx,
    row: LockedResource,
    said: Said,
    { power, takenOver }: { readonly power: WishedPower; readonly takenOver: TakenOver },
  ): Promise<void> {
    await this.write(tx, row, 'TAKEN_OVER', said, {
      management: 'DRIVEN',
      takenOver,
      wishedPower: power,
      presence: 'UNKNOWN',
      actualVcpu: null,
      actualMemoryMib: null,
      statusText: say('已批准纳入管理，正在下发标签', 'Taken over; its marks are being applied'),
    });
  }

  /** Nothing of what it is changes: something that its cluster is to be given does. */
  async applyAgain(tx: Tx, row: LockedResource, kind: string, said: Said): Promise<void> {
    await this.write(tx, row, kind, said, {});
  }

  /** Who was told of what is no act on the resource: neither version nor lifecycle record know of it. */
  async told(
    tx: Tx,
    id: string,
    told: { remindedDays: number } | { reviewStage: ReviewStage; reviewFrom?: Date },
  ): Promise<void> {
    await this.repository.update(tx, id, told);
  }

  /** The machine is gone, its disk is not: its use from here on is storage alone. */
  async diskKept(tx: Tx, row: LockedResource, text: Bilingual): Promise<void> {
    const { id: resourceId, diskGib, storageTier } = row;
    const size = { vcpu: 0, memoryMib: 0, diskGib, storageTier };
    await this.repository.appendEvents(tx, [{ resourceId, kind: 'DISK_KEPT', text, actorName: 'Kubernetes', size }]);
    tx.changed('resource', resourceId);
  }

  /** Nothing of it is left. */
  async diskEnded(tx: Tx, row: LockedResource, text: Bilingual): Promise<void> {
    await this.repository.update(tx, row.id, { keepDiskDays: null });
    await this.note(tx, row, 'DISK_ENDED', { text, by: 'Kubernetes' });
  }

  /** A line of the lifecycle record, where another feature did something about the resource. */
  async note(tx: Tx, row: LockedResource, kind: string, said: Said): Promise<void> {
    const { text, by: actorName, ...operated } = said;
    await this.repository.appendEvents(tx, [{ resourceId: row.id, kind, text, actorName, ...operated }]);
    tx.changed('resource', row.id);
  }

  private async write(
    tx: Tx,
    row: LockedResource,
    kind: string,
    said: Said,
    values: Parameters<ResourcesRepository['update']>[2],
  ): Promise<void> {
    await this.repository.update(tx, row.id, { ...values, generation: row.generation + 1, version: row.version + 1 });
    await this.note(tx, row, kind, said);
    tx.changed('request', row.requestId);
  }
}
