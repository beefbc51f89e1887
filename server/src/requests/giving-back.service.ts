import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ItemClaim, ItemRecord } from '../allocation/item-record.service.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import { ThingsGivenBack } from '../facilities/things-given-back.service.js';
import { WHOLE_PROVINCE } from '../kernel/viewer.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { ITEM_SUBJECT } from './domain/encumbrance.js';
import { itemFen } from './domain/share-price.js';
import { EncumberingService } from './encumbering.service.js';
import { FollowUpService } from './follow-up.service.js';
import { RequestsRepository } from './requests.repository.js';

/**
 * What a request has of servers and places goes back where those end, by the facility's own acts: the claim ends, the
 * budget gets back the days from then on, what is owed for it follows, and the last thing closes the request.
 */
@Injectable()
export class GivingBack implements OnModuleInit {
  constructor(
    private readonly things: ThingsGivenBack,
    private readonly items: ItemRecord,
    private readonly repository: RequestsRepository,
    private readonly encumbering: EncumberingService,
    private readonly followUp: FollowUpService,
  ) {}

  onModuleInit(): void {
    this.things.whenGivenBack((tx, subjectIds, by) => this.itemsGone(tx, subjectIds, by));
  }

  private async itemsGone(tx: Tx, subjectIds: readonly string[], by: string): Promise<() => Promise<void>> {
    const seen = await this.items.liveOf(tx, subjectIds);
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
      for (const item of gone) moves.push(...(await this.giveBack(tx, item, lines, by)));
      await this.followUp.thingsGone(tx, request);
    }
    return async () => this.followUp.moveBudgets(tx, moves);
  }

  private giveBack(
    tx: Tx,
    item: ItemClaim,
    lines: Parameters<typeof itemFen>[0],
    by: string,
  ): Promise<readonly BudgetMove[]> {
    const monthlyFen = itemFen(lines, item);
    return this.encumbering.shrink(
      tx,
      {
        ...{ id: item.id, requestId: item.requestId, monthlyFen },
        subject: { kind: ITEM_SUBJECT, id: item.id, round: 1 },
      },
      by,
    );
  }
}
