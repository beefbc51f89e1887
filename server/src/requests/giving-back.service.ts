import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ItemClaim, ItemRecord } from '../allocation/item-record.service.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import { type FollowingGivenBack, ThingsGivenBack } from '../facilities/things-given-back.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import { type Tx, WriteConflict } from '../platform/database/unit-of-work.js';
import { ChangeFollowUp } from './change-follow-up.service.js';
import { FollowUpService } from './follow-up.service.js';
import { RequestItemChangesRepository } from './request-item-changes.repository.js';
import { RequestsRepository } from './requests.repository.js';
import { ThingChangesDone } from './thing-changes-done.service.js';

/**
 * What a request has of servers and places goes back where those end, by the facility's own acts: the claim ends, the
 * budget gets back the days from then on, what is owed for it follows, and the last thing closes the request.
 */
@Injectable()
export class GivingBack implements OnModuleInit, FollowingGivenBack {
  constructor(
    private readonly things: ThingsGivenBack,
    private readonly items: ItemRecord,
    private readonly repository: RequestsRepository,
    private readonly followUp: FollowUpService,
    private readonly done: ThingChangesDone,
    private readonly itemChanges: RequestItemChangesRepository,
    private readonly changes: ChangeFollowUp,
  ) {}

  onModuleInit(): void {
    this.things.follow(this);
  }

  async keep(tx: Tx, subjectIds: readonly string[]): Promise<void> {
    const seen = await this.items.liveOf(tx, subjectIds);
    await this.keepChanges(tx, seen);
    const ids = new Set(seen.map(({ requestId }) => requestId));
    for (const id of [...ids].toSorted()) await this.repository.locked(tx, WHOLE_PROVINCE, id);
  }

  async givenBack(tx: Tx, subjectIds: readonly string[], by: string): Promise<() => Promise<void>> {
    const seen = await this.items.liveOf(tx, subjectIds);
    const kept = await this.keepChanges(tx, seen);
    const moves: BudgetMove[] = [];
    for (const [requestId] of Map.groupBy(seen, (item) => item.requestId)) {
      const request = await this.repository.locked(tx, WHOLE_PROVINCE, requestId);
      // Under the request's lock: what another has ended meanwhile gives back nothing twice.
      const gone = (await this.items.liveOf(tx, subjectIds)).filter((item) => item.requestId === requestId);
      if (!request || gone.length === 0) continue;
      await this.items.markReleased(
        tx,
        gone.map((item) => item.id),
      );
      const lines = await this.repository.lines(requestId, tx);
      for (const item of gone) moves.push(...(await this.done.giveBack(tx, item, lines, by)));
      await this.followUp.thingsGone(tx, request);
      await this.leftByChange(tx, gone, kept);
    }
    return async () => this.followUp.moveBudgets(tx, moves);
  }

  /** Changes that let them go: a change is locked before the request that it changes, whoever of both comes first. */
  private async keepChanges(tx: Tx, seen: readonly ItemClaim[]): Promise<ReadonlySet<string>> {
    const leaving = await this.itemChanges.leaving(
      tx,
      seen.map(({ id }) => id),
    );
    const ids = new Set(leaving.map(({ requestId }) => requestId));
    for (const id of [...ids].toSorted()) await this.repository.locked(tx, WHOLE_PROVINCE, id);
    return ids;
  }

  /** A change that let it go has waited for it. */
  private async leftByChange(tx: Tx, gone: readonly ItemClaim[], kept: ReadonlySet<string>): Promise<void> {
    const leaving = await this.itemChanges.leaving(
      tx,
      gone.map(({ id }) => id),
    );
    if (leaving.some(({ requestId }) => !kept.has(requestId))) throw new WriteConflict('a change lets it go meanwhile');
    for (const row of leaving) {
      await this.itemChanges.markDone(tx, row);
      await this.done.freeIfDone(tx, row);
      await this.changes.settle(tx, row.requestId, []);
    }
  }
}
