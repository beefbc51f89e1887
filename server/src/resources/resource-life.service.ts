import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import type { Done } from '../audit/audit.types.js';
import type { Change, Subject } from '../freezes/domain/freeze.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Actor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { eachAlone } from '../platform/concurrency/each-alone.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { checkKeepDays, restoredRefusal } from './domain/kept-disks.js';
import type { LifePolicy } from './domain/life-policy.js';
import {
  BATCH_MAX,
  decidePurge,
  decideRelease,
  decideRestore,
  illegal,
  ofVersion,
  type ReleaseWish,
} from './domain/release.js';
import { LifePolicies } from './life-policies.service.js';
import { ResourceLists } from './resource-lists.service.js';
import { type LockedResource, ResourceMoves } from './resource-moves.service.js';

export interface ActOnResource {
  readonly resourceId: string | undefined;
  readonly idempotencyKey: string;
  readonly expectedVersion: number;
}

export type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;

/** Resources whose time in the bin is over that one call lets go; the next minute takes the rest. */
const EMPTIED_PER_RUN = 200;

/**
 * What switches a machine off or takes it away: what a freeze is meant against. Whoever takes one out of the bin saves it: its
 * time there may end before the freeze does.
 */
const CHANGING: ReadonlySet<string> = new Set(['resource.release', 'resource.purge']);

/** What a department does to what it uses: gives it back, takes it out of the bin again, purges it, protects it. */
@Injectable()
export class ResourceLife {
  constructor(
    private readonly moves: ResourceMoves,
    private readonly policies: LifePolicies,
    private readonly lists: ResourceLists,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly freezes: FreezeGate,
  ) {}

  /** Into the bin; what was never delivered goes at once. */
  async release(viewer: Viewer, scope: TenantScope, wish: ActOnResource & ReleaseWish): Answer {
    const policy = await this.policies.policy();
    return this.onOne(viewer, scope, 'resource.release', wish, async (tx, row) => {
      const decided = decideRelease(row, wish);
      if (!decided.ok) return decided;
      const keepDays = wish.keepDiskDays || null;
      const badDays = await this.keepRefusals(tx, row, keepDays, policy);
      if (badDays.length > 0) return refuse(badDays);
      const reason = wish.reason.trim();
      const said = { text: say(`申请释放：${reason}`, `Release asked: ${reason}`), by: viewer.name };
      const last =
        decided.value === 'IN_BIN'
          ? await this.moves.intoBin(tx, row, 'RELEASE', said, policy.BIN_DAYS, keepDays).then(() => undefined)
          : await this.moves.release(tx, row, said);
      const summary = say(`释放 ${row.code} ${row.name}`, `Release ${row.code} ${row.name}`);
      return ok({
        ...done(row, summary, { state: row.state }, { state: decided.value, reason, keepDiskDays: keepDays }),
        ...(last && { last }),
      });
    });
  }

