import { Injectable } from '@nestjs/common';
import { isSameSize, type SizeAmounts } from '../allocation/domain/resize.js';
import { say } from '../kernel/bilingual.js';
import { memoryWords } from '../kernel/quantity.js';
import type { InputPath, Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { changedMeanwhile, changeOpen, illegal } from './domain/release.js';
import { ResourcesRepository } from './resources.repository.js';
import type { ResourceRow } from './resources.types.js';

/** The request that changes a resource. */
export interface ChangeOf {
  readonly requestId: string;
  readonly requestCode: string;
}

export interface ResizeTo extends SizeAmounts {
  readonly offerId: string;
  readonly monthlyFen: bigint;
}

/** Whether a machine may be started anew for its new size where that cannot be given to it while it runs. */
export type RestartConsent = 'RESTART_AGREED' | 'ONLY_WHILE_IT_RUNS';

const CONSOLE_NAME = '集云';
const BY_ORDER = say('变更已批准，由服务商按工单调整', 'The change is approved; people carry it out by a work order');
const DONE_BY_HAND = say('已在所在平台调整', 'Changed on its platform');

/** What a change request does to resources: keeps them for itself, gives them another size, lets them be again. */
@Injectable()
export class ResourceChanges {
  constructor(private readonly repository: ResourcesRepository) {}

  /**
   * Keeps a resource for one change: it is neither changed by another nor released meanwhile. Its row is locked, and whoever
   * releases it locks the same row: one of both is told of the other. Asked again by the same request it is the same answer.
   */
  async open(tx: Tx, id: string, by: ChangeOf, path: InputPath): Promise<Result<ResourceRow, readonly Refusal[]>> {
    const row = await this.repository.locked(tx, id);
    if (!row) throw new Error(`resource ${id} has gone`);
    if (row.state !== 'IN_USE')
      return refuse([
        {
          ...illegal(
            row.state,
            'CHANGE',
            say(`${row.name} 不在使用中，不能变更`, `${row.name} is not in use and cannot be changed`),
          ),
          path,
        } as Refusal,
      ]);
    const other = row.openChangeId === by.requestId ? null : changeOpen(row, path);
    if (other) return refuse([other]);
    await this.repository.update(tx, id, { openChangeId: by.requestId, openChangeCode: by.requestCode });
    tx.changed('resource', id);
    return ok(row);
  }

  /**
   * null = all are of the size that they were seen to have, and none is being changed. Their rows are locked, as a change
   * that begins locks them: nothing becomes of them before what is decided by their size.
   */
  async objectionTo(tx: Tx, seen: readonly ResourceRow[]): Promise<Refusal | null> {
    for (const one of seen.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      const row = await this.repository.locked(tx, one.id);
      if (!row) throw new Error(`resource ${one.id} has gone`);
      const open = changeOpen(row, []);
      if (open) return open;
      if (row.offerId !== one.offerId || !isSameSize(row, one)) return changedMeanwhile(row.name, []);
    }
    return null;
  }

  /** Those that a request kept, or some of them, may be changed and released again. */
  async free(tx: Tx, requestId: string, ids?: readonly string[]): Promise<void> {
    const kept: { id: string }[] = await tx.manager.query(
      `select id from resource where open_change_id = ?${ids ? ' and id in (?)' : ''} order by id for update`,
      ids ? [requestId, inList(ids)] : [requestId],
    );
    for (const { id } of kept) {
      await this.repository.update(tx, id, { openChangeId: null, openChangeCode: null });
      tx.changed('resource', id);
    }
  }

  /** What is wanted of it has another size from now on; the worker drives its cluster toward it. */
  async resize(
    tx: Tx,
    id: string,
    to: ResizeTo,
    by: string,
    consent: RestartConsent = 'RESTART_AGREED',
  ): Promise<void> {
    const row = await this.repository.locked(tx, id);
    if (!row) throw new Error(`resource ${id} has gone`);
    await this.repository.update(tx, id, {
      ...to,
      formerVcpu: row.vcpu,
      formerMemoryMib: row.memoryMib,
      restartAgreed: consent === 'RESTART_AGREED',
      generation: row.generation + 1,
      version: row.version + 1,
      statusText: say('变更已批准，正在调整规格', 'The change is approved; it is being resized'),
    });
    await this.noteApproved(tx, row, to, by);
  }

  /** People will give it another size on their platform; until they have, it is what it was. */
  async askByHand(tx: Tx, id: string, to: SizeAmounts, by: string): Promise<void> {
    const row = await this.repository.locked(tx, id);
    if (!row) throw new Error(`resource ${id} has gone`);
    await this.repository.update(tx, id, { version: row.version + 1, statusText: BY_ORDER });
    await this.noteApproved(tx, row, to, by);
  }

  /** People say that it has its new size. */
  async resizedByHand(tx: Tx, id: string, to: ResizeTo, evidence: string | null): Promise<ResourceRow> {
    const row = await this.repository.locked(tx, id);
    if (!row) throw new Error(`resource ${id} has gone`);
    const { vcpu, memoryMib, diskGib } = to;
    const by = evidence === null ? DONE_BY_HAND : say(`已按工单 ${evidence} 调整`, `Changed by work order ${evidence}`);
    await this.repository.update(tx, id, { ...to, version: row.version + 1, statusText: by });
    await this.repository.appendEvents(tx, [
      {
        resourceId: id,
        kind: 'RESIZED',
        text: say(
          `变更已完成：${vcpu} 核 ${memoryWords(memoryMib)}，磁盘 ${diskGib} GiB（${by.zh}）`,
          `Resized: ${vcpu} vCPU ${memoryWords(memoryMib)}, disk ${diskGib} GiB (${by.en})`,
        ),
        actorName: CONSOLE_NAME,
        size: { vcpu, memoryMib, diskGib, storageTier: row.storageTier },
      },
    ]);
    tx.changed('resource', id);
    return row;
  }

  /** Locks these in the order of their ids; gives those whose platform is people's affair. */
  async lockedByHand(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows: { id: string; management: string }[] = await tx.manager.query(
      'select id, management from resource where id in (?) order by id for update',
      [inList(ids)],
    );
    return new Set(rows.flatMap(({ id, management }) => (management === 'RECORDED' ? id : [])));
  }

  private async noteApproved(tx: Tx, row: ResourceRow, to: SizeAmounts, by: string): Promise<void> {
    const { vcpu, memoryMib, diskGib } = to;
    await this.repository.appendEvents(tx, [
      {
        resourceId: row.id,
        kind: 'RESIZE',
        text: say(
          `变更已批准：${row.vcpu} 核 ${memoryWords(row.memoryMib)}、磁盘 ${row.diskGib} GiB → ${vcpu} 核 ${memoryWords(memoryMib)}、磁盘 ${diskGib} GiB`,
          `Change approved: ${row.vcpu} vCPU ${memoryWords(row.memoryMib)}, disk ${row.diskGib} GiB → ${vcpu} vCPU ${memoryWords(memoryMib)}, disk ${diskGib} GiB`,
        ),
        actorName: by,
      },
    ]);
    tx.changed('resource', row.id);
  }
}
