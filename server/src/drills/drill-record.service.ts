import { Injectable } from '@nestjs/common';
import { BorrowedCapacity } from '../allocation/borrowed-capacity.service.js';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { ok, refuse } from '../kernel/result.js';
import { cut, isSame } from '../kernel/said.js';
import type { Actor } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { type Lease, Leases } from '../platform/database/lease.js';
import { type Tx, UnitOfWork } from '../platform/database/unit-of-work.js';
import { borrowedBy } from './borrowed.js';
import { atHand } from './domain/drill-items.js';
import { unknownDrill } from './domain/drill-refusals.js';
import type { DrillState } from './domain/drill-state.js';
import type { CopyStand } from './domain/rehearsal.js';
import { factOf } from './drill-audit.js';
import { DrillClosing } from './drill-closing.service.js';
import { DrillProgress } from './drill-progress.service.js';
import { DrillsRepository } from './drills.repository.js';
import type { CopyRow, DrillRow } from './drills.types.js';

/** For as long as a worker drives the drills of a center. */
export interface DrillTerm {
  readonly lease: Lease;
  readonly stillMay: () => void;
}

const NOTE_LENGTH_MAX = 500;
const NOT_GONE = say('演练对象在时限内没有清理完', 'What the drill had made was not gone in time');
const EXPIRED = say('到达清理时限，由系统中止', 'its time was over: broken off by the console');

const NO_TROUBLE = { trouble: null, troubleEn: null } as const;

function troubleOf(said: Bilingual | null): { readonly trouble: string | null; readonly troubleEn: string | null } {
  if (said === null) return NO_TROUBLE;
  const { en, zh } = cut(said, NOTE_LENGTH_MAX);
  return { trouble: zh, troubleEn: en };
}

/** What was read at the cluster becomes the record: only of a drill that is still where it was, and only under the lease. */
@Injectable()
export class DrillRecord {
  constructor(
    private readonly repository: DrillsRepository,
    private readonly progress: DrillProgress,
    private readonly closing: DrillClosing,
    private readonly capacity: BorrowedCapacity,
    private readonly acts: Acts,
    private readonly leases: Leases,
    private readonly work: UnitOfWork,
  ) {}

  isolated(id: string, term: DrillTerm): Promise<void> {
    return this.act('isolate', id, ['PRECHECKED'], term, async (tx, row) => {
      await this.repository.update(tx, row, { state: 'ISOLATED', ...NO_TROUBLE });
      return { value: { id }, audit: factOf(row, say('隔离环境已就绪', 'the isolated place stands'), {}) };
    });
  }

  /** @param why null = done; else it failed, and why. */
  tick(id: string, number: number, why: Bilingual | null, term: DrillTerm): Promise<void> {
    return this.act('automatic', id, ['RUNNING'], term, async (tx, row) => {
      const item = atHand(await this.repository.items(id, tx));
      if (item?.number !== number || item.kind !== 'AUTOMATIC') return null;
      const note = why && cut(why, NOTE_LENGTH_MAX);
      await this.progress.tick(tx, row, number, { state: why === null ? 'DONE' : 'FAILED', note, by: null });
      const what =
        why === null
          ? say(`自动项 ${number} 完成`, `entry ${number} is done`)
          : say(`自动项 ${number} 失败`, `entry ${number} failed`);
      return { value: { id }, audit: factOf(row, what, { number, why: why?.zh ?? null }) };
    });
  }

  /** Nothing is written of what is as it was. */
  async seen(
    id: string,
    before: readonly CopyRow[],
    stands: ReadonlyMap<string, CopyStand>,
    term: DrillTerm,
  ): Promise<void> {
    const changed = before.filter((copy) => {
      const stand = stands.get(copy.resourceId);
      return stand && (stand.state !== copy.state || !isSame(stand.trouble, copy.trouble, copy.troubleEn));
    });
    if (changed.length === 0) return;
    await this.write(id, ['RUNNING'], term, async (tx) => {
      for (const copy of changed) {
        const { state, trouble } = stands.get(copy.resourceId) as CopyStand;
        const readyAt = copy.readyAt ?? (state === 'READY' ? tx.now : null);
        await this.repository.updateCopy(tx, copy, {
          state,
          ...troubleOf(trouble),
          readyAt,
        });
      }
    });
  }

  /** Before anything is made of them: what is not written down is not found again to be taken away. */
  async volumes(id: string, copy: CopyRow, volumes: readonly string[], term: DrillTerm): Promise<void> {
    if (copy.volumes !== null) return;
    await this.write(id, ['RUNNING'], term, (tx) => this.repository.updateCopy(tx, copy, { volumes: [...volumes] }));
  }