  /** Each stands alone: its own act, audit row and answer, in the order given. */
  async releaseMany(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly items: readonly { readonly resourceId: string | undefined; readonly expectedVersion: number }[];
      readonly reason: string;
      readonly idempotencyKey: string;
    },
  ): Promise<Result<Awaited<Answer>[], readonly Refusal[]>> {
    const { items, reason, idempotencyKey } = wish;
    if (items.length === 0 || items.length > BATCH_MAX) return refuse([badBatch()]);
    const answers: Awaited<Answer>[] = [];
    for (const [index, item] of items.entries()) {
      const one = { ...item, reason, confirmName: null, idempotencyKey: `${idempotencyKey}/${index}` };
      answers.push(await this.release(viewer, scope, one));
    }
    return ok(answers);
  }

  restore(viewer: Viewer, scope: TenantScope, wish: ActOnResource): Answer {
    return this.onOne(viewer, scope, 'resource.restore', wish, async (tx, row) => {
      const decided = decideRestore(row, wish.expectedVersion, calendarDate(tx.now), false);
      if (!decided.ok) return decided;
      const said = { text: say('从回收站恢复', 'Restored from the recycle bin'), by: viewer.name };
      await this.moves.outOfBin(tx, row, said);
      const summary = say(`恢复 ${row.code} ${row.name}`, `Restore ${row.code} ${row.name}`);
      return ok(done(row, summary, { state: row.state }, { state: decided.value }));
    });
  }

  async purge(
    viewer: Viewer,
    scope: TenantScope,
    /** `keepDiskDays` null or left out = as it was chosen at its release; 0 = its disk goes with it. */
    wish: ActOnResource & { readonly confirmName: string; readonly keepDiskDays?: number | null },
  ): Answer {
    const policy = await this.policies.policy();
    return this.onOne(viewer, scope, 'resource.purge', wish, async (tx, row) => {
      const decided = decidePurge(row, wish);
      if (!decided.ok) return decided;
      const keepDays = (wish.keepDiskDays ?? row.keepDiskDays) || null;
      const badDays = wish.keepDiskDays ? await this.keepRefusals(tx, row, keepDays, policy) : [];
      if (badDays.length > 0) return refuse(badDays);
      const said = { text: say('从回收站立即清除', 'Purged from the recycle bin'), by: viewer.name };
      const last = await this.moves.release(tx, row, said, keepDays);
      const summary = say(`立即清除 ${row.code} ${row.name}`, `Purge ${row.code} ${row.name}`);
      return ok({
        ...done(row, summary, { state: row.state }, { state: decided.value, keepDiskDays: keepDays }),
        last,
      });
    });
  }

  protect(viewer: Viewer, scope: TenantScope, wish: ActOnResource & { readonly on: boolean }): Answer {
    const { on } = wish;
    return this.onOne(viewer, scope, 'resource.protect', wish, async (tx, row) => {
      if (row.state === 'RELEASING' || row.state === 'RELEASED')
        return refuse([illegal(row.state, 'PROTECT', say('已在释放或已释放', 'It is being or has been released'))]);
      // The bin ends on its day whatever is said of it meanwhile: a protection that promised otherwise would be none.
      if (on && row.state === 'IN_BIN')
        return refuse([
          illegal(
            row.state,
            'PROTECT',
            say('已在回收站，请先恢复再开启删除保护', 'It lies in the recycle bin; restore it first, then protect it'),
          ),
        ]);
      const stale = ofVersion(row, wish.expectedVersion);
      if (stale.length > 0) return refuse(stale);
      const word = on ? say('开启删除保护', 'Protect from deletion') : say('关闭删除保护', 'Lift deletion protection');
      await this.moves.protect(tx, row, on, { text: word, by: viewer.name });
      const summary = say(`${word.zh} ${row.code} ${row.name}`, `${word.en} of ${row.code} ${row.name}`);
      return ok(done(row, summary, { deletionProtected: row.deletionProtected }, { deletionProtected: on }));
    });
  }

  /** What has lain in the bin for its time is let go. Called by the worker's housekeeping; returns how many it looked at. */
  async emptyBin(actor: Actor): Promise<number> {
    const due = await this.lists.binOver(this.clock.now(), EMPTIED_PER_RUN);
    await eachAlone(due, (resourceId) =>
      this.acts.perform({ name: 'resource.binOver', actor, input: { resourceId } }, async (tx) => {
        const row = await this.moves.locked(tx, WHOLE_PROVINCE, resourceId);
        // Meanwhile restored, or purged, or let go by another worker.
        if (!row || row.binUntil === null || row.binUntil > tx.now) return refuse([unknownResource()]);
        const until = await this.freezes.until(tx, changeOf(row));
        if (until !== null) return ok(await this.stayInBin(tx, row, until, actor));
        const said = { text: say('回收站保留期满，正式释放', 'Its time in the bin is over'), by: actor.name };
        const last = await this.moves.release(tx, row, said);
        const summary = say(`${row.code} 回收站期满释放`, `Let ${row.code} go out of the bin`);
        return ok({ ...done(row, summary, { state: row.state }, { state: 'RELEASING' }), last });
      }),
    );
    return due.length;
  }

  /** During a freeze nothing is deleted: its time in the bin ends with the freeze, and it says so. */
  private async stayInBin(tx: Tx, row: LockedResource, until: Date, actor: Actor): Promise<Done<{ id: string }>> {
    const day = calendarDate(until);
    const text = say(`封网期间不释放，保留至 ${day}`, `Kept until ${day}: nothing is released during a freeze`);
    await this.moves.keepInBin(tx, row, until, { text, by: actor.name });
    const summary = say(`${row.code} 因封网留在回收站`, `Keep ${row.code} in the bin during a freeze`);
    return done(row, summary, { binUntil: row.binUntil?.toISOString() ?? null }, { binUntil: until.toISOString() });
  }

  private async keepRefusals(
    tx: Tx,
    row: LockedResource,
    days: number | null,
    policy: LifePolicy,
  ): Promise<readonly Refusal[]> {
    const refusals = checkKeepDays(row, days, policy);
    if (refusals.length > 0 || days === null) return refusals;
    return (await this.moves.wasRestored(tx, row.id)) ? [restoredRefusal()] : [];
  }

  private onOne(
    viewer: Viewer,
    scope: TenantScope,
    name: string,
    wish: ActOnResource,
    work: (tx: Tx, row: LockedResource) => Promise<Result<Done<{ id: string }>, readonly Refusal[]>>,
  ): Answer {
    const { idempotencyKey, ...input } = wish;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.moves.locked(tx, scope, wish.resourceId);
      if (!row) return refuse([unknownResource()]);
      const frozen = CHANGING.has(name) ? await this.freezes.refused(tx, changeOf(row)) : [];
      return frozen.length > 0 ? refuse(frozen) : work(tx, row);
    });
  }
}

/** What of a machine a freeze may forbid, and by what it may be let through. */
export function changeOf({ centerId, id, systemId }: Pick<LockedResource, 'id' | 'centerId' | 'systemId'>): Change {
  const subjects: Subject[] = [
    { type: 'Resource', id },
    { type: 'System', id: systemId },
  ];
  return { centerIds: centerId === null ? null : [centerId], subjects };
}

export function done(row: LockedResource, summary: Bilingual, before: unknown, after: unknown): Done<{ id: string }> {
  const { id, departmentId } = row;
  return { value: { id }, audit: { objectType: 'Resource', objectId: id, departmentId, summary, before, after } };
}

export function unknownResource(): Refusal {
  return {
    code: 'UNKNOWN_REFERENCE',
    path: ['id'],
    message: say('找不到这台资源，或不属于您的单位', 'There is no such resource, or it is not your department’s'),
  };
}

export function badBatch(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['items'],
    rule: 'range',
    message: say(`一次办理 1 至 ${BATCH_MAX} 台`, `1 to ${BATCH_MAX} at once`),
  };
}
