import { Injectable } from '@nestjs/common';
import type { Claim } from '../allocation/domain/claim.js';
import type { BudgetMove } from '../budgets/ledger.service.js';
import type { Tx } from '../platform/database/unit-of-work.js';
import { CLAIM_SUBJECT } from './domain/encumbrance.js';
import { dataFen } from './domain/share-price.js';
import { EncumberingService } from './encumbering.service.js';
import { RequestChangesRepository } from './request-changes.repository.js';
import { RequestsRepository } from './requests.repository.js';

/** 异地数据级: what storage without a machine gives back of a budget as it goes: to the request that reserved it. */
@Injectable()
export class DataCosts {
  constructor(
    private readonly repository: RequestsRepository,
    private readonly changes: RequestChangesRepository,
    private readonly encumbering: EncumberingService,
  ) {}

  /** @param machineIds of the claims' lines: a change that made the data changed them too. */
  async gone(
    tx: Tx,
    claims: readonly Pick<Claim, 'claimId' | 'requestId' | 'lineId'>[],
    machineIds: readonly string[],
    by: string,
  ): Promise<BudgetMove[]> {
    if (claims.length === 0) return [];
    // The newest that made data is the one whose data there is.
    const changed = await this.repository.linesByIds(await this.changes.linesThatChanged(tx, machineIds), tx);
    const byChange = changed
      .toSorted((a, b) => (a.id < b.id ? 1 : -1))
      .find((line) => dataFen([line], line.id) > 0n && line.remoteMode === 'DATA');
    const moves: BudgetMove[] = [];
    for (const { claimId, requestId, lineId } of claims) {
      const line = byChange ?? (await this.repository.lines(requestId, tx)).find(({ id }) => id === lineId);
      if (!line) continue;
      const gone = { id: claimId, requestId: line.requestId, monthlyFen: dataFen([line], line.id) };
      const subject = { kind: CLAIM_SUBJECT, id: claimId, round: 1 };
      moves.push(...(await this.encumbering.shrink(tx, { ...gone, subject }, by)));
    }
    return moves;
  }
}
