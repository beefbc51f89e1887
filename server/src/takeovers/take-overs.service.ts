import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import { type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { Notices } from '../platform/notices/notices.js';
import { changeOf } from '../resources/resource-life.service.js';
import { type LockedResource, ResourceMoves } from '../resources/resource-moves.service.js';
import { ResourcesService } from '../resources/resources.service.js';
import type { ResourceRow } from '../resources/resources.types.js';
import { decideTakeOver, shownAnother, stopRefusal, type TakeOverAction } from './domain/take-over.js';
import { decidedNotices, waitsForApproval } from './domain/take-over-notices.js';
import { type TakeOverPreview, TakeOverPreviews } from './take-over-preview.service.js';
import { TakeOversRepository } from './take-overs.repository.js';
import type { ShownTakeOver, TakeOverRow } from './take-overs.types.js';

export interface ProposeWish {
  readonly resourceId: string | undefined;
  /** Of the resource. */
  readonly expectedVersion: number;
  readonly shownHash: string;
  readonly idempotencyKey: string;
}

export interface DecideWish {
  readonly resourceId: string | undefined;
  /** Of what was proposed. */
  readonly expectedVersion: number;
  readonly opinion?: string | null;
  readonly idempotencyKey: string;
}

type Answer = Promise<Result<{ id: string }, readonly Refusal[]>>;
interface Shown {
  readonly shown: ShownTakeOver;
  readonly shownHash: string;
}

/**
 * From only looking at a machine to driving it, by two people: what the cluster said a dry run would write is shown, kept
 * with what was proposed, and still what it says when it is approved; or nothing is done.
 */
@Injectable()
export class TakeOvers {
  constructor(
    private readonly repository: TakeOversRepository,
    private readonly previews: TakeOverPreviews,
    private readonly resources: ResourcesService,
    private readonly moves: ResourceMoves,
    private readonly freezes: FreezeGate,
    private readonly acts: Acts,
    private readonly notices: Notices,
  ) {}

  resource(id: string | undefined): Promise<ResourceRow | null> {
    return id === undefined ? Promise.resolve(null) : this.resources.inScope(WHOLE_PROVINCE, id);
  }

  newest(resourceId: string): Promise<TakeOverRow | null> {
    return this.repository.newest(resourceId);
  }

  async propose(viewer: Viewer, wish: ProposeWish): Answer {
    const { idempotencyKey, ...input } = wish;
    // The cluster is asked before the transaction: none waits for it.
    const preview = await this.previewOf(wish.resourceId);
    return this.acts.perform({ name: 'takeOver.propose', actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.moves.locked(tx, WHOLE_PROVINCE, wish.resourceId);
      if (!row || !preview) return refuse([unknown()]);
      if (row.version !== wish.expectedVersion) return refuse([anotherVersion(wish.expectedVersion, row.version)]);
      const asShown = sameAsShown(preview, row, wish.shownHash);
      if (!asShown.ok) return asShown;
      if (await this.repository.waiting(tx, row.id)) return refuse([waitsAlready()]);
      const { shown, shownHash } = asShown.value;
      const made: TakeOverRow = {
        id: newId(tx.now.getTime()),
        resourceId: row.id,
        state: 'PROPOSED',
        version: 1,
        ...{ shown, shownHash, proposedById: viewer.userId, proposedByName: viewer.name, proposedAt: tx.now },
        ...{ decidedById: null, decidedByName: null, decidedAt: null, opinion: null, live: 1 },
      };
      await this.repository.insert(tx, made);
      await this.notices.tell(tx, waitsForApproval(row, viewer));
      tx.changed('resource', row.id);
      const summary = say(`提出纳入管理：${row.code} ${row.name}`, `Propose to take over ${row.code} ${row.name}`);
      return ok({ value: { id: row.id }, audit: { ...auditOf(row), summary, after: { shownHash, ...plain(shown) } } });
    });
  }

  /** An approval is refused unless the cluster would still do what was shown, to the very object that was shown. */
  async decide(viewer: Viewer, action: TakeOverAction, wish: DecideWish): Answer {
    const { idempotencyKey, ...input } = wish;
    const preview = action === 'APPROVE' ? await this.previewOf(wish.resourceId) : null;
    const name = `takeOver.${action.toLowerCase()}`;
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input }, async (tx) => {
      const row = await this.moves.locked(tx, WHOLE_PROVINCE, wish.resourceId);
      const proposal =
        row && ((await this.repository.waiting(tx, row.id)) ?? (await this.repository.newest(row.id, tx)));
      if (!row || !proposal) return refuse([unknown()]);
      const to = decideTakeOver(viewer.userId, proposal, action, wish);
      if (!to.ok) return to;
      if (action === 'APPROVE') {
        const asShown = preview ? sameAsShown(preview, row, proposal.shownHash) : refuse([shownAnother()]);
        if (!asShown.ok) return asShown;
        // From then on it is driven: that may wait for the end of a freeze. To propose it, return it or take it back changes nothing.
        const frozen = await this.freezes.refused(tx, changeOf(row));
        if (frozen.length > 0) return refuse(frozen);
        await this.takeOver(tx, viewer, row, proposal);
      }
      await this.repository.update(tx, proposal.id, {
        state: to.value,
        version: proposal.version + 1,
        ...{ decidedById: viewer.userId, decidedByName: viewer.name, decidedAt: tx.now, live: null },
        opinion: wish.opinion?.trim() || null,
      });
      for (const notice of decidedNotices(row, proposal, action)) await this.notices.tell(tx, notice);
      tx.changed('resource', row.id);
      const { zh, en } = DECIDED[action];
      const summary = say(`${zh}：${row.code} ${row.name}`, `${en} ${row.code} ${row.name}`);
      const after = { management: action === 'APPROVE' ? 'DRIVEN' : row.management, shownHash: proposal.shownHash };
      const before = { management: row.management };
      return ok({ value: { id: row.id }, audit: { ...auditOf(row), summary, before, after } });
    });
  }

  private async takeOver(tx: Tx, viewer: Viewer, row: LockedResource, proposal: TakeOverRow): Promise<void> {
    const { power, takenOver } = proposal.shown;
    const text = say(
      `纳入管理：由${proposal.proposedByName}提出、${viewer.name}批准；规格与运行状态不变，磁盘仍归原所有者`,
      `Taken over: proposed by ${proposal.proposedByName}, approved by ${viewer.name}; it runs as before, its disks stay its owner’s`,
    );
    const said = { text, by: viewer.name, side: 'PROVIDER' as const };
    await this.moves.takeOver(tx, row, said, { power: power === 'RUNNING' ? 'ON' : 'OFF', takenOver });
  }

  private async previewOf(resourceId: string | undefined): Promise<(TakeOverPreview & { generation: number }) | null> {
    const row = await this.resource(resourceId);
    const [desired] = row ? await this.resources.desiredOf([row.id]) : [];
    return row && desired ? { ...(await this.previews.of(row)), generation: desired.generation } : null;
  }
}

