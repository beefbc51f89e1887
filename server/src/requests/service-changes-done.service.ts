import { Injectable } from '@nestjs/common';
import { ItemRecord } from '../allocation/item-record.service.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { QuotaTakings } from '../quotas/quota-takings.service.js';
import { ChangedServicesRepository } from './changed-services.repository.js';
import { CHANGE_SUBJECT } from './domain/encumbrance.js';
import { quotaAfter, takeOff } from './domain/service-change.js';
import { EncumberingService } from './encumbering.service.js';
import { RequestsRepository } from './requests.repository.js';
import type { RequestLineRow } from './requests.types.js';
import { stateOf } from './service-quotations.service.js';

/** What follows when people have changed a service: it is what it became, and what is less goes back of quotas and budget. */
@Injectable()
export class ServiceChangesDone {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly services: ChangedServicesRepository,
    private readonly takings: QuotaTakings,
    private readonly items: ItemRecord,
    private readonly encumbering: EncumberingService,
  ) {}

  /** The line is marked done already, and its request's row is locked. */
  async done(
    tx: Tx,
    line: RequestLineRow,
    by: string,
  ): Promise<{ readonly moves: readonly BudgetMove[]; readonly quotasLast: () => Promise<void> }> {
    const { changedLineId, requestId, fromCount } = line;
    if (!changedLineId) throw new Error(`line ${line.id} changes nothing`);
    const [original] = await this.repository.linesByIds([changedLineId], tx);
    if (!original) throw new Error(`the service that ${line.id} changes has gone`);
    const lessBy = Math.max(0, (fromCount ?? line.itemCount) - line.itemCount);
    const moves = lessBy > 0 ? await this.cheaper(tx, original, line, lessBy, by) : [];
    await this.services.free(tx, requestId, changedLineId);
    const quotasLast = await this.moveQuotas(tx, original, line, lessBy);
    tx.changed('request', original.requestId);
    return { moves, quotasLast };
  }

  private async cheaper(
    tx: Tx,
    original: RequestLineRow,
    line: RequestLineRow,
    lessBy: number,
    by: string,
  ): Promise<readonly BudgetMove[]> {
    const before = (await this.services.done([original.id], tx)).filter(({ id }) => id !== line.id);
    const moves: BudgetMove[] = [];
    for (const [at, part] of takeOff(stateOf(original, before).parts, lessBy).off.entries()) {
      const subject = { kind: CHANGE_SUBJECT, id: line.id, round: at + 1 };
      const back = { id: original.id, requestId: part.requestId, count: part.count, monthlyFen: part.eachFen, subject };
      moves.push(...(await this.encumbering.shrink(tx, back, by)));
    }
    return moves;
  }

  /** What was held to grow by becomes part of what the service has; what is less is given back. */
  private async moveQuotas(
    tx: Tx,
    original: RequestLineRow,
    line: RequestLineRow,
    lessBy: number,
  ): Promise<() => Promise<void>> {
    const live = await this.takings.liveBySubject([original.id, line.id], tx);
    const [own, more] = [live.get(original.id), live.get(line.id)];
    const held = await this.items.of(line.requestId, ['ALLOCATED'], tx);
    await this.items.markReleased(
      tx,
      held.flatMap((item) => (item.lineId === line.id ? item.id : [])),
    );
    const whole = own ?? more;
    if (!whole) return async () => undefined;
    const amounts = quotaAfter(own?.amounts ?? {}, more?.amounts ?? {}, lessBy);
    const { moveLast } = await this.takings.exchangeLast(tx, [
      { subjectId: original.id, wanted: { quotaIds: whole.quotaIds, amounts } },
      { subjectId: line.id, wanted: null },
    ]);
    return moveLast;
  }
}