  async trouble(id: string, text: Bilingual, term: DrillTerm): Promise<void> {
    await this.write(id, ['PRECHECKED', 'RUNNING'], term, async (tx, row) => {
      const said = cut(text, NOTE_LENGTH_MAX);
      if (!isSame(said, row.trouble, row.troubleEn)) await this.repository.update(tx, row, troubleOf(said));
    });
  }

  /** What is gone is said; and a cleanup that takes too long has failed. */
  async waiting(
    id: string,
    gone: readonly string[],
    limitMs: number,
    term: DrillTerm,
    trouble?: Bilingual,
  ): Promise<void> {
    let isOver = false;
    await this.write(id, ['CLEANING_UP'], term, async (tx, row) => {
      for (const copy of await this.repository.copies(id, tx))
        if (gone.includes(copy.resourceId) && copy.state !== 'GONE')
          await this.repository.updateCopy(tx, copy, { state: 'GONE' });
      isOver = row.cleanupBegunAt !== null && tx.now.getTime() - row.cleanupBegunAt.getTime() > limitMs;
      const said = trouble && cut(trouble, NOTE_LENGTH_MAX);
      if (!isOver && said && !isSame(said, row.trouble, row.troubleEn))
        await this.repository.update(tx, row, troubleOf(said));
    });
    if (isOver) await this.cleanupFailed(id, trouble ?? NOT_GONE, term);
  }

  cleanupFailed(id: string, trouble: Bilingual, term: DrillTerm): Promise<void> {
    return this.act('cleanupFailed', id, ['CLEANING_UP'], term, async (tx, row) => {
      await this.closing.fail(tx, row, trouble);
      return {
        value: { id },
        audit: factOf(row, say('清理失败', 'it could not be cleaned up'), { trouble: trouble.zh }),
      };
    });
  }

  async close(id: string, gone: readonly string[], term: DrillTerm): Promise<void> {
    const ground = await this.closing.groundOf(id);
    if (!ground) return;
    await this.act('close', id, ['CLEANING_UP'], term, async (tx, row) => {
      const copies = await this.repository.copies(id, tx);
      for (const copy of copies)
        if (gone.includes(copy.resourceId)) await this.repository.updateCopy(tx, copy, { state: 'GONE' });
      const closed = await this.closing.close(tx, row, ground);
      return {
        value: { id },
        audit: factOf(row, say('清理完毕，演练结束', 'all of it is gone, and it is closed'), closed),
        last: async () => {
          await this.capacity.giveBack(tx, borrowedBy(copies));
          return ok(undefined);
        },
      };
    });
  }

  /** What has run longer than it may is taken away, whoever is in the midst of it. */
  async expire(row: DrillRow): Promise<void> {
    const ground = await this.closing.groundOf(row.id);
    await this.acts.perform({ name: 'drDrill.expire', actor: SYSTEM(), input: { id: row.id } }, async (tx) => {
      const live = await this.repository.locked(tx, row.id);
      if (!live || live.version !== row.version) return refuse([unknownDrill()]);
      const closed = await this.closing.begin(tx, live, EXPIRED, ground);
      return ok({ value: { id: row.id }, audit: factOf(live, EXPIRED, { reason: EXPIRED.zh, ...closed }) });
    });
  }

  private async act(
    name: string,
    id: string,
    states: readonly DrillState[],
    { lease }: DrillTerm,
    work: (tx: Tx, row: DrillRow) => Promise<Done<{ id: string }> | null>,
  ): Promise<void> {
    await this.acts.perform({ name: `drDrill.${name}`, actor: SYSTEM(), input: { id } }, async (tx) => {
      const row = await this.repository.locked(tx, id);
      if (!row || !states.includes(row.state) || !(await this.leases.stillHeld(tx, lease)))
        return refuse([unknownDrill()]);
      const done = await work(tx, row);
      return done === null ? refuse([unknownDrill()]) : ok(done);
    });
  }

  private async write(
    id: string,
    states: readonly DrillState[],
    { lease }: DrillTerm,
    work: (tx: Tx, row: DrillRow) => Promise<void>,
  ): Promise<void> {
    await this.work.run(async (tx) => {
      const row = await this.repository.locked(tx, id);
      if (row && states.includes(row.state) && (await this.leases.stillHeld(tx, lease))) await work(tx, row);
    });
  }
}

const SYSTEM = (): Actor => ({ userId: null, name: '集云', departmentId: null, address: null, traceId: newId() });