const DECIDED = {
  APPROVE: say('批准纳入管理', 'Approve taking over'),
  RETURN: say('退回纳入管理', 'Return taking over'),
  WITHDRAW: say('撤回纳入管理', 'Withdraw taking over'),
} as const;

/** Between the question to the cluster and the lock the record may have moved, too. */
function sameAsShown(
  preview: TakeOverPreview & { readonly generation: number },
  row: LockedResource,
  hash: string,
): Result<Shown, readonly Refusal[]> {
  const { shown, shownHash, stops } = preview;
  if (row.management !== 'OBSERVED') return refuse([stopRefusal('NOT_OBSERVED')]);
  if (stops.length > 0) return refuse(stops);
  if (!shown || shownHash === null || shownHash !== hash || row.generation !== preview.generation)
    return refuse([shownAnother()]);
  return ok({ shown, shownHash });
}

function auditOf(row: LockedResource) {
  return { objectType: 'Resource', objectId: row.id, departmentId: row.departmentId };
}

function plain(shown: ShownTakeOver) {
  const { conflicts, differences, resourceVersion, takenOver } = shown;
  return {
    resourceVersion,
    uid: takenOver.uid,
    fields: differences.map(({ path }) => path),
    conflicts: conflicts.length,
  };
}

function unknown(): Refusal {
  return { code: 'UNKNOWN_REFERENCE', path: ['id'], message: say('没有这台虚拟机', 'There is no such machine') };
}

function waitsAlready(): Refusal {
  return {
    code: 'NOT_PERMITTED',
    path: [],
    reason: 'WAITS_ALREADY',
    message: say('它已在等待批准', 'It waits for its approval already'),
  };
}

function anotherVersion(expected: number, current: number): Refusal {
  return {
    code: 'VERSION_CONFLICT',
    path: ['expectedVersion'],
    ...{ expected, current },
    message: say('它刚被他人更新，请刷新后再操作', 'Somebody has just changed it; look again'),
  };
}
